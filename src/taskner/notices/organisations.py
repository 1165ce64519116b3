"""What looks like the name of an organisation, by how it ends."""

from __future__ import annotations

import re
from collections.abc import Sequence

from taskner.notices.wording import load, pattern, words

MAX_NAME = 30
_SPACED = re.compile(r"[\u4e00-\u9fff)]\s+[\u4e00-\u9fff(]")
_SEPARATORS = re.compile(r"[、,;/\s]+")
_BRACKETS = re.compile(r"[(\[〔【][^()\[\]〔〕【】]{0,40}[)\]〕】]")
_BAD = re.compile(
    r"[。!?%:=<>]|\d{2,}|\d.$|增长|达到|完成|以上|推进|加快|新增|确保|力争|建成|开展|实施|提升"
)
_OPEN, _CLOSE = "([〔【", ")]〕】"
_QUOTES = "“”\"'‘’"


def is_complete(name: str) -> bool:
    """Tell whether a name ends the way organisations do.

    Args:
        name: Folded text without separators; a bracket at its end is looked past.

    Returns:
        True for 市财政局 and 组织部(人才办), False for 自然资源和.
    """
    bare = _BRACKETS.sub("", name).strip(_QUOTES + load("rules")["marks"] + " 。.;,")
    return len(bare) > 1 and bare.endswith(_endings())


def is_bare_ending(name: str) -> bool:
    """Tell whether a piece is only the end of a name (管委会), cut off by a line break."""
    return len(name) == 1 or name in load("organisations")["bare_endings"]


def is_opening(name: str) -> bool:
    """Tell whether a piece breaks off inside a name though it ends like one (市场|监管局)."""
    return name.endswith(tuple(load("organisations")["openings"]))


def is_organisation(name: str) -> bool:
    """Tell whether a piece can stand as one organisation's name."""
    return 1 < len(name) <= MAX_NAME and not _BAD.search(name) and is_complete(name)


def is_clause(name: str) -> bool:
    """Tell whether a piece says what is done how often, so that it is no name: 整治河道6处."""
    return bool(_DOES_SO_MANY.fullmatch(name))


_DOES_SO_MANY = re.compile(
    r"(?:[^,;。]{0,12}(?:[年月底末内]|季度)前?)?"
    r"(?:完成|实施|开展|推进|新[增建改装开]|净增|建成|建设|改造|改建|整治|治理|清理|修[复建缮]|更新|培训|培育|引进|招引|"
    r"举办|组织|创建|打造|筹集|发放|争取|安装|种植|接入|盘活|办理|确保|力争|达到|提[高升]|降低)"
    r"[^\d]{2,}(?<!第)\d[\d.]*[余多]?[十百千万亿]*(?:%|[\u4e00-\u9fff]{1,4})(?:以[上下内]|左右)?"
)


def closes_more(piece: str) -> bool:
    """Tell whether a piece ends with a bracket that was opened before it: 乙局)."""
    opened = sum(map(piece.count, _OPEN))
    return piece.endswith(tuple(_CLOSE)) and sum(map(piece.count, _CLOSE)) > opened


def unit_likeness(text: str) -> float:
    """Share of a cell's pieces that are names of organisations.

    Args:
        text: Folded text of a cell or field.

    Returns:
        1 for a clean list of units, 0 for a sentence.
    """
    if len(text) > _LONG:
        return 0.0
    names = [
        name
        for name in _SEPARATORS.split(_BRACKETS.sub("", text).strip(_QUOTES + " 。;、,"))
        if name
    ]
    if not names:
        return 0.0
    if len(names) > 1 and not is_complete(names[-1]) and text[-1] not in "。;":
        names.pop()  # a name that the next line goes on with
    good = [is_organisation(name) for name in names]
    if not all(good) and _SPACED.search(text) and (joined := "".join(text.split())) != text:
        return max(_share(names, good), unit_likeness(joined))  # blanks inside names
    return _share(names, good)


def _share(names: Sequence[str], good: Sequence[bool]) -> float:
    if any(len(name) > _CLAUSE and not ok for name, ok in zip(names, good, strict=True)):
        return 0.0
    return sum(good) / len(names)


def is_person(text: str) -> bool:
    """Tell whether a cell names a person or a post (副市长) and no organisation."""
    names = [name for name in _SEPARATORS.split(text) if name]
    return bool(names) and all(
        name.endswith(tuple(load("organisations")["posts"]))
        or (len(name) <= _LONGEST_PERSON and not is_complete(name))
        for name in names
    )


def is_name_stump(text: str) -> bool:
    """Tell whether a cell begins like an organisation of some level and breaks off: 区交通."""
    return bool(_STUMP.fullmatch(text)) and unit_likeness(text) == 0


_STUMP = re.compile(r"[省市州县区旗][\u4e00-\u9fff]{1,8}")


def is_post_name(text: str) -> bool:
    """Tell whether a cell names a person by post and name: 县长王某某."""
    return bool(_POST_NAME.fullmatch(text))


_POST_NAME = re.compile(  # 县长王某某: the post before the name
    r"(?:[\u4e00-\u9fff]{1,10}(?:书记|长|主任|常委|委员)、){0,3}[\u4e00-\u9fff]{0,8}?(?:局长|市长|县长|区长|省长|州长|盟长|旗长|镇长|乡长|书记|主任|常委|主席)"
    r"[\u4e00-\u9fff·]{2,4}"
)


def is_note(bracket: str) -> bool:
    """Tell whether a bracket's content is a note about roles rather than an alias."""
    return bool(words("organisations", "note_words").search(bracket))


def closer() -> re.Pattern[str]:
    """Words that close a list of names: 等部门."""
    return pattern("organisations", "closers")


def _endings() -> tuple[str, ...]:
    return tuple(load("organisations")["endings"])


_LONG = 600
_CLAUSE = 10  # a longer piece that is no name is a clause of a sentence
_LONGEST_PERSON = 4
