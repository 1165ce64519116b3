import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taskner.values import parse_quantity

ALPHABET = (
    "0123456789.,%至-—以上不低于超近一二两三十百千万亿半余多几成番第前保争每人年个家元/()每以内 "
)
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


@given(st.text() | st.text(ALPHABET, max_size=20))
def test_no_text_raises_and_value_is_not_above_upper(text):
    quantity = parse_quantity(text)
    if quantity is not None:
        assert quantity.value >= 0
        assert "E" not in str(quantity.value)
        assert (quantity.upper is not None) == (quantity.comparator == "range")
        assert quantity.upper is None or quantity.value <= quantity.upper


@given(st.text(ALPHABET, max_size=20).filter(lambda text: "(" not in text))
def test_full_width_reads_like_ascii(text):
    assert parse_quantity(text.translate(FULL_WIDTH)) == parse_quantity(text)


@given(st.integers(1, 10**9), st.sampled_from("家个项人"))
def test_spaces_change_nothing(number, measure):
    assert parse_quantity(f" {number} {measure} 以上 ") == parse_quantity(f"{number}{measure}以上")


@pytest.mark.parametrize(
    ("text", "value", "upper", "measure", "comparator"),
    [
        ("10个以上(含)", "10", None, "个", ">="),
        ("10个(含)以上", "10", None, "个", ">="),
        ("5-8%", "5", "8", "%", "range"),
        ("≥3.5", "3.5", None, "", ">="),
        ("1.5倍以上", "1.5", None, "倍", ">="),
        ("百分之五至百分之六", "5", "6", "%", "range"),
        ("百分之五到六", "5", "6", "%", "range"),
        ("二十多万人次", "200000", None, "人次", "~"),
        ("三四百亩", "300", "400", "亩", "range"),
        ("保50亿元争60亿元", "5000000000", None, "元", ">="),
        ("每万名学生不少于5名", "5", None, "名/万名学生", ">="),
        ("不低于每亩20万元", "200000", None, "元/亩", ">="),
        ("达到50家", "50", None, "家", "="),
        ("前十强", "10", None, "强", "<="),
        ("12个社区食堂", "12", None, "个", "="),
        ("3个工作日内", "3", None, "个工作日", "<="),
        ("一倍半", None, None, None, None),
        ("320个次", "320", None, "个次", "="),
        ("每月不少于40条次", "40", None, "条次/月", ">="),
        ("4条次干道", "4", None, "条", "="),
        ("6个次生灾害点", "6", None, "个", "="),
    ],
)
def test_surfaces_officials_write(text, value, upper, measure, comparator):
    quantity = parse_quantity(text)
    if value is None:
        assert quantity is None
        return
    assert quantity is not None
    assert quantity.value == Decimal(value)
    assert quantity.upper == (None if upper is None else Decimal(upper))
    assert (quantity.measure, quantity.comparator) == (measure, comparator)


@pytest.mark.parametrize(
    "text",
    [
        "", "以上", "个", "全覆盖", "清零", "零发生", "2025年", "2024—2026年", "6月", "6月底前",
        "5A级", "415X", "1+8+N", "2.0版", "三年行动", "十大行动", "四个一批", "一流", "第五次",
        "第一批", "B级以上", "1小时通勤圈", "500千伏输变电", "150万吨级泊位", "10亿元以上项目",
        "3个10亿元以上项目", "5—3家", "不低于5%不高于8%", "-5%", "0572-12345", "几家", "百姓",
        "走在前列", "千方百计", "9亿9",
    ],
)  # fmt: skip
def test_what_is_no_quantity(text):
    assert parse_quantity(text) is None


@pytest.mark.parametrize(
    "text", ["9" * 10**6, "不低于" * 10**5, "每" * 10**5, "十" * 10**5 + "家", "1-" * 10**5]
)
def test_hostile_text_does_not_hang(text):
    started = time.perf_counter()
    assert parse_quantity(text) is None
    assert time.perf_counter() - started < 1


def test_a_currency_sign_before_the_number_is_no_part_of_it():
    for printed in ("￥5亿元", "¥5亿元"):
        assert parse_quantity(printed) == parse_quantity("5亿元")
