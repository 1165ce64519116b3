import csv
import io
import json
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from bare_tasks import bare_task
from notice_samples import make_notice
from notice_strategies import QUICK, notices
from taskner.errors import ConfigError, EmptyFileError, ReadError, TasknerError, UnexpectedError
from taskner.exporters import FORMATS, Failure, render, to_rows, write
from taskner.exporters.failures import failure_kind
from taskner.exporters.glosses import FLAGS
from taskner.exporters.legend import legend_rows
from taskner.records import json_schema, notice_from_json
from taskner.types import REVIEW_FLAGS, Document, Notice, Period, Quantity, Span, Target

HOSTILE = ["=HYPERLINK(1)", " +1", "-1+2", "@SUM(A1)", "＝1", "\t=1", "\x00=1", "#N/A", "<b>\x1b"]
FAILURE = Failure(path="空.txt", error=EmptyFileError(path="空.txt"))


def _notice(text="新建公园3个", *, quantity=None):
    document = Document(id="n", text=text)
    target = Target(span=Span.of(document, 0, len(text), "TARGET", score=0.5), quantity=quantity)
    task = bare_task(text, number=text, path=(text,), leader=text, targets=(target,))
    return Notice(document=document, tasks=(task,))


def _sheets(data):
    return load_workbook(io.BytesIO(data))


def _csv_rows(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@QUICK
@given(st.lists(notices(), max_size=2))
def test_every_line_of_jsonl_is_a_record(batch):
    data = render(batch, format="jsonl", failures=[FAILURE], with_text=True)
    lines = data.decode("utf-8").splitlines()
    validator = jsonschema.Draft202012Validator(json_schema())
    for line in lines:
        validator.validate(json.loads(line))
    read = [notice_from_json(json.loads(line)) for line in lines[:-1]]
    assert [notice.tasks for notice in read] == [notice.tasks for notice in batch]
    assert json.loads(lines[-1])["error"]["type"] == "EmptyFileError"


def test_json_is_one_object_or_an_array():
    assert json.loads(render(_notice(), format="json"))["schema"] == "taskner/1"
    assert len(json.loads(render([_notice(), _notice()], format="json"))) == 2


def test_half_a_surrogate_pair_is_written_as_its_escape():
    text = "新建\ud800公园"
    data = render(_notice(text), format="jsonl", with_text=True)
    assert json.loads(data)["document"]["text"] == text
    for name in FORMATS:
        render(_notice(text), format=name)


@QUICK
@given(notices())
def test_csv_has_a_line_per_row_and_no_formula(notice):
    head, *rows = _csv_rows(render(notice, format="csv"))
    assert head[0] == "序号"
    assert len(rows) == len(to_rows(notice))
    numbers = {head.index(name) for name in ("目标值", "上限", "置信度")}
    for row in rows:
        for column, text in enumerate(row):
            assert column in numbers or not text.lstrip().startswith(tuple("=+-@＝＋－＠\t\r"))


@QUICK
@given(notices())
def test_workbooks_hold_every_row_as_text_or_number(notice):
    book = _sheets(render(notice, format="xlsx"))
    assert book.sheetnames == ["台账", "任务", *([] if notice.tasks else ["错误"]), "说明"]
    assert book["台账"].max_row == 1 + len(to_rows(notice))
    assert book["任务"].max_row == 1 + len(notice.tasks)
    for sheet in (book["台账"], book["任务"]):
        due = [cell.value for cell in sheet[1]].index("完成日期")
        for row in sheet.iter_rows(min_row=2):
            assert all(cell.data_type in {"s", "n"} for cell in row if cell is not row[due])
            assert row[due].data_type == "d" or (row[due].value or "") < "1901"


@pytest.mark.parametrize(
    ("last", "day", "assumed"),
    [
        (date(2031, 12, 31), datetime(2031, 12, 31), "是"),  # noqa: DTZ001 - a day has no zone
        (date(1899, 12, 31), "1899-12-31", "是"),
        (None, None, None),
    ],
)
def test_due_dates_are_dates_and_say_beside_them_that_they_are_assumed(last, day, assumed):
    annex = replace(make_notice().annexes[0], period=Period(last=last))
    notice = replace(make_notice(), annexes=(annex,))
    book = _sheets(render(notice, format="xlsx"))
    for sheet in (book["台账"], book["任务"]):
        titles = [cell.value for cell in sheet[1]]
        column = titles.index("完成日期") + 1
        assert titles[column] == "日期为默认"
        assert (sheet.cell(2, column).value, sheet.cell(2, column + 1).value) == (day, assumed)
        if isinstance(day, datetime):
            assert sheet.cell(2, column).number_format == "yyyy-mm-dd"
    head, row, *_ = _csv_rows(render(notice, format="csv"))
    assert row[head.index("完成日期")] == (f"{last}(默认)" if last else "")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_in_sheets(text):
    plain = "".join(character for character in text if character not in "\x00\x1b")
    cell = _sheets(render(_notice(text), format="xlsx"))["台账"]["D2"]
    assert (cell.data_type, cell.value) == ("s", plain)
    assert bool(cell.quotePrefix) == text.strip("\x00").lstrip().startswith(tuple("=+-@＝"))
    value = _csv_rows(render(_notice(text), format="csv"))[1][3]
    assert value in (plain, "'" + plain)
    assert (value != plain) == bool(cell.quotePrefix)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("12000.0", 12000),
        ("0.3333", 0.3333),
        ("-2.5", -2.5),
        ("450000000", 450000000),
        ("1.2345678901234567", "1.2345678901234567"),
    ],
)
def test_values_are_numbers_where_a_sheet_holds_them_exactly(value, expected):
    notice = _notice(quantity=Quantity(value=Decimal(value)))
    assert _sheets(render(notice, format="xlsx"))["台账"]["G2"].value == expected


def test_sheets_are_ready_to_read():
    notice = _notice()
    book = _sheets(render([notice, notice], format="xlsx", failures=[FAILURE]))
    assert book.sheetnames == ["台账", "任务", "错误", "说明"]
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet["A2"].alignment.wrap_text
        assert sheet.column_dimensions["B"].width > 5
    file, kind, message = (cell.value for cell in book["错误"][2])
    assert (file, kind.split("：")[0], message) == ("空.txt", "文件里没有文字", str(FAILURE.error))
    english = _sheets(render(notice, format="xlsx", language="en", failures=[FAILURE]))
    assert english.sheetnames == ["Ledger", "Tasks", "Errors", "Legend"]
    assert english["Errors"]["B2"].value == "EmptyFileError"


@pytest.mark.parametrize(
    ("language", "sheet", "kind", "advice"),
    [("zh", "错误", "未发现任务", "附件"), ("en", "Errors", "no task", "attachment")],
)
def test_a_notice_without_tasks_is_told_apart_from_what_failed(language, sheet, kind, advice):
    bare = replace(_notice(), tasks=())
    batch = [bare, _notice()]
    book = _sheets(render(batch, format="xlsx", language=language, failures=[FAILURE]))
    failed, without = book[sheet].iter_rows(min_row=2, values_only=True)
    assert failed[0] == FAILURE.path
    assert without[:2] == ("n", kind)
    assert advice in without[2]
    assert sheet in _sheets(render(bare, format="xlsx", language=language)).sheetnames
    page = render(batch, format="html", language=language).decode("utf-8")
    assert "<summary>未发现任务 1 个文件</summary>" in page
    assert "未能处理" not in page
    assert len(_csv_rows(render(batch, format="csv"))) == 2
    assert json.loads(render(bare, format="json"))["error"] is None


def test_every_error_of_reading_has_chinese_words():
    kinds, waiting = [UnexpectedError], [ReadError]
    while waiting:
        subclasses = waiting.pop().__subclasses__()
        kinds += subclasses
        waiting += subclasses
    for kind in kinds:
        failure = Failure(path="甲.txt", error=kind.__new__(kind))
        assert failure_kind(failure, "zh") != kind.__name__
        assert failure_kind(failure, "en") == kind.__name__


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_legend_explains_every_flag_of_a_row(language):
    rows = list(legend_rows(language))
    names = {name: asks for name, asks, meaning in rows if meaning}
    for flag in FLAGS.keys() - {"no_task", "set_aside", "repaired"}:  # of the whole notice
        assert bool(names[FLAGS[flag][language]]) == (flag in REVIEW_FLAGS)


def test_whole_numbers_are_shown_with_all_their_digits():
    quantity = Quantity(value=Decimal(1_200_000_000_000), upper=Decimal("12.5"))
    sheet = _sheets(render(_notice(quantity=quantity), format="xlsx"))["台账"]
    assert (sheet["G2"].value, sheet["G2"].number_format) == (1_200_000_000_000, "#,##0")
    assert sheet.column_dimensions["G"].width > len("1,200,000,000,000")
    assert sheet["H2"].number_format == "General"


def test_a_cell_over_the_limit_of_a_sheet_is_cut_visibly():
    cell = _sheets(render(_notice("长" * 40_000), format="xlsx"))["台账"]["D2"]
    assert len(cell.value) == 32_767
    assert cell.value.endswith("…")


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_suffix_chooses_the_format(tmp_path, suffix):
    path = tmp_path / f"台账.{suffix.upper()}"
    write(_notice(), path, failures=[FAILURE])
    assert path.stat().st_size > 100
    write([], tmp_path / f"empty.{suffix}")
    write(replace(_notice(), tasks=()), path)


def test_a_named_format_wins_over_the_suffix(tmp_path):
    path = tmp_path / "台账.txt"
    write(_notice(), path, format="jsonl")
    assert json.loads(path.read_text("utf-8"))["error"] is None


def test_unknown_formats_and_unwritable_places_are_named(tmp_path):
    with pytest.raises(ConfigError, match=r"a\.pdf.*xlsx"):
        write(_notice(), tmp_path / "a.pdf")
    with pytest.raises(TasknerError, match="cannot be written"):
        write(_notice(), tmp_path / "none" / "a.csv")
