"""A table of counts, as JSON and as Markdown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

Row = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what it counts, its columns, and a row for each kind."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""

    def to_json(self) -> dict[str, Any]:
        """Give the table as JSON data."""
        return {"title": self.title, "columns": list(self.columns), "rows": [*map(list, self.rows)]}

    def to_markdown(self) -> str:
        """Give title, note and table."""
        lines = [f"## {self.title}", ""]
        if self.note:
            lines += [self.note, ""]
        lines += [_line(self.columns), _line(["---", *["--:"] * (len(self.columns) - 1)])]
        return "\n".join([*lines, *map(_line, self.rows)]) + "\n"


def _line(cells: Iterable[str | int]) -> str:
    shown = (f"{cell:,}" if isinstance(cell, int) else cell.replace("|", "\\|") for cell in cells)
    return f"| {' | '.join(shown)} |"
