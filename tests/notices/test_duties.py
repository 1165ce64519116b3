"""Sentences and notes that name units: what closes a task, and what only looks like it."""

import pytest

from notice_reading import read, rows
from taskner.notices.clauses import closing_sentence
from taskner.notices.drafts import read_heading

HEAD = "青禾县人民政府关于分解2025年重点工作的通知\n各乡镇人民政府:\n现将任务分解如下。\n"


@pytest.mark.parametrize(
    ("body", "units"),
    [
        ("修路3公里。县交通局牵头,各乡镇配合。", "县交通局牵头,各乡镇配合"),
        ("修路3公里。县交通局牵头;县财政局、各乡镇配合。", "县交通局牵头;县财政局、各乡镇配合"),
        ("修路3公里。县交通局负责", "县交通局负责"),
        ("修路3公里;县交通局、县公路中心分别牵头。", "县交通局、县公路中心分别牵头"),
        ("县交通局负责。", "县交通局负责。"),
        ("修路3公里。该项任务由县交通局负责落实。", "县交通局负责落实"),
    ],
)
def test_a_sentence_of_duties_closes_a_task(body, units):
    found = closing_sentence(body)
    assert body[found.start : found.end].rstrip("。") == units.rstrip("。")
    assert body[: found.cut] in {"修路3公里。", "修路3公里;", ""}


@pytest.mark.parametrize(
    "body",
    [
        "修路3公里,由施工单位承担维护。县财政局保障资金到位。",
        "县交通局牵头",  # a heading: the tasks below are its own
        "1.县交通局牵头,县财政局配合。",
        "各乡镇要切实加强领导,确保按期完成。",
        "推动企业主体、政府引导共同参与。",
        "县交通局改造办公楼,县财政局配合。",
    ],
)
def test_other_sentences_do_not(body):
    assert closing_sentence(body) is None


def test_a_note_that_adds_a_collective_holds_from_there_on():
    notice = read(
        HEAD + "1.新建小学3所。\n责任单位:县教育局\n"
        "2.修路5公里。\n责任单位:县交通局(以下各项均需各乡镇落实,不再逐一列出)\n"
        "3.改造公厕12座。\n责任单位:县住建局\n"
    )
    assert rows(notice) == [
        ("1", "新建小学3所。", "县教育局主"),
        ("2", "修路5公里。", "县交通局主 各乡镇配"),
        ("3", "改造公厕12座。", "县住建局主 各乡镇配"),
    ]
    assert [("unit_inherited" in task.flags) for task in notice.tasks] == [False, False, True]


@pytest.mark.parametrize(
    "note",
    [
        "以下各项任务均由各责任单位负责落实。",
        "以下工作均要各有关单位认真落实。",
        "以上各项各乡镇要抓好落实。",
    ],
)
def test_a_call_to_all_adds_nobody(note):
    notice = read(HEAD + note + "\n1.新建小学3所。\n责任单位:县教育局\n")
    assert rows(notice) == [("1", "新建小学3所。", "县教育局主")]


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("各市、州人民政府", "各市、州人民政府主"),
        ("县商务局,各乡、镇人民政府", "县商务局主 各乡、镇人民政府配"),
        ("各市、省财政厅", "各市主 省财政厅配"),
        ("各镇、各街道", "各镇主 各街道配"),
        ("县市场\n监督管理局、县住房和城乡\n建设局", "县市场监督管理局主 县住房和城乡建设局配"),
        ("县供销社\n县气象台", "县供销社主 县气象台配"),
        ("北部新区\n管委会、竹阳镇", "北部新区管委会主 竹阳镇配"),
    ],
)
def test_names_of_several_words(printed, names):
    notice = read(HEAD + f"1.新建小学3所。\n责任单位:{printed}\n2.修路5公里。\n责任单位:县交通局\n")
    assert rows(notice)[0][2] == names


def test_a_unit_that_could_be_lead_or_supporter_in_a_dump_is_flagged():
    """An empty cell leaves no trace where cells are printed one a line."""
    head = ["序号", "项目名称", "项目内容", "牵头单位", "配合单位"]
    first = ["1", "助老项目", "新建助餐点6家。", "县民政局", "县住建局、各乡镇"]
    second = ["2", "改造床位800张。", "县数据中心"]
    third = ["3", "护眼项目", "改造教室灯光90间。", "县教育局", "县财政局"]
    notice = read("2025年民生实事责任分解\n\n" + "\n\n".join(head + first + second + third))
    assert [("role_assumed" in task.flags) for task in notice.tasks] == [False, True, False]


@pytest.mark.parametrize(
    ("heading", "leads"),
    [
        ("打造宜居城市", False),
        ("建设全国统一大市场", False),
        ("纵深推进服务消费市场", False),
        ("办好人民满意学校", False),
        ("服务中心", True),
        ("柳湾街道", True),
        ("建设局", True),
    ],
)
def test_what_is_to_be_made_is_no_unit_though_it_ends_like_a_place(heading, leads):
    assert (read_heading(heading).unit is not None) == leads
