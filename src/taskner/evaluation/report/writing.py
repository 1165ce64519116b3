"""A report's files, written into one folder."""

from __future__ import annotations

import json
from pathlib import Path

from taskner.errors import TasknerError
from taskner.evaluation.report.evidence import Language, Report
from taskner.evaluation.report.markdown import report_to_markdown
from taskner.evaluation.report.page import report_to_html
from taskner.evaluation.table import scores_to_json


def write_report(
    report: Report, folder: Path, *, language: Language = "en", keep_out_of_git: bool = False
) -> None:
    """Write ``report.html``, ``report.md`` and ``scores.json``.

    Args:
        report: What they show.
        folder: Where; made if need be.
        language: Of the page and the Markdown file.
        keep_out_of_git: Also write a ``.gitignore`` that keeps the folder out, for reports
            that show the text of public notices.

    Raises:
        MissingExtraError: The report has plots and matplotlib is not installed.
        TasknerError: The folder cannot be written.
    """
    scores = scores_to_json(report.scores, intervals=report.intervals)
    data = {"model": report.model, "facts": dict(report.facts), **scores}
    data["slices"] = {
        family: {name: scores_to_json({name: part})["all"] for name, part in parts.items()}
        for family, parts in report.slices.items()
    }
    data["calibration_error"] = {one.name: round(one.error, 4) for one in report.reliability}
    data["curve"] = [
        [round(one.confidence, 4), round(one.precision, 4), round(one.kept, 4)]
        for one in report.curve
    ]
    contents = {
        "report.html": report_to_html(report, language=language),
        "report.md": report_to_markdown(report, language=language),
        "scores.json": json.dumps(data, ensure_ascii=False, indent=1) + "\n",
    }
    if keep_out_of_git:
        contents[".gitignore"] = "*\n"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in contents.items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        detail = f"{folder}: the report cannot be written ({error.strerror}); choose another place."
        raise TasknerError(detail=detail) from error
