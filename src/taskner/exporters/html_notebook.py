"""A notice as a cell of a notebook shows it: facts, coloured text and ledger, no script."""

from __future__ import annotations

from taskner.exporters.html import notice_html, read_template
from taskner.types import Notice

_LEGEND = (
    '<p class="legend"><mark class="unit">单位</mark> <mark class="metric">指标</mark> '
    '<mark class="target">目标</mark> <mark class="deadline">时限</mark></p>'
)


def notebook_html(notice: Notice) -> str:
    """Give the HTML; all that the notice says is escaped, and its style touches nothing else."""
    style = read_template("notebook.css")
    body = notice_html(0, notice)
    return f'<div class="taskner-notice"><style>{style}</style>{_LEGEND}{body}</div>'
