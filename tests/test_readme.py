"""What the READMEs and docs say is what the code does."""

import importlib.util
import json
import re
import shlex

import pytest
from typer.main import get_command

from taskner.cli import app
from taskner.exporters.glosses import FLAGS
from taskner.exporters.table import COLUMNS
from taskner.types import REVIEW_FLAGS

READMES = {"README.md": "en", "README.zh.md": "zh"}
PAGES = (
    *READMES,
    *(
        "CHANGELOG.md",
        "docs/README.md",
        "docs/architecture.md",
        "docs/integrations.md",
        "docs/training.md",
    ),
    *(f"{folder}/README.md" for folder in ("training", "models", "evaluation", "tests")),
)


@pytest.fixture(scope="module")
def refresh(root):
    spec = importlib.util.spec_from_file_location("refresh_readme", root / "docs/refresh_readme.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(params=READMES)
def readme(request, root):
    return (root / request.param).read_text("utf-8")


@pytest.mark.parametrize(("name", "language"), READMES.items())
def test_score_table_is_current(refresh, root, name, language):
    path = root / name
    assert refresh.refreshed(path, language, run=False) == path.read_text("utf-8")


def test_what_is_said_of_other_taggers_is_their_report(root, readme):
    report = (root / "evaluation/reports/peers.md").read_text("utf-8")
    table = report.split("## All folds")[1].split("\n## ")[0]
    lines = [[cell.strip() for cell in line.split("|")] for line in table.splitlines()]
    rows = {line[1]: line[7] for line in lines if len(line) > 8}
    for tagger in ("taskner", "plain-hf", "crf", "spacy-ner", "rules"):
        assert rows[tagger] in readme


def test_output_of_the_snippet_is_current(refresh, readme):
    if not refresh.has_model():
        pytest.skip("no model in models/")
    assert refresh.fill(readme, "output", refresh.output_block(readme)) == readme


def test_snippet_is_at_most_ten_lines_of_code(refresh, readme):
    lines = [line for line in refresh.snippet(readme).splitlines() if line.strip()]
    assert len([line for line in lines if not line.startswith("#")]) <= 10


def test_scores_become_a_table(refresh, tmp_path):
    report = tmp_path / "scores.json"
    measures = {
        "spans.UNIT": {"gold": 12, "f1": 0.9, "low": 0.85, "high": 0.931},
        "spans.UNIT.relaxed": {"gold": 12, "f1": 0.95},
        "rows": {"gold": 30, "f1": 0.71234},
        "spans.DEADLINE": None,
    }
    facts = {"command": "run it", "date": "2026-01-02", "machine": "2 cores"}
    data = {"all": measures, "documents": {key: {} for key in "abcde"}, "facts": facts}
    report.write_text(json.dumps(data), "utf-8")
    lines = refresh.score_block(report, "en").splitlines()
    assert lines[2] == "| Responsible units found | 0.900 | 0.850–0.931 | 12 |"
    assert lines[3].endswith("| 0.712 | – | 30 |")
    assert lines[-1] == "a, b, c, d, e. Made by `run it` on 2026-01-02; 2 cores."
    report.write_text(json.dumps(data | {"documents": {"a": {}}}), "utf-8")
    assert "| 0.900 | – | 12 |" in refresh.score_block(report, "en")


def test_a_measure_without_words_is_not_dropped(refresh, tmp_path):
    report = tmp_path / "scores.json"
    data = {"all": {"new": {"gold": 1, "f1": 0.5}}, "documents": {}, "facts": {}}
    report.write_text(json.dumps(data), "utf-8")
    with pytest.raises(KeyError, match="new"):
        refresh.score_block(report, "zh")


def test_a_missing_marker_is_an_error(refresh):
    with pytest.raises(ValueError, match="scores:start"):
        refresh.fill("<!-- scores:end -->", "scores", "")


def test_every_column_is_explained_in_order(readme):
    explained = re.findall(r"^\| ([^|`]+?) \|", readme, re.MULTILINE)
    titles = [column.zh for column in COLUMNS.values()]
    start = explained.index(titles[0])
    assert explained[start : start + len(titles)] == titles


def test_every_flag_is_explained_in_its_place(readme):
    asking, informing = readme.split("无责任单位")
    for flag, gloss in FLAGS.items():
        place = asking if flag in REVIEW_FLAGS else "无责任单位" + informing
        assert gloss["zh"] in place


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(root, page):
    place = root / page
    targets = re.findall(r"\]\(([^)#]+)[^)]*\)", place.read_text("utf-8"))
    local = [target for target in targets if not target.startswith("http")]
    assert [target for target in local if not (place.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_commands_exist_with_their_options(root, page):
    text = (root / page).read_text("utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    lines = [line for block in blocks for line in block.splitlines()]
    for line in lines:
        if line.startswith("taskner "):
            check_command(shlex.split(line, comments=True)[1:])


def check_command(words):
    command = get_command(app)
    while hasattr(command, "commands"):
        command = command.commands[words.pop(0)]
    known = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in words if word.startswith("-") and word != "-"} <= known
