import pytest

from notice_reading import names, read
from taskner.types import Block

HEAD = ("序号", "工作任务", "责任单位")


def _notice(rows):
    """A table of a file; None is an empty cell."""
    text, blocks = "", []
    for row, cells in enumerate(rows, start=3):
        for column, cell in enumerate(cells, start=1):
            if cell is not None:
                start = len(text)
                text += cell + "\n"
                blocks.append(
                    Block(
                        start=start, end=len(text) - 1, kind="cell", table=1, row=row, column=column
                    )
                )
    return read(text, blocks)


def test_a_heading_alone_in_the_column_of_numbers_is_the_path():
    notice = _notice(
        [
            HEAD,
            ("一、工业",),
            ("1", "新增企业5家", "县经信局"),
            ("二、城建",),
            ("2", "建公园3个", "县住建局"),
        ]
    )
    assert [task.path for task in notice.tasks] == [("一、工业",), ("二、城建",)]


def test_a_number_alone_is_no_heading():
    notice = _notice(
        [HEAD, ("1", "新增企业5家", "县经信局"), ("2",), ("3", "建公园3个", "县住建局")]
    )
    assert [(task.number, task.path) for task in notice.tasks] == [("1", ()), ("3", ())]


def test_a_task_alone_in_its_row_is_a_task():
    notice = _notice(
        [HEAD[1:], ("新增企业5家", "县经信局"), ("建公园3个",), ("建绿道9公里", "县林业局")]
    )
    assert [task.text for task in notice.tasks] == ["新增企业5家", "建公园3个", "建绿道9公里"]


@pytest.mark.parametrize("units", ["县经信局、县财政局", "★县经信局、县财政局"])
def test_a_due_date_beside_units_signs_nothing(units):
    notice = _notice(
        [(*HEAD, "完成时限"), ("1", "新增企业5家", units, "2025年6月30日"),
         ("2", "建公园3个", units, "2025年9月30日")]
    )  # fmt: skip
    assert [task.number for task in notice.tasks] == ["1", "2"]
    assert "县财政局" in names(notice.tasks[0])
    assert notice.issued is None
