import docx
import pytest

from taskner.errors import EmptyFileError
from taskner.readers import read_bytes
from word_files import level, lists, paragraph, save, table, word_file


def read(data, *, name="通知.docx"):
    return read_bytes(data, name=name)


def lines(document):
    return document.text.splitlines()


def cells(document):
    return [
        (block.row, block.column, document.text[block.start : block.end])
        for block in document.blocks
        if block.kind == "cell"
    ]


def test_a_file_made_with_python_docx_is_read_in_the_order_of_its_body():
    word = docx.Document()
    word.add_heading("关于分解2031年重点工作的通知", 0)
    word.add_heading("总体要求", 1)
    word.add_paragraph("各镇人民政府：")
    grid = word.add_table(rows=3, cols=3)
    for row, texts in zip(grid.rows, (("序号", "任务", "单位"), "1建甲", "2修乙"), strict=True):
        for cell, text in zip(row.cells, texts, strict=False):
            cell.text = text
    grid.cell(1, 2).merge(grid.cell(2, 2)).text = "县园林局"
    word.add_paragraph("特此通知")
    document = read(save(word))
    assert [(block.kind, document.text[block.start : block.end]) for block in document.blocks] == [
        ("title", "关于分解2031年重点工作的通知"),
        ("heading", "总体要求"),
        ("paragraph", "各镇人民政府："),
        *(("cell", text) for text in ("序号", "任务", "单位", "1", "建", "县园林局", "2", "修")),
        ("paragraph", "特此通知"),
    ]
    assert [block.row_span for block in document.blocks][8] == 2
    assert document.source.reader == "docx"


def test_automatic_numbers_stand_in_front_of_text_and_in_cells():
    numbering = lists(
        level(0, "chineseCounting", "%1、") + level(1, "decimal", "%2."),
        level(0, "decimal", "%1"),
    )
    body = (
        paragraph("工业", num=1)
        + paragraph("建厂房", num=1, ilvl=1)
        + paragraph("修道路", num=1, ilvl=1)
        + paragraph("民生", num=1)
        + paragraph("建学校", num=1, ilvl=1)
        + table([[("", paragraph(num=2)), "甲"], [("", paragraph(num=2)), "乙"]])
    )
    document = read(word_file(body, numbering=numbering))
    assert lines(document)[:5] == ["一、 工业", "1. 建厂房", "2. 修道路", "二、 民生", "1. 建学校"]
    assert cells(document) == [(1, 1, "1"), (1, 2, "甲"), (2, 1, "2"), (2, 2, "乙")]


def test_a_file_without_text_is_empty():
    with pytest.raises(EmptyFileError):
        read(save(docx.Document()))
