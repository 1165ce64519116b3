"""Any text gives a notice whose spans are slices; no text takes long."""

import gc
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notice_reading import read
from taskner.types import Block

WORDS = (
    "一、 (一) 1. 2、 (1) ① 附件1 附件: 序号 工作任务 责任单位 牵头单位: 责任单位: 完成时限: "
    "市财政局 各区县 、 , 。 ; ( ) 【 】 | ★ (首位为牵头单位,下同) 牵头 配合 ▲ 甲 12 "
    "注:带“★”的为牵头单位 增长6% 2024年 2024年3月5日 关于印发 通知 推进重点项目建设 打印本页 "
    "以上3项责任单位均为 由市财政局负责。"
)
PIECES = [*WORDS.split(), "\n", "\n\n", " "]
LENGTH = 50_000
SECONDS_A_CHARACTER = 60 / 1_000_000
TEXTS = st.lists(st.sampled_from(PIECES), max_size=60).map("".join) | st.text(max_size=200)


def check(notice):
    text = notice.document.text
    end = 0
    for number, task in enumerate(notice.tasks, 1):
        assert task.id == f"{task.annex}/{number}"
        assert end <= task.start < task.end <= len(text)
        end = task.end
        for unit in task.units:
            unit.span.check(notice.document)
            assert unit.name == "".join(text[a:b] for a, b in unit.pieces)
            assert (unit.pieces[0][0], unit.pieces[-1][1]) == (unit.span.start, unit.span.end)
        for segment in task.segments:
            assert 0 <= segment.start < segment.end <= len(text)
            assert len(segment.context) <= 30
        assert bool(task.units) != ("no_unit" in task.flags)
    assert bool(notice.tasks) != ("no_task" in notice.flags)
    assert {task.annex for task in notice.tasks} <= {annex.id for annex in notice.annexes}


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_any_text_gives_a_notice(text):
    check(read(text))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=4).map("".join), max_size=24), st.data())
def test_any_table_gives_a_notice(cells, data):
    text, blocks = "", []
    for index, cell in enumerate(cells):
        span = data.draw(st.integers(1, 3))
        blocks.append(
            Block(
                start=len(text),
                end=len(text) + len(cell),
                kind="cell",
                table=index // 12,
                row=index // 4,
                column=index % 4,
                row_span=span,
                col_span=data.draw(st.integers(1, 2)),
            )
        )
        text += cell + "\n"
    check(read(text, blocks))


@pytest.mark.parametrize(
    "unit",
    [
        "推进工作",
        "责任单位:",
        "2.加快。",
        "(",
        "(市财政局)",
        "a|",
        "局 ",
        "市 财",
        "局和",
        "由",
        "责 任 单 位",
        "★",
    ],
)
def test_a_long_line_takes_linear_time(unit):
    # Four times the text may take eight times as long, never sixteen. The fastest of up to
    # three: what else runs on the machine only ever adds time.
    short, long = [], []
    while len(long) < 3 and (not long or min(long) >= 8 * min(short)):
        short.append(_seconds(unit, LENGTH // 4))
        long.append(_seconds(unit, LENGTH))
    assert min(long) < 8 * min(short)
    assert min(long) < LENGTH * SECONDS_A_CHARACTER


def _seconds(unit, length):
    text = "1.任务。责任单位:" + unit * (length // len(unit))
    # A collection walks through whatever else this process holds, more often in the long text.
    gc.collect()
    gc.disable()
    try:
        started = time.process_time()
        check(read(text))
        return time.process_time() - started
    finally:
        gc.enable()
