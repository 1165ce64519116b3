"""One invented table as a workbook, a page, comma-separated and piped text: one ledger."""

import io
import shutil
import subprocess
from datetime import date

import pytest
from openpyxl import Workbook

from taskner.notices import parse_notice
from taskner.readers import document_from_text, read_bytes

TITLE = "石湾县2025年重点工作任务分解表"
HEAD = ("序号", "工作任务", "目标", "责任单位", "完成时限")
ROWS = (
    ("一、产业发展",),
    (1, "新增规上工业企业", "15家", "★县经信局、县统计局", date(2025, 6, 30)),
    (2, "规上工业增加值增速", 0.085, "★县经信局", date(2025, 12, 31)),
    ("二、城乡建设",),
    (3, "新建城市公园", "3个", "★县园林中心、县财政局", date(2025, 9, 30)),
    (4, "改造老旧小区", "12个", "★县住建局、各街道", date(2025, 11, 30)),
)
AS_SHOWN = "Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false"
NOTE = "注：带★的为牵头单位。"


def _shown(value):
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value:.1%}" if isinstance(value, float) else str(value)


def _workbook(*, merged):
    workbook = Workbook()
    sheet = workbook.active
    for row in ((TITLE,), HEAD, *ROWS, (NOTE,)):
        sheet.append(row)
    for row in sheet.iter_rows():
        row[4].number_format = 'yyyy"年"m"月"d"日"'
        row[2].number_format = "0.0%"
        if merged and row[1].value is None:
            sheet.merge_cells(
                start_row=row[0].row, end_row=row[0].row, start_column=1, end_column=5
            )
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _sheet(*, merged):
    return read_bytes(_workbook(merged=merged), name="分解.xlsx")


def _page():
    rows = "".join(
        "<tr>" + "".join(f"<td{' colspan=5' * (len(row) == 1)}>{_shown(v)}" for v in row)
        for row in (HEAD, *ROWS)
    )
    return read_bytes(f"<h1>{TITLE}</h1><table>{rows}</table><p>{NOTE}".encode(), name="a.html")


def _piped():
    rows = "\n".join("|" + "|".join(map(_shown, row)) + "|" for row in (HEAD, *ROWS))
    return document_from_text(f"{TITLE}\n{rows}\n{NOTE}\n")


def _commas():
    padded = [(*row, *[""] * (5 - len(row))) for row in ((TITLE,), HEAD, *ROWS, (NOTE,))]
    text = "\r\n".join(",".join(map(_shown, row)) for row in padded)
    return read_bytes(text.encode("gb18030"), name="a.csv")


def _ledger(document):
    notice = parse_notice(document)
    return notice.title, [
        (
            task.number,
            task.path,
            task.text.split(),
            [(unit.name, unit.role) for unit in task.units],
            [document.text[s.start : s.end] for s in task.segments if s.field == "deadline"],
        )
        for task in notice.tasks
    ]


INDUSTRY, TOWNS = ("一、产业发展",), ("二、城乡建设",)
EXPECTED = [
    (
        *("1", INDUSTRY, ["新增规上工业企业", "15家"]),
        [("县经信局", "lead"), ("县统计局", "support")],
        ["2025年6月30日"],
    ),
    (
        *("2", INDUSTRY, ["规上工业增加值增速", "8.5%"]),
        [("县经信局", "lead")],
        ["2025年12月31日"],
    ),
    (
        *("3", TOWNS, ["新建城市公园", "3个"]),
        [("县园林中心", "lead"), ("县财政局", "support")],
        ["2025年9月30日"],
    ),
    (
        *("4", TOWNS, ["改造老旧小区", "12个"]),
        [("县住建局", "lead"), ("各街道", "support")],
        ["2025年11月30日"],
    ),
]


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(_sheet(merged=True), id="xlsx"),
        pytest.param(_sheet(merged=False), id="xlsx without merged cells"),
        pytest.param(_page(), id="html"),
        pytest.param(_piped(), id="pipes"),
        pytest.param(_commas(), id="csv"),
    ],
)
def test_the_same_table_gives_the_same_ledger(document):
    title, tasks = _ledger(document)
    assert title == TITLE
    assert tasks == EXPECTED


@pytest.mark.real
@pytest.mark.parametrize("form", ["xlsx", "html", f"csv:{AS_SHOWN}"])
def test_what_libreoffice_makes_of_the_table_gives_the_same_ledger(tmp_path, form):
    path = tmp_path / "from" / "a.xlsx"
    path.parent.mkdir()
    path.write_bytes(_workbook(merged=True))
    subprocess.run(
        [
            *(shutil.which("soffice") or "soffice", f"-env:UserInstallation=file://{tmp_path}/p"),
            *("--headless", "--convert-to", form, "--outdir", str(tmp_path), str(path)),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    made = tmp_path / f"a.{form.partition(':')[0]}"
    assert _ledger(read_bytes(made.read_bytes(), name=made.name)) == (TITLE, EXPECTED)
