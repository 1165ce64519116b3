import io
from datetime import date

import pytest
from openpyxl import Workbook

from taskner.errors import EmptyFileError, UnreadableFileError, WrongFormatError
from taskner.readers import ReaderConfig, read_bytes
from taskner.readers.layout import Layout
from taskner.readers.xlsx import read_xlsx


def _workbook(rows, *, merged=(), formats=(), title="Sheet1"):
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    for cell, code in dict(formats).items():
        sheet[cell].number_format = code
    return workbook


def _bytes(workbook):
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _read(workbook, *, name="任务.xlsx"):
    return read_bytes(_bytes(workbook), name=name)


def _cells(document):
    return [
        (block.table, block.row, block.column, document.text[block.start : block.end])
        for block in document.blocks
        if block.kind == "cell"
    ]


def _lines(document):
    return [
        (block.kind, document.text[block.start : block.end])
        for block in document.blocks
        if block.kind != "cell"
    ]


HEAD = ["序号", "工作任务", "责任单位"]


def test_cells_keep_the_rows_and_columns_of_the_sheet():
    rows = [
        ["北岭县年度任务"],
        ["（单位：个）"],
        HEAD,
        [1, "新建公园", "★园林中心\n财政局"],
        ["注：带★的牵头"],
    ]
    document = _read(_workbook(rows, merged=["A1:C1", "A2:C2", "A5:C5"]))
    assert _lines(document) == [
        ("title", "北岭县年度任务"),
        ("paragraph", "（单位：个）"),
        ("paragraph", "注：带★的牵头"),
    ]
    assert _cells(document) == [
        (1, 3, 1, "序号"),
        (1, 3, 2, "工作任务"),
        (1, 3, 3, "责任单位"),
        (1, 4, 1, "1"),
        (1, 4, 2, "新建公园"),
        (1, 4, 3, "★园林中心\n财政局"),
    ]
    assert {block.sheet for block in document.blocks if block.kind == "cell"} == {"Sheet1"}
    assert document.source.reader == "xlsx"


def test_merged_cells_have_spans_and_hide_what_they_cover():
    workbook = _workbook([HEAD, [1, "甲", "局"], [None, "乙", None], [2, "丙", "所"]])
    sheet = workbook.active
    sheet.merge_cells("C2:C3")
    sheet.merge_cells("A2:A3")
    sheet["D1"] = "备注"
    sheet.merge_cells("C1:D1")
    document = _read(workbook)
    assert (1, 1, 4, "备注") not in _cells(document)
    spans = {document.text[b.start : b.end]: (b.row_span, b.col_span) for b in document.blocks}
    assert spans["1"] == spans["局"] == (2, 1)
    assert spans["责任单位"] == (1, 2)
    assert spans["丙"] == (1, 1)


def test_values_read_as_the_sheet_shows_them():
    rows = [
        ["项", "值"],
        ["比例", 0.085],
        ["期限", date(2025, 6, 30)],
        ["和", 0.1 + 0.2],
        ["家数", 12],
        ["是否", True],
        ["错", "#REF!"],
        ["编号", "001"],
    ]
    formats = {"B2": "0.0%", "B3": 'yyyy"年"m"月"', "B5": '0"家"'}
    texts = [text for *_, text in _cells(_read(_workbook(rows, formats=formats)))]
    assert texts[2:] == [
        *("比例", "8.5%", "期限", "2025年6月", "和", "0.3", "家数", "12家", "是否", "TRUE"),
        *("错", "编号", "001"),
    ]


def test_blank_rows_divide_tables():
    rows = [
        HEAD,
        [1, "甲", "局"],
        [],
        [2, "乙", "局"],
        [],
        ["名称", "内容", "部门"],
        ["丙", "丁", "所"],
    ]
    rows += [[], [], [], ["续", "戊", "所"]]
    document = _read(_workbook(rows))
    assert [(table, row) for table, row, column, _ in _cells(document) if column == 1] == [
        *((1, 1), (1, 2), (1, 4), (2, 6), (2, 7), (3, 11))
    ]


def test_sheets_follow_each_other_and_hidden_ones_are_left_out():
    workbook = _workbook([HEAD, [1, "甲", "局"]], title="民生实事")
    second = workbook.create_sheet("Sheet2")
    second.append(HEAD)
    hidden = workbook.create_sheet("草稿")
    hidden.append(["藏"])
    hidden.sheet_state = "hidden"
    document = _read(workbook)
    assert _lines(document) == [("heading", "民生实事")]
    assert [table for table, *_ in _cells(document)] == [1] * 6 + [2] * 3
    assert "藏" not in document.text


def test_hidden_sheets_are_read_where_nothing_else_is():
    workbook = _workbook([])
    hidden = workbook.create_sheet("草稿")
    hidden.append(HEAD)
    hidden.sheet_state = "veryHidden"
    assert len(_cells(_read(workbook))) == 3


def test_hidden_rows_are_read_and_hidden_columns_are_not():
    workbook = _workbook([[*HEAD, "去年"], [1, "甲", "局", 5], [2, "乙", "局", 6]])
    sheet = workbook.active
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["D"].hidden = True
    texts = [text for *_, text in _cells(_read(workbook))]
    assert texts == [*HEAD, "1", "甲", "局", "2", "乙", "局"]


def test_a_formula_that_may_give_text_needs_its_result():
    with pytest.raises(UnreadableFileError, match="row 2, column 2"):
        _read(_workbook([HEAD, [1, "=Sheet1!A1", "局"]]))
    document = _read(_workbook([HEAD, [1, "甲", "局"], ["合计", "=SUM(A2:A2)", None]]))
    assert "SUM" not in document.text


def test_a_formula_kept_as_text_is_text():
    workbook = _workbook([HEAD, [1, None, "局"]])
    cell = workbook.active["B2"]
    cell.value = '=HYPERLINK("http://127.0.0.1","点")'
    cell.data_type = "s"
    assert _cells(_read(workbook))[4][3] == '=HYPERLINK("http://127.0.0.1","点")'


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (OLE + "Workbook".encode("utf-16-le"), r"\.xls\)"),
        (b"<html><table><tr><td>1</table>", "web page"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", "MHTML"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "saved as XML",
        ),
        ("序号,任务\n1,甲\n".encode("gb18030"), "text file"),
        ("序号\t任务\n".encode("utf-16"), "text file"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\0", "picture"),
    ],
)
def test_another_file_under_the_suffix_is_named(data, what):
    # As the reader of workbooks says it; a file under this suffix is read as what it is.
    with pytest.raises(WrongFormatError, match=what):
        read_xlsx(data, Layout(path="a.xlsx", config=ReaderConfig()))


def test_a_protected_workbook_is_named():
    with pytest.raises(UnreadableFileError, match="password"):
        read_bytes(OLE + "EncryptedPackage".encode("utf-16-le"), name="a.xlsx")


def test_an_empty_workbook_is_an_empty_file():
    with pytest.raises(EmptyFileError):
        _read(Workbook())
