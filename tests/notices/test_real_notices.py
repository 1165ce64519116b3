"""The four whole notices against their hand-checked ledgers, and under harmless changes."""

import itertools
import json
import re

import pytest

from notice_reading import ledger, read
from taskner.folding import fold

pytestmark = pytest.mark.shared

NOTICES = ("pinghu-2024", "huzhou-2021", "haiyan-2022", "district-plan-2024")
LEADERS = ("huzhou-2021", "haiyan-2022")
CELLS = "pinghu-2024"
FULL_WIDTH = str.maketrans(",;:()", "，；：（）")
MENU = "首页\n政务公开\n当前位置:首页 > 政务公开 > 文件\n【字号: 大 中 小】 打印\n"
FOOT = (
    "\n分享到:\n打印本页\n【关闭窗口】\n主办单位:某县人民政府办公室\n承办单位:某县大数据中心\n"
    "版权所有 某县人民政府 某ICP备12345678号\n"
)


@pytest.fixture(scope="module")
def printed(shared):
    return {
        name: (shared / "notices" / f"{name}.txt").read_text(encoding="utf-8") for name in NOTICES
    }


@pytest.fixture(scope="module")
def gold(shared):
    return {
        name: json.loads((shared / "gold" / f"{name}.ledger.json").read_text(encoding="utf-8"))
        for name in NOTICES
    }


def squeeze(value):
    """Fold width and drop blanks, at any depth."""
    if isinstance(value, str):
        return re.sub(r"\s", "", fold(value))
    if isinstance(value, (tuple, list)):
        return type(value)(map(squeeze, value))
    return value


def unnumbered(rows):
    return [(row[0], *row[2:]) for row in squeeze(rows)]


@pytest.mark.parametrize("name", NOTICES)
def test_the_ledger_is_the_hand_checked_one(printed, gold, name):
    notice, truth = read(printed[name]), gold[name]
    keys = ("id", "annex", "number", "leader", "start", "end", "text")
    assert [tuple(getattr(task, key) for key in keys) for task in notice.tasks] == [
        tuple(task[key] for key in keys) for task in truth["tasks"]
    ]
    assert [list(task.path) for task in notice.tasks] == [task["path"] for task in truth["tasks"]]
    assert [
        [(u.span.start, u.span.end, u.role, u.name) for u in task.units] for task in notice.tasks
    ] == [
        [(u["start"], u["end"], u["role"], u["name"]) for u in task["units"]]
        for task in truth["tasks"]
    ]


@pytest.mark.parametrize("name", NOTICES)
def test_header_and_annexes_are_the_hand_checked_ones(printed, gold, name):
    notice, truth = read(printed[name]), gold[name]
    issued = notice.issued.isoformat() if notice.issued else None
    found = (notice.title, notice.issuer, notice.number, issued, notice.year)
    keys = ("title", "issuer", "number", "issued", "year")
    assert found == tuple(truth["document"][key] for key in keys)
    assert [(a.id, a.title, a.period.last.isoformat(), a.lead_rule) for a in notice.annexes] == [
        (a["id"], a["title"], a["period"]["last"], a["lead_rule"]) for a in truth["annexes"]
    ]


@pytest.mark.parametrize("name", NOTICES)
def test_full_width_punctuation_and_digits_change_nothing(printed, name):
    wide = printed[name].translate(FULL_WIDTH)
    digits = re.sub(r"\d", lambda digit: chr(ord(digit[0]) + 0xFEE0), wide)
    before = squeeze(ledger(read(printed[name])))
    assert squeeze(ledger(read(wide))) == before
    assert squeeze(ledger(read(digits))) == before


@pytest.mark.parametrize("name", NOTICES)
def test_blank_lines_change_nothing(printed, name):
    spaced = printed[name].replace("\n", "\n\n \n")
    assert squeeze(ledger(read(spaced))) == squeeze(ledger(read(printed[name])))


@pytest.mark.parametrize("name", NOTICES)
def test_page_furniture_changes_nothing(printed, name):
    plain, framed = read(printed[name]), read(MENU + printed[name] + FOOT)
    assert ledger(framed) == ledger(plain)
    assert (framed.title, framed.issuer, framed.number, framed.issued) == (
        plain.title,
        plain.issuer,
        plain.number,
        plain.issued,
    )


@pytest.mark.parametrize("name", LEADERS)
@pytest.mark.parametrize(
    "form", ["{}、", "（{}）", "({})", "{}．"], ids=["pause", "wide", "round", "dot"]
)
def test_another_form_of_numbers_changes_only_numbers(printed, name, form):
    text = re.sub(
        r"(^|\n|(?<=[^\d.]) )(\d{1,2})\.(?=[^\d\s])",
        lambda match: match[1] + form.format(match[2]),
        printed[name],
    )
    assert unnumbered(ledger(read(text))) == unnumbered(ledger(read(printed[name])))


@pytest.mark.parametrize("name", LEADERS)
def test_other_start_numbers_change_only_numbers(printed, name):
    text = re.sub(
        r"(^|\n|(?<=[^\d.]) )(\d{1,2})\.(?=[^\d\s])",
        lambda match: f"{match[1]}{int(match[2]) + 40}.",
        printed[name],
    )
    assert unnumbered(ledger(read(text))) == unnumbered(ledger(read(printed[name])))


@pytest.mark.parametrize("form", ["{}、", "（{}）", "{}."])
@pytest.mark.parametrize("shift", [0, 36])
def test_other_numbers_of_cells_change_only_numbers(printed, form, shift):
    text = re.sub(
        r"\n(\d{1,3})(?=\n)",
        lambda match: "\n" + form.format(int(match[1]) + shift),
        printed[CELLS],
    )
    assert unnumbered(ledger(read(text))) == unnumbered(ledger(read(printed[CELLS])))


def test_another_mark_changes_nothing(printed):
    text = printed[CELLS].replace("★", "▲")
    assert ledger(read(text)) == ledger(read(printed[CELLS]))


@pytest.mark.parametrize("name", NOTICES)
@pytest.mark.parametrize("share", [0.3, 0.5, 0.7, 0.85])
def test_the_first_part_of_a_file_gives_the_first_tasks(printed, name, share):
    whole = ledger(read(printed[name]))
    part = ledger(read(printed[name][: int(len(printed[name]) * share)]))
    assert len(part) > 1
    assert part[:-1] == whole[: len(part) - 1]
    assert whole[len(part) - 1][4].startswith(part[-1][4][:4])


@pytest.mark.parametrize("invented", ["云渡", "云", "云渡青禾"])
@pytest.mark.parametrize("name", [CELLS, *LEADERS])
def test_another_place_changes_only_its_name(printed, name, invented):
    title = read(printed[name]).issuer[:2]
    text = printed[name].replace(title, invented)
    expected = json.loads(
        json.dumps(ledger(read(printed[name])), ensure_ascii=False).replace(title, invented)
    )
    assert json.loads(json.dumps(ledger(read(text)), ensure_ascii=False)) == expected


def cells_of(task, text):
    first = min(unit["start"] for unit in task["units"])
    last = max(unit["end"] for unit in task["units"])
    return text[first - (text[first - 1] == "★") : last]


def reordered(text, truth, titles, annex, order):
    """One annex of the cell-per-line notice with its columns in another order."""
    lines, above = [titles[column] for column in order], None
    for task in truth["tasks"]:
        if task["annex"] != annex:
            continue
        name = task["path"][0] if task["path"] else None
        row = {"number": task["number"], "content": task["text"], "units": cells_of(task, text)}
        row["name"] = None if name == above else name
        above = name
        lines.extend(row[column] for column in order if row[column] is not None)
    return lines


TITLES = {"number": "序号", "name": "项 目 名 称", "content": "项 目 内 容", "units": "责 任 单 位"}


@pytest.mark.parametrize(
    ("annex", "order"),
    [
        *(("1", order) for order in itertools.permutations(("number", "content", "units"))),
        *(("2", order) for order in itertools.permutations(TITLES)),
    ],
)
def test_columns_in_any_order_give_the_same_tasks(printed, gold, annex, order):
    text, truth = printed[CELLS], gold[CELLS]
    head = text[: text.index("附件1\n")]
    note = "注:带“★”的为牵头单位;未标注“★”的,均为牵头单位。"
    lines = [f"附件{annex}", "2024年重点工作责任分解表"]
    lines += [*reordered(text, truth, TITLES, annex, order), note]
    expected = [
        (task["number"], tuple(task["path"]), task["text"], [u["role"] for u in task["units"]])
        for task in truth["tasks"]
        if task["annex"] == annex
    ]
    found = read(head + "\n\n".join(lines) + "\n")
    assert [
        (task.number, task.path, task.text, [unit.role for unit in task.units])
        for task in found.tasks
    ] == expected


def test_each_plan_paragraph_of_a_work_report_is_a_task(shared):
    borders = (shared / "unlabeled" / "borders.tsv").read_text(encoding="utf-8").split("\n")[1:]
    n_paragraphs = n_covered = n_review = n_tasks = 0
    for row in filter(None, borders):
        name, review_end, first, last = row.split("\t")
        text = (shared / "unlabeled" / name).read_text(encoding="utf-8")
        tasks = read(text).tasks
        n_tasks += len(tasks)
        n_review += sum(task.end <= int(review_end or 0) for task in tasks)
        for match in re.finditer(r"[^\n]{60,}", text[: int(last)]):
            if match.start() < int(first):
                continue
            n_paragraphs += 1
            n_covered += any(t.start < match.end() and t.end > match.start() for t in tasks)
    assert n_covered / n_paragraphs > 0.92  # the rest introduce or close the plan
    assert n_review / n_tasks < 0.02
