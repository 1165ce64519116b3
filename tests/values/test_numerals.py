from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taskner.values import parse_numeral

DIGITS = "零一二三四五六七八九"


def spell_section(number: int) -> str:
    """Write 1 to 9999 in Chinese characters."""
    out, gap = "", False
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, place)
        if digit:
            out += ("零" if gap and out else "") + DIGITS[digit] + unit
            gap = False
        else:
            gap = True
    return out


def spell(number: int) -> str:
    """Write 1 to 10**12 - 1 in Chinese characters."""
    out = ""
    for place, unit in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section, number = divmod(number, place)
        if section:
            zero = "零" if out and section < 1000 else ""
            out += zero + spell_section(section) + unit
    return out


@given(st.integers(1, 10**12 - 1))
def test_a_spelled_number_is_read_back(number):
    assert parse_numeral(spell(number)) == number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,200", 1200),
        ("１２", 12),
        ("十", 10),
        ("百", 100),
        ("1.2百万", 1200000),
        ("8千万", 80000000),
        ("1万5千", 15000),
        ("3亿5千万", 350000000),
        ("1万亿", 10**12),
        ("一万五", 15000),
        ("两千三百", 2300),
        ("二〇二五", 2025),
        ("一点五亿", 150000000),
        ("三点二五", Decimal("3.25")),
    ],
)
def test_forms(text, value):
    assert parse_numeral(text) == value


@pytest.mark.parametrize(
    "text", ["", "三五", "十百", "亿万", "1万5", "5,", "1.2.3", "一点", "3三", "家"]
)
def test_what_is_no_number(text):
    assert parse_numeral(text) is None


@given(st.text())
def test_no_text_raises(text):
    parse_numeral(text)
