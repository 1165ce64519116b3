import pytest

from taskner.corpus.doccano import read_doccano
from taskner.errors import CorpusError

TEXT = "年内新增云汐书房12座，县文旅局牵头。"
ENTITIES = [
    {"id": 40, "label": "METRIC", "start_offset": 4, "end_offset": 8},
    {"id": 41, "label": "TARGET:level", "start_offset": 8, "end_offset": 11},
    {"id": 42, "label": "UNIT:lead", "start_offset": 12, "end_offset": 16},
]
RELATIONS = [
    {"id": 1, "from_id": 41, "to_id": 40, "type": "metric"},
    {"id": 2, "from_id": 42, "to_id": 41, "type": "unit"},
]


def read_one(**members):
    read = read_doccano([{"id": 6, "text": TEXT, "Comments": [], **members}])
    (text,) = read.texts
    return text, read.notes


def test_an_export_with_relations_comes_in_whole():
    text, notes = read_one(entities=ENTITIES, relations=RELATIONS)
    assert text.id == "text-6"
    assert [(m.span.text, m.role, m.change, m.metrics, m.units) for m in text.marks] == [
        ("云汐书房", None, None, (), ()),
        ("12座", None, "level", (0,), (2,)),
        ("县文旅局", "lead", None, (), ()),
    ]
    assert [(note.kind, note.effect) for note in notes] == [("link.unit", "mended")]


@pytest.mark.parametrize("member", ["label", "labels"])
def test_the_older_form_gives_spans(member):
    text, notes = read_one(**{member: [[4, 8, "METRIC"], [8, 11, "TARGET"]]})
    assert [span.text for span in text.spans] == ["云汐书房", "12座"]
    assert notes == ()


def test_offsets_in_utf_16_are_read_on_demand():
    source = "\U0001f600新建\U00020bb7驿站3座"
    record = {"text": source, "label": [[8, 10, "TARGET"]]}
    (text,) = read_doccano([record], units="utf-16").texts
    assert [span.text for span in text.spans] == ["3座"]


def test_what_is_broken_is_counted():
    entities = [
        *ENTITIES,
        {"id": 43, "label": "METRIC:big", "start_offset": 0, "end_offset": 2},
        {"id": 44, "label": "MONEY", "start_offset": 0, "end_offset": 2},
        {"id": 45, "label": "UNIT", "start_offset": 90, "end_offset": 92},
        {"id": 46, "label": "UNIT"},
    ]
    relations = [{"from_id": 41, "to_id": 99, "type": "metric"}, "metric"]
    text, notes = read_one(entities=entities, relations=relations, Comments=["look"], title=3)
    assert len(text.marks) == 4
    assert sorted((note.kind, note.n) for note in notes) == [
        ("fact", 1),
        ("link.metric", 1),
        ("link.other", 1),
        ("other", 1),
        ("other", 1),
        ("span", 1),
        ("span", 1),
        ("span", 1),
    ]


def test_records_without_text_are_counted_and_others_go_on():
    read = read_doccano([{"id": 1, "label": [[0, 1, "UNIT"]]}, {"id": 2, "text": TEXT}])
    assert [text.id for text in read.texts] == ["text-2"]
    assert [(note.text, note.kind, note.n) for note in read.notes] == [
        ("text-1", "other", 1),
        ("text-1", "span", 1),
    ]
    with pytest.raises(CorpusError, match="record 1 is no object"):
        read_doccano([[1]])
