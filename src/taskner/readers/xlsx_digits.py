"""Digits of numbers in spreadsheet cells."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

_WIDTH = 10
"""Digits that a cell of format General shows at most."""
_CONTEXT = Context(prec=2_000, rounding=ROUND_HALF_UP)
_HAN = {"1": "〇一二三四五六七八九", "2": "零壹贰叁肆伍陆柒捌玖", "3": "０１２３４５６７８９"}
_TENS = {"1": ("", "十", "百", "千"), "2": ("", "拾", "佰", "仟")}
_GROUPS = ("", "万", "亿", "万亿")
_MOST_HAN_DIGITS = 16

Tokens = Sequence[tuple[str, str]]


def general(value: Decimal) -> str:
    """Give a number as the format General shows it, but never with an exponent if it has digits."""
    if value == value.to_integral_value():
        return f"{value:.0f}"
    places = min(9, max(0, _WIDTH - len(f"{abs(value):.0f}")))
    rounded = value.quantize(Decimal(1).scaleb(-places), context=_CONTEXT)
    return _stripped(f"{rounded:f}") if rounded else f"{value:.5E}"


def fill(value: Decimal, tokens: Tokens) -> str:
    """Give a number that is not negative by the placeholders of its format."""
    kinds = [kind for kind, _ in tokens]
    if "power" in kinds:
        return _fill_power(value, tokens)
    if any(
        kind == "literal" and "/" in text for kind, text in tokens[_first(kinds) : _last(kinds)]
    ):
        return general(value)  # a fraction: its decimals are clearer
    point = kinds.index("point") if "point" in kinds else len(kinds)
    head, tail = tokens[:point], tokens[point:]
    power = 2 * kinds.count("percent") - 3 * (_n_thousands(head) + _n_thousands(tail))
    value = value.scaleb(power, context=_CONTEXT)
    wanted = "".join(text for kind, text in tail if kind == "digit")
    rounded = value.quantize(Decimal(1).scaleb(-len(wanted)), context=_CONTEXT)
    whole, _, decimals = f"{rounded:f}".partition(".")
    whole = whole.lstrip("0")
    n_kept = len(decimals)
    while n_kept and wanted[n_kept - 1] != "0" and decimals[n_kept - 1] == "0":
        n_kept -= 1
    return _fill_whole(whole, head) + _fill_decimals(decimals[:n_kept], tail)


def han_number(value: Decimal, style: str) -> str:
    """Give a whole number in Han numerals with tens and thousands: 一百二十."""
    text = general(value)
    if style not in _TENS or not text.isdigit() or len(text) > _MOST_HAN_DIGITS:
        return han_digits(text, style)
    digits, tens = _HAN[style], _TENS[style]
    shown = ""
    for index, digit in enumerate(text):
        place = len(text) - 1 - index
        if digit != "0":
            shown += digits[int(digit)] + tens[place % 4]
        elif shown and not shown.endswith(digits[0]) and text[index:].strip("0"):
            shown += digits[0]
        if place % 4 == 0 and place and text[max(0, index - 3) : index + 1].strip("0"):
            shown = shown.removesuffix(digits[0]) + _GROUPS[place // 4]
    is_ten = style == "1" and shown.startswith("一十")
    return (shown[1:] if is_ten else shown) or digits[0]


def han_digits(text: str, style: str) -> str:
    """Replace each digit of a text by the Han numeral of a style; other styles change nothing."""
    digits = _HAN.get(style)
    return (
        text.translate(dict(zip(map(ord, "0123456789"), digits, strict=True))) if digits else text
    )


def _fill_whole(whole: str, tokens: Tokens) -> str:
    places = [index for index, (kind, _) in enumerate(tokens) if kind == "digit"]
    between = tokens[places[0] : places[-1]] if places else ()
    shown = [_literal(kind, text) for kind, text in tokens]
    if any(kind == "comma" for kind, _ in between):
        least = sum(tokens[index][1] == "0" for index in places)
        whole = whole.rjust(least, "0")
        shown[places[0]] = f"{int(whole):0{len(whole)},}" if whole else ""
        return "".join(shown)
    for index in reversed(places):
        shown[index] = whole[-1:] or ("0" if tokens[index][1] == "0" else "")
        whole = whole[:-1]
    if places:
        shown[places[0]] = whole + shown[places[0]]
    return whole + "".join(shown) if not places else "".join(shown)


def _fill_decimals(decimals: str, tokens: Tokens) -> str:
    shown, rest = "", decimals
    for kind, text in tokens:
        if kind == "point":
            shown += "." if decimals and not shown else ""
        elif kind == "digit":
            shown, rest = shown + rest[:1], rest[1:]
        else:
            shown += _literal(kind, text)
    return shown


def _fill_power(value: Decimal, tokens: Tokens) -> str:
    kinds = [kind for kind, _ in tokens]
    power = kinds.index("power")
    point = kinds.index("point") if "point" in kinds[:power] else power
    mantissa, _, exponent = f"{float(value):.{kinds[point:power].count('digit')}E}".partition("E")
    before = "".join(_literal(*token) for token in tokens[: _first(kinds)])
    after = "".join(_literal(*token) for token in tokens[power:])
    width = kinds[power:].count("digit") + 1  # the sign counts
    return f"{before}{mantissa}E{int(exponent):+0{width}}{after}"


def _n_thousands(tokens: Tokens) -> int:
    """Count the commas right after the last digit: each divides by a thousand."""
    count = 0
    for kind, _ in reversed(tokens):
        if kind in {"digit", "point"}:
            return count
        count = count + 1 if kind == "comma" else 0
    return 0


def _literal(kind: str, text: str) -> str:
    return text if kind in {"literal", "percent"} else ""


def _first(kinds: Sequence[str]) -> int:
    return kinds.index("digit")


def _last(kinds: Sequence[str]) -> int:
    return len(kinds) - 1 - kinds[::-1].index("digit")


def _stripped(text: str) -> str:
    return text.rstrip("0").rstrip(".")
