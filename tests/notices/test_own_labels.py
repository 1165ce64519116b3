"""Fields that a notice opens with words of its own, and what only looks like them."""

import pytest

from notice_reading import fields, names, read, rows
from taskner.folding import fold
from taskner.notices.own_labels import with_usual_labels
from taskner.notices.units import read_units

HEAD = "青禾县2025年民生项目推进方案\n各乡镇、各部门:\n"

BLOCKS = """1.老街改造
{lead}县住建局
{support}县水务公司、石桥镇
{due}10月底前
{base}去年改造老街3条、管网12公里
{content}改造老街5条、管网20公里。
{cost}概算1800万元,其中县级900万元
2.校园食堂
{lead}县教育局、县市监局
{support}/
{due}8月20日前
{base}已有食堂31个
{content}新建食堂6个。
{cost}300万元
3.清淤
{lead}县水利局
{support}各乡镇
{due}汛期前
{base}/
{content}清淤河道9公里。
{cost}/
"""
LABELS = ["lead", "support", "due", "base", "content", "cost"]


@pytest.mark.parametrize(
    "words",
    [
        "【主抓】 【搭手】 【交卷】 【家底】 【要办成】 【投入】",
        "[谁牵头] [谁配合] [何时办成] [现状] [办什么] [资金]",
        "〔挑头单位〕 〔帮办〕 〔收官〕 〔底数〕 〔年度任务〕 〔预算〕",
        "「牵」 「配」 「限」 「基数」 「目标」 「经费」",
        "主抓: 协管: 交账时间: 家底: 要办成: 匡算:",
    ],
)
def test_known_words_open_fields_in_every_bracket(words):
    notice = read(HEAD + BLOCKS.format(**dict(zip(LABELS, words.split(), strict=True))))
    assert rows(notice) == [
        ("1", "改造老街5条、管网20公里。", "县住建局主 县水务公司配 石桥镇配"),
        ("2", "新建食堂6个。", "县教育局主 县市监局主"),
        ("3", "清淤河道9公里。", "县水利局主 各乡镇配"),
    ]
    assert fields(notice, "deadline") == [["10月底前"], ["8月20日前"], ["汛期前"]]
    assert [task.path for task in notice.tasks] == [("老街改造",), ("校园食堂",), ("清淤",)]


def test_the_letter_says_what_a_label_means():
    words = ["【龙头】", "【羽翼】", "【落锁】", "【老账】", "【新账】", "【盘子】"]
    letter = (
        "表内“龙头”即牵头单位,“羽翼”指配合单位,“落锁”系办结期限,【老账】只供参考、不作考核,"
        "【新账】是今年任务,“盘子”为所需资金。\n"
    )
    notice = read(HEAD + letter + BLOCKS.format(**dict(zip(LABELS, words, strict=True))))
    assert [names(task) for task in notice.tasks] == [
        "县住建局主 县水务公司配 石桥镇配",
        "县教育局主 县市监局主",
        "县水利局主 各乡镇配",
    ]
    assert [task.text for task in notice.tasks][1:] == ["新建食堂6个。", "清淤河道9公里。"]
    assert fields(notice, "deadline") == [["10月底前"], ["8月20日前"], ["汛期前"]]


def test_what_stands_behind_an_unknown_label_tells_its_kind():
    notice = read(
        HEAD + "1.【火车头】县住建局、县水务公司【到点】10月底前【路线】改造老街5条、管网20公里。\n"
        "2.【火车头】县教育局【到点】8月20日前【路线】为全县学校新建食堂6个。\n"
        "3.【火车头】县水利局【到点】6月底前【路线】清淤河道9公里、加固堤防4处。\n"
    )
    assert [names(task) for task in notice.tasks] == [
        "县住建局主 县水务公司配",
        "县教育局主",
        "县水利局主",
    ]
    assert notice.tasks[0].flags == ("role_assumed",)  # nothing says who leads
    assert fields(notice, "deadline") == [["10月底前"], ["8月20日前"], ["6月底前"]]
    assert notice.tasks[2].text == "清淤河道9公里、加固堤防4处。"


@pytest.mark.parametrize(
    "text",
    [
        "县教育局:县一中、县二中\n县教育局:县三中、县四中\n县教育局:县五中、县六中\n责任单位:县教育局",
        "【口号】再创佳绩\n【口号】再立新功\n【口号】再上台阶",
        "【责任】重于泰山。\n做好【任务】分解。",
        "| 主抓:县教育局 | 主抓:县水利局 | 主抓:县住建局 | 协管:各乡镇 |",
        "关于【主抓】是牵头单位的说明,【搭手】是配合单位,【交卷】是办结时间。",
    ],
)
def test_what_is_no_label_stays(text):
    assert with_usual_labels(fold(text), ()) == fold(text)


@pytest.mark.parametrize(
    ("printed", "number"),
    [("第3单\n", "3"), ("第三桩 ", "三"), ("第3号:", "3")],
)
def test_a_counted_sheet_opens_a_task(printed, number):
    notice = read(
        HEAD + "壹 兴业\n" + printed + "【任务】种植茶叶300亩。\n【责任】县农业局\n【时限】年底前\n"
        "贰、安居\n第4单\n【任务】改厕40户。\n【责任】各村\n【时限】年底前\n"
    )
    assert [task.number for task in notice.tasks] == [number, "4"]
    assert notice.tasks[0].path == ("壹 兴业",)


@pytest.mark.parametrize(
    ("field", "units"),
    [
        ("农技站、各村(社区);包村领导逐村督促", "农技站 各村(社区)"),
        ("水利站、财政所(并列主办),各村", "水利站! 财政所! 各村"),
        ("应急办(同为牵头单位),派出所、林业站", "应急办! 派出所 林业站"),
        ("县委领导小组办公室、医务科", "县委领导小组办公室 医务科"),
    ],
)
def test_leaders_are_no_units_and_notes_tell_who_leads(field, units):
    found = read_units(field, 0, len(field))
    assert " ".join(one.name + ("!" if one.verb == "lead" else "") for one in found) == units


@pytest.mark.parametrize(
    ("note", "shared"),
    [
        ("(2、3两项)", "23"),
        ("以上三项", "123"),
        ("(第1至3项)", "123"),
        ("(上面两个)", "23"),
        ("(1、3两项)", "13"),
    ],
)
def test_a_note_before_a_label_says_how_many_tasks_it_is_for(note, shared):
    notice = read(
        HEAD + "1.修路3公里。\n2.种树9亩。\n3.清淤8公里。\n"
        f"{note}牵头单位:县林业局 配合单位:县交通局\n4.改厕9座。\n牵头单位:县住建局\n"
    )
    named = ["县林业局主 县交通局配" if number in shared else "" for number in "123"]
    assert [names(task) for task in notice.tasks] == [*named, "县住建局主"]
    assert notice.tasks[2].text == "清淤8公里。"


def test_units_that_are_the_same_as_above():
    notice = read(
        HEAD + "1.修路3公里。\n牵头单位:县交通局\n配合单位:各乡镇\n2.种树9亩。\n责任单位:同上\n"
        "3.改厕9座。\n牵头单位:县住建局\n配合单位:同前\n"
    )
    assert [names(task) for task in notice.tasks] == [
        "县交通局主 各乡镇配",
        "县交通局主 各乡镇配",
        "各乡镇配 县住建局主",
    ]


@pytest.mark.parametrize(
    ("blocks", "paths"),
    [
        (
            "赛龙舟\n【主抓】县文旅局\n【要办成】办赛2场。\n\n夜市\n【主抓】县商务局\n【要办成】设摊80个。\n",
            [("赛龙舟",), ("夜市",)],
        ),
        (
            "【主抓】县文旅局\n【要办成】办赛2场。\n【主抓】县商务局\n【要办成】设摊80个。\n",
            [(), ()],
        ),
        (
            "【要办成】办赛2场。\n【主抓】县文旅局\n【要办成】设摊80个。\n【主抓】县商务局\n",
            [(), ()],
        ),
        (
            (
                "1.赛事\n●要办成:办赛2场。\n●主抓:县文旅局\n2.夜市\n●要办成:设摊80个。\n●主抓:县商务局\n"
                "3.电影\n●要办成:放映9场。\n●主抓:县文旅局\n"
            ),
            [("赛事",), ("夜市",), ("电影",)],
        ),
    ],
)
def test_blocks_with_and_without_numbers_and_titles(blocks, paths):
    notice = read(HEAD + blocks)
    assert [task.path for task in notice.tasks] == paths
    told = [(task.text, names(task)) for task in notice.tasks]
    assert told[:2] == [("办赛2场。", "县文旅局主"), ("设摊80个。", "县商务局主")]


def test_content_behind_a_label_goes_on_in_the_next_line():
    notice = read(
        HEAD + "1.夜市\n【主抓】县商务局\n【要办成】设摊80个。\n培训摊主60人。\n【交卷】8月底前\n"
        "2.赛事\n【主抓】县文旅局\n【要办成】办赛2场。\n【交卷】5月底前\n"
    )
    assert rows(notice) == [
        ("1", "设摊80个。\n培训摊主60人。", "县商务局主"),
        ("2", "办赛2场。", "县文旅局主"),
    ]
    assert fields(notice, "deadline") == [["8月底前"], ["5月底前"]]
