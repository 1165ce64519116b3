import copy
import json
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotated_strategies import QUICK, annotated_texts
from taskner.corpus.annotated import LINK_ENDS
from taskner.corpus.inline import parse_marks
from taskner.corpus.label_studio import task_of, write_label_studio
from taskner.corpus.label_studio_config import label_studio_config
from taskner.corpus.label_studio_reading import read_label_studio
from taskner.errors import CorpusError
from taskner.types import LABELS

MARKED = (
    "⟦D#1|年内⟧新增⟦M#a|云汐书房⟧⟦T>a@1;k=level|12座⟧。\n"
    "责任单位：⟦U:lead|县文旅局⟧、⟦U:co#x|东渚镇⟧⟦U:co#x|政府⟧"
)


@pytest.fixture
def task():
    return task_of(parse_marks(MARKED, path="yunxi"))


def read_one(task, **rest):
    read = read_label_studio([task], **rest)
    (text,) = read.texts
    return text, read.notes


def results(task, kind):
    return [item for item in task["annotations"][0]["result"] if item["type"] == kind]


def lost(notes):
    return {(note.kind, note.n) for note in notes if note.effect == "lost"}


def test_the_configuration_offers_what_tasks_hold():
    view = ET.fromstring(label_studio_config())  # noqa: S314 - our own
    assert [label.get("value") for label in view.iter("Label")] == list(LABELS)
    assert all(label.get("hint") for label in view.iter("Label"))
    assert [relation.get("value") for relation in view.iter("Relation")] == list(LINK_ENDS)
    controls = {tag.get("name") for tag in view if tag.get("toName")}
    task = write_label_studio([parse_marks(MARKED)]).files["label-studio.json"]
    used = json.loads(task)[0]["annotations"][0]["result"]
    assert {item["from_name"] for item in used if "from_name" in item} == controls
    assert {item["to_name"] for item in used if "to_name" in item} == {
        view.find("Text").get("name")
    }
    choices = {choice.get("value") for choice in view.iter("Choice")}
    assert {c for item in used for c in item.get("value", {}).get("choices", ())} <= choices


def test_a_prediction_names_its_model_and_has_a_score():
    text = parse_marks(MARKED, path="yunxi")
    (prediction,) = task_of(text, predicted_by="taskner-small 0.1.0")["predictions"]
    assert prediction["model_version"] == "taskner-small 0.1.0"
    assert "score" not in prediction


def test_predictions_that_nobody_confirmed_are_taken_only_on_demand(task):
    task["predictions"] = [task.pop("annotations")[0] | {"model_version": "m", "id": 3}]
    text, notes = read_one(task)
    assert text.marks == ()
    assert lost(notes) == {("span", 6), ("role", 3), ("change", 1), ("link.other", 3)}
    text, notes = read_one(task, choose="predictions")
    assert len(text.marks) == 6
    assert notes == ()


def two_annotations(task):
    first = task["annotations"][0]
    second = copy.deepcopy(first) | {"result": copy.deepcopy(first["result"][:1])}
    first |= {"id": 1, "completed_by": {"id": 7, "email": "li@example.org"}}
    first |= {"updated_at": "2025-03-01T08:00:00Z", "ground_truth": False}
    second |= {"id": 2, "completed_by": 8, "updated_at": "2025-03-02T08:00:00Z"}
    second |= {"ground_truth": True}
    task["annotations"] = [first, second]
    return task


def test_several_annotators_need_a_rule(task):
    with pytest.raises(
        CorpusError, match=r"yunxi has 2 annotations.*li@example.org.*--annotations"
    ):
        read_one(two_annotations(task))


@pytest.mark.parametrize(
    ("rule", "n_marks"),
    [
        ("latest", 1),
        ("first", 6),
        ("ground-truth", 1),
        ("li@example.org", 6),
        ("7", 6),
        ("8", 1),
    ],
)
def test_a_rule_chooses_and_the_rest_is_counted(task, rule, n_marks):
    text, notes = read_one(two_annotations(task), choose=rule)
    assert len(text.marks) == n_marks
    assert sum(note.n for note in notes if note.kind == "span") == 7 - n_marks
    assert {note.cause for note in notes} == {"choice"}


def test_a_rule_that_fits_nobody_takes_nothing(task):
    text, notes = read_one(two_annotations(task), choose="wang@example.org")
    assert text.marks == ()
    assert sum(note.n for note in notes if note.kind == "span") == 7
    assert any("wang@example.org" in note.detail for note in notes)


def test_skipped_annotations_and_drafts_are_counted_not_taken(task):
    skipped = task["annotations"][0] | {"was_cancelled": True, "id": 5}
    task["annotations"] = [skipped]
    task["drafts"] = [{"id": 9, "result": results(task, "labels")[:2]}]
    text, notes = read_one(task)
    assert text.marks == ()
    assert sum(note.n for note in notes if note.kind == "span") == 6 + 2
    details = " ".join(note.detail for note in notes)
    assert "skipped" in details
    assert "draft" in details


def test_a_task_that_nobody_opened_is_said(task):
    for empty in ({"annotations": []}, {"annotations": [{"result": [], "was_cancelled": True}]}):
        text, notes = read_one(task | empty)
        assert text.marks == ()
        assert notes


def test_relations_to_missing_spans_and_of_unknown_kinds_are_counted(task):
    relation = {"type": "relation", "from_id": "m2", "to_id": "gone", "direction": "right"}
    task["annotations"][0]["result"] += [
        relation | {"labels": ["metric"]},
        relation | {"to_id": "m0", "labels": ["causes"]},
        relation | {"to_id": "m0", "labels": ["deadline"]},
        relation | {"from_id": "m0", "to_id": "m3"},
    ]
    text, notes = read_one(task)
    assert len(text.marks) == 6
    assert sorted(lost(notes)) == [("link.deadline", 1), ("link.metric", 1), ("link.other", 1)]
    assert sum(note.n for note in notes) == 4


def test_a_relation_without_label_or_from_the_wrong_end_is_understood(task):
    relations = results(task, "relation")
    relations[0].pop("labels")
    relations[1] |= {"direction": "left"}
    relations[1]["labels"] = ["DEADLINE"]
    expected = parse_marks(MARKED, path="yunxi")
    text, notes = read_one(task)
    assert text.marks == expected.marks
    assert [(note.kind, note.effect) for note in notes] == [("link.deadline", "mended")]


@pytest.mark.parametrize(
    ("change", "count"),
    [
        (lambda region: region["value"].update(labels=["MONEY"]), 1),
        (lambda region: region["value"].update(labels=[]), 1),
        (lambda region: region["value"].update(start="/div[1]"), 1),
        (lambda region: region["value"].update(start=900, end=905, text=None), 1),
        (lambda region: region["value"].update(start=5, end=5, text=""), 1),
        (lambda region: region["value"].update(text="不在文中"), 1),
        (lambda region: region["value"].update(labels=["METRIC", "MONEY"]), 1),
    ],
)
def test_a_broken_region_is_counted_with_its_links(task, change, count):
    region = next(r for r in results(task, "labels") if r["value"]["labels"] == ["METRIC"])
    change(region)
    text, notes = read_one(task)
    assert sum(note.n for note in notes if note.kind == "span") == count
    n_labels = max(1, len(region["value"]["labels"]))
    assert len(text.marks) + count == 5 + n_labels
    n_links = sum(len(list(mark.links)) for mark in text.marks)
    assert n_links + sum(note.n for note in notes if note.kind.startswith("link")) == 3


def test_a_region_that_stands_elsewhere_now_is_found_by_its_text(task):
    region = next(r for r in results(task, "labels") if r["value"]["labels"] == ["METRIC"])
    region["value"] |= {"start": 900, "end": 904}
    text, notes = read_one(task)
    assert text.marks == parse_marks(MARKED, path="yunxi").marks
    assert [(note.kind, note.n, note.effect) for note in notes] == [("span", 1, "mended")]


def test_the_same_region_twice_and_the_same_id_twice_are_counted(task):
    region = copy.deepcopy(results(task, "labels")[0])
    task["annotations"][0]["result"] += [region, region | {"id": "other"}]
    task["annotations"][0]["result"].append(
        {"type": "relation", "from_id": "m2", "to_id": "other", "labels": ["deadline"]}
    )
    text, notes = read_one(task)
    assert len(text.marks) == 6
    assert sorted((note.kind, note.n) for note in notes) == [
        ("id", 1),
        ("id", 1),
        ("link.deadline", 1),
        ("span", 1),
        ("span", 1),
    ]


def test_a_unit_marked_over_a_line_end_becomes_two_pieces(task):
    source = "责任单位：县自然资源和\n规划局"
    task["data"]["text"] = source
    region = {
        "id": "u",
        "type": "labels",
        "from_name": "label",
        "to_name": "text",
        "value": {"start": 5, "end": 15, "text": "县自然资源和\\n规划局", "labels": ["UNIT"]},
    }
    role = region | {"type": "choices", "value": {"start": 5, "end": 15, "choices": ["lead"]}}
    task["annotations"][0]["result"] = [region, role]
    text, notes = read_one(task)
    assert [(mark.span.text, mark.role, mark.continues) for mark in text.marks] == [
        ("县自然资源和", "lead", None),
        ("规划局", "lead", 0),
    ]
    assert {(note.kind, note.n, note.effect) for note in notes} == {
        ("span", 1, "added"),
        ("link.piece", 1, "added"),
        ("role", 1, "added"),
    }


def test_json_min_gives_spans_and_says_what_it_lacks(task):
    values = [region["value"] for region in results(task, "labels")]
    text, notes = read_one({"id": 4, "text": task["data"]["text"], "label": values})
    assert (text.id, len(text.marks)) == ("task-4", 6)
    assert any("JSON_MIN" in note.detail for note in notes)


@pytest.mark.parametrize("broken", [{}, [3], "text", None])
def test_what_is_no_export_is_an_error(broken):
    with pytest.raises(CorpusError, match=r"x\.json: is no Label Studio export"):
        read_label_studio(broken, path="x.json")


def test_a_task_without_text_is_counted(task):
    del task["data"]["text"]
    read = read_label_studio([task])
    assert read.texts == ()
    assert ("span", 6) in lost(read.notes)


def test_strange_members_do_no_harm(task):
    task["predictions"] = [17]
    task["data"] |= {"issued": "yesterday", "title": 5, "number": "云政〔2025〕3号"}
    task["annotations"][0]["result"] += [
        {"type": "textarea", "id": "m0", "value": {"text": ["see me"]}},
        {"type": "choices", "id": "m0", "value": {"choices": ["maybe"]}},
        {"type": "rating"},
        7,
    ]
    text, notes = read_one(task)
    assert text.facts.number == "云政〔2025〕3号"
    assert sorted((note.kind, note.n) for note in notes) == [
        ("fact", 1),
        ("fact", 1),
        ("other", 1),
        ("other", 1),
        ("other", 1),
    ]


@given(annotated_texts(), st.data())
@QUICK
def test_whatever_is_damaged_counts_in_equal_counts_out_plus_notes(text, data):
    task = task_of(text)
    result = task["annotations"][0]["result"]
    for item in result:
        damage = data.draw(st.sampled_from(["none"] * 4 + ["drop id", "label", "offset", "end"]))
        if damage == "drop id":
            item.pop("id", None)
        elif damage == "label" and "value" in item and "labels" in item["value"]:
            item["value"]["labels"] = ["MONEY"]
        elif damage == "offset" and "value" in item:
            item["value"]["start"] += data.draw(st.integers(-3, 3))
        elif damage == "end" and "to_id" in item:
            item["to_id"] = "gone"
    n_spans = sum(item["type"] == "labels" for item in result)
    n_links = sum(item["type"] == "relation" for item in result)
    back, notes = read_one(task)
    lost_spans = sum(n.n for n in notes if n.kind == "span" and n.effect == "lost")
    added = sum(n.n for n in notes if n.kind == "span" and n.effect == "added")
    assert n_spans + added == len(back.marks) + lost_spans
    lost_links = sum(n.n for n in notes if n.kind.startswith("link") and n.effect == "lost")
    n_added = sum(n.n for n in notes if n.kind == "link.piece" and n.effect == "added")
    assert n_links + n_added == sum(len(list(mark.links)) for mark in back.marks) + lost_links
