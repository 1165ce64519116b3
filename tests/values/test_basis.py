import importlib.util

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taskner.values import parse_aim, parse_basis

BASIS_OF_MARK = {"up": "rise", "down": "fall", "level": "level"}


@pytest.mark.parametrize(
    ("before", "text", "basis"),
    [
        ("全区商贸额增长", "7%", "rise"),
        ("全区商贸额同比增长", "不低于7%", "rise"),
        ("全区商贸额同比增长不低于", "7%", "rise"),
        ("工业用电增长达到", "7%", "rise"),
        ("工业用电增速达到", "7%", "level"),
        ("垃圾分类覆盖率提高到", "90%", "level"),
        ("垃圾分类覆盖率由80%提升至", "90%", "level"),
        ("垃圾分类覆盖率提高", "3个百分点", "rise"),
        ("万元产值用水量下降", "4%", "fall"),
        ("万元产值用水量下降到", "40立方米", "level"),
        ("城镇失业率控制在", "5%以内", "level"),
        ("新增工业企业", "20家", "level"),
        ("净增经营户", "300户", "level"),
        ("港口吞吐量、货运量分别增长6%和", "7%", "rise"),
        ("三项收入分别增长6%左右、7%以上、", "8%", "rise"),
        ("工业投资增长6%以上、力争", "7%", "rise"),
        ("工业投资增长6%以上,力争达到", "7%", "rise"),
        ("茶叶出口增长6%、丝绸出口", "8%", "rise"),
        ("茶叶出口增长6%、群众满意率", "98%", "level"),
        ("降低企业用电成本", "3000万元", "fall"),
        ("提高村集体收入", "5%以上", "rise"),
        ("提高污水处理率", "95%", "level"),
        ("压缩空气储能项目", "3个", "level"),
        ("改造提升背街小巷", "30条", "level"),
        ("整体提升", "12所", "level"),
        ("增加托育床位", "500张", "rise"),
        ("工业增加值", "80亿元", "level"),
        ("村级收入实现", "翻番", "rise"),
        ("", "7%", "level"),
        ("两项入户率分别提高3个和", "5个百分点", "rise"),
        ("工业投资增长6%。完成技改", "9亿元", "level"),
        ("审批平均时限再压", "15%", "fall"),
        ("厂房闲置率再降", "2个百分点", "fall"),
        ("办件平均用时再缩", "3天", "fall"),
        ("茶叶产值比上年多", "一成", "rise"),
        ("信访总量较去年少", "30件", "fall"),
        ("主干管网水压", "5%", "level"),
        ("年内再增", "3家", "level"),
    ],
)
def test_basis(before, text, basis):
    assert parse_basis(before, text) == basis


def test_a_measure_cut_off_is_read_from_the_text_after():
    assert parse_basis("绿化覆盖率提高", "2", "个百分点以上") == "rise"
    assert parse_basis("改造提升", "2", "个老旧小区") == "level"


@pytest.mark.parametrize(
    ("before", "aim"),
    [
        ("确保规上企业达到", "ensure"),
        ("力争规上企业达到", "strive"),
        ("努力使规上企业达到", "strive"),
        ("规上企业达到", "plain"),
        ("确保规上企业达到50家、高新企业达到", "ensure"),
        ("确保规上企业达到50家,力争", "strive"),
        ("确保规上企业达到50家,高新企业达到", "ensure"),
        ("确保规上企业达到50家;高新企业达到", "plain"),
        ("确保规上企业达到50家。高新企业达到", "plain"),
        ("力争取得更好成效,高新企业达到", "plain"),
        ("确保完成50家,争取更好成效,培训", "ensure"),
        ("", "plain"),
    ],
)
def test_aim(before, aim):
    assert parse_aim(before) == aim


@given(st.text(), st.text(), st.text())
def test_no_text_raises(before, text, after):
    parse_basis(before, text, after)
    parse_aim(before)


@given(st.text("增长提高下降5%、,力争确保和12 ", max_size=30))
def test_full_width_reads_like_ascii(before):
    wide = before.translate({ord(","): ",", ord("%"): "％", ord("5"): "５"})
    assert parse_basis(wide, "7%") == parse_basis(before, "7%")
    assert parse_aim(wide) == parse_aim(before)


@pytest.mark.shared
def test_the_basis_of_gold_targets(shared):
    spec = importlib.util.spec_from_file_location("shared_marks", shared / "tools" / "marks.py")
    assert spec is not None
    assert spec.loader is not None
    marks = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(marks)
    n_right = n_targets = 0
    for path in sorted((shared / "gold").glob("*.txt")):
        text, spans, _ = marks.parse(path.read_text(encoding="utf-8"))
        for span in spans:
            if span["label"] != "TARGET":
                continue
            start, end = span["start"], span["end"]
            basis = parse_basis(
                text[max(0, start - 40) : start], span["text"], text[end : end + 20]
            )
            n_targets += 1
            n_right += basis == BASIS_OF_MARK[span["k"]]
    assert n_targets > 1000
    assert n_right >= 0.99 * n_targets
