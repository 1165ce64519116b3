"""Finding the parts of a notice in which tasks stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from taskner.notices.columns import classify
from taskner.notices.header import Header, attached_title
from taskner.notices.labels import label_spans
from taskner.notices.lines import Line
from taskner.notices.numbering import parse_count, parse_numbering
from taskner.notices.wording import pattern

_MARKER = re.compile(
    r"[(\[【]?(?:附\s*(?:件|表)|清单(?=[\d一二三四五六七八九十]))\s*(?:之)?\s*(\d{1,2}|[一二三四五六七八九十]{1,3})?\s*[)\]】]?\s*[:.、]?\s*"
)
_LIST = re.compile(r"附\s*件\s*[:]?\s*(?:1\s*[.、:]|一、|\(1\)|《)?\s*(?=\S)")
_QUOTED = re.compile(r"《([^《》]{4,60})》")
_STRONG = re.compile(
    r"(?:责任分解|任务分解|分解表|责任清单|任务清单|责任表|分工表|任务表|一览表)(?:\(.{0,20}\))?$"
)
_MAX_TITLE_LINES = 3
_MAX_TITLE = 60


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of lines that may hold tasks, with the annex it is."""

    id: str
    title: str | None
    start: int
    lines: Sequence[Line]
    head: str = ""  # folded text of the lines that name it
    letter: bool = False  # the body of a letter rather than an attached list


def find_parts(lines: Sequence[Line], header: Header, original: str) -> list[Part]:
    """Cut the notice into its annexes.

    Args:
        lines: Lines of the document without the foot of the page.
        header: What was read above the tasks.
        original: The text as printed.

    Returns:
        Its annexes in order; none when nothing is marked as one.
    """
    known = _known_titles(lines, header)
    heads = _marked_heads(lines, header) or _titled_heads(lines, header, known)
    parts: list[Part] = []
    taken = 0
    ids: set[str] = set()
    for position, (index, token) in enumerate(heads):
        end = heads[position + 1][0] if position + 1 < len(heads) else len(lines)
        title, body = _read_title(lines, index, end, original, known)
        number = parse_count(token) if token else None
        id_ = str(number or position + 1)
        if id_ in ids:
            id_ = str(taken + 1)
        ids.add(id_)
        taken = max(taken, int(id_))
        head = " ".join(line.text for line in lines[index:body])
        parts.append(Part(id_, title, lines[index].start, lines[body:end], head))
    before = lines[header.body : heads[0][0]] if heads else []
    long = [len(line.text) for line in before if len(line.text) > _LONG_PARAGRAPH]
    is_plan = len(long) >= _MANY or sum(long) > LONGEST_LETTER
    if parts and (is_plan or any(label_spans(line.text) for line in before)):
        # Tasks stand before the annexes too: in the letter, or in a whole plan.
        id_ = "0" if "1" in ids else "1"
        part = Part(id_, header.title, before[0].start, before, letter=not is_plan)
        parts.insert(0, part)
    glossary = pattern("prose", "glossary")
    return [part for part in parts if not glossary.search(part.title or "")]


_LONG_PARAGRAPH = 60
_MANY = 15  # long paragraphs: more than a letter has
LONGEST_LETTER = 2500
"""Characters: what is longer before an annex is a plan or a report itself."""


def whole_parts(lines: Sequence[Line], header: Header) -> list[Part]:
    """The notice as one part, without annexes.

    Args:
        lines: Lines of the document without the foot of the page.
        header: What was read above the tasks.

    Returns:
        What follows the signature and the letter itself, whichever are there.
    """
    body = lines[header.body :]
    start = body[0].start if body else 0
    if header.signature is None:
        return [Part("0", header.title, start, body)]
    after = lines[header.signature + 1 :]
    signed = header.signature if header.signer is None else header.signer
    letter = lines[header.body : signed]
    return [
        Part("0", header.title, after[0].start if after else start, after),
        Part("0", header.title, start, letter, letter=True),
    ]


def _plain(text: str) -> str:
    return re.sub(r"[\s《》“”\"'.]", "", text)


def _known_titles(lines: Sequence[Line], header: Header) -> set[str]:
    """Titles the letter announces, in 《》 or in its list of annexes."""
    known: set[str] = set()
    listing = False
    for line in lines[header.body : header.body + _LETTER_LINES]:
        known.update(_plain(match[1]) for match in _QUOTED.finditer(line.text[:2000]))
        text = line.text
        match = _LIST.match(text)
        if match:
            listing = True
            text = text[match.end() :]
        elif not (listing and parse_numbering(text)):
            listing = False
            continue
        numbering = parse_numbering(text)
        known.add(_plain(text[numbering.length if numbering else 0 :]))
    return {title for title in known if len(title) >= _SHORTEST_TITLE}


_LETTER_LINES = 40
_SHORTEST_TITLE = 6
_SHORTEST_HEAD = 4


def _marked_heads(lines: Sequence[Line], header: Header) -> list[tuple[int, str | None]]:
    """Lines 附件1, alone or before a title, that are not the letter's own list."""
    heads: list[tuple[int, str | None]] = []
    for index in range(header.body, len(lines)):
        text = lines[index].text
        if not text.startswith(_OPENINGS) or len(text) > _MAX_TITLE:
            continue
        match = _MARKER.match(text)
        if match is None:
            continue
        rest = text[match.end() :]
        titled = attached_title(rest) or bool(match[1] and _may_be_title(rest))
        if rest and (not titled or _is_listed(lines, index, header, match[1])):
            continue
        heads.append((index, match[1]))
    return heads


_OPENINGS = ("附", "(附", "[附", "【附", "清单")


def _is_listed(lines: Sequence[Line], index: int, header: Header, token: str | None) -> bool:
    """A title beside the marker in the letter: before the signature, or repeated below."""
    if header.signature is not None and index < header.signature:
        return True
    return any(
        match[1] == token
        for line in lines[index + 1 : index + 1 + _LIST_REACH]
        if len(line.text) <= _MAX_TITLE and (match := _MARKER.match(line.text))
    )


_LIST_REACH = 40  # lines between a list of annexes and the annexes themselves


def _titled_heads(
    lines: Sequence[Line], header: Header, known: set[str]
) -> list[tuple[int, str | None]]:
    """Lines that repeat a title the letter announced, or the first title below it."""
    heads: list[tuple[int, str | None]] = []
    first = header.signature if header.signature is not None else header.body
    for index in range(max(first, header.body), len(lines)):
        text = lines[index].text
        if len(text) > _MAX_TITLE or text == lines[index - 1].text:
            continue
        below_letter = (
            header.signature is not None
            and not heads
            and index <= header.signature + _NEAR
            and (attached_title(text) or index == header.signature + 1)
            and _may_be_title(text)
            and not text.startswith("(")
            and classify(text) is None
            and index + 1 < len(lines)
        )
        again = bool(heads) and bool(_STRONG.search(text)) and attached_title(text)
        if _plain(text) in known or below_letter or (again and _starts_list(lines, index + 1)):
            heads.append((index, None))
    return heads


_NEAR = 4


def _starts_list(lines: Sequence[Line], index: int) -> bool:
    if index >= len(lines):
        return False
    text = lines[index].text
    numbering = parse_numbering(text)
    return bool(numbering and numbering.value == 1) or classify(text) is not None


def _read_title(
    lines: Sequence[Line], index: int, end: int, original: str, known: set[str]
) -> tuple[str | None, int]:
    """The title at an annex head and the index of the first line after it."""
    match = _MARKER.match(lines[index].text)
    offset = match.end() if match else 0
    printed = original[lines[index].start + offset : lines[index].end].strip()
    if printed:
        return _without_remark(printed), index + 1
    collected: list[str] = []
    best: tuple[str | None, int] = (None, index + 1)
    for position in range(index + 1, min(end, index + 1 + _MAX_TITLE_LINES)):
        line = lines[position]
        if not _may_be_title(line.text):
            break
        collected.append(original[line.start : line.end].strip())
        title = "".join(collected)
        if _plain(title) in known:
            return _without_remark(title), position + 1
        if best[0] is None or attached_title(line.text):
            best = (_without_remark(title), position + 1)
            if attached_title(line.text) and len(line.text) > _SHORTEST_TITLE:
                break
    return best


_REMARK = re.compile(r"\s*[(（][^()（）]*(?:共\s*\d+|牵头|首位|下同|主办)[^()（）]*[)）]$")


def _without_remark(title: str) -> str:
    """A title without (共25项) or a note about who leads."""
    return _REMARK.sub("", title)


def _may_be_title(text: str) -> bool:
    if len(text) > _MAX_TITLE or re.search(r"[。;]|:$", text) or classify(text) == "number":
        return False
    numbering = parse_numbering(text)
    if len(text) < _SHORTEST_HEAD:
        return False
    return not label_spans(text) and (numbering is None or bool(re.match(r"(?:19|20)\d\d年", text)))
