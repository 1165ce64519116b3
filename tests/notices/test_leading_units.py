"""Units that stand before their task, parted from it by a dash."""

import pytest

from notice_reading import names, read, rows

HEAD = "青禾县人民医院2025年任务分解\n各科室:\n"
ITEMS = (
    "1.总务科(设备科、保卫科){0}新增床位80张。\n2.护理部{0}新设门诊3个。\n"
    "3.药学部、医保办(各病区){0}培训药师40人。\n"
)


@pytest.mark.parametrize(
    ("sign", "note", "units"),
    [
        (
            "——",
            "(破折号前为主管科室,括号里为协管科室)",
            ["总务科主 设备科配 保卫科配", "护理部主", "药学部主 医保办主 各病区配"],
        ),
        (
            ":",
            "冒号前面的是牵头科室,括号内的为配合科室。",
            ["总务科主 设备科配 保卫科配", "护理部主", "药学部主 医保办主 各病区配"],
        ),
        # Nothing is said: a single name in brackets is another name of the unit before it.
        ("——", "", ["总务科主 设备科配 保卫科配", "护理部主", "药学部主 医保办(各病区)配"]),
        ("→", "", ["总务科主 设备科配 保卫科配", "护理部主", "药学部主 医保办(各病区)配"]),
    ],
)
def test_units_before_a_dash(sign, note, units):
    notice = read(HEAD + f"一、任务类{note}\n" + ITEMS.format(sign))
    assert rows(notice) == [
        ("1", "新增床位80张。", units[0]),
        ("2", "新设门诊3个。", units[1]),
        ("3", "培训药师40人。", units[2]),
    ]


def test_bullets_and_bare_lines_open_so_too():
    notice = read(
        HEAD + "一、基建\n县住建局——改造管网12公里。\n县水利局、各乡镇——清淤河道9公里。\n"
        "二、民生\n●县教育局——新建学校3所。\n●县民政局——发放补贴600万元。\n"
    )
    assert [names(task) for task in notice.tasks] == [
        "县住建局主",
        "县水利局主 各乡镇配",
        "县教育局主",
        "县民政局主",
    ]
    assert notice.tasks[1].flags == ("role_assumed",)


def test_a_dash_behind_what_is_made_or_used_once_is_none():
    notice = read(
        HEAD + "1.建设滨河公园——种植乔木300株。\n责任单位:县林业局\n"
        "2.打造宜居乡镇——改造房屋90栋。\n责任单位:县住建局\n"
        "3.县教育局——新建学校3所。\n责任单位:县教育局\n"
    )
    assert [task.text[:5] for task in notice.tasks] == ["建设滨河公", "打造宜居乡", "县教育局—"]


def test_the_year_of_a_post_on_a_platform():
    tasks = "1.修路3公里。\n责任单位:县交通局\n"
    called = read(f"速看!青禾县2026年为民实事清单\n青禾发布 2026-03-06 18:40\n各乡镇:\n{tasks}")
    assert (called.title, called.year) == ("速看!青禾县2026年为民实事清单", 2026)
    posted = read(f"青禾县为民实事清单\n原创 县府办 青禾发布 2026-03-06 18:40\n各乡镇:\n{tasks}")
    assert (str(posted.issued), posted.year) == ("2026-03-06", 2026)
