"""Sound files, which the fuzzer damages: made by Word, Excel and PDF libraries and by LibreOffice.

What they hold are the invented notices of ``tests/layouts`` (small, with merged cells and
automatic numbers) and of ``corpora/authored`` (whole).
"""

import shutil
import subprocess
import tempfile
import tomllib
from pathlib import Path

import pdf_making
from notice_files import build_docx, build_html, build_xlsx
from word_files import field, level, lists, paragraph, style, table, text_box, word_file

_ROOT = Path(__file__).resolve().parents[2]
_MOST_BYTES = 100_000
"""Small files, so that many are read."""
_MOST_ROWS = 30
_MOST_BUILDS = 12
_MOST_AUTHORED = 4
_FILTERS = {"docx": "docx:MS Word 2007 XML", "pdf": "pdf", "xlsx": "xlsx:Calc MS Excel 2007 XML"}
READERS = ("docx", "xlsx", "pdf")


def seeds(reader, *, with_office=True):
    """Give the sound files for a reader, as bytes.

    Args:
        reader: One of READERS.
        with_office: Whether LibreOffice makes some, where it is installed.
    """
    builds = list(_builds())
    own = {"docx": _docx, "xlsx": _xlsx, "pdf": _pdf}[reader](builds)
    if with_office and shutil.which("soffice"):
        own += _from_office(reader, builds)
    return [data for data in own if len(data) <= _MOST_BYTES]


def _builds():
    """Give notices as paragraphs and rows; as many kinds of table as there are fixtures."""
    paths = sorted((_ROOT / "tests" / "layouts").glob("*.toml"))
    found = [tomllib.loads(path.read_text(encoding="utf-8")) for path in paths]
    found = [data["build"] for data in found if "build" in data]
    found = [build for build in found if len(build.get("rows", build.get("outline"))) <= _MOST_ROWS]
    yield from found[:: max(1, len(found) // _MOST_BUILDS)]


def _docx(builds):
    body = (
        paragraph("标题", style="Title")
        + paragraph("目标", num=1, ilvl=0)
        + paragraph("新增企业30家", num=1, ilvl=1, content=text_box(paragraph("框内")))
        + paragraph("见", content=field("PAGEREF _Toc1 \\h", "12"))
        + table([("甲", ('<w:gridSpan w:val="2"/>', paragraph("乙"))), ("丙", "丁", "戊")])
        + table(
            [(('<w:vMerge w:val="restart"/>', paragraph("局")),), (("<w:vMerge/>", paragraph("")),)]
        )
    )
    levels = level(0, "chineseCounting", "%1、") + level(1, "decimal", "%1.%2")
    rich = word_file(body, numbering=lists(levels), styles=style("S1", based_on="Normal"))
    return [*map(build_docx, builds), rich]


def _xlsx(builds):
    return [*map(build_xlsx, builds)]


def _pdf(builds):
    return [_drawn(build, compression) for build in builds for compression in (0, 1)]


def _drawn(build, compression):
    drawing = pdf_making.canvas(pageCompression=compression)
    y = 90
    outline = [number + text for _depth, number, text in build.get("outline", ())]
    for text in [*build["before"], *outline]:
        if y > 700:
            drawing.showPage()
            y = 90
        y = pdf_making.paragraph(drawing, y, text)
    if rows := build.get("rows"):
        width = 451 / len(rows[0])
        pdf_making.table(drawing, y, [width] * len(rows[0]), rows)
    return pdf_making.data(drawing)


def _from_office(reader, builds):
    pages = [build_html(build) for build in builds[::2]]
    authored = sorted((_ROOT / "corpora" / "authored").glob("*.txt"))
    texts = [path.read_bytes() for path in authored[:: max(1, len(authored) // _MOST_AUTHORED)]]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for number, page in enumerate(pages):
            (folder / f"page{number}.html").write_bytes(page)
        for number, text in enumerate(texts if reader != "xlsx" else ()):
            (folder / f"text{number}.txt").write_bytes(text)
        sources = sorted(folder.iterdir())
        program = {"html": "--calc" if reader == "xlsx" else "--writer", "txt": "--writer"}
        for suffix, option in program.items():
            some = [str(path) for path in sources if path.suffix == f".{suffix}"]
            if some:
                _convert(some, folder, option, _FILTERS[reader])
        return [path.read_bytes() for path in sorted(folder.glob(f"*.{reader}"))]


def _convert(paths, folder, program, to):
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"),
            *(program, "--convert-to", to, "--outdir", str(folder), *paths),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
