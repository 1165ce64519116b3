"""Units: the canonical name of a government body."""

from __future__ import annotations

import re
from collections.abc import Iterable

from taskner.folding import fold
from taskner.values.lexicon import any_of, read_list

_WORDS = read_list("units")
_KINDS: dict[str, str] = _WORDS["kinds"]
_MAX_LENGTH = 40


def _index(rows: Iterable[list[str]]) -> dict[str, str]:
    """Map every name of a row to the first."""
    return {name: row[0] for row in rows for name in row}


_STEMS = _index(_WORDS["families"]["kinded"])
_WHOLE = _index(_WORDS["families"]["whole"])
_PARTY = _index(_WORDS["families"]["party"])

_COLLECTIVE = ("各", "有关", "相关", "其他")
_BLANK = re.compile(r"\s+")
_ALIAS = re.compile(r"\([^()]*\)$")
_PLACE = "(?:[一-鿿]{1,8}(?:自治[区州县旗]|[省市县区州盟旗])|[省市县区州盟旗])"
_KINDED_FORM = re.compile(
    f"(?P<place>{_PLACE})?(?P<stem>{any_of(_STEMS)})(?P<kind>{any_of(_KINDS)})"
)
_WHOLE_FORM = re.compile(f"(?P<place>{_PLACE})?(?P<name>{any_of(_WHOLE)})")
_PARTY_FORM = re.compile(f"(?P<committee>{_PLACE}委)?(?P<name>{any_of(_PARTY)})")
_NEEDS_OWNER = frozenset({"办公室", "办", "人民政府", "政府"})
_LEAGUE_FORM = re.compile("(?:共青)?团(?P<level>[省市县区州])委(?:员会)?")


def canonical_unit(name: str) -> str | None:
    """Give the full name of a body that the table knows.

    Args:
        name: The name as printed, short or full, with the place or level before it
            (市发改委); a bracketed alias after it is left out (发改局(服务业发展局)).

    Returns:
        The canonical name with the same place, level and kind of body (市发展改革委),
        or None when the table does not know the body.

    Source:
        data/units.toml.
    """
    name = _ALIAS.sub("", _BLANK.sub("", fold(name[: _MAX_LENGTH + 1])))
    if len(name) > _MAX_LENGTH or name.startswith(_COLLECTIVE):
        return None
    if (match := _KINDED_FORM.fullmatch(name)) is not None:
        return (match["place"] or "") + _STEMS[match["stem"]] + _KINDS[match["kind"]]
    if (match := _PARTY_FORM.fullmatch(name)) is not None and (
        match["committee"] or match["name"] not in _NEEDS_OWNER
    ):
        return (match["committee"] or "") + _PARTY[match["name"]]
    if (match := _WHOLE_FORM.fullmatch(name)) is not None and (
        match["place"] or match["name"] not in _NEEDS_OWNER
    ):
        return (match["place"] or "") + _WHOLE[match["name"]]
    if (match := _LEAGUE_FORM.fullmatch(name)) is not None:
        return f"共青团{match['level']}委"
    return None
