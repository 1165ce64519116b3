import pytest

from taskner.linking.screen import screen_spans
from taskner.types import Document, Span


def screen(marked, *, label="TARGET", score=None, year=None):
    """Screen the span between [ and ] of a sentence; give the texts that are left."""
    before, rest = marked.split("[")
    own, after = rest.split("]")
    document = Document(id="x", text=before + own + after)
    span = Span.of(document, len(before), len(before) + len(own), label, score=score)
    return [kept.text for kept in screen_spans(document, [span], year=year)]


@pytest.mark.parametrize(
    "ruled_out",
    [
        "坚持粮田保护[一分不少]、村庄道路一米不断。",
        "实现事故起数和伤亡人数[双]下降。",
        "推进冷链园[二期]工程建设。",
        "滚动实施“[15个]前期储备、20个续建”项目清单。",
        "困难群众补助由[420元]提高至500元。",
        "入园率从[86%左右]提升到90%。",
        "在上年新建[36公里]绿道的基础上，再延伸20公里。",
        "推动粮库由[9座]整合为4座。",
        "渔船通信费由去年的[310元]下降到260元。",
        "岸电使用率[61%]→75%。",
        "岸电使用率[61%→]75%。",
        "落实去年出台的[7条]稳渔举措。",
        "渔业招商到位资金（[亿元]）",
        "推动湖心岛景区争创[4]A级，接待游客40万人次。",
    ],
)
def test_what_the_guide_rules_out_is_dropped(ruled_out):
    assert screen(ruled_out) == []


@pytest.mark.parametrize(
    ("admitted", "left"),
    [
        ("入园率从86%提升到[90%]。", ["90%"]),
        ("实现巡查率、整改率、满意率“三个[100%]”。", ["100%"]),
        ("在上年新建36公里绿道的基础上，再延伸[20公里]。", ["20公里"]),
        ("在已有基础上新建[3座]泵站。", ["3座"]),
        ("岸电使用率61%→[75%]。", ["75%"]),
        ("航班量比上年增长[6%]。", ["6%"]),
        ("年内出台[7条]稳渔举措。", ["7条"]),
        ("港口排名“[保7争6]”。", ["保7争6"]),
        ("推动[百家]企业上云。", ["百家"]),
        ("海洋产值[翻一番]。", ["翻一番"]),
        ("打造“一村一品”示范村[6个]，培育“云亭优选”门店10家。", ["6个"]),
        ("培育粮食加工[三千吨]项目。", ["三千吨"]),
    ],
)
def test_what_the_guide_admits_stays(admitted, left):
    assert screen(admitted) == left


def test_half_a_number_needs_a_sure_tagger():
    assert screen("新建变电站12[00]千伏安。", score=0.6) == []
    assert screen("新建变电站12[00]千伏安。", score=0.99) == ["00"]


def test_full_width_and_ascii_are_screened_alike():
    assert screen("补助由[４２０元]提高至５００元。") == screen("补助由[420元]提高至500元。") == []


@pytest.mark.parametrize(
    ("sentence", "left"),
    [
        ("锚定[全年]目标任务不松劲，新增企业30家。", []),
        ("开展[冬]修水利大会战，疏浚河道40公里。", []),
        ("[全年]目标：新增企业30家。", ["全年"]),
        ("[全年]新增企业30家。", ["全年"]),
        ("[今年]任务是修路30公里。", ["今年"]),
    ],
)
def test_times_that_bound_nothing_are_dropped(sentence, left):
    assert screen(sentence, label="DEADLINE") == left


@pytest.mark.parametrize("marked", ["一季度：[完成选址]并公示。", "[诉前]调解成功率达到六成五。"])
def test_what_says_no_time_is_no_deadline(marked):
    assert screen(marked, label="DEADLINE") == []


@pytest.mark.parametrize(
    "told",
    [
        "。去年全市共签约项目[41个]、协议资金若干。",
        "；上年末规上企业[1187户]，质量稳步提高。",
        "推进清欠。2025年已清偿[1.7亿元]。",
        "\n2.去年累计完成投资[8亿元]。",
        "推进清欠。2025年已清偿1.7亿元，占台账总额的[83%]。",
        "投诉办结率在全市[11个县]（市、区）中进入前三。",
        "在全区[7个]街道布设便民网点。",
        "深化“船东”招引，去年全市共引进船企17家、注册资本[9亿元]，今年要提质。",
        "出港准点率不低于85%（去年[81%]）。",
    ],
)
def test_what_was_done_and_how_many_places_there_are_is_dropped(told):
    assert screen(told) == []


@pytest.mark.parametrize(
    ("planned", "left"),
    [
        ("。去年末规上企业1187户，年底前力争达到[1260户]。", ["1260户"]),
        ("。去年开工的[12个]项目全部竣工。", ["12个"]),
        ("2025年已建成4处，今年再建[6处]。", ["6处"]),
        ("新增学位[900个]。去年新增700个。", ["900个"]),
        ("2026年全年共完成技改项目[30个]。", ["30个"]),
        ("上年结转项目竣工[12个]。", ["12个"]),
        ("深化招引，去年引进船企17家，今年要引进[20家]。", ["20家"]),
        ("出港准点率（去年81%）不低于[85%]。", ["85%"]),
        ("渔获增长5%，高于上年[2个百分点]。", ["2个百分点"]),
        ("3.去年未完工的管网接通[4公里]。", ["4公里"]),
        ("全区[7个]街道建成康养中心。", ["7个"]),
    ],
)
def test_what_is_to_come_stays_beside_what_was(planned, left):
    assert screen(planned) == left


@pytest.mark.parametrize(
    "told",
    [
        "。2025年全州共引进渔企[23家]、到位资金若干。",
        "。2025年全州共引进渔企23家、到位资金[6亿元]。今年再引进30家。",
        "泊位补贴800万元（2025年发放[640万元]，全部到户）。",
        "。2025年末全市有渔业合作社[140家]、社员若干。",
        "。全市现有渔港[18座]，其中中心渔港2座。",
        "。全市现有渔港18座，其中中心渔港[2座]。",
    ],
)
def test_what_a_year_before_the_plan_brought_is_dropped(told):
    assert screen(told, year=2026) == []


@pytest.mark.parametrize(
    "planned",
    [
        "。2026年全州共引进渔企[23家]、到位资金若干。",
        "。2025年底前开工的渔港竣工[2座]。",
        "。2025—2026年改造渔港[6座]。",
        "。2025年结转渔港完工[3座]。",
        "。2025年末有渔企90家，今年达到[100家]。",
        "。现有渔港改造提升[4座]。",
        "。现有渔船加装定位仪[30部]。",
        "。全市现有渔船加装定位仪[30部]。",
        "。全县现有山塘除险加固[12座]。",
        "。现有冷库技改扩产[20家]。",
        "。2025年签约渔业项目开工率达到[90%]。",
        "。2025年拿地渔业项目开工[12个]。",
        "。2025年新签约项目落地率[80%以上]。",
        "。在现有冷库31座的基础上新增[5座]。",
    ],
)
def test_what_goes_on_from_a_year_before_stays(planned):
    assert len(screen(planned, year=2026)) == 1


def test_a_year_is_past_only_where_the_planned_one_is_known():
    told = "。2025年全州引进渔企[23家]。"
    assert [len(screen(told, year=year)) for year in (None, 2025, 2026)] == [1, 1, 0]
    said = "[2025年]引进渔企23家。"
    assert [len(screen(said, label="DEADLINE", year=year)) for year in (2025, 2026)] == [1, 0]
    assert screen("[2025年底前]引进渔企23家。", label="DEADLINE", year=2026) == ["2025年底前"]


@pytest.mark.parametrize(
    ("marked", "is_kept"),
    [
        ("发放种粮补贴900万元（2024年发放640万元，兑付率[99%]）。", False),
        ("清理欠账一半（存量底数[310万元]）。", False),
        (f"{'改造渠道和机耕路，' * 10}<br>发放补贴（2024年[640万元]）。", False),
        ("建成驿站9座（2025年[9座]）。", True),
        ("整治2000年以前的渠道9公里（2024年底前完成[4公里]）。", True),
        ("发放补贴（2024年为640万元）[900万元]。", True),
    ],
)
def test_a_bracket_of_an_earlier_year_tells_what_was(marked, is_kept):
    assert bool(screen(marked, year=2025)) == is_kept
