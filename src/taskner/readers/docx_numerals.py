"""Numbers as Word prints them in its numbering formats.

Source: ISO/IEC 29500-1 section 17.18.59 (ST_NumberFormat); [MS-DOCX] section 2.4 for
the shapes of the Chinese formats (chineseCounting writes digits from 100 on,
chineseCountingThousand 一百, ideographDigital digits throughout).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

_HAN = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_LARGEST_ROMAN = 32_767
_LARGEST_LETTER = 780  # thirty times the alphabet
_FIRST_PLAIN = 10_000  # Chinese counts are written with places up to thousands
_TEN, _HUNDRED = 10, 100


def printed(number: int, form: str) -> str:
    """Write a number in a numbering format.

    Args:
        number: As counted.
        form: Name of the format (``w:numFmt``); zeros alone are that many in front of 1.

    Returns:
        The number; decimal where the format is unknown or does not reach that far.
    """
    if form == "none":
        return ""
    if form.strip("0") == "":
        return f"{number:0{len(form) + 1}d}"
    if number < 1:
        return "00" if form == "decimalZero" and number == 0 else str(number)
    write = _FORMATS.get(form)
    return str(number) if write is None else write(number)


def _set_of(first: str, size: int) -> Callable[[int], str]:
    """Write with consecutive characters of Unicode, decimal beyond them."""
    return lambda number: chr(ord(first) + number - 1) if number <= size else str(number)


def _list_of(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if number <= len(signs) else str(number)


def _digits(signs: str) -> Callable[[int], str]:
    return lambda number: "".join(signs[int(digit)] for digit in str(number))


def _counting(number: int) -> str:
    """Write 十一 and 二十, but from 100 on digit by digit."""
    return _places(number) if number < _HUNDRED else _digits(_HAN)(number)


def _places(
    number: int,
    signs: str = "零" + _HAN[1:],
    places: str = "千百十",
    *,
    one: bool = True,
    ten: bool = False,
) -> str:
    """Write a number with its places: 一千零一十二.

    Args:
        number: Up to 9,999; a larger one stays decimal.
        signs: The digits from zero.
        places: What stands for 1000, 100 and 10.
        one: Whether a one is written before a place (一百) and gaps get a zero.
        ten: Whether the one is written before a leading ten too (壹拾).
    """
    if number >= _FIRST_PLAIN:
        return str(number)
    parts: list[str] = []
    for place, digit in zip((*places, ""), f"{number:04d}", strict=True):
        if digit == "0":
            if parts and parts[-1] != signs[0] and one:
                parts.append(signs[0])
            continue
        is_silent = place and digit == "1" and (not one or (place == places[-1] and not parts))
        parts.append(place if is_silent and not ten else signs[int(digit)] + place)
    return "".join(parts).rstrip(signs[0])


def _roman(number: int) -> str:
    if number > _LARGEST_ROMAN:
        return str(number)
    parts: list[str] = []
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        parts.append(sign * count)
    return "".join(parts)


def _letters(number: int) -> str:
    """Write A to Z, then AA, BB and so on."""
    if number > _LARGEST_LETTER:
        return str(number)
    turns, letter = divmod(number - 1, 26)
    return chr(ord("A") + letter) * (turns + 1)


def _ordinal(number: int) -> str:
    teen = number // _TEN % _TEN == 1
    ending = "th" if teen else {1: "st", 2: "nd", 3: "rd"}.get(number % _TEN, "th")
    return f"{number}{ending}"


_FORMATS: Mapping[str, Callable[[int], str]] = MappingProxyType(
    {
        "decimalZero": lambda number: f"{number:02d}",
        "decimalFullWidth": _digits("０１２３４５６７８９"),
        "decimalFullWidth2": _digits("０１２３４５６７８９"),
        "decimalEnclosedCircle": _set_of("①", 20),
        "decimalEnclosedCircleChinese": _set_of("①", 20),
        "decimalEnclosedFullstop": _set_of("⒈", 20),
        "decimalEnclosedParen": _set_of("⑴", 20),
        "ideographEnclosedCircle": _set_of("㈠", 10),
        "ideographTraditional": _list_of(_STEMS),
        "ideographZodiac": _list_of(_BRANCHES),
        "ideographDigital": _digits(_HAN),
        "japaneseDigitalTenThousand": _digits(_HAN),
        "taiwaneseDigital": _digits(_HAN),
        "chineseCounting": _counting,
        "taiwaneseCounting": _counting,
        "chineseCountingThousand": _places,
        "taiwaneseCountingThousand": _places,
        "japaneseCounting": lambda number: _places(number, one=False),
        "chineseLegalSimplified": lambda number: _places(number, _LEGAL, "仟佰拾", ten=True),
        "ideographLegalTraditional": lambda number: _places(
            number, _LEGAL_TRADITIONAL, "仟佰拾", ten=True
        ),
        "upperRoman": _roman,
        "lowerRoman": lambda number: _roman(number).lower(),
        "upperLetter": _letters,
        "lowerLetter": lambda number: _letters(number).lower(),
        "ordinal": _ordinal,
        "hex": lambda number: f"{number:X}",
        "numberInDash": lambda number: f"- {number} -",
        "chicago": lambda number: "*†‡§"[(number - 1) % 4] * min((number - 1) // 4 + 1, 30),
    }
)
