"""The study of whole work reports, on an invented one."""

import json

import pytest

import taskner
from taskner.corpus.inline import parse_marks
from taskner.errors import CorpusError, UnreadableFileError
from taskner.evaluation.gold import load_gold
from taskner.studies.reports import count_parts, load_borders, main, place_gold, recall

HEAD = "打印\n汀澜市政府工作报告\n——2025年1月8日在汀澜市人民代表大会上\n各位代表：\n"
REVIEW = "一、2024年工作回顾\n过去一年，新增规上企业61家，改造老旧小区44个，技改投资增长9%。\n"
GOALS = "二、奋斗目标\n到2030年，全市森林覆盖率的主要目标是：达到52%。\n"
PLAN = (
    "三、2025年重点工作\n（一）壮大产业。新增⟦M#a|规上企业⟧⟦T>a;k=level|70家⟧，培育链主企业。\n"
    "（二）改善民生。新建⟦T>b;k=level|5座⟧⟦M#b|养老驿站⟧，办好实事。\n"
)
CLOSING = "各位代表！让我们团结奋斗，跑出发展加速度！\n"


@pytest.fixture
def folders(tmp_path):
    plan = parse_marks(PLAN).text
    text = HEAD + REVIEW + GOALS + plan + CLOSING
    reports, gold = tmp_path / "reports", tmp_path / "gold"
    reports.mkdir()
    gold.mkdir()
    (reports / "tinglan.txt").write_text(text, encoding="utf-8")
    review, forward = len(HEAD + REVIEW), len(HEAD + REVIEW + GOALS)
    rows = [
        "file\treview_end\tforward_start\tforward_end",
        f"tinglan.txt\t{review}\t{forward}\t{forward + len(plan)}",
    ]
    (reports / "borders.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    narrow = PLAN.translate(str.maketrans("，。（）", ",。()")).replace("\n", "\n\n")
    (gold / "tinglan.txt").write_text(narrow, encoding="utf-8")
    return reports, gold


def test_targets_are_counted_by_the_part_they_start_in(folders):
    reports, _gold = folders
    borders = load_borders(reports / "borders.tsv")["tinglan.txt"]
    counts = count_parts(taskner.extract(reports / "tinglan.txt", model="rules"), borders)
    assert {name: part["targets"] for name, part in counts.items()} == {
        "review": 0,
        "between": 1,
        "forward": 2,
        "after": 0,
    }
    assert counts["review"]["characters"] == len(HEAD + REVIEW)
    assert counts["forward"]["tasks"] == 2
    assert sum(part["characters"] for part in counts.values()) == len(
        (reports / "tinglan.txt").read_text(encoding="utf-8")
    )


def test_a_review_read_as_plan_shows(folders):
    reports, _gold = folders
    path = reports / "tinglan.txt"
    borders = load_borders(reports / "borders.tsv")["tinglan.txt"]
    untold = path.read_text(encoding="utf-8").replace("过去一年，", "").replace("回顾", "任务")
    counts = count_parts(taskner.extract_text(untold, model="rules"), borders)
    assert counts["review"]["targets"] == 3


def test_marks_are_found_in_the_report_whatever_its_blanks_and_width(folders):
    reports, gold = folders
    marked = load_gold(gold / "tinglan.txt")
    text = (reports / "tinglan.txt").read_text(encoding="utf-8")
    placed = place_gold(marked, text)
    assert {(text[start:end], label) for start, end, label in placed} == {
        ("规上企业", "METRIC"),
        ("70家", "TARGET"),
        ("养老驿站", "METRIC"),
        ("5座", "TARGET"),
    }
    nothing = taskner.extract_text("各位代表：\n没有任务。\n", model="rules")
    assert recall(placed, nothing)["TARGET"] == {"gold": 2, "found": 0}


@pytest.mark.parametrize(("text", "word"), [("别的报告。", "not"), (None, "twice")])
def test_an_excerpt_of_another_report_is_an_error(folders, text, word):
    marked = load_gold(folders[1] / "tinglan.txt")
    with pytest.raises(CorpusError, match=f"stands {word} in the report"):
        place_gold(marked, text or marked.document.text * 2)


def test_the_command_writes_figures_and_no_text(folders, tmp_path, capsys):
    reports, gold = folders
    arguments = [str(reports), "--gold", str(gold), "--model", "rules", "--output", str(tmp_path)]
    assert main(arguments) == 0
    printed = capsys.readouterr().out
    assert (tmp_path / "full-reports.md").read_text(encoding="utf-8") == printed
    data = json.loads((tmp_path / "full-reports.json").read_text(encoding="utf-8"))
    assert data["excerpts"]["tinglan"]["whole"] == data["excerpts"]["tinglan"]["alone"]
    assert data["reports"]["tinglan"]["flags"] == ["set_aside"]
    assert "规上企业" not in printed + json.dumps(data, ensure_ascii=False)


def test_borders_that_are_none_are_errors_that_say_where(tmp_path, capsys):
    path = tmp_path / "borders.tsv"
    with pytest.raises(UnreadableFileError, match=r"borders\.tsv"):
        load_borders(path)
    path.write_text("file\treview_end\tforward_start\tforward_end\na.txt\t3\tx\t9\n", "utf-8")
    with pytest.raises(CorpusError, match=r"borders\.tsv:2"):
        load_borders(path)
    assert main([str(tmp_path), "--model", "rules"]) == 1
    assert "borders.tsv:2" in capsys.readouterr().err
