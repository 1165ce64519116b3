import pytest

from taskner.readers import read_bytes
from word_files import (
    level,
    lists,
    paragraph,
    run,
    start_override,
    style,
    table,
    text_box,
    word_file,
)

OUTLINE = "".join(
    level(ilvl, "decimal", ".".join(f"%{n + 1}" for n in range(ilvl + 1)) + ".")
    for ilvl in range(4)
)


def read(body, numbering, styles=""):
    """The lines, items parted by blanks: 1.|甲 becomes '1. 甲'."""
    data = word_file(body, numbering=numbering, styles=styles)
    return read_bytes(data, name="a.docx").text.splitlines()


def numbers(items, numbering):
    """The printed numbers of paragraphs given as (list, level) or levels of list 1."""
    pairs = [item if isinstance(item, tuple) else (1, item) for item in items]
    body = "".join(paragraph("文", num=num, ilvl=ilvl) for num, ilvl in pairs)
    return [line.removesuffix("文").strip() for line in read(body, numbering)]


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ([0, 0, 0], ["1.", "2.", "3."]),
        ([0, 1, 1, 0, 1], ["1.", "1.1.", "1.2.", "2.", "2.1."]),
        ([0, 1, 2, 2, 1, 2], ["1.", "1.1.", "1.1.1.", "1.1.2.", "1.2.", "1.2.1."]),
        # A level left out counts as used, as LibreOffice prints it too.
        ([1, 0, 2, 1], ["1.1.", "2.", "2.1.1.", "2.2."]),
        ([0, 3, 0, 3], ["1.", "1.1.1.1.", "2.", "2.1.1.1."]),
    ],
)
def test_levels_count_and_start_anew_below_each_other(levels, expected):
    assert numbers(levels, lists(OUTLINE)) == expected


def test_lists_of_one_abstract_list_go_on_counting():
    nums = {1: 0, 2: 0, 3: (0, start_override(0, 1)), 4: 1}
    items = [(1, 0), (2, 0), (4, 0), (1, 0), (3, 0), (3, 0), (1, 0), (3, 0)]
    expected = ["1.", "2.", "1.", "3.", "1.", "2.", "3.", "4."]
    assert numbers(items, lists(OUTLINE, OUTLINE, nums=nums)) == expected


def test_a_start_override_holds_for_its_level_and_after_each_restart():
    nums = {1: (0, start_override(0, 5) + start_override(1, 7))}
    expected = ["5.", "5.7.", "5.8.", "6.", "6.7."]
    assert numbers([0, 1, 1, 0, 1], lists(OUTLINE, nums=nums)) == expected


def test_an_override_may_change_the_whole_level():
    override = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1)")}</w:lvlOverride>'
    nums = {1: 0, 2: (0, override)}
    assert numbers([(1, 0), (2, 0), (2, 0)], lists(OUTLINE, nums=nums)) == ["1.", "B)", "C)"]


def test_a_level_starts_where_its_definition_says():
    form = level(0, "decimal", "%1.", start=3) + level(1, "decimal", "%1.%2", start=0)
    assert numbers([0, 1, 1, 0], lists(form)) == ["3.", "3.0", "3.1", "4."]


@pytest.mark.parametrize(
    ("restart", "expected"),
    [
        (None, ["1", "1.1", "1.1.1", "1.2", "1.2.1", "2", "2.1", "2.1.1"]),
        (0, ["1", "1.1", "1.1.1", "1.2", "1.2.2", "2", "2.1", "2.1.3"]),
        (1, ["1", "1.1", "1.1.1", "1.2", "1.2.2", "2", "2.1", "2.1.1"]),
        (2, ["1", "1.1", "1.1.1", "1.2", "1.2.1", "2", "2.1", "2.1.1"]),
        (7, ["1", "1.1", "1.1.1", "1.2", "1.2.1", "2", "2.1", "2.1.1"]),
    ],
)
def test_a_level_may_say_after_which_level_it_starts_anew(restart, expected):
    more = "" if restart is None else f'<w:lvlRestart w:val="{restart}"/>'
    form = (
        level(0, "decimal", "%1")
        + level(1, "decimal", "%1.%2")
        + level(2, "decimal", "%1.%2.%3", more=more)
    )
    assert numbers([0, 1, 2, 1, 2, 0, 1, 2], lists(form)) == expected


def test_a_legal_level_writes_all_numbers_in_decimal():
    form = level(0, "chineseCounting", "第%1章") + level(1, "decimal", "%1.%2", more="<w:isLgl/>")
    assert numbers([0, 1], lists(form)) == ["第一章", "1.1"]
    form = form.replace("<w:isLgl/>", '<w:isLgl w:val="0"/>')
    assert numbers([0, 1], lists(form)) == ["第一章", "一.1"]


def test_levels_without_number_print_nothing_in_those_below():
    form = level(0, "bullet", "●") + level(1, "none", "") + level(2, "decimal", "%1%2%3)")
    assert numbers([0, 2, 2], lists(form)) == ["●", "1)", "2)"]


def test_a_sample_with_zeros_is_a_format():
    sample = '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/>'
    form = (
        '<w:lvl w:ilvl="0"><w:start w:val="9"/><mc:AlternateContent><mc:Choice Requires="w14">'
        f'{sample}</mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback>'
        '</mc:AlternateContent><w:lvlText w:val="%1"/></w:lvl>'
    )
    assert numbers([0, 0], lists(form)) == ["009", "010"]
    form = form.replace("001, 002, 003, ...", "A, Ä, B, ...")
    assert numbers([0], lists(form)) == ["9"]


@pytest.mark.parametrize(
    ("suffix", "line"), [("nothing", "一、甲"), ("space", "一、 甲"), ("tab", "一、 甲")]
)
def test_the_blank_after_a_number_is_as_defined(suffix, line):
    form = level(0, "chineseCounting", "%1、", more=f'<w:suff w:val="{suffix}"/>')
    assert read(paragraph("　　甲 ", num=1), lists(form)) == [line]


@pytest.mark.parametrize(
    ("font", "code", "sign"),
    [
        ("Symbol", "F0B7", "•"),
        ("Wingdings", "F0D8", "➢"),
        ("Wingdings", "F06C", "●"),
        ("", "2605", "★"),
    ],
)
def test_bullets_of_symbol_fonts_are_the_signs_they_show(font, code, sign):
    fonts = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr>'
    form = level(0, "bullet", chr(int(code, 16))).replace("</w:lvl>", fonts + "</w:lvl>")
    assert read(paragraph("甲", num=1), lists(form)) == [f"{sign} 甲"]


def test_a_hidden_number_counts_but_is_not_seen():
    form = OUTLINE.replace("</w:lvl>", "<w:rPr><w:vanish/></w:rPr></w:lvl>", 1)
    assert numbers([0, 0, 1], lists(form)) == ["", "", "2.1."]


STYLES = (
    style("A", properties='<w:numPr><w:numId w:val="1"/></w:numPr>')
    + style("B", properties='<w:numPr><w:ilvl w:val="1"/></w:numPr>', based_on="A")
    + style("B2", based_on="B")
    + style("Off", properties='<w:numPr><w:numId w:val="0"/></w:numPr>', based_on="B")
)
LINKED = level(0, "decimal", "%1.", more='<w:pStyle w:val="A"/>') + level(
    1, "decimal", "%1.%2", more='<w:pStyle w:val="B"/>'
)


@pytest.mark.parametrize("levels", [LINKED, LINKED.replace("pStyle", "none")])
def test_numbers_come_through_the_style(levels):
    body = "".join(paragraph("文", style=name) for name in ("A", "B", "B2", "Off", "A", "B"))
    lines = ["1. 文", "1.1 文", "1.2 文", "文", "2. 文", "2.1 文"]
    assert read(body, lists(levels), STYLES) == lines


def test_the_level_that_names_a_style_wins_over_the_level_the_style_names():
    wrong = style("B", properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    assert read(paragraph("文", style="B"), lists(LINKED), wrong) == ["1.1 文"]


def test_what_the_paragraph_says_wins_over_its_style():
    off = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = (
        paragraph("文", style="A")
        + paragraph("文", style="A", properties=off)
        + paragraph("文", style="A", num=2)
        + paragraph("文", style="A")
    )
    assert read(body, lists(LINKED, OUTLINE), STYLES) == ["1. 文", "文", "1. 文", "2. 文"]


def test_the_default_style_and_the_styles_of_python_docx_may_number():
    default = style("Normal", properties='<w:numPr><w:numId w:val="1"/></w:numPr>').replace(
        "<w:style ", '<w:style w:default="1" '
    )
    body = paragraph("文") + paragraph("文", style="no-such-style")
    assert read(body, lists(OUTLINE), default) == ["1. 文", "2. 文"]


def test_a_list_may_be_a_numbering_style():
    link = '<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="L"/></w:abstractNum>'
    linked = style("L", properties='<w:numPr><w:numId w:val="1"/></w:numPr>', kind="numbering")
    numbering = link + lists(OUTLINE, nums={1: 0, 2: 7})
    body = paragraph("文", num=1) + paragraph("文", num=2) + paragraph("文", num=2, ilvl=1)
    assert read(body, numbering, linked) == ["1. 文", "2. 文", "2.1. 文"]


@pytest.mark.parametrize(
    "numbering",
    [
        "",
        lists(nums={1: 5}),
        '<w:num w:numId="1"/>',
        lists(level(0, "decimal", "%1.").replace('w:ilvl="0"', 'w:ilvl="x"')),
        lists(level(3, "decimal", "%1.")),
        lists("", nums={1: 0}).replace("></w:abs", '><w:numStyleLink w:val="L"/></w:abs'),
    ],
)
def test_a_list_that_is_not_there_prints_no_number(numbering):
    looped = style("L", properties='<w:numPr><w:numId w:val="1"/></w:numPr>', kind="numbering")
    assert read(paragraph("文", num=1), numbering, looped) == ["文"]


def test_numbers_go_on_through_cells_in_reading_order():
    cell = ("", paragraph(num=1))
    hidden = ("<w:vMerge/>", paragraph(num=1))
    rows = [
        [cell, "甲"],
        [('<w:vMerge w:val="restart"/>', paragraph(num=1)), "乙"],
        [hidden, "丙"],
        [cell, ("", paragraph("丁", num=1) + paragraph("戊", num=1))],
    ]
    lines = read(table(rows) + paragraph("己", num=1), lists(OUTLINE))
    # What a merged cell covers is not printed, and Word does not count it.
    assert lines == ["1.", "甲", "2.", "乙", "丙", "3.", "4. 丁", "5. 戊", "6. 己"]


def test_an_empty_paragraph_counts_but_prints_no_line():
    body = paragraph("甲", num=1) + paragraph(num=1) + paragraph("乙", num=1)
    assert read(body, lists(OUTLINE)) == ["1. 甲", "3. 乙"]


def test_text_boxes_count_apart():
    box = text_box(paragraph("盒", num=1) + paragraph("子", num=1))
    body = paragraph("甲", num=1, content=box) + paragraph("乙", num=1)
    assert read(body, lists(OUTLINE)) == ["1. 甲", "1. 盒", "2. 子", "2. 乙"]


def test_deleted_paragraphs_do_not_count():
    gone = (
        '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr>'
        "<w:del><w:r><w:delText>删</w:delText></w:r></w:del></w:p>"
    )
    body = paragraph("甲", num=1) + gone + paragraph("乙", num=1)
    assert read(body, lists(OUTLINE)) == ["1. 甲", "2. 乙"]


def test_the_old_numbering_of_a_tracked_change_is_not_read():
    change = (
        "<w:pPrChange><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr>"
        "</w:pPrChange>"
    )
    body = paragraph("甲", properties=change) + paragraph("乙", num=1)
    assert read(body, lists(OUTLINE)) == ["甲", "1. 乙"]


def test_a_long_level_text_is_cut():
    form = level(0, "decimal", "长" * 1_000_000)
    assert len(read(paragraph(content=run("文"), num=1), lists(form))[0]) < 300
