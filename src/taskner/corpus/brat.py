"""brat: a ``.txt`` and an ``.ann`` for each text, and the project's ``annotation.conf``.

Spans are T lines, links R lines, roles and changes A lines; the name of a mark stands in
an AnnotatorNotes line. Offsets count code points. A span over line ends, and one of
several fragments with nothing between them, is one span; a unit of several fragments is a
unit in pieces; any other of several fragments is left out and noted.

Source: brat standoff format, https://brat.nlplab.org/standoff.html.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import count, pairwise

from taskner.corpus.annotated import CHANGES, LINK_ENDS, ROLES, AnnotatedText, Mark
from taskner.corpus.assembly import Assembly
from taskner.corpus.placing import Claim, add_claims, plain_text
from taskner.corpus.tally import Kind, Note, Read, Written, not_carried
from taskner.types import LABELS

NAME = "brat"
CARRIES: frozenset[Kind] = frozenset(
    {
        "span",
        "role",
        "change",
        "id",
        "link.metric",
        "link.deadline",
        "link.unit",
        "link.piece",
    }
)
CONFIG = "annotation.conf"

_SPAN = re.compile(r"(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)")
_LINK = re.compile(r"R\d+\t(\S+) Arg1:(\S+) Arg2:(\S+)\s*")
_ATTRIBUTE = re.compile(r"[AM]\d+\t(\S+) (\S+)(?: (\S+))?\s*")
_NOTE = re.compile(r"#\d+\tAnnotatorNotes (\S+)\tid=(\S+)\s*")
_Fragments = list[tuple[int, int]]


def write_brat(texts: Iterable[AnnotatedText]) -> Written:
    """Write the files of a brat folder."""
    files: dict[str, bytes] = {CONFIG: _config().encode()}
    notes: list[Note] = []
    for text in texts:
        files[f"{text.id}.txt"] = text.text.encode("utf-8", "surrogatepass")
        files[f"{text.id}.ann"] = "".join(f"{line}\n" for line in _lines(text)).encode()
        notes += not_carried(text, CARRIES, format_name=NAME)
    return Written(files, tuple(notes))


def read_brat(source: str, annotations: str, *, id: str) -> Read:  # noqa: A002 - the field's name
    """Read one text and its annotations.

    Args:
        source: The content of the ``.txt`` file.
        annotations: The content of the ``.ann`` file.
        id: The name of the text.
    """
    assembly = Assembly(id=id, text=plain_text(source))
    lines = [line for line in plain_text(annotations).split("\n") if line.strip()]
    spans = [match for line in lines if (match := _SPAN.fullmatch(line))]
    claims: list[Claim] = []
    several: list[tuple[str, str, _Fragments]] = []
    for match in spans:
        key, label, offsets, shown = match.groups()
        parts = [(int(a), int(b)) for a, b in (part.split(" ") for part in offsets.split(";"))]
        if len(parts) == 1:
            (start, end), *_ = parts
            claims.append(Claim(start=start, end=end, text=shown, key=key, label=label))
        else:
            several.append((key, label, parts))
    add_claims(assembly, source, claims)
    for key, label, parts in several:
        _add_fragments(assembly, key, label, parts)
    for line in lines:
        if not _SPAN.fullmatch(line):
            _add_line(assembly, line)
    return Read((assembly.finish(),), tuple(assembly.notes))


def _lines(text: AnnotatedText) -> Iterator[str]:
    attribute, note, relation = count(1), count(1), count(1)
    for index, mark in enumerate(text.marks):
        yield f"T{index + 1}\t{mark.span.label} {_offsets(mark)}\t{_shown(mark)}"
        if mark.role:
            yield f"A{next(attribute)}\tRole T{index + 1} {mark.role}"
        if mark.change:
            yield f"A{next(attribute)}\tChange T{index + 1} {mark.change}"
        if mark.id:
            yield f"#{next(note)}\tAnnotatorNotes T{index + 1}\tid={mark.id}"
    for index, mark in enumerate(text.marks):
        for kind, end in mark.links:
            yield f"R{next(relation)}\t{kind} Arg1:T{index + 1} Arg2:T{end + 1}"


def _fragments(mark: Mark) -> Iterator[tuple[int, str]]:
    """Give the lines that a span covers, each with its start."""
    at = mark.span.start
    for line in mark.span.text.split("\n"):
        if line:
            yield at, line
        at += len(line) + 1


def _offsets(mark: Mark) -> str:
    parts = [f"{at} {at + len(line)}" for at, line in _fragments(mark)]
    return ";".join(parts) or f"{mark.span.start} {mark.span.end}"


def _shown(mark: Mark) -> str:
    return " ".join(line for _, line in _fragments(mark))


def _add_fragments(assembly: Assembly, key: str, label: str, parts: _Fragments) -> None:
    text = assembly.document.text
    gaps = [text[end:start] for (_, end), (start, _) in pairwise(parts)]
    if not any(gap.strip() for gap in gaps):
        assembly.add(key, parts[0][0], parts[-1][1], label)
        return
    if label != "UNIT":
        assembly.note("span", 1, f"{label} {key} has several fragments with text between them")
        return
    for number, (start, end) in enumerate(parts):
        own = key if number == 0 else (key, number)
        assembly.add(own, start, end, label)
        if number:
            before = key if number == 1 else (key, number - 1)
            assembly.link("piece", own, before)
            detail = f"the unit {key} has several fragments: one piece each"
            assembly.note("span", 1, detail, effect="added")
            assembly.note("link.piece", 1, detail, effect="added")


def _add_line(assembly: Assembly, line: str) -> None:
    """Add a line that is no span."""
    if match := _LINK.fullmatch(line):
        kind, source, end = match.groups()
        assembly.link(kind.lower() if kind.lower() in LINK_ENDS else kind, source, end)
    elif match := _ATTRIBUTE.fullmatch(line):
        name, key, value = match.groups()
        if name == "Role":
            assembly.describe(key, role=value or "")
        elif name == "Change":
            assembly.describe(key, change=value or "")
        else:
            assembly.note("other", 1, f"unknown attribute: {line!r:.60}")
    elif match := _NOTE.fullmatch(line):
        assembly.describe(match[1], id=match[2])
    elif line.startswith("T"):
        assembly.note("span", 1, f"a broken line: {line!r:.60}")
    elif line.startswith("R"):
        assembly.note("link.other", 1, f"a broken line: {line!r:.60}")
    else:
        assembly.note("other", 1, f"a line that no mark comes of: {line!r:.60}")


def _config() -> str:
    """Give the project's configuration: what may be marked and linked."""
    relations = (
        f"{kind}\tArg1:{source}, Arg2:{end}\n" for kind, (source, end) in LINK_ENDS.items()
    )
    return (
        "[entities]\n"
        + "".join(f"{label}\n" for label in LABELS)
        + "\n[relations]\n"
        + "".join(relations)
        + "\n[events]\n\n[attributes]\n"
        + f"Role\tArg:UNIT, Value:{'|'.join(ROLES)}\n"
        + f"Change\tArg:TARGET, Value:{'|'.join(CHANGES)}\n"
    )
