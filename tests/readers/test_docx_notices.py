"""A notice in Word gives the same tasks, units and roles as the same notice as text."""

from xml.sax.saxutils import escape

import pytest

from notice_reading import ledger
from taskner.notices import parse_notice
from taskner.readers import document_from_text, read_bytes
from word_files import level, lists, paragraph, table, word_file

TITLE = "云溪县人民政府办公室关于分解2031年重点工作任务的通知"
OUTLINE = [
    (0, "稳住工业增长"),
    (1, "扩大有效投资"),
    (2, "新建标准厂房12万平方米以上，技改投资增长9%。"),
    (None, "牵头单位：县经信局；配合单位：县发改局、各镇人民政府"),
    (2, "完成工业用地整理600亩。"),
    (None, "牵头单位：县资规局"),
    (1, "培育企业主体"),
    (2, "新增规上工业企业30家，高新技术企业15家。"),
    (None, "牵头单位：县科技局；配合单位：县税务局"),
    (0, "改善民生福祉"),
    (1, "办好教育医疗"),
    (2, "新建改建小学3所，6月底前开工。"),
    (None, "牵头单位：县教育局；配合单位：县财政局"),
]
LEVELS = (
    level(0, "chineseCounting", "%1、", more='<w:suff w:val="nothing"/>')
    + level(1, "japaneseCounting", "（%2）", more='<w:suff w:val="nothing"/>')
    + level(2, "decimal", "%3.")
)
HAN = "〇一二三四五六七八九"
ROWS = [
    ("新建公园3个以上。", "★县园林局、县财政局"),
    ("改造老旧小区20个，惠及4500户。", "★县住建局、各街道"),
    ("建成养老驿站8家。", "★县民政局、云溪镇"),
]


def as_text(outline):
    counts = [0, 0, 0]
    lines = [TITLE]
    for depth, text in outline:
        number = ""
        if depth is not None:
            counts[depth] += 1
            counts[depth + 1 :] = [0] * (2 - depth)
            number = (f"{HAN[counts[0]]}、", f"（{HAN[counts[1]]}）", f"{counts[2]}.")[depth]
        lines.append(number + text)
    return "\n".join(lines) + "\n"


def tasks_of(data):
    return parse_notice(read_bytes(data, name="通知.docx"))


def same(word, text):
    assert ledger(word) == ledger(text)
    assert [annex.lead_rule for annex in word.annexes] == [
        annex.lead_rule for annex in text.annexes
    ]
    return word.tasks


@pytest.mark.parametrize("through_style", [False, True])
def test_an_outline_with_automatic_numbers(through_style):
    names = ("Part", "Section", "Item")
    if through_style:
        body = paragraph(TITLE, style="Title") + "".join(
            paragraph(text, style=None if depth is None else names[depth])
            for depth, text in OUTLINE
        )
        styles = "".join(
            f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/>'
            '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
            for name in names
        )
        levels = LEVELS
        for ilvl, name in enumerate(names):
            levels = levels.replace(
                f'<w:lvl w:ilvl="{ilvl}">', f'<w:lvl w:ilvl="{ilvl}"><w:pStyle w:val="{name}"/>'
            )
    else:
        body = paragraph(TITLE) + "".join(
            paragraph(text, num=None if depth is None else 1, ilvl=depth) for depth, text in OUTLINE
        )
        styles, levels = "", LEVELS
    word = tasks_of(word_file(body, numbering=lists(levels), styles=styles))
    tasks = same(word, parse_notice(document_from_text(as_text(OUTLINE))))
    assert len(tasks) == 4
    assert [task.number for task in tasks] == ["1", "2", "1", "1"]
    assert tasks[3].path == ("二、改善民生福祉", "（一）办好教育医疗")
    assert [unit.role for unit in tasks[0].units] == ["lead", "support", "support"]


def test_a_table_with_automatic_numbers_and_a_merged_cell():
    numbered = ("", paragraph(num=1))
    rows = [("序号", "工作任务", "责任单位")]
    rows += [(numbered, content, units) for content, units in ROWS]
    text = f"{TITLE}\n附件：重点工作任务分解表\n（标★的为牵头单位）\n|序号|工作任务|责任单位|\n"
    text += "".join(f"|{n}|{content}|{units}|\n" for n, (content, units) in enumerate(ROWS, 1))
    body = (
        paragraph(TITLE)
        + paragraph("附件：重点工作任务分解表")
        + paragraph("（标★的为牵头单位）")
        + table(rows)
    )
    word = tasks_of(word_file(body, numbering=lists(level(0, "decimal", "%1"))))
    tasks = same(word, parse_notice(document_from_text(text)))
    assert [task.number for task in tasks] == ["1", "2", "3"]
    assert [unit.role for unit in tasks[1].units] == ["lead", "support"]


STAR = '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0AB"/></w:r><w:r><w:t>{}</w:t></w:r></w:p>'
MERGED = [
    # Rows of (text, rows it covers, columns it covers).
    [("序号", 2, 1), ("重点工作", 2, 1), ("责任单位", 1, 2), ("完成时限", 2, 1)],
    [("牵头单位", 1, 1), ("配合单位", 1, 1)],
    [("一、园林绿化", 1, 5)],
    [
        ("1", 1, 1),
        ("新建公园3个以上。", 1, 1),
        ("县园林局", 2, 1),
        ("县财政局", 1, 1),
        ("6月底前", 1, 1),
    ],
    [("2", 1, 1), ("新增绿道25公里。", 1, 1), ("云溪镇", 1, 1), ("11月底前", 1, 1)],
    [("二、住房保障", 1, 5)],
    [
        ("3", 1, 1),
        ("改造老旧小区20个，惠及4500户。", 1, 1),
        ("县住建局", 1, 1),
        ("县财政局、各街道", 1, 1),
        ("年底前", 1, 1),
    ],
]


def as_word(rows):
    open_, out = {}, []
    for row in rows:
        cells, column, given = [], 0, iter(row)
        while column < 5:
            if open_.get(column, (0, 0))[0]:
                down, across = open_[column]
                open_[column] = (down - 1, across)
                cells.append((f'<w:gridSpan w:val="{across}"/><w:vMerge/>', paragraph()))
            else:
                text, down, across = next(given)
                merge = '<w:vMerge w:val="restart"/>' if down > 1 else ""
                cells.append((f'<w:gridSpan w:val="{across}"/>{merge}', paragraph(text)))
                open_[column] = (down - 1, across)
            column += across
        out.append(cells)
    return table(out, widths=[700, 4000, 1500, 1500, 1200])


def test_a_table_with_merged_cells_is_read_as_on_a_page():
    heads = "<p>云溪县人民政府办公室关于分解2031年重点工作任务的通知</p><p>附件：重点任务分解表</p>"
    cells = "".join(
        "<tr>"
        + "".join(f"<td rowspan={down} colspan={across}>{text}</td>" for text, down, across in row)
        for row in MERGED
    )
    page = f"<html><body>{heads}<table>{cells}</table></body></html>"
    body = paragraph(TITLE) + paragraph("附件：重点任务分解表") + as_word(MERGED)
    tasks = same(
        tasks_of(word_file(body)), parse_notice(read_bytes(page.encode(), name="通知.html"))
    )
    assert [unit.name for unit in tasks[1].units] == ["县园林局", "云溪镇"]
    assert tasks[1].flags == ("unit_inherited",)
    assert [unit.role for unit in tasks[2].units] == ["lead", "support", "support"]


def test_stars_of_a_symbol_font_mark_the_lead():
    rows = [("序号", "工作任务", "责任单位")]
    rows += [
        (str(number), content, ("", STAR.format(units.removeprefix("★"))))
        for number, (content, units) in enumerate(ROWS, 1)
    ]
    word = tasks_of(word_file(paragraph(TITLE) + paragraph("（标★的为牵头单位）") + table(rows)))
    roles = [[unit.role for unit in task.units] for task in word.tasks]
    assert roles == [["lead", "support"]] * 3


def layouts(root):
    return sorted((root / "tests" / "layouts").glob("*.txt"))


def test_one_paragraph_a_line_gives_the_ledger_of_the_text(root):
    for path in layouts(root):
        text = read_bytes(path.read_bytes(), name=path.name).text
        text = "".join(sign for sign in text if sign >= " " or sign == "\n")
        body = "".join(paragraph(escape(line)) for line in text.split("\n"))
        # Empty paragraphs are no text of a Word file, so that the twin has no blank lines:
        # in a dump of cells those tell which lines share one.
        lines = "\n".join(line for line in text.split("\n") if line.strip())
        word, plain = tasks_of(word_file(body)), parse_notice(document_from_text(lines))
        found, expected = ([_squeezed(row) for row in ledger(one)] for one in (word, plain))
        assert found == expected, path.name
    assert len(layouts(root)) > 50


def _squeezed(row):
    """Line breaks count as blanks: Word has no empty lines inside a paragraph."""
    *before, text, names, flags = row
    return (*before, " ".join(text.split()), names, flags)
