import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taskner.values import parse_period
from taskner.values.feasts import feast_day

ALPHABET = "0123456789年月日底前末旬上中下半季度第一二三四十五至到-—、;每今明次起内春节国庆 ./"
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


@given(st.text() | st.text(ALPHABET, max_size=24), st.none() | st.integers(-5, 10**6))
def test_no_text_raises_and_first_is_not_after_last(text, year):
    period = parse_period(text, year=year)
    if period.first is not None:
        assert period.last is not None
        assert period.first <= period.last


@given(st.text(ALPHABET, max_size=24))
def test_full_width_reads_like_ascii(text):
    assert parse_period(text.translate(FULL_WIDTH), year=2025) == parse_period(text, year=2025)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_printed_date_is_that_day(day):
    expected = (None, day)
    for text in (f"{day.year}年{day.month}月{day.day}日前", day.isoformat(), f"{day:%Y/%m/%d}"):
        period = parse_period(text, year=None)
        assert (period.first, period.last) == expected


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025年第3季度末", None, "2025-09-30"),
        ("12 月底前", None, "2025-12-31"),
        ("2025.12.31前", None, "2025-12-31"),
        ("第二季度末前", None, "2025-06-30"),
        ("明年6月", "2026-06-01", "2026-06-30"),
        ("十月底前", None, "2025-10-31"),
        ("11月上旬前完成", None, "2025-11-10"),
        ("2025年10月至次年3月", "2025-10-01", "2026-03-31"),
        ("5月10日—20日", "2025-05-10", "2025-05-20"),
        ("二三季度", "2025-04-01", "2025-09-30"),
        ("1-3季度", "2025-01-01", "2025-09-30"),
        ("25年底前", None, "2025-12-31"),
        ("20251130", None, "2025-11-30"),
        ("2025.6—2025.11", "2025-06-01", "2025-11-30"),
        ("11月—2月", "2025-11-01", "2026-02-28"),
        ("全年推进,年底前见效", None, "2025-12-31"),
    ],
)
def test_surfaces_officials_write(text, first, last):
    period = parse_period(text, year=2025)
    assert period.first == (first and date.fromisoformat(first))
    assert period.last == (last and date.fromisoformat(last))


@pytest.mark.parametrize(
    "text",
    ["", "2月30日前", "13月底前", "国庆期间", "三年行动", "3月起", "半年内", "每季度末", "年前"],
)
def test_what_gives_no_date(text):
    period = parse_period(text, year=2025)
    assert (period.first, period.last) == (None, None)


def test_a_feast_is_the_next_one_after_the_issue():
    spring = parse_period("春节前", year=2025, issued=date(2025, 3, 10))
    assert spring.last == date(2026, 2, 16)
    autumn = parse_period("中秋节前", year=2025, issued=date(2025, 3, 10))
    assert autumn.last == date(2025, 10, 5)


def test_the_issue_gives_the_year_when_nothing_else_does():
    assert parse_period("年底前", year=None, issued=date(2025, 3, 10)).last == date(2025, 12, 31)


def test_a_feast_outside_the_table_is_unknown():
    assert feast_day("春节", 2036) is None
    assert feast_day("春节", 2014) is None
    assert feast_day("国庆", 2036) == date(2036, 10, 1)


@pytest.mark.parametrize(
    "text", ["1" * 10**6, "1月至" * 10**5, "十" * 10**6, "年" * 10**6, "前第" * 10**5]
)
def test_hostile_text_does_not_hang(text):
    started = time.perf_counter()
    parse_period(text, year=2025)
    assert time.perf_counter() - started < 1
