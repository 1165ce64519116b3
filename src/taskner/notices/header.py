"""What stands above and around the tasks: title, issuer, number, date and year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from taskner.notices.dates import find_date, parse_date, parse_year
from taskner.notices.lines import Line
from taskner.notices.numbering import parse_numbering
from taskner.notices.organisations import is_complete, unit_likeness
from taskner.notices.page import is_furniture
from taskner.notices.signature import MAX_ISSUER, find_signature, read_signer, signer_line
from taskner.notices.wording import pattern, words

_HEAD = 60
_MAX_TITLE = 90
_MAX_METADATA = 60
_ADDRESSEE = re.compile(r"^.{2,300}:$")
_ADDRESSED = re.compile(r"^(?:各|市|县|区|省|局|机关|有关|驻|直属|相关|.{0,12}各)")
_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,14}\s*[〔\[(【]\s*(?:19|20)\d\d\s*[〕\])】]\s*第?\s*\d+\s*号"
)
_STARTS_WITH_YEAR = re.compile(r"(?:19|20)\d\d\s*年")


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a notice and the index of the line after its title."""

    title: str | None = None
    issuer: str | None = None
    number: str | None = None
    issued: date | None = None
    body: int = 0
    signature: int | None = None  # index of the line with the date of signing
    signer: int | None = None  # index of the line above it, where that names who signs


def read_header(lines: Sequence[Line], original: str) -> Header:
    """Read title, issuer, number and date.

    Args:
        lines: The lines of the document without the foot of the page.
        original: The text as printed.

    Returns:
        What was found; everything may be missing.
    """
    title, body = _title(lines, original)
    signature = find_signature(lines, body)
    issuer = None
    issued = None
    if signature is not None:
        issued = parse_date(lines[signature].text)
        issuer = read_signer(lines, signature, original)
    issued = issued or _labelled_date(lines) or _meeting_date(lines) or _posted(lines[: body + 3])
    issuer = issuer or _title_issuer(title) or _labelled(lines, "issuer_labels", original)
    number = _number(lines, body, original)
    signer = signer_line(lines, signature)
    return Header(title, issuer, number, issued, body, signature, signer)


def _title(lines: Sequence[Line], original: str) -> tuple[str | None, int]:
    """The title and the index of the first line after it (and its repetitions)."""
    stop = min(len(lines), _HEAD)
    for index in range(stop):
        if _ends_head(lines[index].text):
            stop = index
            break
    best = _best_title(lines[:stop])
    if best is None:
        return None, 0
    last = best
    while last + 1 < stop and _goes_on(lines[best].text, lines[last + 1].text):
        last += 1
    first = best
    while first and _comes_before(lines[first - 1].text, lines[best].text):
        first -= 1
    printed = (original[line.start : line.end] for line in lines[first : last + 1])
    title = "".join(("" if "\n" in line else " ").join(line.split()) for line in printed)
    body = last + 1
    while body < stop and lines[body].text == lines[best].text:
        body += 1
    return title, body


def _best_title(lines: Sequence[Line]) -> int | None:
    """The first line that reads like a title: one with 关于, with a year, before others."""
    best: int | None = None
    for index, line in enumerate(lines):
        if not _may_be_title(line.text):
            continue
        if best is None or ("关于" in line.text and "关于" not in lines[best].text):
            best = index
    dated = _dated_line(lines)
    if dated is None or best is None:
        return dated if best is None else best
    named = "关于" in lines[best].text or parse_year(lines[best].text)
    return best if named or best < dated else dated


def _dated_line(lines: Sequence[Line]) -> int | None:
    """The first line that reads like a title but for its last word: it names a year."""
    for index, line in enumerate(lines[:_FIRST_LINES]):
        text = line.text
        plain = _SHORT < len(text) <= MAX_ISSUER and not re.search(r"[。;!:|]", text)
        if plain and parse_year(text) and not (find_date(text) or is_furniture(text)):
            return index
    return None


_FIRST_LINES = 3


def _ends_head(text: str) -> bool:
    """An addressee, an item or a sentence ends the head of a document."""
    if _ADDRESSEE.match(text) and len(text) > _SHORT and not _is_metadata(text):
        return True
    if text.startswith("附件") or (parse_numbering(text) and not _STARTS_WITH_YEAR.match(text)):
        return True
    return "。" in text and len(text) > _SHORT


_SHORT = 6


def _is_metadata(text: str) -> bool:
    found = words("page", "metadata").search(text.replace(" ", ""))
    return bool(found) and len(text) <= _MAX_METADATA and ":" in text


def _may_be_title(text: str) -> bool:
    text = _CALL.sub("", text)
    if len(text) > _MAX_TITLE or len(text) < _SHORT or re.search(r"[。;!>]|:$", text):
        return False
    if _is_metadata(text) or is_furniture(text) or text.startswith(("——", "(", "[", "【", "《")):
        return False
    if unit_likeness(text) == 1:  # 市自然资源和规划局 in a table without a title
        return False
    tail = "".join(text.split())[-20:]
    return bool(words("page", "title_words").search(tail) or "关于" in text)


_CALL = re.compile(r"^[^。;:!]{2,12}!(?=[^!]{8,}$)")  # 一图读懂!青禾县2026年任务清单


def _goes_on(title: str, following: str) -> bool:
    """A title broken before its last words (…通知)."""
    if (
        title.endswith(("通知", "方案", "计划", "报告", "意见", "要点", "公告"))
        or title == following
    ):
        return False
    if len(following) > _MAX_TITLE or _NUMBER.search(following) or parse_date(following):
        return False
    return "关于" in title and following.endswith(("通知", "意见", "方案", "公告", "的函"))


def _comes_before(above: str, title: str) -> bool:
    """An issuer or 关于… printed on a line above the rest of the title."""
    if not title.startswith(("关于", "印发")) and "关于" in title:
        return False
    if above.startswith("关于") or "关于印发" in above:
        return len(above) <= _MAX_TITLE and not re.search(r"[。:;>]", above)
    return title.startswith("关于") and is_complete(above) and len(above) <= MAX_ISSUER


def _title_issuer(title: str | None) -> str | None:
    match = re.match(r"(.{3,40}?)(?:关于|印发)", title or "")
    return match[1] if match and is_complete(match[1]) else None


def _labelled(lines: Sequence[Line], key: str, original: str) -> str | None:
    """Value after a metadata label, in the same line or the next cell."""
    labels = words("page", key)
    for index, line in enumerate(lines[:_HEAD]):
        match = re.match(
            rf"(?:[•·\-]\s*)?(?:{labels.pattern})\s*:?\s*", line.text.replace("\u3000", " ")
        )
        if match is None or len(line.text) > _MAX_METADATA:
            continue
        if match.end() < len(line.text):
            if ":" in match[0]:
                return original[line.start + match.end() : line.end].strip() or None
        elif index + 1 < len(lines) and ":" not in lines[index + 1].text:
            return original[lines[index + 1].start : lines[index + 1].end]
    return None


def _labelled_date(lines: Sequence[Line]) -> date | None:
    labels = words("page", "date_labels")
    for index, line in enumerate(lines[:_HEAD]):
        match = labels.search(line.text)
        if match is None or len(line.text) > _MAX_METADATA:
            continue
        following = lines[index + 1].text if index + 1 < len(lines) else ""
        found = parse_date(line.text[match.end() :]) or parse_date(following[:_SHORT_DATE])
        if found:
            return found
    return None


_SHORT_DATE = 24
_MEETING = re.compile(r"^[—\-–\s]*(\d{4}年\d{1,2}月\d{1,2}日)在.*(?:会议|大会)")


def _meeting_date(lines: Sequence[Line]) -> date | None:
    """The day a work report was given: ——2026年1月27日在…会议上."""
    for line in lines[:_HEAD]:
        match = _MEETING.match(line.text[:_MAX_METADATA])
        if match:
            return parse_date(match[1])
    return None


_POSTED = re.compile(
    r"(?:^|\s)((?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2})(?:\s+\d\d?:\d\d(?::\d\d)?)?$"
)


def _posted(lines: Sequence[Line]) -> date | None:
    """The day an article was posted, beside its author: 青禾发布 2026-03-06 18:40."""
    for line in lines:
        match = _POSTED.search(line.text) if len(line.text) <= _MAX_METADATA else None
        if match:
            return parse_date(match[1])
    return None


def _number(lines: Sequence[Line], body: int, original: str) -> str | None:
    labelled = _labelled(lines, "number_labels", original)
    if labelled and len(labelled) <= MAX_ISSUER and "号" in labelled:
        return labelled
    for line in lines[: max(body + 3, 12)]:
        if _NUMBER.fullmatch(line.text):
            return original[line.start : line.end]
    return None


def is_document_number(text: str) -> bool:
    """Tell whether a line is nothing but the number of a document (云政发〔2010〕8号)."""
    return bool(_NUMBER.fullmatch(text))


def attached_title(text: str) -> bool:
    """Tell whether a line reads like the title of an attached list or plan."""
    if len(text) > MAX_ISSUER + 10 or re.search(r"[。;,!?:]", text) or parse_numbering(text):
        return False
    return bool(re.search(pattern("page", "attached_endings").pattern + r"(?:\([^()]*\))?$", text))
