import pytest

from taskner.errors import EmptyFileError, OverLimitError, TasknerError, UnreadableFileError
from taskner.readers import ReaderConfig, read_bytes

ROWS = '序号,工作任务,责任单位\r\n1,"建公园3个,绿道9公里","县住建局\n县林业局"\r\n\r\n'
ROWS += '2,"他说""好""",\r\n'


def _cells(data, *, name="a.csv", **limits):
    document = read_bytes(data, name=name, config=ReaderConfig(**limits))
    return [
        (block.table, block.row, block.column, document.text[block.start : block.end])
        for block in document.blocks
        if block.kind == "cell"
    ]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_rows_are_those_of_one_sheet(codec):
    assert _cells(ROWS.encode(codec)) == [
        *((1, 1, 1, "序号"), (1, 1, 2, "工作任务"), (1, 1, 3, "责任单位")),
        *((1, 2, 1, "1"), (1, 2, 2, "建公园3个,绿道9公里"), (1, 2, 3, "县住建局\n县林业局")),
        *((1, 4, 1, "2"), (1, 4, 2, '他说"好"')),
    ]


@pytest.mark.parametrize("name", ["a.tsv", "a.csv"])
def test_tabs_divide_fields_where_most_lines_have_one(name):
    data = "序号\t任务\n1\t甲,乙,丙\n2\t丁;戊\n".encode()
    assert [text for *_, text in _cells(data, name=name)] == [
        "序号",
        "任务",
        "1",
        "甲,乙,丙",
        "2",
        "丁;戊",
    ]


def test_semicolons_divide_fields_where_there_is_no_comma():
    assert [text for *_, text in _cells("序号;任务\n1;甲\n".encode())] == [
        "序号",
        "任务",
        "1",
        "甲",
    ]


def test_a_quotation_mark_that_is_not_closed_is_an_error():
    with pytest.raises(UnreadableFileError, match="quoted"):
        _cells('序号,任务\n1,"甲\n2,乙\n'.encode())


def test_what_is_no_table_is_read_or_refused():
    with pytest.raises(EmptyFileError):
        _cells(b",,,\n,,\n")
    with pytest.raises(OverLimitError, match="max_blocks"):
        _cells(ROWS.encode(), max_blocks=2)
    for data in (bytes(range(256)) * 9, b'"' * 999, b"\0,\0\n" * 99, b"a," * 300_000):
        try:
            _cells(data)
        except TasknerError:
            continue
