import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taskner.folding import fold


@settings(deadline=None)
@given(st.text())
def test_length_stays_and_folding_twice_changes_nothing(text):
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


def test_every_code_point_folds_to_one():
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    assert len(fold(every)) == len(every)
    assert fold(fold(every)) == fold(every)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("，；：（）！？％．＋－＝１２ＡＢ［］｜／～", ",;:()!?%.+-=12AB[]|/~"),
        ("甲\u3000乙\u00a0丙\u2003丁\ufeff\x00", "甲 乙 丙 丁  "),
        ("增長不低於８％，責任單位：財政局", "增长不低于8%,责任单位:财政局"),
        ("開展買賣後餘額", "开展买卖后余额"),
        ("⼀⼆⼯", "一二工"),
        ("豈", "岂"),
        ("﹪﹐", "%,"),
        ("一\r\n二\u2028三\f", "一\n\n二\n三\n"),
    ],
)
def test_variants_look_the_same(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize("text", ["。、“”‘’《》【】〔〕—–…·①Ⅲ㎡★▲●×\n\t", "著名乡镇瞭望塔里面只有"])
def test_what_has_a_meaning_of_its_own_stays(text):
    assert fold(text) == text


def test_simplified_text_of_gb2312_level_one_stays():
    # Rows 16 to 55 hold the everyday simplified characters.
    everyday = "".join(
        bytes([row + 0xA0, cell + 0xA0]).decode("gb2312")
        for row in range(16, 56)
        for cell in range(1, 95)
        if (row, cell) < (55, 90)
    )
    changed = {character for character in everyday if fold(character) != character}
    assert changed <= set("乾")
    assert all(unicodedata.category(character) == "Lo" for character in everyday)
