"""Notices that LibreOffice prints to PDF give the tasks of the same notice as a web page."""

import html

import pytest

import office_making as office
from taskner.notices import parse_notice
from taskner.readers import read_bytes

pytestmark = pytest.mark.real

TITLE = "云岭县人民政府办公室关于印发2026年重点任务责任分解的通知"
INTRODUCTION = (
    "为抓好全年工作落实，现将任务责任分解印发给你们，"
    "请各单位对照清单，逐项明确人员和节点，认真组织实施。"
)
CLOSING = "以上任务请抓紧落实，每季度末报送进展。"
BODIES = [
    "县发展改革局",
    "县经济信息局",
    "县农业农村局",
    "县人力资源社会保障局",
    "云岭街道",
    "各乡镇（街道）",
]
DETAIL = "推进山地果园改造与仓储冷链配套，完善从田头到园区的分拣线路，对照年度节点逐季盘点。"


def _task(number, *, more=0):
    return (
        f"新建标准化果园{number + 3}个，改造老旧灌渠{number}.5公里，果品产值增长{number + 1}.2%，"
        f"PM2.5平均浓度降到{number + 20}微克/立方米以内。{DETAIL * more}"
    )


def _bodies(number, separator="、"):
    n_bodies = 1 + number % 3
    return separator.join(BODIES[(number + index) % len(BODIES)] for index in range(n_bodies))


def _responsibility_table():
    rows = [["序号", "工作任务", "责任单位", "完成时限"]]
    for number in range(1, 31):
        separator = "\n" if number % 4 == 0 else "、"
        deadline = "6月底前" if number % 2 else "12月底前"
        more = 6 if number % 7 == 0 else 0
        rows.append([str(number), _task(number, more=more), _bodies(number, separator), deadline])
    return rows, [14, 76, 40, 28]


def _two_role_table():
    rows = [
        [("序号", 2, 1), ("类别", 2, 1), ("工作任务", 2, 1), ("责任分工", 1, 2), None],
        [None, None, None, "牵头单位", "配合单位"],
    ]
    for number in range(1, 25):
        group = ("产业发展", 4, 1) if number % 4 == 1 else None
        lead = BODIES[number % 4]
        rows.append([str(number), group, _task(number), lead, _bodies(number + 1)])
    return rows, [14, 18, 66, 30, 30]


def _web_page(rows):
    lines = []
    for row in rows:
        cells = [cell if isinstance(cell, tuple) else (cell, 1, 1) for cell in row if cell]
        lines.append(
            "".join(
                f"<td rowspan={row_span} colspan={col_span}>{html.escape(text)}"
                for text, row_span, col_span in cells
            ).replace("\n", "<br>")
        )
    table = "".join(f"<tr>{line}" for line in lines)
    page = f"<h1>{TITLE}</h1><p>{INTRODUCTION}</p><table>{table}</table><p>{CLOSING}</p>"
    return read_bytes(page.encode(), name="notice.html")


def _tasks(document):
    notice = parse_notice(document)
    assert notice.title == TITLE
    return [
        (
            task.number,
            "".join(task.text.split()),
            [(unit.name, unit.role) for unit in task.units],
            task.flags,
        )
        for task in notice.tasks
    ]


def _cells(document):
    return [
        (
            block.table,
            block.row,
            block.column,
            block.row_span,
            block.col_span,
            "".join(document.text[block.start : block.end].split()),
        )
        for block in document.blocks
        if block.kind == "cell"
    ]


def test_long_tables_over_pages_are_those_of_the_web_page(tmp_path):
    cases = []
    for make in (_responsibility_table, _two_role_table):
        rows, widths = make()
        for n_header, valign, split in ((1, "middle", True), (0, "top", True), (1, "top", False)):
            n_rows = 2 * n_header if make is _two_role_table else n_header
            body = (
                office.paragraph(TITLE, "Title")
                + office.paragraph(INTRODUCTION)
                + office.table(rows, widths, n_header=n_rows)
                + office.paragraph(CLOSING)
            )
            text = office.document(
                body, widths=[widths], header="云岭县重点任务分解", valign=valign, split=split
            )
            cases.append((rows, text))
    files = office.print_pdfs([text for _, text in cases], tmp_path)
    for (rows, _), data in zip(cases, files, strict=True):
        document = read_bytes(data, name="notice.pdf")
        expected = _web_page(rows)
        assert max(block.page for block in document.blocks) >= 3
        assert _cells(document) == _cells(expected)
        assert _tasks(document) == _tasks(expected)


@pytest.mark.parametrize("align", ["justify", "start"])
def test_paragraphs_of_an_outline_come_back_as_they_were_written(tmp_path, align):
    given = [
        "各乡镇人民政府，县政府各部门：",
        INTRODUCTION,
        "一、聚焦产业强县，加快提质增效",
    ]
    for number in range(1, 16):
        given += [f"{number}.{_task(number, more=number % 3)}"]
        given += [f"牵头单位：{BODIES[number % 4]}", f"责任单位：{_bodies(number + 1)}"]
    given += ["云岭县人民政府办公室", "2026年3月5日"]
    styles = office.paragraph_style("B", step=28, indent=2, **{"fo:text-align": align})
    kinds = {0: "Flush", len(given) - 2: "Right", len(given) - 1: "Right"}
    body = office.paragraph(TITLE, "Title") + "".join(
        office.paragraph(text, kinds.get(index, "B")) for index, text in enumerate(given)
    )
    [data] = office.print_pdfs([office.document(body, styles=styles)], tmp_path)
    document = read_bytes(data, name="notice.pdf")
    found = [document.text[block.start : block.end] for block in document.blocks]
    assert found == [TITLE, *given]
    tasks = parse_notice(document).tasks
    assert [task.number for task in tasks] == [str(number) for number in range(1, 16)]
    assert all(task.units[0].role == "lead" for task in tasks)
