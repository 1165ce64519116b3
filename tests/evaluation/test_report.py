"""The report's three files: what they say, and that nothing of a notice is markup in them."""

import json
import re
from dataclasses import replace

import pytest

from ledgers import GOLD, change_task
from taskner.errors import TasknerError
from taskner.evaluation.bootstrap import compare
from taskner.evaluation.mistakes import find_mistakes
from taskner.evaluation.report import (
    Report,
    reliability,
    report_to_html,
    report_to_markdown,
    write_report,
)
from taskner.evaluation.report.evidence import Kept
from taskner.evaluation.score import score
from taskner.types import Document

HOSTILE = '<script>alert("x")</script><img src=x onerror=alert(1)>'


@pytest.fixture
def report():
    predicted = change_task(0, targets=())
    scores = {"yunxi": score(GOLD, predicted), "linxi": score(GOLD, GOLD)}
    return Report(
        model=f"m {HOSTILE}",
        facts={"command": "taskner evaluate gold", "date": "2026-11-22"},
        scores=scores,
        slices={"layout": {"outline": scores["yunxi"]}},
        mistakes=find_mistakes(GOLD, predicted),
        texts={"yunxi": GOLD.document.text.replace("推进河道整治", HOSTILE[:6])},
        notes=("甲 & 乙",),
        reliability=(reliability("rows", [0.2, 0.9, 0.8], [False, True, True]),),
        curve=(Kept(confidence=0.5, precision=0.8, kept=0.9),),
        other="before",
        differences=compare({"yunxi": scores["yunxi"], "linxi": scores["yunxi"]}, scores),
    )


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_escapes_what_it_is_given_and_loads_nothing(report, language):
    page = report_to_html(report, language=language)
    assert page.count("<script>") == 1
    assert "<img" not in page
    assert not re.search(
        r"<[^>]*\b(?:src|href)=", page.replace('xlink:href="#', "").replace(' href="#', "")
    )
    assert "&lt;script&gt;" in page
    assert 'role="img" aria-label="' in page


def test_the_same_report_gives_the_same_page(report):
    assert report_to_html(report) == report_to_html(report)


def test_text_is_shown_only_where_it_was_given(report):
    hidden = report_to_html(replace(report, texts={}))
    assert "云汐书房" not in hidden
    assert "云汐书房" in report_to_html(report)


def test_markdown_holds_every_table(report):
    text = report_to_markdown(report, language="en")
    titles = [line[3:] for line in text.splitlines() if line.startswith("## ")]
    assert titles == [
        "Scores",
        "By document (F1)",
        "By kind (F1)",
        "Compared with before",
        "How far the confidences can be trusted",
        "Rows kept by least confidence",
        "Mistakes: Most frequent kinds",
    ]
    assert "| span | lost | DEADLINE, METRIC, TARGET | 1 |" in text


def test_the_files_are_written_and_scores_can_be_read_back(report, tmp_path):
    write_report(report, tmp_path / "new" / "report", keep_out_of_git=True)
    names = {path.name for path in (tmp_path / "new" / "report").iterdir()}
    assert names == {".gitignore", "report.html", "report.md", "scores.json"}
    data = json.loads((tmp_path / "new" / "report" / "scores.json").read_text("utf-8"))
    assert data["documents"]["linxi"]["rows"]["f1"] == 1.0
    assert data["slices"]["layout"]["outline"]["rows"]["gold"] == 4


def test_a_place_that_cannot_be_written_is_an_error(report, tmp_path):
    (tmp_path / "taken").write_text("x", encoding="utf-8")
    with pytest.raises(TasknerError, match="cannot be written"):
        write_report(report, tmp_path / "taken")


def test_mistakes_of_another_document_keep_their_offsets(report):
    other = Document(id="else", text=GOLD.document.text)
    mistakes = find_mistakes(replace(GOLD, document=other), change_task(0, targets=()))
    page = report_to_html(replace(report, mistakes=mistakes))
    assert "The text of this document is not shown" in page
