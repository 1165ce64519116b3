"""A notice in Word gives the same tasks, units and roles as the same notice as text."""

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
    assert [row[1:] for row in ledger(word)] == [row[1:] for row in ledger(text)]
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
