"""Word files as LibreOffice prints and rewrites them."""

import subprocess

import pytest

from taskner.readers import read_bytes
from word_files import level, lists, paragraph, start_override, style, table, word_file

pytestmark = pytest.mark.real

OUTLINE = (
    level(0, "chineseCounting", "%1、", more='<w:suff w:val="nothing"/>')
    + level(1, "japaneseCounting", "（%2）", more='<w:suff w:val="nothing"/>')
    + level(2, "decimal", "%3.")
    + level(3, "decimalEnclosedCircle", "%4")
)
LEGAL = "".join(
    level(ilvl, "decimal", ".".join(f"%{n + 1}" for n in range(ilvl + 1)) + ".")
    for ilvl in range(4)
)
TERMS = "甲乙丙丁戊己庚辛壬癸"


def items(*pairs):
    """Paragraphs of lists: (list, level), in order, named 甲, 乙, …."""
    return "".join(
        paragraph(f"新建{name}园3个", num=num, ilvl=ilvl)
        for name, (num, ilvl) in zip(TERMS, pairs, strict=False)
    )


HEADINGS = style("A1", properties='<w:numPr><w:numId w:val="1"/></w:numPr>') + style(
    "A2", properties='<w:numPr><w:ilvl w:val="1"/></w:numPr>', based_on="A1"
)
CASES = {
    "outline": word_file(
        items((1, 0), (1, 1), (1, 2), (1, 2), (1, 1), (1, 2), (1, 3), (1, 3), (1, 0), (1, 1)),
        numbering=lists(OUTLINE),
    ),
    "legal": word_file(
        items((1, 0), (1, 1), (1, 2), (1, 1), (1, 0), (1, 2), (1, 3)), numbering=lists(LEGAL)
    ),
    "skipped": word_file(items((1, 1), (1, 0), (1, 2), (1, 1), (1, 0)), numbering=lists(LEGAL)),
    "shared": word_file(
        items((1, 0), (2, 0), (3, 0), (3, 0), (1, 0), (4, 0), (1, 0)),
        numbering=lists(LEGAL, OUTLINE, nums={1: 0, 2: 0, 3: (0, start_override(0, 1)), 4: 1}),
    ),
    "styles": word_file(
        "".join(paragraph(f"{name}项", style=name) for name in ("A1", "A2", "A2", "A1", "A2")),
        numbering=lists(
            level(0, "chineseCountingThousand", "第%1章", more='<w:pStyle w:val="A1"/>')
            + level(1, "decimal", "%2、", more='<w:pStyle w:val="A2"/>')
        ),
        styles=HEADINGS,
    ),
    "table": word_file(
        paragraph("重点任务分解表")
        + table(
            [
                ["序号", "任务", "责任单位"],
                *[[("", paragraph(num=1)), f"新建{name}园", "县园林局"] for name in TERMS],
            ]
        )
        + items((1, 0)),
        numbering=lists(level(0, "decimal", "%1")),
    ),
    **{
        f"from {start}": word_file(
            "".join(paragraph("项", num=num) for num in (1, 1, 2, 2, 3, 3)),
            numbering=lists(
                *(
                    level(0, form, "%1、", start=start)
                    for form in ("chineseCountingThousand", "chineseLegalSimplified", "upperRoman")
                )
            ),
        )
        for start in (1, 9, 19, 99, 109, 1009)
    },
    "formats": word_file(
        "".join(
            paragraph("项", num=num) * count
            for num, count in ((1, 30), (2, 10), (3, 20), (4, 12), (5, 12))
        ),
        numbering=lists(
            *(
                level(0, form, "%1、")
                for form in (
                    *("chineseCounting", "ideographTraditional", "decimalEnclosedCircleChinese"),
                    *("decimalZero", "lowerLetter"),
                )
            )
        ),
    ),
}


@pytest.fixture(scope="module")
def converted(tmp_path_factory):
    """All cases, the docx that LibreOffice writes of them, also by way of doc; each as text."""
    folder = tmp_path_factory.mktemp("word")
    (folder / "given").mkdir()
    for number, data in enumerate(CASES.values()):
        (folder / "given" / f"{number}.docx").write_bytes(data)

    def convert(form, source, target):
        (folder / target).mkdir()
        subprocess.run(
            [
                *("soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}"),
                *("--headless", "--convert-to", form, "--outdir", folder / target),
                *sorted((folder / source).glob("*.doc*")),
            ],
            check=True,
            capture_output=True,
            timeout=300,
        )

    convert("docx:MS Word 2007 XML", "given", "again")
    convert("doc:MS Word 97", "given", "old")
    convert("docx:MS Word 2007 XML", "old", "from-old")
    for source in ("given", "again", "from-old"):
        convert("txt:Text (encoded):UTF8", source, f"{source}-printed")
    return folder


def squeezed(text):
    """Lines that say something; LibreOffice prints tabs, and empty lines for spacing."""
    lines = ("".join(line.split()) for line in text.splitlines())
    return [line for line in lines if line]


def cells(document):
    return [
        (block.table, block.row, block.column, document.text[block.start : block.end])
        for block in document.blocks
        if block.kind == "cell"
    ]


@pytest.mark.parametrize("folder", ["given", "again", "from-old"])
@pytest.mark.parametrize("name", CASES)
def test_numbers_are_those_that_libreoffice_prints(converted, name, folder):
    number = list(CASES).index(name)
    printed = (converted / f"{folder}-printed" / f"{number}.txt").read_text("utf-8-sig")
    data = (converted / folder / f"{number}.docx").read_bytes()
    document = read_bytes(data, name="a.docx")
    assert squeezed(document.text) == squeezed(printed)
    assert cells(document) == cells(read_bytes(CASES[name], name="a.docx"))
