"""Inline marks: the source form of annotated notices.

``⟦U:lead|市财政局⟧ ⟦M#a|出口总额⟧增长⟦T>a@1;k=up|6%⟧ ⟦D#1|年内⟧`` — marks never nest, never
span a line break, and leave the text as it was once they are removed.

Source: the project's annotation guide, docs/annotating.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from taskner.corpus.annotated import AnnotatedText, Mark
from taskner.corpus.files import read_text
from taskner.corpus.ledger import LEDGER_SUFFIX, read_ledger, with_ledger
from taskner.errors import MarksError
from taskner.types import Document, Label, Source, Span

LETTERS: dict[str, Label] = {"U": "UNIT", "M": "METRIC", "T": "TARGET", "D": "DEADLINE"}
LONGEST_ATTRIBUTES = 80
REACH = 600
"""How far, in characters, an id may be from the target that names it."""

_MARK = re.compile(rf"⟦(\w+)([^|⟦⟧\n]{{0,{LONGEST_ATTRIBUTES}}})\|([^⟦⟧\n]*)⟧")
_ATTRIBUTES = re.compile(
    r"(?::(?P<role>lead|co))?(?:#(?P<id>[0-9a-zA-Z]+))?(?:>(?P<metrics>[0-9a-zA-Z,]+))?"
    r"(?:@(?P<deadlines>[0-9a-zA-Z,]+))?(?:;k=(?P<change>up|down|level))?"
)


@dataclass(frozen=True, slots=True)
class _Raw:
    start: int
    label: Label
    text: str
    id: str | None
    role: str | None
    change: str | None
    metric_ids: tuple[str, ...]
    deadline_ids: tuple[str, ...]
    line: int


def parse_marks(marked: str, *, path: str = "<text>") -> AnnotatedText:
    """Read a marked text.

    Args:
        marked: The text with inline marks.
        path: What error messages call the text; its id, too.

    Returns:
        The text without marks, with spans and links.

    Raises:
        MarksError: A mark is malformed, empty, or names an id that no mark within
            600 characters carries.
    """
    text, errors = scan_marks(marked, path=path)
    if errors:
        raise errors[0]
    return text


def scan_marks(marked: str, *, path: str = "<text>") -> tuple[AnnotatedText, list[MarksError]]:
    """Read a marked text as far as it can be read.

    Returns:
        The text with the marks that are sound, and what is wrong with the others, which
        stay in the text as they are.
    """
    scanner = _Scanner(marked, path)
    raw = list(scanner.scan())
    resolver = _Resolver(raw, path, scanner.errors)
    document = Document(id=path, text="".join(scanner.pieces))
    marks: list[Mark] = []
    last_unit: int | None = None
    for index, item in enumerate(raw):
        continues = None
        if item.label == "UNIT":
            # A page's line end cuts a unit's name; its pieces follow each other and share an id.
            is_piece = last_unit is not None and item.id and raw[last_unit].id == item.id
            continues = last_unit if is_piece else None
            last_unit = index
        marks.append(
            Mark(
                span=Span.of(document, item.start, item.start + len(item.text), item.label),
                id=item.id,
                role=item.role,
                change=item.change,
                metrics=tuple(resolver.resolve(item, item.metric_ids, "METRIC")),
                deadlines=tuple(resolver.resolve(item, item.deadline_ids, "DEADLINE")),
                continues=continues,
            )
        )
    in_order = sorted(scanner.errors, key=lambda error: int(error.facts["line"]))
    return AnnotatedText(id=path, text=document.text, marks=tuple(marks)), in_order


def read_inline(path: Path | str) -> AnnotatedText:
    """Read a marked text and the ledger of the same name beside it, if there is one.

    Args:
        path: A UTF-8 file with inline marks, ``NAME.txt``; the ledger is
            ``NAME.ledger.json``.

    Returns:
        The text; its id is NAME.

    Raises:
        ReadError: A file cannot be opened, or is not UTF-8.
        MarksError: A mark is malformed.
        CorpusError: The ledger is not JSON, is no taskner/1 record or is of another text.
    """
    path = Path(path)
    text = replace(parse_marks(read_text(path), path=str(path)), id=path.stem)
    ledger = path.with_name(path.stem + LEDGER_SUFFIX)
    if not ledger.exists():
        return text
    return with_ledger(text, read_ledger(ledger, document_of(text, path)))


def document_of(text: AnnotatedText, path: Path | None = None) -> Document:
    """Give the unmarked text as a document."""
    source = Source(
        path=None if path is None else str(path),
        sha256=sha256(text.text.encode("utf-8", "surrogatepass")).hexdigest(),
    )
    return Document(id=text.id, text=text.text, source=source)


class _Scanner:
    """Cuts a marked text into plain pieces and raw marks."""

    def __init__(self, marked: str, path: str) -> None:
        self.marked = marked
        self.path = path
        self.pieces: list[str] = []
        self.errors: list[MarksError] = []
        self.position = 0

    def scan(self) -> Iterator[_Raw]:
        at = 0
        while (opened := self.marked.find("⟦", at)) >= 0:
            self._add_plain(at, opened)
            line = self.marked.count("\n", 0, opened) + 1
            match = _MARK.match(self.marked, opened)
            if detail := _fault(match):
                shown = self.marked[opened : opened + 30].partition("\n")[0]
                self._fail(line, f"{detail}: {shown}")
            if match is None or not match[3] or match[1] not in LETTERS:
                # It stays in the text; of one that is whole, also the closing bracket.
                at = match.end() if match else opened + 1
                self.pieces.append(self.marked[opened:at])
                self.position += at - opened
                continue
            attributes = _ATTRIBUTES.fullmatch(match[2])
            found = attributes.groupdict() if attributes else {}
            yield _Raw(
                start=self.position,
                label=LETTERS[match[1]],
                text=match[3],
                id=found.get("id"),
                role=found.get("role"),
                change=found.get("change"),
                metric_ids=_ids(found.get("metrics")),
                deadline_ids=_ids(found.get("deadlines")),
                line=line,
            )
            self.pieces.append(match[3])
            self.position += len(match[3])
            at = match.end()
        self._add_plain(at, len(self.marked))

    def _add_plain(self, start: int, end: int) -> None:
        plain = self.marked[start:end]
        if (closed := plain.find("⟧")) >= 0:
            line = self.marked.count("\n", 0, start + closed) + 1
            self._fail(line, "a mark is closed that was not opened")
        self.pieces.append(plain)
        self.position += len(plain)

    def _fail(self, line: int, detail: str) -> None:
        self.errors.append(MarksError(path=self.path, line=line, detail=detail))


def _fault(match: re.Match[str] | None) -> str | None:
    """Say what is wrong with a mark, if anything."""
    if match is None:
        return "malformed mark (a mark is ⟦LETTER…|text⟧ on one line, with no mark inside)"
    if not match[3]:
        return "malformed mark: it is empty"
    if match[1] not in LETTERS:
        return f"malformed mark: unknown label {match[1]!r}, expected one of {' '.join(LETTERS)}"
    if not _ATTRIBUTES.fullmatch(match[2]):
        return f"unknown attributes {match[2]!r}"
    return None


def _ids(listed: str | None) -> tuple[str, ...]:
    return tuple(i for i in (listed or "").split(",") if i)


class _Resolver:
    """Finds the mark that an id means: the nearest one of the label that carries it."""

    def __init__(self, raw: Sequence[_Raw], path: str, errors: list[MarksError]) -> None:
        self.raw = raw
        self.path = path
        self.errors = errors
        self.named: dict[tuple[Label, str | None], list[int]] = {}
        for index, item in enumerate(raw):
            self.named.setdefault((item.label, item.id), []).append(index)

    def resolve(self, source: _Raw, ids: Sequence[str], label: Label) -> Iterator[int]:
        for wanted in ids:
            near = [
                (abs(self.raw[index].start - source.start), index)
                for index in self.named.get((label, wanted), ())
            ]
            if near and min(near)[0] <= REACH:
                yield min(near)[1]
                continue
            detail = f"target {source.text!r} names {label.lower()} #{wanted}, which is not near"
            self.errors.append(MarksError(path=self.path, line=source.line, detail=detail))
