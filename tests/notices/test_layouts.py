"""One small invented notice for each layout: tasks, units, roles and fields are exact."""

import pytest

from notice_reading import fields, names, read, rows

HEAD = "青禾县人民政府关于分解2025年重点工作的通知\n各乡镇人民政府:\n现将任务分解如下。\n"


def test_leader_headings_restart_the_numbers():
    notice = read(
        HEAD + "一、周远县长牵头重点工作\n1.新建小学3所。\n"
        "责任单位:县教育局、县财政局(列首位的牵头,下同)\n"
        "2.改造公厕12座。\n责任单位:县住建局。\n二、许可副县长牵头重点工作\n"
        "1.2025年底前修路5公里。\n责任单位:县交通局、县公路中心\n"
    )
    assert rows(notice) == [
        ("1", "新建小学3所。", "县教育局主 县财政局配"),
        ("2", "改造公厕12座。", "县住建局主"),
        ("1", "2025年底前修路5公里。", "县交通局主 县公路中心配"),
    ]
    assert [task.leader for task in notice.tasks] == ["周远县长", "周远县长", "许可副县长"]
    assert notice.tasks[2].path == ("二、许可副县长牵头重点工作",)
    assert notice.annexes[0].lead_rule == "first"


def test_a_whole_notice_in_one_line_is_cut_at_its_numbers():
    filler = "推进各项工作走深走实,完善长效机制,提升群众获得感,为全县发展打下坚实基础。" * 6
    notice = read(
        f"各乡镇: 现印发给你们。{filler} 青禾县人民政府 2025年2月3日 2025年重点工作责任分解 "
        "一、周远县长牵头重点工作 1.引进外资2.9亿美元,推广平台3.0版。 责任单位:县商务局"
        "(首位为牵头单位,下同)、县财政局 2.新增企业20家。 责任单位:县经信局 "
        "二、许可副县长牵头重点工作 1.修路5公里。 责任单位:县交通局"
    )
    assert rows(notice) == [
        ("1", "引进外资2.9亿美元,推广平台3.0版。", "县商务局主 县财政局配"),
        ("2", "新增企业20家。", "县经信局主"),
        ("1", "修路5公里。", "县交通局主"),
    ]
    assert notice.issuer == "青禾县人民政府"


def test_two_role_lines_and_a_last_task_without_units():
    notice = read(
        HEAD + "一、工业\n1.新增规上企业30家。\n牵头单位:县经信局\n责任单位:各乡镇、县统计局\n"
        "2.共同抓好安全生产。\n"
    )
    assert rows(notice) == [
        ("1", "新增规上企业30家。", "县经信局主 各乡镇配 县统计局配"),
        ("2", "共同抓好安全生产。", ""),
    ]
    assert notice.tasks[1].flags == ("no_unit",)
    assert notice.annexes[0].lead_rule == "field"


def test_four_role_lines_with_a_leader_and_a_time_limit():
    notice = read(
        HEAD + "1.完成管网改造40公里。\n牵头领导:常务副县长\n主要责任单位:县住建局\n"
        "协办单位:县水务公司、县财政局\n完成时限:2025年10月底前\n"
    )
    assert rows(notice) == [("1", "完成管网改造40公里。", "县住建局主 县水务公司配 县财政局配")]
    assert notice.tasks[0].leader == "常务副县长"
    assert fields(notice, "deadline") == [["2025年10月底前"]]


def test_an_outline_heading_can_be_the_task():
    notice = read(
        HEAD + "一、主要指标\n(一)固定资产投资增长9%以上\n责任单位:县发改局\n"
        "(二)税收增长5%\n责任单位:县税务局\n"
    )
    assert rows(notice) == [
        ("一", "固定资产投资增长9%以上", "县发改局主"),
        ("二", "税收增长5%", "县税务局主"),
    ]


@pytest.mark.parametrize(
    "bracket",
    [
        "(牵头单位:县林业局;责任单位:县财政局、云渡镇(县农投集团))",
        "[牵头单位:县林业局;责任单位:县财政局、云渡镇(县农投集团)]",
        "〔牵头单位:县林业局,责任单位:县财政局、云渡镇(县农投集团)〕",
        "(县林业局牵头,县财政局、云渡镇(县农投集团)配合)",
        "(县林业局牵头,县财政局、云渡镇(县农投集团)按职责分工负责)",
        "【县林业局牵头,县财政局、云渡镇(县农投集团)参与】",
        "牵头单位:县林业局;责任单位:县财政局、云渡镇(县农投集团)。",
        "由县林业局牵头,县财政局、云渡镇(县农投集团)配合。",
    ],
)
def test_brackets_verbs_and_sentences_name_the_units(bracket):
    notice = read(HEAD + f"1.造林2000亩。{bracket}\n2.护林3万亩。(责任单位:县林业局)\n")
    units = "县林业局主 县财政局配 云渡镇(县农投集团)配"
    assert rows(notice) == [
        ("1", "造林2000亩。", units),
        ("2", "护林3万亩。", "县林业局主"),
    ]


def test_two_units_that_share_a_verb_leave_the_lead_assumed():
    notice = read(HEAD + "1.清理河道8条。(县水利局、各乡镇按职责分工负责)\n")
    assert names(notice.tasks[0]) == "县水利局主 各乡镇配"
    assert notice.tasks[0].flags == ("role_assumed",)


def test_both_lead_where_the_text_says_respectively():
    notice = read(HEAD + "1.清理河道8条。(县水利局、县住建局分别牵头,各乡镇配合)\n")
    assert names(notice.tasks[0]) == "县水利局主 县住建局主 各乡镇配"


def test_a_bracket_after_sub_items_covers_them_all():
    notice = read(
        HEAD + "1.办好实事,主要是:\n(1)新建公园2个。\n(2)改造老街1条。(责任单位:县住建局)\n"
        "2.修路5公里。(责任单位:县交通局)\n"
    )
    assert [(task.number, names(task)) for task in notice.tasks] == [
        ("1", "县住建局主"),
        ("2", "县交通局主"),
    ]
    assert notice.tasks[0].text.endswith("改造老街1条。")


def test_a_sentence_reaches_back_over_the_tasks_it_counts():
    notice = read(
        HEAD + "1.造林2000亩。\n2.护林3万亩。\n3.建苗圃1个。以上3项责任单位均为县林业局、各乡镇。\n"
        "4.修路5公里。该目标责任单位为县交通局。\n"
    )
    assert [names(task) for task in notice.tasks] == ["县林业局主 各乡镇配"] * 3 + ["县交通局主"]
    assert notice.tasks[2].text == "建苗圃1个。"


CELLS = ["序 号", "主 要 任 务", "责 任 单 位", "完 成 时 限"]


def test_cells_printed_one_a_line_with_broken_and_vanished_ones():
    notice = read(
        HEAD
        + "\n\n".join(CELLS)
        + "\n\n1\n\n新建学校3所。\n\n★县教育局、自然资源和\n\n规划局\n\n年底前"
        "\n\n2\n\n改造公厕12座。\n\n县住建局\n\n6月底前\n"
        "\n3\n\n修路5公里。\n\n★县交通局、\n\n云渡镇\n\n"
        "注:带“★”的为牵头单位;未标注的均为牵头单位。\n"
    )
    assert rows(notice) == [
        ("1", "新建学校3所。", "县教育局主 自然资源和规划局配"),
        ("2", "改造公厕12座。", "县住建局主"),
        ("3", "修路5公里。", "县交通局主 云渡镇配"),
    ]
    assert fields(notice, "deadline") == [["年底前"], ["6月底前"], []]
    assert len(notice.tasks[0].units[1].pieces) == 2
    assert notice.annexes[0].lead_rule == "marked"


def test_cells_with_group_headings_and_two_unit_columns():
    notice = read(
        HEAD + "序号\n工作任务\n牵头单位\n配合单位\n一、经济发展(2项)\n1\n投资增长8%。\n县发改局\n"
        "县统计局、各乡镇\n2\n社零增长6%。\n县商务局\n"
        "二、民生(1项)\n3\n建托育点5个。\n县卫健局\n县妇联\n"
    )
    assert rows(notice) == [
        ("1", "投资增长8%。", "县发改局主 县统计局配 各乡镇配"),
        ("2", "社零增长6%。", "县商务局主"),
        ("3", "建托育点5个。", "县卫健局主 县妇联配"),
    ]
    assert notice.tasks[2].path == ("二、民生(1项)",)


def test_an_unmarked_cell_has_only_leads_where_marks_are_the_rule():
    notice = read(
        HEAD + "序号\n任务\n责任单位\n1\n投资增长8%。\n"
        "县发改局▲、县统计局\n2\n社零增长6%。\n县商务局、县发改局\n"
    )
    assert [names(task) for task in notice.tasks] == [
        "县发改局主 县统计局配",
        "县商务局主 县发改局主",
    ]


def test_a_lost_mark_leaves_the_roles_open():
    notice = read(
        HEAD
        + "序号\n任务\n责任单位\n1\n投资增长8%。\n县发改局、县统计局\n2\n社零增长6%。\n县商务局\n"
        "注:责任单位中标者为牵头单位\n"
    )
    assert [names(task) for task in notice.tasks] == ["县发改局? 县统计局?", "县商务局主"]
    assert notice.tasks[0].flags == ("role_unknown",)


@pytest.mark.parametrize("edge", ["", "|"])
def test_pipe_tables_by_row_inherit_merged_cells(edge):
    table = [
        "序号|项目名称|工作内容|责任单位|完成时限",
        "---|---|---|---|---",
        "1|清水工程|新建管网20公里。|县水利局、县住建局|6月底前",
        "2||改造泵站4座。|县水利局|年底前",
        "3|安居工程|建公租房300套。|县住建局|全年",
    ]
    notice = read(HEAD + "\n".join(edge + line + edge for line in table) + "\n")
    assert rows(notice) == [
        ("1", "新建管网20公里。", "县水利局主 县住建局配"),
        ("2", "改造泵站4座。", "县水利局主"),
        ("3", "建公租房300套。", "县住建局主"),
    ]
    assert [task.path for task in notice.tasks] == [("清水工程",), ("清水工程",), ("安居工程",)]
    assert fields(notice, "deadline") == [["6月底前"], ["年底前"], ["全年"]]


def test_pipe_rows_with_fewer_cells_find_their_columns():
    notice = read(
        HEAD + "序号|项目|工作内容|责任单位|\n1|清水工程|新建管网20公里。|县水利局|\n"
        "2|改造泵站4座。|县住建局|\n"
    )
    assert rows(notice)[1] == ("2", "改造泵站4座。", "县住建局主")
    assert notice.tasks[1].path == ("清水工程",)


def test_a_pipe_after_each_cell():
    notice = read(
        HEAD + "序号|\n工作任务|\n责任单位|\n1|\n新建管网20公里。|\n"
        "县水利局|\n2|\n改造泵站4座。|\n县住建局|\n"
    )
    assert rows(notice) == [
        ("1", "新建管网20公里。", "县水利局主"),
        ("2", "改造泵站4座。", "县住建局主"),
    ]


def test_rows_flattened_with_blanks():
    notice = read(
        HEAD + "序号 工作任务 责任单位\n1 高新产业产值增长8%. 县科技局\n"
        "2 新增企业20家。 县经信局、县统计局\n"
    )
    assert [(row[0], row[2]) for row in rows(notice)] == [
        ("1", "县科技局主"),
        ("2", "县经信局主 县统计局配"),
    ]


def test_groups_by_lead_unit_pass_the_lead_down():
    notice = read(
        HEAD + "一、县发改局牵头工作(2项)\n1.投资增长8%。\n配合单位:县统计局\n2.编制规划1个。\n"
        "二、县商务局牵头工作(1项)\n1.社零增长6%。\n配合单位:各乡镇\n"
    )
    assert [names(task) for task in notice.tasks] == [
        "县发改局主 县统计局配",
        "县发改局主",
        "县商务局主 各乡镇配",
    ]
    assert all("unit_inherited" in task.flags for task in notice.tasks)
    assert notice.annexes[0].lead_rule == "heading"
    first = notice.tasks[0].units[0].span
    assert first.start < notice.tasks[0].start


def test_milestone_columns_are_content_and_progress_is_not():
    notice = read(
        HEAD + "|序号|工作任务|一季度|年底|进展情况|责任单位|\n"
        "|1|建驿站12座|建成3座|建成12座|已建成2座|县住建局|\n"
    )
    assert fields(notice, "content") == [["建驿站12座", "建成3座", "建成12座"]]
    assert fields(notice, "progress") == [["已建成2座"]]
    contexts = [s.context for s in notice.tasks[0].segments if s.field == "content"]
    assert contexts == ["工作任务", "一季度", "年底"]


def test_metric_and_target_columns_are_one_task():
    notice = read(
        HEAD + "序号\n指标名称\n指标要求\n责任单位\n1\n税收\n"
        "增长5%\n县税务局\n2\n外资\n3000万美元\n县商务局\n"
    )
    assert rows(notice) == [
        ("1", "税收\n增长5%", "县税务局主"),
        ("2", "外资\n3000万美元", "县商务局主"),
    ]


def test_an_inline_progress_report_is_no_content():
    notice = read(HEAD + "1.新建驿站12座。\n完成情况:已建成8座。\n责任单位:县住建局\n")
    assert rows(notice) == [("1", "新建驿站12座。", "县住建局主")]
    assert fields(notice, "progress") == [["已建成8座。"]]


def test_plain_numbered_tasks_without_units():
    notice = read(
        "青禾县2025年工作要点\n一、工业经济\n1.新增规上企业30家,推动产业向园区集中。\n"
        "2.技改投资增长12%。\n二、民生事业\n1.新建小学3所。\n"
    )
    assert [(task.number, task.path) for task in notice.tasks] == [
        ("1", ("一、工业经济",)),
        ("2", ("一、工业经济",)),
        ("1", ("二、民生事业",)),
    ]
    assert all(task.flags == ("no_unit",) for task in notice.tasks)


def test_plan_prose_is_one_task_a_paragraph():
    body = "推动工业强县。新增规上企业30家,技改投资增长12%,建成标准厂房20万平方米,培育龙头企业5家。"
    notice = read(
        "青禾县2025年政府工作报告\n各位代表:\n现在报告工作。\n"
        "一、2024年工作回顾\n过去一年,新增企业20家,"
        "税收增长5%,各项事业取得新的进步和成效,群众获得感不断增强。\n二、2025年重点工作\n"
        "今年的主要预期目标是:生产总值增长6%。\n重点抓好以下工作:\n(一)做强产业\n"
        + body
        + "\n抓好农业生产。粮食播种30万亩。\n各位代表!让我们团结一心,奋力谱写新篇章!\n"
    )
    assert [task.text for task in notice.tasks] == [
        "今年的主要预期目标是:生产总值增长6%。",
        body,
        "抓好农业生产。粮食播种30万亩。",
    ]
    assert "set_aside" in notice.flags


def test_bullets_inherit_the_unit_printed_before_them():
    notice = read(HEAD + "1、加强城市管理(牵头单位:县城管局)\n▲新建公厕5座。\n▲清运垃圾3万吨。\n")
    assert [(task.text, names(task)) for task in notice.tasks] == [
        ("新建公厕5座。", "县城管局主"),
        ("清运垃圾3万吨。", "县城管局主"),
    ]


def test_departments_assign_sections():
    notice = read(
        HEAD + "序号\n工作任务\n具体要求\n责任科室\n时限要求\n"
        "1\n防汛备汛\n修编预案21份,配齐卫星电话160部。\n"
        "办公室牵头,各科室配合\n4月底前\n2\n演练10场次,培训骨干500人次以上。\n防汛科\n6月底前\n"
    )
    assert [names(task) for task in notice.tasks] == ["办公室主 各科室配", "防汛科主"]
    assert [task.path for task in notice.tasks] == [("防汛备汛",), ("防汛备汛",)]


def test_a_letter_without_its_table_has_no_tasks():
    notice = read(
        "青禾县人民政府办公室关于印发2025年重点工作任务分解的通知\n"
        "青政办〔2025〕3号\n各乡镇人民政府:\n"
        "现将分解表印发给你们。请于2月28日前报送方案,每季度末报送进展。\n"
        "一、加强领导。各牵头单位要抓好落实。\n"
        "二、严格督查。完成率要达到100%。\n附件:2025年重点工作任务分解表\n"
        "青禾县人民政府办公室\n2025年1月20日\n"
    )
    assert notice.tasks == ()
    assert "no_task" in notice.flags
    assert notice.number == "青政办〔2025〕3号"
    assert notice.issued.isoformat() == "2025-01-20"


def test_tables_with_cell_blocks(block_table):
    document = block_table(
        [
            ["序号", "任务名称", "工作内容", "牵头单位", "责任单位"],
            ["1", ("水利工程", 2), "新建管网20公里。", ("县水利局", 2), "县住建局\n县财政局"],
            ["2", None, "改造泵站4座,新增灌溉面积2000亩。", None, "各乡镇"],
        ]
    )
    notice = read(*document)
    assert rows(notice) == [
        ("1", "新建管网20公里。", "县水利局主 县住建局配 县财政局配"),
        ("2", "改造泵站4座,新增灌溉面积2000亩。", "县水利局主 各乡镇配"),
    ]
    assert notice.tasks[1].flags == ("unit_inherited",)
    assert [task.path for task in notice.tasks] == [("水利工程",), ("水利工程",)]


def test_a_row_cut_off_at_the_end_invents_no_unit():
    notice = read(HEAD + "序号\n任务\n责任单位\n1\n投资增长8%。\n县发改局\n2\n社零增")
    assert rows(notice) == [("1", "投资增长8%。", "县发改局主"), ("2", "社零增", "")]


def test_tasks_of_the_letter_are_not_lost_to_a_later_annex():
    notice = read(
        HEAD + "1.造林2000亩。(责任单位:县林业局)\n附件2\n"
        "2025年实事安排\n1.修路5公里。(责任单位:县交通局)\n"
    )
    assert [task.id for task in notice.tasks] == ["1/1", "2/2"]


def test_a_cell_that_says_none_ends_no_table():
    header = "|序号|重点任务|责任单位|配合单位|\n|---|---|---|---|\n"
    body = (
        "|1|建桥3座|县交通局|县财政局|\n|2|修路5公里|县公路局|/|\n"
        "|3|植树9万株|县林业局|—|\n|4|建校2所|县教育局|县住建局|\n"
    )
    notice = read(HEAD + "2025年重点工作责任分解\n" + header + body)
    assert rows(notice) == [
        ("1", "建桥3座", "县交通局主 县财政局配"),
        ("2", "修路5公里", "县公路局主"),
        ("3", "植树9万株", "县林业局主"),
        ("4", "建校2所", "县教育局主 县住建局配"),
    ]


@pytest.mark.parametrize(
    ("bracket", "units", "due"),
    [
        (
            "区招商局牵头；区商务局、区工信局配合；12月底前完成",
            "区招商局主 区商务局配 区工信局配",
            "12月底前",
        ),
        (
            "牵头单位：区住建局，责任单位：区级各部门，6月底前完成",
            "区住建局主 区级各部门配",
            "6月底前",
        ),
        ("区农业局、区水利局分别牵头，长期坚持", "区农业局主 区水利局主", "长期坚持"),
        ("区住建局负责，12月底前", "区住建局主", "12月底前"),
    ],
)
def test_a_bracket_may_end_with_a_time(bracket, units, due):
    notice = read(HEAD + f"1.整治小区40个。（{bracket}）\n2.修路5公里。（区公路局负责）\n")
    assert rows(notice) == [("1", "整治小区40个。", units), ("2", "修路5公里。", "区公路局主")]
    assert fields(notice, "deadline")[0] == [due]


def test_a_bureau_of_commerce_is_no_joiner():
    notice = read(HEAD + "1.引进外资2亿元。\n责任单位:市商务局、各县(市、区)商务局\n")
    assert [unit.name for unit in notice.tasks[0].units] == ["市商务局", "各县(市、区)商务局"]


def test_a_reporting_line_after_the_last_item_is_no_task():
    notice = read(
        "青禾县水利局2025年工作要点\n一、工程建设\n1.修堤5公里。\n2.清淤河道12公里。\n"
        "请各科室于每季度末25日前将进展情况报局办公室。\n"
    )
    assert [task.text for task in notice.tasks] == ["修堤5公里。", "清淤河道12公里。"]
