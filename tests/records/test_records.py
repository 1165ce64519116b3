import copy
import json
from dataclasses import replace
from decimal import Decimal

import jsonschema
import pytest
from hypothesis import given

from notice_strategies import QUICK, notices
from taskner.errors import CorpusError, EmptyFileError, SpanError
from taskner.records import (
    decimal_to_text,
    failure_to_json,
    json_schema,
    notice_from_json,
    notice_to_json,
)
from taskner.types import Document, Notice, Source, Span, Task, Unit

VALIDATOR = jsonschema.Draft202012Validator(
    json_schema(), format_checker=jsonschema.FormatChecker()
)
GOLD = ["pinghu-2024", "haiyan-2022", "huzhou-2021", "district-plan-2024"]


def _as_json_carries_it(notice):
    """The notice without the reader's name, which no record holds."""
    source = replace(notice.document.source, reader="record")
    return replace(notice, document=replace(notice.document, source=source))


@QUICK
@given(notices())
def test_a_notice_survives_the_round_trip(notice):
    data = json.loads(json.dumps(notice_to_json(notice)))
    assert notice_from_json(data, text=notice.document.text) == _as_json_carries_it(notice)


@QUICK
@given(notices())
def test_records_satisfy_the_schema_with_and_without_text(notice):
    VALIDATOR.validate(json.loads(json.dumps(notice_to_json(notice))))
    VALIDATOR.validate(json.loads(json.dumps(notice_to_json(notice, with_text=True))))


@QUICK
@given(notices())
def test_unknown_keys_are_ignored_and_the_embedded_text_serves(notice):
    data = notice_to_json(notice, with_text=True) | {"new": 1}
    data["document"]["new"] = data["annexes"][0]["new"] = 1
    for task in data["tasks"]:
        task["new"] = 1
    assert notice_from_json(data) == _as_json_carries_it(notice)
    VALIDATOR.validate(data)


@QUICK
@given(notices())
def test_a_notice_read_without_text_writes_the_same_record(notice):
    data = notice_to_json(notice)
    data["document"]["text_sha256"] = None
    assert notice_to_json(notice_from_json(data)) == data


def test_keys_stand_in_the_order_of_the_contract():
    record = notice_to_json(Notice(document=Document(id="a", text="文")))
    assert list(record) == ["schema", "document", "annexes", "tasks", "error"]
    assert list(record["document"]) == [
        *("id", "path", "sha256", "text_sha256", "title"),
        *("issuer", "number", "issued", "year", "flags"),
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [("1E+3", "1000"), ("12000.0", "12000"), ("0.3333", "0.3333"), ("-0.0", "0"), ("30", "30")],
)
def test_decimals_are_plain(value, text):
    assert decimal_to_text(Decimal(value)) == text


def test_scores_have_four_digits():
    document = Document(id="a", text="甲局")
    span = Span.of(document, 0, 2, "UNIT", score=0.123456)
    unit = Unit(span=span, pieces=((0, 2),), role="lead", name="甲局")
    record = notice_to_json(Notice(document=document, tasks=(_task(unit),)))
    assert record["tasks"][0]["units"][0]["score"] == 0.1235


def test_lines_cut_a_unit_into_pieces():
    document = Document(id="a", text="甲 \n\n 乙局")
    unit = Unit(
        span=Span.of(document, 0, 7, "UNIT"), pieces=((0, 1), (5, 7)), role="lead", name="甲乙局"
    )
    data = notice_to_json(Notice(document=document, tasks=(_task(unit),)))
    assert notice_from_json(data, text=document.text).tasks[0].units == (unit,)


def test_spans_of_another_text_are_refused():
    document = Document(id="a", text="甲局")
    unit = Unit(span=Span.of(document, 0, 2, "UNIT"), pieces=((0, 2),), role="lead", name="甲局")
    data = notice_to_json(Notice(document=document, tasks=(_task(unit),)))
    with pytest.raises(SpanError, match="another text"):
        notice_from_json(data, text="乙局")


def test_a_failure_is_a_record_that_names_the_error():
    record = failure_to_json("dir/空.txt", EmptyFileError(path="dir/空.txt"))
    VALIDATOR.validate(record)
    assert record["document"]["id"] == "空"
    assert record["document"]["path"] == "dir/空.txt"
    assert record["error"]["type"] == "EmptyFileError"
    with pytest.raises(CorpusError, match="EmptyFileError"):
        notice_from_json(record)


@pytest.mark.parametrize(
    "damage",
    [
        {"schema": "taskner/2"},
        {"schema": None},
        {"document": None},
        {"tasks": None},
        {"tasks": [{}]},
        {"document": {"id": "a", "issued": "no date"}},
    ],
)
def test_damaged_records_are_refused_with_their_name(damage):
    data = copy.deepcopy(notice_to_json(Notice(document=Document(id="a", text="文")))) | damage
    with pytest.raises(CorpusError, match="taskner/1"):
        notice_from_json(data)


def test_json_that_is_no_object_is_refused():
    with pytest.raises(CorpusError, match="expected a JSON object"):
        notice_from_json([1])


@pytest.mark.shared
@pytest.mark.parametrize("name", GOLD)
def test_gold_ledgers_load(shared, name):
    data = json.loads((shared / f"gold/{name}.ledger.json").read_text("utf-8"))
    text = (shared / f"notices/{name}.txt").read_text("utf-8")
    notice = notice_from_json(data, text=text)
    record = notice_to_json(notice)
    VALIDATOR.validate(record)
    assert len(notice.tasks) == len(data["tasks"])
    assert notice_from_json(record, text=text) == notice
    assert notice.document.source == Source(sha256=data["document"]["sha256"], reader="record")


def _task(unit):
    return Task(
        id="1/1",
        annex="1",
        number="1",
        path=(),
        leader=None,
        start=0,
        end=2,
        text="甲",
        units=(unit,),
    )
