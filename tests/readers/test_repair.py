"""Damage of conversions is undone, and nothing else is touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taskner.pipeline import load
from taskner.readers import read_bytes
from taskner.readers.repair import repair

SOUND = (
    "岚县2025年重点工作责任分解\n"
    "一、着力扩大有效投资\n"
    "1．新建改建农村公路48公里，整治隐患路段12处，大大小小方方面面都要管好。\n"
    "责任单位：县交通运输局（首位为牵头单位，下同）、县财政局\n"
)
UNDEFINED = "\x81\x8d\x8f\x90\x9d"  # bytes that browsers pass through in Windows-1252


def as_windows_1252(data):
    return "".join(
        chr(byte) if chr(byte) in UNDEFINED else bytes([byte]).decode("cp1252") for byte in data
    )


@pytest.mark.parametrize(
    ("damage", "name"),
    [
        (lambda text: as_windows_1252(text.encode()), "latin"),
        (lambda text: text.encode().decode("latin-1"), "latin"),
        (lambda text: text.encode("gbk").decode("latin-1"), "latin"),
    ],
)
def test_a_wrong_encoding_is_undone(damage, name):
    assert repair(damage(SOUND)) == (SOUND, (name,))


def test_lines_of_utf8_read_as_gbk_that_lost_nothing_come_back_whole():
    even = "新建改建农村公路４８公里，整治隐患路段１２处"
    odd = "更新老旧小区１６个，惠及群众２４００户"
    damaged = "\n".join(
        line.encode().decode("gb18030", "replace") for line in (even, even, even, odd)
    )
    text, names = repair(damaged)
    assert names == ("gbk",)
    assert text.split("\n")[:3] == [even] * 3
    assert text.split("\n")[3].startswith("更新")


@pytest.mark.parametrize(
    ("damaged", "sound"),
    [
        ("责责任任单单位位：：县水利局\n一一、、产产业业转转型型",
         "责任单位：县水利局\n一、产业转型"),
        ("新新建建泵泵站站1122座座，，供供水水站站88座座\n县县水水利利局局、、各各镇镇",
         "新建泵站12座，供水站8座\n县水利局、各镇"),
        ("實(shí)施城區(qū)供熱(rè)工程", "實施城區供熱工程"),
        ("实施工程(含二期)，開(开)工，责任(首位)", "实施工程(含二期)，開工，责任(首位)"),
        ("?。ǘ?）更换管网41公里", "（二）更换管网41公里"),
        ("?。ㄒ唬┙∪?健康保障", "（一）健?健康保障"),
        ("目标：?　。ㄈ?）建成站点60个", "目标：（三）建成站点60个"),
    ],
)  # fmt: skip
def test_other_damage_is_undone(damaged, sound):
    assert repair(damaged)[0] == sound


@pytest.mark.parametrize(
    "text",
    [
        SOUND,
        "大大小小方方面面的问题",
        "真的?。好",
        "完成了吗?。（一）",
        "装机容量(kw)、面积(hm)、长度(km)、浓度(mg)",
        "café, naïve, Übermut: a text in Latin letters",
        "县(区)、镇(乡)、市(县)各1个",
        "责责任任单单位位：县水利局",  # one doubled run proves nothing
        "",
    ],
)
def test_a_sound_text_stays(text):
    assert repair(text) == (text, ())


@given(st.text(alphabet=st.characters(codec="gb2312"), max_size=200))
def test_repaired_once_is_repaired(text):
    once, _names = repair(text)
    assert repair(once)[0] == once


@pytest.mark.parametrize("suffix", [".txt", ".html"])
def test_the_source_and_the_notice_say_what_was_undone(suffix):
    data = SOUND.encode("gbk").decode("latin-1").encode()
    document = read_bytes(data, name=f"notice{suffix}")
    assert document.source.repairs == ("latin",)
    assert "交通运输局" in document.text
    notice = load("rules").extract_document(document)
    assert "repaired" in notice.flags
    sound = read_bytes(SOUND.encode(), name=f"notice{suffix}")
    assert sound.source.repairs == ()
