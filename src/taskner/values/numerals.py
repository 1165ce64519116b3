"""Arabic, Chinese and mixed numerals to Decimal."""

from __future__ import annotations

import re
from decimal import Decimal

from taskner.folding import fold
from taskner.values.lexicon import read_list

_WORDS = read_list("numerals")
DIGITS: dict[str, int] = _WORDS["digits"]
UNITS: dict[str, int] = _WORDS["units"]
MYRIADS: dict[str, int] = _WORDS["myriads"]
MULTIPLIERS = UNITS | MYRIADS

_ARABIC = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_DIGIT_CLASS = "".join(DIGITS)
_TOKEN = re.compile(rf"(?P<arabic>{_ARABIC})|(?P<char>[{_DIGIT_CLASS}{''.join(MULTIPLIERS)}])")
_PLAIN = re.compile(_ARABIC)
_POSITIONAL = re.compile(rf"[{_DIGIT_CLASS}]{{2,}}")
_MAX_LENGTH = 32


def parse_numeral(text: str) -> Decimal | None:
    """Read one number.

    Args:
        text: A number and nothing else, such as ``1,200``, ``1.2百万``, ``三十五``,
            ``一点五亿``, ``1万5千`` or ``二〇二五``.

    Returns:
        Its value, or None when the text is not one number.

    Source:
        GB/T 15835-2011 for the forms; ``一万五`` read as 15000 follows speech.
    """
    text = fold(text).replace(" ", "")
    if not text or len(text) > _MAX_LENGTH:
        return None
    if _PLAIN.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if _POSITIONAL.fullmatch(text):
        return _read_positional(text)
    if "点" in text:
        return _read_pointed(text)
    tokens = _read_tokens(text)
    return None if tokens is None else _add_up(tokens)


def _read_positional(text: str) -> Decimal | None:
    """Read digits in a row as in 二〇二五; two digits (三五) mean a range, not 35."""
    digits = [DIGITS[char] for char in text]
    if len(digits) < 3 or text[0] == "两":  # noqa: PLR2004 - 三五 is 3 to 5
        return None
    return Decimal("".join(map(str, digits)))


def _read_pointed(text: str) -> Decimal | None:
    """Read 一点五亿: digits after 点, then multipliers."""
    whole, _, rest = text.partition("点")
    fraction = rest.rstrip("".join(MULTIPLIERS))
    if not fraction or any(char not in DIGITS for char in fraction):
        return None
    head = parse_numeral(whole)
    if head is None or head != head.to_integral_value():
        return None
    value = head + Decimal("0." + "".join(str(DIGITS[char]) for char in fraction))
    for char in rest[len(fraction) :]:
        value *= MULTIPLIERS[char]
    return value


def _read_tokens(text: str) -> list[str] | None:
    tokens: list[str] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            return None
        tokens.append(match.group().replace(",", ""))
        position = match.end()
    return tokens


class _Sum:
    """A number under construction: digits times units, units times myriads."""

    def __init__(self) -> None:
        self.total = Decimal(0)
        self.section = Decimal(0)
        self.digit: Decimal | None = None
        self.last_unit: int | None = None
        self.last_myriad: int | None = None

    def add_digit(self, value: Decimal) -> bool:
        """Take a digit; False where two digits meet (only a zero may stand before one)."""
        fits = not self.digit
        self.digit = value
        return fits

    def add_unit(self, unit: int) -> bool:
        """Multiply the digit by 十 百 千; False where the units do not fall."""
        fits = self.digit != 0 and (self.last_unit is None or unit < self.last_unit)
        self.section += (Decimal(1) if self.digit is None else self.digit) * unit
        self.digit, self.last_unit = None, unit
        return fits

    def add_myriad(self, unit: int) -> bool:
        """Multiply the section by 万 or 亿; False for 亿万 and 万万."""
        fits = self.digit != 0 or bool(self.section)
        section = self.section + (self.digit or 0)
        if self.last_myriad is None:
            self.total = (section or Decimal(1)) * unit
        elif unit > self.last_myriad:
            self.total = (self.total + section) * unit
        else:
            fits = unit < self.last_myriad and bool(section)
            self.total += section * unit
        self.section, self.digit = Decimal(0), None
        self.last_unit, self.last_myriad = None, unit
        return fits


def _add_up(tokens: list[str]) -> Decimal | None:
    """Add digits times units; None where the order is not that of a number."""
    number = _Sum()
    for token in tokens:
        if token in DIGITS:
            fits = number.add_digit(Decimal(DIGITS[token]))
        elif token in UNITS:
            fits = number.add_unit(UNITS[token])
        elif token in MYRIADS:
            fits = number.add_myriad(MYRIADS[token])
        else:
            fits = number.add_digit(Decimal(token))
        if not fits:
            return None
    tail = number.digit
    if tail and len(tokens) > 1 and tokens[-2] in MULTIPLIERS:
        place = MULTIPLIERS[tokens[-2]]
        if tokens[-1] in DIGITS:  # 一万五 is 15000, 十五 is 15
            tail *= Decimal(place) / 10
        elif not place / 10 <= tail < place:  # 1万5 could be 10005 or 15000
            return None
    return number.total + number.section + (tail or 0)
