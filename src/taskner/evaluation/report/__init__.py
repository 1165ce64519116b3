"""Evaluation reports: one page to look at, Markdown to commit, JSON to compare.

Takes: scores, slices, mistakes and reliability of predictions. Gives: files.
May import: the rest of evaluation and what it may import.
Does not: run a model, or show text that it was not given.
"""

from taskner.evaluation.report.evidence import Reliability, Report, reliability
from taskner.evaluation.report.markdown import report_to_markdown
from taskner.evaluation.report.page import report_to_html
from taskner.evaluation.report.writing import write_report

__all__ = [
    "Reliability",
    "Report",
    "reliability",
    "report_to_html",
    "report_to_markdown",
    "write_report",
]
