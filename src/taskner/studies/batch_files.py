"""Files for the study of batches: authored notices in six formats, some damaged."""

from __future__ import annotations

import csv
import random
import zipfile
from collections.abc import Callable
from functools import cache
from html import escape
from io import BytesIO, StringIO
from pathlib import Path

from taskner.corpus.inline import read_inline

_NOTICES = Path("corpora/authored")
_HEAD = ["序号", "工作任务", "责任单位"]
_BOMB = 600_000_000
"""Bytes that the smallest archive unpacks to; the readers stop before."""
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_PDF_LINE, _PDF_LINES = 28, 26
"""Characters in a line and lines on a page."""


def make_folder(folder: Path, *, n_files: int, n_damaged: int, seed: int = 1) -> dict[str, str]:
    """Write notices in every format, one after the other, some of them damaged.

    Args:
        folder: Must not exist.
        n_files: How many files.
        n_damaged: How many of them are damaged, each format and way in turn.
        seed: Of which ones.

    Returns:
        By file name: how it is damaged, or nothing where it is sound.
    """
    folder.mkdir(parents=True)
    paths = sorted(_NOTICES.glob("*.txt"))
    notices = [_Notice(path) for path in paths[: -(-n_files // len(_WRITERS))]]
    damaged = set(random.Random(seed).sample(range(n_files), n_damaged))  # noqa: S311 - no secret
    suffixes, done = list(_WRITERS), dict.fromkeys(_WRITERS, 0)
    made = {}
    for number in range(n_files):
        suffix = suffixes[number % len(suffixes)]
        notice = notices[number // len(suffixes) % len(notices)]
        name, how = f"{number:04}-{notice.name}.{suffix}", ""
        if number in damaged:
            ways = list(_DAMAGES[suffix])
            how = ways[done[suffix] % len(ways)]
            done[suffix] += 1
            data = _DAMAGES[suffix][how](notice.as_file(suffix))
        else:
            data = notice.as_file(suffix)
        (folder / name).write_bytes(data)
        made[name] = how
    return made


class _Notice:
    """An authored notice, of which each file is made once."""

    def __init__(self, path: Path) -> None:
        text = read_inline(path)
        self.name = path.stem
        self.lines = [line for line in text.text.splitlines() if line.strip()]
        self.rows = [
            [str(number), task.text, "、".join(unit.span.text for unit in task.units)]
            for number, task in enumerate(text.ledger.tasks if text.ledger else (), 1)
        ]
        self._files: dict[str, bytes] = {}

    def as_file(self, suffix: str) -> bytes:
        if suffix not in self._files:
            self._files[suffix] = _WRITERS[suffix](self)
        return self._files[suffix]


def _txt(notice: _Notice) -> bytes:
    return "\n".join(notice.lines).encode("gb18030")


def _docx(notice: _Notice) -> bytes:
    import docx  # noqa: PLC0415

    document = docx.Document()
    for line in notice.lines:
        document.add_paragraph(line)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _pdf(notice: _Notice) -> bytes:
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # noqa: PLC0415 - of the extra dev
    from reportlab.pdfbase.pdfmetrics import registerFont  # noqa: PLC0415
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    registerFont(UnicodeCIDFont("STSong-Light"))
    printed = [
        line[start : start + _PDF_LINE]
        for line in ("　　" + line.strip() for line in notice.lines)
        for start in range(0, len(line), _PDF_LINE)
    ]
    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    for first in range(0, len(printed), _PDF_LINES):
        canvas.setFont("STSong-Light", 16)
        for number, line in enumerate(printed[first : first + _PDF_LINES]):
            canvas.drawString(72, 760 - 28 * number, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _html(notice: _Notice) -> bytes:
    rows = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>\n"
        for row in (_HEAD, *notice.rows)
    )
    head = f"<meta charset=utf-8><title>{escape(notice.lines[0])}</title>"
    return f"{head}<h1>{escape(notice.lines[0])}</h1>\n<table>{rows}</table>".encode()


def _xlsx(notice: _Notice) -> bytes:
    import openpyxl  # noqa: PLC0415

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in ([notice.lines[0]], _HEAD, *notice.rows):
        sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _csv(notice: _Notice) -> bytes:
    out = StringIO()
    csv.writer(out).writerows([_HEAD, *notice.rows])
    return out.getvalue().encode("utf-8-sig")


_WRITERS: dict[str, Callable[[_Notice], bytes]] = {
    "txt": _txt,
    "docx": _docx,
    "pdf": _pdf,
    "html": _html,
    "xlsx": _xlsx,
    "csv": _csv,
}


def _half(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _noise(data: bytes) -> bytes:
    return random.Random(len(data)).randbytes(len(data))  # noqa: S311 - no secret


@cache
def _bomb() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name in ("word/document.xml", "xl/workbook.xml"):
            with archive.open(name, "w") as part:
                for _ in range(_BOMB // 2_000_000):
                    part.write(bytes(1_000_000))
    return out.getvalue()


def _cut_xml(data: bytes) -> bytes:
    """Cut off the part that holds the text, in an archive that is sound."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            is_main = name in {"word/document.xml", "xl/worksheets/sheet1.xml"}
            new.writestr(name, _half(part) if is_main else part)
    return out.getvalue()


_ANY: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "noise": _noise,
    "a picture": lambda _: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 20,
}
_OFFICE: dict[str, Callable[[bytes], bytes]] = {
    "cut in half": _half,
    "broken XML": _cut_xml,
    "with a password": lambda _: (
        _OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le").ljust(128, b"\0")
    ),
}
_DAMAGES: dict[str, dict[str, Callable[[bytes], bytes]]] = {
    "txt": {"blanks": lambda _: b" \r\n\t" * 500, **_ANY},
    "csv": _ANY,
    "docx": {**_OFFICE, **_ANY, "a bomb": lambda _: _bomb()},
    "xlsx": {**_OFFICE, **_ANY, "a bomb": lambda _: _bomb()},
    "html": {
        "nested": lambda _: b"<div>" * 5_000 + b"a" + b"</div>" * 5_000,
        "no text": lambda _: b"<html><head><script>var a = 1;</script></head></html>",
        **_ANY,
    },
    "pdf": {
        "cut in half": _half,
        "no pages": lambda _: (
            b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer<</Root 1 0 R>>"
        ),
        **_ANY,
    },
}
