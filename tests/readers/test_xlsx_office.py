"""Workbooks that LibreOffice wrote, and its own opinion of how values are shown."""

import csv
import io
import shutil
import subprocess
from datetime import date

import pytest
from openpyxl import Workbook

from taskner.errors import UnreadableFileError
from taskner.readers import read_bytes
from taskner.readers.xlsx_formats import show_number

pytestmark = pytest.mark.real

SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false"
NUMBERS = (0, 3, -5, 0.085, 0.125, 1.25, 12, 1234567.891, 100, 45838, 35000)
CODES = (
    *("0", "0.0", "0.00", "0%", "0.0%", "#,##0", "#,##0.00", "#", "0.##", "000", '0"家"'),
    *('"约"0"家以上"', "0.0;(0.0)", '0;-0;"无"', '[>=100]0"以上";[>=10]0"左右";0"个"', ";;;"),
    *("[$¥-804]#,##0.00", "0.00,,", "[DBNum2][$-804]General", "0.00E+00", "@"),
)
DATES = (
    *("yyyy/m/d", "yyyy-mm-dd", 'yyyy"年"m"月"d"日"', 'yyyy"年"mm"月"', 'm"月"d"日"', "yyyy.m.d"),
    *(
        "[$-804]dddd",
        '[DBNum1][$-804]yyyy"年"m"月"d"日"',
        "yyyy/m/d h:mm",
        "[h]:mm",
        "h:mm:ss",
    ),
)


def _convert(workbook, folder, form):
    path = folder / "from" / "a.xlsx"
    path.parent.mkdir()
    workbook.save(path)
    subprocess.run(
        [
            *(
                shutil.which("soffice") or "soffice",
                f"-env:UserInstallation=file://{folder}/profile",
            ),
            *("--headless", "--convert-to", form, "--outdir", str(folder), str(path)),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return (folder / f"a.{form.partition(':')[0]}").read_bytes()


def test_values_are_shown_as_libreoffice_shows_them(tmp_path):
    pairs = [(value, code) for code in CODES for value in NUMBERS]
    # LibreOffice drops the sign under a condition, and writes 点 where Excel keeps the point.
    pairs = [
        (value, code)
        for value, code in pairs
        if (value > 0 or "[>" not in code) and (value % 1 == 0 or "DBNum" not in code)
    ]
    pairs += [(value, code) for code in DATES for value in (45838, 45838.75, 45992.5)]
    workbook = Workbook()
    for row, (value, code) in enumerate(pairs, start=1):
        cell = workbook.active.cell(row, 1, value)
        cell.number_format = code
    shown = csv.reader(io.StringIO(_convert(workbook, tmp_path, SHOWN).decode("utf-8")))
    expected = [row[0].strip() if row else "" for row in shown]
    found = [show_number(repr(value), code).strip() for value, code in pairs]
    wrong = [one for one in zip(pairs, found, expected, strict=True) if one[1] != one[2]]
    assert not wrong


def test_a_workbook_saved_again_has_its_formulas_computed(tmp_path):
    workbook = Workbook()
    sheet = workbook.active
    sheet.append(["石湾县年度任务"])
    sheet.append(["序号", "工作任务", "完成时限"])
    sheet.append(["=ROW()-2", '="新建"&"公园"', date(2025, 6, 30)])
    sheet.append(["=ROW()-2", "建绿道\n9公里", None])
    sheet["C3"].number_format = 'yyyy"年"m"月"d"日"'
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("C3:C4")
    stream = io.BytesIO()
    workbook.save(stream)
    with pytest.raises(UnreadableFileError, match="row 3, column 2"):
        read_bytes(stream.getvalue(), name="a.xlsx")
    document = read_bytes(_convert(workbook, tmp_path, "xlsx"), name="a.xlsx")
    assert [
        (block.row, block.column, block.row_span, document.text[block.start : block.end])
        for block in document.blocks
        if block.row and block.row > 2
    ] == [
        (3, 1, 1, "1"),
        (3, 2, 1, "新建公园"),
        (3, 3, 2, "2025年6月30日"),
        (4, 1, 1, "2"),
        (4, 2, 1, "建绿道\n9公里"),
    ]
    assert document.text.startswith("石湾县年度任务\n")
