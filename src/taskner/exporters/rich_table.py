"""The ledger in the terminal: the columns that fit."""

from __future__ import annotations

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from taskner.exporters.options import Language
from taskner.exporters.safe_text import one_line, printable
from taskner.exporters.table import COLUMNS, iter_rows
from taskner.types import Notice

_SHARES = {"number": 0, "task": 6, "metrics": 4, "target": 3, "due": 0, "lead": 3, "support": 4}
"""Of the width that is left; columns of share 0 are as wide as what stands in them."""
_MOST_WIDTHS = {"number": 14, "due": 20}
_LONGEST_TASK = 60
_REVIEW = "yellow"


def print_table(notice: Notice, console: Console, *, language: Language = "zh") -> None:
    """Print one row a target, long tasks cut; rows that ask for a person are yellow."""
    title = Text(printable(notice.title or notice.document.id))
    table = Table(title=title, box=SIMPLE_HEAD, expand=True, show_lines=False)
    for key, share in _SHARES.items():
        table.add_column(
            COLUMNS[key].title(language),
            ratio=share or None,  # with a ratio, rich heeds no least width
            max_width=_MOST_WIDTHS.get(key),
            overflow="fold",
        )
    previous = None
    for task, _, row in iter_rows(notice, language=language):
        cells = {key: str(getattr(row, key) or "") for key in _SHARES}
        if len(row.task) > _LONGEST_TASK:
            cells["task"] = row.task[: _LONGEST_TASK - 1] + "…"
        if task is previous:
            # Only the first of a task's rows repeats its text.
            cells["number"] = cells["task"] = ""
        previous = task
        texts = [Text(printable(one_line(text))) for text in cells.values()]
        table.add_row(*texts, style=_REVIEW if row.review else None)
    console.print(table)
