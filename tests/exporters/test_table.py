import io
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from rich.cells import cell_len
from rich.console import Console

from notice_samples import TEXT, make_notice, span_of
from notice_strategies import QUICK, notices
from taskner.exporters import print_table, to_rows
from taskner.exporters.glosses import FLAGS
from taskner.exporters.safe_text import is_formula, one_line, printable
from taskner.exporters.table import COLUMNS, to_task_rows
from taskner.types import (
    NOTE_FLAGS,
    REVIEW_FLAGS,
    Block,
    Deadline,
    Period,
)


@QUICK
@given(notices())
def test_no_task_and_no_target_is_lost(notice):
    expected = sum(max(1, len(task.targets)) for task in notice.tasks)
    assert len(to_rows(notice)) == expected
    assert len(to_task_rows(notice)) == len(notice.tasks)


def test_columns_are_those_of_the_design():
    titles = [column.title("zh") for column in COLUMNS.values()]
    assert " ".join(titles) == (
        "序号 章节 牵头领导 工作任务 指标 比较 目标值 上限 计量单位 口径 力度 范围 目标原文"
        " 完成时限 完成日期 牵头单位 配合单位 责任单位(未分主次) 置信度 需复核 标记 文件 位置"
    )
    assert len({column.title("en") for column in COLUMNS.values()}) == len(COLUMNS)


def test_a_row_says_what_its_target_means():
    row, other = to_rows(make_notice())
    assert (row.number, row.section) == ("7", "重点工作 / 一、公园")
    assert (row.metrics, row.comparator, row.value, row.measure) == ("公园", "不低于", 3, "个")
    assert (row.target, row.lead, row.support) == ("3个以上", "园林中心", "财政局")
    assert (row.score, row.review, row.flags) == (0.7, "", "")
    assert (row.file, row.place) == ("notice", "字符 4–8")
    assert (other.lead, other.support) == ("园林中心", "")
    assert (other.value, other.review, other.flags) == (None, "是", "置信度低")
    assert to_rows(make_notice(), language="en")[0].comparator == "at least"


@pytest.mark.parametrize(
    ("lasts", "due"),
    [
        ([], "2025-12-31(默认)"),
        ([None], ""),
        ([date(2025, 6, 30)], "2025-06-30"),
        ([date(2025, 6, 30), None, date(2025, 3, 31)], "2025-06-30"),
    ],
)
def test_the_due_date_is_the_latest_or_assumed(lasts, due):
    span = span_of(make_notice().document, "6月底前", "DEADLINE")
    deadlines = tuple(Deadline(span=span, period=Period(last=last)) for last in lasts)
    assert to_rows(make_notice(deadlines=deadlines))[0].due == due


@pytest.mark.parametrize(
    ("block", "place"),
    [
        ({"page": 3, "table": 1, "row": 5}, "第3页 表1 第5行"),
        ({"sheet": "汇总", "row": 5}, "工作表“汇总” 第5行"),
        ({"page": 2}, "第2页"),
        ({}, "字符 4–8"),
    ],
)
def test_a_place_is_where_a_person_would_look(block, place):
    assert to_rows(make_notice(blocks=(Block(start=0, end=20, **block),)))[0].place == place


def test_task_rows_gather_the_flags_of_their_targets():
    (row,) = to_task_rows(make_notice())
    assert (row.review, row.flags, row.lead) == ("是", "置信度低", "园林中心")


def test_every_flag_has_a_gloss():
    assert set(FLAGS) == REVIEW_FLAGS | NOTE_FLAGS


@pytest.mark.parametrize(
    "text", ["=1", " +1", "-1", "@a", "＝1", "\u3000＋1", "－", "＠", "\ta", "\ra"]
)
def test_formulas_are_recognised(text):
    assert is_formula(text)


@pytest.mark.parametrize("text", ["", "a=1", "1-2", "不低于", "≥3", "—5"])
def test_other_text_is_no_formula(text):
    assert not is_formula(text)


def test_printable_and_one_line():
    assert printable("a\x00\x1b[31m\ud800\ufffe\n\tb") == "a[31m\n\tb"
    assert one_line("甲 \n\n 乙局\n") == "甲乙局"


@QUICK
@given(notices())
def test_the_terminal_gets_no_control_characters(notice):
    stream = io.StringIO()
    print_table(notice, Console(file=stream, width=100, force_terminal=False))
    assert not set("\x00\x07\x1b\r") & set(stream.getvalue())


def test_the_terminal_table_shows_a_task_once():
    stream = io.StringIO()
    print_table(make_notice(), Console(file=stream, width=200))
    assert stream.getvalue().count("新建公园") == 1
    assert "[bold]" in _printed(make_notice(text=TEXT + "[bold]"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_terminal_table_breaks_no_number_and_no_date(language):
    notice = make_notice()
    (task,) = notice.tasks
    stream = io.StringIO()
    notice = replace(notice, tasks=(replace(task, number="(二十三)"),))
    print_table(notice, Console(file=stream, width=120), language=language)
    shown = stream.getvalue()
    assert "(二十三)" in shown
    assert {"zh": "2025-12-31(默认)", "en": "2025-12-31 (assumed)"}[language] in shown
    assert max(cell_len(line) for line in shown.splitlines()) <= 120


def _printed(notice):
    stream = io.StringIO()
    print_table(notice, Console(file=stream, width=300))
    return stream.getvalue()


def test_a_date_of_the_task_that_governs_no_target_is_not_its_targets_due_date():
    notice = make_notice()
    due = Deadline(
        span=span_of(notice.document, "6月底前", "DEADLINE"), period=Period(last=date(2025, 6, 30))
    )
    (task,) = notice.tasks
    notice = replace(notice, tasks=(replace(task, deadlines=(due,)),))
    assert {row.due for row in to_rows(notice)} == {"2025-12-31(默认)"}
    bare = replace(notice, tasks=(replace(task, targets=(), deadlines=(due,)),))
    assert [row.due for row in to_rows(bare)] == ["2025-06-30"]
