"""Values as a sheet shows them: number formats of spreadsheets.

Source: ECMA-376 Part 1, 18.8.30 and 18.8.31 (number formats; ids 27-36 and 50-58 as a
Chinese Excel shows them).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from taskner.readers.xlsx_dates import date_of, show_date
from taskner.readers.xlsx_digits import fill, general, han_digits, han_number

GENERAL = "General"
_DATE, _LONG_DATE, _TIME = "yyyy/m/d", 'yyyy"年"m"月"d"日"', "h:mm:ss"
BUILT_IN = {
    "1": "0", "2": "0.00", "3": "#,##0", "4": "#,##0.00", "9": "0%", "10": "0.00%",
    "11": "0.00E+00", "12": "# ?/?", "13": "# ??/??", "14": _DATE, "15": "d-mmm-yy",
    "16": "d-mmm", "17": "mmm-yy", "18": "h:mm AM/PM", "19": "h:mm:ss AM/PM", "20": "h:mm",
    "21": _TIME, "22": "yyyy/m/d h:mm", "27": 'yyyy"年"m"月"', "28": 'm"月"d"日"',
    "29": 'm"月"d"日"', "30": "m-d-yy", "31": _LONG_DATE, "32": 'h"时"mm"分"',
    "33": 'h"时"mm"分"ss"秒"', "34": '上午/下午h"时"mm"分"', "35": '上午/下午h"时"mm"分"ss"秒"',
    "36": 'yyyy"年"m"月"', "37": "#,##0;-#,##0", "38": "#,##0;-#,##0",
    "39": "#,##0.00;-#,##0.00", "40": "#,##0.00;-#,##0.00", "41": '#,##0;-#,##0;"-";@',
    "42": '"¥"#,##0;-"¥"#,##0;"-";@', "43": '#,##0.00;-#,##0.00;"-";@',
    "44": '"¥"#,##0.00;-"¥"#,##0.00;"-";@', "45": "mm:ss", "46": "[h]:mm:ss", "47": "mm:ss",
    "48": "##0.0E+0", "49": "@", "50": 'yyyy"年"m"月"', "51": 'm"月"d"日"',
    "52": 'yyyy"年"m"月"', "53": 'm"月"d"日"', "54": 'm"月"d"日"', "55": '上午/下午h"时"mm"分"',
    "56": '上午/下午h"时"mm"分"ss"秒"', "57": 'yyyy"年"m"月"', "58": 'm"月"d"日"',
}  # fmt: skip
"""Formats that files name by number only."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<pad>.)|\*(?P<star>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<noon>AM/PM|A/P|上午/下午)|(?P<power>E[+-])"
    r"|(?P<date>y+|m+|d+|h+|s+|e+|a{3,4}|g+)|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)"
    r"|(?P<percent>%)|(?P<text>@)|(?P<end>;)|(?P<literal>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9]+(?:\.[0-9]+)?)")
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_CURRENCY = re.compile(r"\$([^-]*)(?:-(.*))?")
_SYSTEM = {"F800": _LONG_DATE, "F400": _TIME}
_NUMBER = re.compile(
    r"[-+]?(?:[0-9]{1,400}(?:\.[0-9]{0,400})?|\.[0-9]{1,400})(?:[Ee][-+]?[0-9]{1,3})?"
)
_NOT_ZERO = re.compile(r"[1-9]")
_MOST_SECTIONS = 4
_LARGEST = 1e300
_LONGEST_CODE = 255  # Excel's limit


@dataclass(frozen=True, slots=True)
class _Section:
    """One of the parts of a format that semicolons divide."""

    tokens: tuple[tuple[str, str], ...] = ()
    condition: tuple[str, Decimal] | None = None
    han: str = ""
    locale: str = ""

    def adding(self, kind: str, text: str) -> _Section:
        return replace(self, tokens=(*self.tokens, (kind, text)))

    def has(self, *kinds: str) -> bool:
        return any(kind in kinds for kind, _ in self.tokens)

    def holds(self, value: Decimal) -> bool:
        if self.condition is None:
            return True
        sign, limit = self.condition
        return (
            (value < limit and sign in {"<", "<=", "<>"})
            or (value > limit and sign in {">", ">=", "<>"})
            or (value == limit and sign in {"=", "<=", ">="})
        )


def show_number(raw: str, code: str, *, starts_1904: bool = False) -> str:
    """Give a number as its format shows it.

    A year is always given with four digits, and a date of day zero, which is what a
    reference to an empty cell gives, as nothing.

    Args:
        raw: The number as the file stores it; anything else is given as it is.
        code: The number format.
        starts_1904: Whether days are counted from 1904.
    """
    raw = raw.strip()
    if not _NUMBER.fullmatch(raw) or abs(float(raw)) > _LARGEST:
        return raw
    # Spreadsheets compute with 15 digits: what follows is the noise of binary fractions.
    value = Decimal(f"{Decimal(raw):.14e}") if "." in raw or "e" in raw.lower() else Decimal(raw)
    section, is_signed = _choose(_sections(code), value)
    if section is None:
        return general(value)
    if section.has("date", "noon", "elapsed"):
        moment = date_of(value, starts_1904=starts_1904)
        if moment is None:
            return general(value)
        return show_date(moment, section.tokens, han=section.han, locale=section.locale)
    return _show_digits(value, section, is_signed=is_signed)


def show_iso_date(raw: str, code: str) -> str:
    """Give a date that the file stores in ISO 8601 as its format shows it."""
    try:
        moment = datetime.fromisoformat(raw.strip()).replace(tzinfo=None)
    except ValueError:
        return raw
    section = _sections(code)[0]
    if not section.has("date", "noon", "elapsed"):
        section = _sections(_DATE)[0]
    return show_date((moment, Decimal(0)), section.tokens, han=section.han, locale=section.locale)


def show_text(text: str, code: str) -> str:
    """Give a text as its format shows it: most formats show texts as they are."""
    if "@" not in code and ";" not in code:
        return text
    sections = _sections(code)
    section = sections[-1]
    if not section.has("text") and len(sections) < _MOST_SECTIONS:
        return text
    return "".join(
        text if kind == "text" else _literal(kind, value) for kind, value in section.tokens
    )


def _show_digits(value: Decimal, section: _Section, *, is_signed: bool) -> str:
    sign = "-" if is_signed and value < 0 else ""
    if section.has("digit"):
        text = fill(abs(value), section.tokens)
        sign = sign if _NOT_ZERO.search(text) else ""
        return han_digits(sign + text, section.han)
    number = abs(value)
    whole = han_number(number, section.han) if section.han else general(number)
    parts = [
        whole if kind in {"general", "text"} else _literal(kind, token)
        for kind, token in section.tokens
    ]
    return sign + "".join(parts)


def _literal(kind: str, token: str) -> str:
    return token if kind in {"literal", "point", "comma", "percent"} else ""


def _choose(sections: tuple[_Section, ...], value: Decimal) -> tuple[_Section | None, bool]:
    """Give the section for a number, and whether it leaves the sign to us."""
    is_text = len(sections) == _MOST_SECTIONS or (len(sections) > 1 and sections[-1].has("text"))
    numeric = sections[:-1] if is_text else sections
    if any(section.condition for section in numeric):
        return next((section for section in numeric if section.holds(value)), None), True
    if len(numeric) == 1 or value > 0 or (value == 0 and len(numeric) < 3):  # noqa: PLR2004
        return numeric[0], len(numeric) == 1
    return numeric[1 if value < 0 else 2], False


@lru_cache(maxsize=1_024)
def _sections(code: str) -> tuple[_Section, ...]:
    pieces: list[list[tuple[str, str]]] = [[]]
    for match in _TOKEN.finditer(code if 0 < len(code) <= _LONGEST_CODE else GENERAL):
        kind = match.lastgroup or "literal"
        if kind == "end":
            pieces.append([])
        else:
            pieces[-1].append((kind, match[kind]))
    return tuple(map(_section, pieces[:_MOST_SECTIONS]))


def _section(pieces: Sequence[tuple[str, str]]) -> _Section:
    section = _Section()
    for kind, text in pieces:
        if kind == "bracket":
            section = _with_bracket(section, text)
        elif kind == "date":
            section = section.adding(kind, text.lower())
        elif kind not in {"pad", "star"}:
            section = section.adding("literal" if kind in {"quoted", "escaped"} else kind, text)
    system = _SYSTEM.get(section.locale.upper())
    return _sections(system)[0] if system else section


def _with_bracket(section: _Section, text: str) -> _Section:
    if match := _CONDITION.fullmatch(text.strip()):
        return replace(section, condition=(match[1], Decimal(match[2])))
    if _ELAPSED.fullmatch(text):
        return section.adding("elapsed", text.lower())
    if text.upper().startswith("DBNUM"):
        return replace(section, han=text[5:6])
    if match := _CURRENCY.fullmatch(text):
        return replace(section, locale=match[2] or "").adding("literal", match[1])
    return section
