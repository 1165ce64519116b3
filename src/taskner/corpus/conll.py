"""CoNLL and its kin: a character and its tag a line, an empty line for each line end.

Written as BIO with a tab. Read tolerantly: BIO, BIOES, BILOU and BMES, tab or blanks,
further columns between, ``-DOCSTART-`` between texts. Tags have room for spans only, and
for none that overlap.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from taskner.corpus.annotated import AnnotatedText
from taskner.corpus.assembly import Assembly
from taskner.corpus.inline_writing import separate_marks
from taskner.corpus.tally import Effect, Kind, Note, Read, Written, difference, not_carried

NAME = "CoNLL"
CARRIES: frozenset[Kind] = frozenset({"span"})
SUFFIX = ".conll"

_TAG = re.compile(r"([BIOESMLU])(?:[-_](\S+))?")
_ROW = re.compile(r"(\S+)[ \t]+(?:.*[ \t])?(\S+)[ \t]*")
_DOCUMENT = "-DOCSTART-"
_BEGIN, _INSIDE, _END, _SINGLE = "B", ("I", "M"), ("E", "L"), ("S", "U")


def write_conll(texts: Iterable[AnnotatedText]) -> Written:
    """Write ``NAME.conll`` for each text, in BIO tags."""
    files: dict[str, bytes] = {}
    notes: list[Note] = []
    for text in texts:
        apart = text.keep(separate_marks(text))
        notes += difference(text, apart, "overlaps another mark or runs over a line end")
        notes += not_carried(apart, CARRIES, format_name=NAME)
        files[text.id + SUFFIX] = "".join(_rows(apart)).encode("utf-8", "surrogatepass")
    return Written(files, tuple(notes))


def read_conll(content: str, *, id: str) -> Read:  # noqa: A002 - the field's name
    """Read the texts of a file.

    Args:
        content: What the file holds.
        id: The name of the text; further texts are called ``id-2`` and so on.
    """
    texts: list[AnnotatedText] = []
    notes: list[Note] = []
    for number, rows in enumerate(_documents(content.split("\n")), start=1):
        name = id if number == 1 else f"{id}-{number}"
        reader = _Reader(name)
        for row in rows:
            reader.read_row(row)
        text, found = reader.finish()
        texts.append(text)
        notes += found
    return Read(tuple(texts), tuple(notes))


def _rows(text: AnnotatedText) -> Iterator[str]:
    tags = ["O"] * len(text.text)
    for span in text.spans:
        tags[span.start] = f"B-{span.label}"
        tags[span.start + 1 : span.end] = [f"I-{span.label}"] * (span.end - span.start - 1)
    for character, tag in zip(text.text, tags, strict=True):
        yield "\n" if character == "\n" else f"{character}\t{tag}\n"


def _documents(lines: list[str]) -> Iterator[list[tuple[int, str]]]:
    """Give the numbered lines of each text; what ends the file is no line end of the text."""
    if lines and not lines[-1].strip("\r"):
        lines = lines[:-1]
    document: list[tuple[int, str]] = []
    is_first = True
    for number, line in enumerate(lines, start=1):
        if not line.startswith(_DOCUMENT):
            document.append((number, line))
            continue
        if not is_first or any(text.strip() for _, text in document):
            yield document
        document = []
        is_first = False
    yield document


@dataclass(slots=True)
class _Open:
    start: int
    label: str
    line: int


class _Reader:
    """Reads the rows of one text."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.characters: list[str] = []
        self.length = 0
        self.spans: list[tuple[int, int, str]] = []
        self.open: _Open | None = None
        self.has_ends = False
        self.unended: list[int] = []
        self.notes: list[Note] = []

    def read_row(self, row: tuple[int, str]) -> None:
        number, line = row
        token, tag = _cells(line)
        if token is None:
            self._close()
            self._append("\n")
            return
        match = _TAG.fullmatch(tag)
        if match is None or (match[1] == "O") != (match[2] is None):
            self._note(f"line {number}: the tag {tag!r} is none of B I O E S M L U")
            self._close()
            self._append(token)
            return
        prefix, label = match[1], match[2] or ""
        if prefix == "O":
            self._close()
        elif prefix in (_BEGIN, *_SINGLE):
            self._close()
            self.open = _Open(self.length, label, number)
        elif self.open is None or self.open.label != label:
            detail = f"line {number}: {tag} follows no {label}; it begins a span"
            self._note(detail, "mended")
            self._close()
            self.open = _Open(self.length, label, number)
        self._append(token)
        if prefix in (*_SINGLE, *_END):
            self.has_ends = self.has_ends or prefix in _END
            self._close(is_ended=True)

    def finish(self) -> tuple[AnnotatedText, list[Note]]:
        self._close()
        # Where spans have end tags, one without is worth a look.
        for line in self.unended if self.has_ends else ():
            self._note(f"line {line}: the span that begins here has no end tag", "mended")
        assembly = Assembly(id=self.name, text="".join(self.characters))
        for number, (start, end, label) in enumerate(self.spans):
            assembly.add(number, start, end, label)
        return assembly.finish(), [*self.notes, *assembly.notes]

    def _append(self, token: str) -> None:
        self.characters.append(token)
        self.length += len(token)

    def _close(self, *, is_ended: bool = False) -> None:
        if self.open is not None:
            self.spans.append((self.open.start, self.length, self.open.label))
            if not is_ended:
                self.unended.append(self.open.line)
            self.open = None

    def _note(self, detail: str, effect: Effect = "lost") -> None:
        self.notes.append(Note(text=self.name, kind="span", n=1, detail=detail, effect=effect))


def _cells(line: str) -> tuple[str | None, str]:
    """Give the token and the tag of a row; the token is None for an empty row."""
    if not line.strip("\r"):
        return None, ""
    # Our own form first: any character, also a blank, before the tab.
    if len(line) > 1 and line[1] == "\t" and "\t" not in line[2:]:
        return line[0], line[2:].rstrip()
    match = _ROW.fullmatch(line.rstrip("\r"))
    if match:
        return match[1], match[2]
    # A row with a tag only lost its character to a tool that trims: it was a blank.
    return " ", line.strip()
