import pytest

from taskner.linking.borders import mend_borders
from taskner.types import Document, Span


def mend(marked, label):
    """Mend the spans between [ and ] of a sentence; give their texts. {} holds a target."""
    text, borders = "", {"[]": [], "{}": []}
    for character in marked:
        place = next((kind for kind in borders if character in kind), None)
        if place is None:
            text += character
        else:
            borders[place].append(len(text))
    document = Document(id="x", text=text)
    spans = [
        Span.of(document, start, end, kind)
        for kind, found in ((label, borders["[]"]), ("TARGET", borders["{}"]))
        for start, end in zip(found[::2], found[1::2], strict=True)
    ]
    return [span.text for span in mend_borders(document, spans) if span.label == label]


@pytest.mark.parametrize(
    ("tagged", "left"),
    [
        ("今年[新启动建设安置房]800套。", ["安置房"]),
        ("全年[供应产业用地]900亩。", ["产业用地"]),
        ("[新增财力]三分之二用于民生。", ["新增财力"]),
        ("[建设用地复垦]700亩。", ["建设用地复垦"]),
        ("[培训人次]达到3000。", ["培训人次"]),
        ("[建成区绿地率]40%。", ["建成区绿地率"]),
        ("[实际利用外资]6000万美元。", ["实际利用外资"]),
        ("[学校建设]5所。", ["学校建设"]),
        ("新开工[钢结构住宅占比]达到三成。", ["新开工钢结构住宅占比"]),
        ("[新建码头岸电覆盖率]达到70%。", ["新建码头岸电覆盖率"]),
        ("新开工[钢结构住宅]30栋。", ["钢结构住宅"]),
        ("完成10处以上[老旧管网的]更新。", ["老旧管网"]),
        ("[税收收入同口径]增长5%。", ["税收收入"]),
        ("[数字产业增加值占生产总值]比重12%。", ["数字产业增加值占生产总值比重"]),
        ("[老年人活动室、][棋牌室等场所]8个。", ["老年人活动室、棋牌室等场所"]),
        ("建成立[体停车场]4座。", ["立体停车场"]),
        ("新建九年[一贯制学校]3所。", ["九年一贯制学校"]),
        ("改造220户[残疾人]家庭，", ["残疾人家庭"]),
        ("签约260户[老年人]家庭医生。", ["老年人"]),
        ("成立[体育社团]4个。", ["体育社团"]),
        ("新建[设施农业]500亩。", ["设施农业"]),
        ("新建[成人学校]3所。", ["成人学校"]),
        ("更换到[期电梯]70台。", ["到期电梯"]),
        ("组织招[投标评审]12次。", ["招投标评审"]),
        ("[绿色工厂净]增30家。", ["绿色工厂"]),
        ("[渔业产值力]争达到8亿元。", ["渔业产值"]),
        ("[科技创新]增长5%。", ["科技创新"]),
        ("完成[供水管线普]查{310公里}。", ["供水管线普查"]),
        ("完成[供水管线]排查{310公里}。", ["供水管线"]),
        ("新增[停车位]达{900个}。", ["停车位"]),
        ("新建[口袋公园、][健身步道]分别为8个、30条。", ["口袋公园", "健身步道"]),
        ("[油料总产力]争达到4万吨。", ["油料总产"]),
        ("贴息[惠及商户]600家。", ["商户"]),
        ("腾[空旧厂房]3万平方米。", ["旧厂房"]),
    ],
)
def test_metrics(tagged, left):
    assert mend(tagged, "METRIC") == left


@pytest.mark.parametrize(
    ("tagged", "left"),
    [
        ("占比突破[65%]。", ["突破65%"]),
        ("不少于[30家]。", ["不少于30家"]),
        ("达到[30家]以上。", ["30家以上"]),
        ("投运[40万]千瓦机组。", ["40万千瓦"]),
        ("产能[90万吨]/年。", ["90万吨/年"]),
        ("改造[16个(][1230户)]，", ["16个", "1230户"]),
        ("泵站[12座(套)]。", ["12座(套)"]),
        ("实现“[三个100%]”。", ["100%"]),
        ("建成[6座]，提升至[90%]。", ["6座", "90%"]),
        ("浓度控制在每立方米[25微克]以内。", ["每立方米25微克以内"]),
        ("浓度控制在[每立方米][25微克以内]。", ["每立方米25微克以内"]),
    ],
)
def test_targets(tagged, left):
    assert mend(tagged, "TARGET") == left


@pytest.mark.parametrize(
    ("tagged", "left"),
    [
        ("[“五一”前开]工，通车里程80公里。", ["“五一”前"]),
        ("[6月底前完成]验收。", ["6月底前"]),
        ("[国庆节前后]举办展会2场。", ["国庆节前后"]),
        ("[前三季度]增长6%。", ["前三季度"]),
        ("[10月底前]、[12月底前]各一批。", ["10月底前", "12月底前"]),
        ("[6月底前设备进场，10月中旬前取得]资质。", ["6月底前", "10月中旬前"]),
        ("[一季度：完成选址]并公示", ["一季度", "完成选址"]),  # screened later
        ("，[，12月底前]完成", ["12月底前"]),
        ("[12月31日24:00前]报完", ["12月31日24:00前"]),
        ("[春季学期][开学前]投用", ["春季学期开学前"]),
        ("[二、][三季度]开工", ["二、三季度"]),
        ("大桥[桥面][年底]铺好", ["桥面", "年底"]),
    ],
)
def test_deadlines(tagged, left):
    assert mend(tagged, "DEADLINE") == left


def test_full_width_is_mended_like_ascii():
    assert mend("产能[９０万吨]／年。", "TARGET") == ["９０万吨／年"]


@pytest.mark.parametrize(
    ("tagged", "left"),
    [("新建[九年]一贯制学校3所。", []), ("[九年]内建成学校3所。", ["九年"])],
)
def test_years_of_a_kind_of_school_are_no_time(tagged, left):
    assert mend(tagged, "DEADLINE") == left
