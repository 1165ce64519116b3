import time

import pytest

from taskner.tagging.rules import RuleTagger
from taskner.types import Document, Segment


def tag(text, *, field="content"):
    document = Document(id="test", text=text)
    segment = Segment(start=0, end=len(text), field=field)
    spans = RuleTagger().tag(document, [segment])
    for span in spans:
        span.check(document)
    return [(span.label, span.text) for span in spans]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新建口袋公园3个以上", [("METRIC", "口袋公园"), ("TARGET", "3个以上")]),
        ("新建3个口袋公园", [("TARGET", "3个"), ("METRIC", "口袋公园")]),
        ("完成老旧小区改造２０个。", [("METRIC", "老旧小区改造"), ("TARGET", "２０个")]),
        (
            "6月底前,粮食播种面积稳定在12.5万亩左右",
            [("DEADLINE", "6月底前"), ("METRIC", "粮食播种面积"), ("TARGET", "12.5万亩左右")],
        ),
        ("绿电占比提高到35%", [("METRIC", "绿电占比"), ("TARGET", "35%")]),
        ("“十四五”期间技工培训超过1.2万人次", [
            ("DEADLINE", "“十四五”期间"), ("METRIC", "技工培训"), ("TARGET", "超过1.2万人次"),
        ]),
        ("由市财政局、林业局牵头", [("UNIT", "市财政局"), ("UNIT", "林业局")]),
    ],
)  # fmt: skip
def test_finds_what_word_lists_can_find(text, expected):
    assert tag(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "落实2024年政府工作报告",
        "推进“100个示范村”工程",
        "总投资80亿元的石化项目",
        "开展为期3年行动",
        "建设5A级景区",
        "印发《2025年重点工作20项》",
    ],
)
def test_leaves_numbers_that_bind_nobody(text):
    assert tag(text) == []


def test_reads_fields_by_their_kind():
    assert tag("★市林业局、县水务集团 各乡镇", field="responsibility") == [
        ("UNIT", "市林业局"), ("UNIT", "县水务集团"), ("UNIT", "各乡镇"),
    ]  # fmt: skip
    assert tag(" 长期坚持 ", field="deadline") == [("DEADLINE", "长期坚持")]


def test_offsets_count_from_the_document():
    text = "前言。\n新建公园3个"
    document = Document(id="test", text=text)
    spans = RuleTagger().tag(document, [Segment(start=4, end=len(text), field="content")])
    assert [(span.start, span.text) for span in spans] == [(6, "公园"), (8, "3个")]


@pytest.mark.parametrize("piece", ["3个", "1", "“《", "由局、", "年", "(", "2025年", "新建"])
def test_time_grows_with_length_only(piece):
    seconds = []
    for n_pieces in (2_000, 10_000):
        started = time.process_time()
        tag(piece * n_pieces)
        tag(piece * n_pieces, field="responsibility")
        seconds.append(time.process_time() - started)
    assert seconds[1] < 10 * seconds[0] + 1
