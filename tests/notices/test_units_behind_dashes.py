"""Units that follow their task behind a dash, in running text and in wrapped lines."""

import pytest

from notice_reading import read, rows
from taskner.folding import fold
from taskner.notices.fields import split_fields
from taskner.notices.roles import stated_rule

HEAD = "云坪县人民政府办公室关于交办2026年重点工作的通知\n各乡镇人民政府：\n"
LETTER = (
    "　　请对照落实。破折号后面为承办部门，以分号为界，前面的牵头、后面的配合；不分的，\n"
    "打头的单位牵头。6月20日前报一次进度。\n"
)


def cut(text):
    return [(chunk.kind, text[chunk.start : chunk.end]) for chunk in split_fields(fold(text), 0)]


@pytest.mark.parametrize("dash", ["——", "—", "–", "--", "－－", "──", " - ", "→", " -> "])
@pytest.mark.parametrize("stop", ["。", ""])
def test_a_list_of_bodies_behind_a_dash_closes_a_task(dash, stop):
    text = f"修复山塘30口{dash}县水利局；县财政局、各乡镇{stop}"
    assert cut(text) == [("text", "修复山塘30口"), ("responsible", "县水利局；县财政局、各乡镇")]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("修路3公里——由县交通局牵头，县财政局配合。", [("verb", "由县交通局牵头，县财政局配合")]),
        ("修路3公里——牵头：县交通局", [("lead", "县交通局")]),
        ("修路3公里——县交通局、县住", [("responsible", "县交通局、县住")]),
    ],
)
def test_roles_and_lists_that_break_off(text, units):
    assert cut(text) == [("text", "修路3公里"), *units]


@pytest.mark.parametrize(
    "text",
    [
        "打造“一河两岸”——东岭河滨水带二期，10月底前开放",
        "茶叶产值增长5%—6%。",
        "建成青禾—云坪县二级公路",
        "打通青禾县—云坪县。",
        "——各乡镇人民政府。负责本辖区的排查",
        "覆盖率由88%→90%",
        "——县里的事，大家办",
        "高标准建设中国—南岛国家渔业合作中心，发展配套园区。",
        "成功举办第3届广西—南岛企业峰会、渔业合作中心年会。",
        "扎实推进渔业合作—海洋研究中心、渔业协会。",
    ],
)
def test_other_dashes_name_nobody(text):
    assert cut(text) == [("text", text)]


def test_several_tasks_of_one_item_have_their_own_units_and_a_sign_parts_the_roles():
    notice = read(
        HEAD + LETTER + "　　一、产业\n"
        "　　1.壮大茶业。新建茶园900亩——县农业农村局；县林业局。引进茶企\n"
        "3家——县招商中心。办好茶会——县文旅局、县农业农村局。\n"
        "　　2.①新修渠道12公里——县水利局、县发改局；各乡镇。②改造山塘6口\n"
        "——县水利局。\n"
        "　　县督查室将每季通报一次，两次落后的约谈。\n"
    )
    assert rows(notice) == [
        ("1", "壮大茶业。新建茶园900亩", "县农业农村局主 县林业局配"),
        (None, "引进茶企\n3家", "县招商中心主"),
        (None, "办好茶会", "县文旅局主 县农业农村局配"),
        ("①", "新修渠道12公里", "县水利局主 县发改局主 各乡镇配"),
        ("②", "改造山塘6口", "县水利局主"),
    ]
    assert [task.flags for task in notice.tasks] == [()] * 5


def test_a_task_runs_over_line_ends_up_to_its_dash():
    notice = read(
        HEAD + "1.修路8公里——县交通局\n新建公厕5座；\n改造公厕9座——县城管局；县住建局\n"
        "2.植树3万株\n——县林业局\n"
    )
    assert [(task.number, [unit.name for unit in task.units]) for task in notice.tasks] == [
        ("1", ["县交通局"]),
        (None, ["县城管局", "县住建局"]),
        ("2", ["县林业局"]),
    ]
    assert notice.tasks[1].text == "新建公厕5座；\n改造公厕9座"


def test_one_dash_alone_does_not_make_a_list_of_duties():
    plan = "云坪县2026年工作计划\n一、产业\n1.新建茶园900亩，培育茶企3家。\n——县农业农村局\n"
    assert len(read(plan).tasks) == 1


@pytest.mark.parametrize(
    ("said", "sign", "rule"),
    [
        ("分号前为牵头单位，分号后为协办单位", ";", None),
        ("“/”之前的牵头", "/", None),
        ("各单位以竖线隔开，前者牵头", "|", None),
        ("逗号前的单位主办，没有逗号的，排在头一位的牵头", ",", "first"),
        ("牵头单位用分号隔开", "", None),
    ],
)
def test_the_sign_that_parts_who_leads(said, sign, rule):
    stated = stated_rule([fold(said)])
    assert (stated.parted, stated.rule) == (sign, rule)
