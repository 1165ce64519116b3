"""Suggestions as a table: what a row says, and the row in each format."""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Literal

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from taskner.exporters.csv import csv_cell
from taskner.exporters.places import Places
from taskner.exporters.safe_text import one_line, printable
from taskner.studies.suggestions import Suggestion

Language = Literal["zh", "en"]
Row = dict[str, str | int | float | None]

TITLES: Mapping[str, tuple[str, str]] = {
    "rank": ("序", "rank"),
    "document": ("文件", "document"),
    "number": ("任务序号", "number"),
    "items": ("任务数", "items"),
    "place": ("位置", "place"),
    "start": ("起", "start"),
    "end": ("止", "end"),
    "characters": ("字数", "characters"),
    "doubt": ("存疑", "doubt"),
    "label": ("最存疑", "most in doubt"),
    "places": ("存疑处", "places"),
    "like": ("相似于", "like"),
    "likeness": ("相似度", "likeness"),
    "reason": ("理由", "reason"),
    "text": ("原文", "text"),
}
"""Keys of a row in order, with their Chinese and English titles."""

_LABELS = {"UNIT": "责任单位", "METRIC": "指标", "TARGET": "目标值", "DEADLINE": "完成时限"}
_ON_TERMINAL = ("rank", "document", "number", "place", "characters", "doubt", "reason", "text")
_SHOWN_TEXT = 60
_ALIKE = 0.3


def rows_of(
    suggestions: Iterable[Suggestion], *, language: Language = "zh", with_text: bool = False
) -> list[Row]:
    """Give a row for each suggestion, in the order of :data:`TITLES`.

    ``start`` and ``end`` are code points of the text that ``taskner read`` prints; of an
    item from its first segment that is tagged to its last.
    """
    return [_row(one, language, with_text=with_text) for one in suggestions]


def _row(one: Suggestion, language: Language, *, with_text: bool) -> Row:
    document = one.notice.document
    start, end = one.place
    is_item = one.task is not None
    place = Places(document, language=language).name(start, end) if is_item else ""
    row: Row = {
        "rank": one.rank,
        "document": document.source.path or document.id,
        "number": one.task.number if one.task else None,
        "items": len(one.items),
        "place": place,
        "start": start,
        "end": end,
        "characters": one.n_characters,
        "doubt": round(one.doubt, 4),
        "label": one.label,
        "places": one.n_places,
        "like": one.like,
        "likeness": round(one.likeness, 3),
        "reason": _reason(one, language),
    }
    if with_text:
        row["text"] = "\n".join(item.text for item in one.items)
    return row


def _reason(one: Suggestion, language: Language) -> str:
    label = one.label or "UNIT"
    alike = one.like if one.likeness >= _ALIKE else None
    if language == "zh":
        doubted = f"存疑{one.n_places}处,主要是{_LABELS[label]}" if one.n_places else "无明显存疑"
        return doubted + (f",与第{alike}条相近" if alike else "")
    doubted = f"{one.n_places} in doubt, most of {label}" if one.n_places else "little in doubt"
    return doubted + (f"; somewhat like {alike}" if alike else "")


def to_jsonl(rows: Iterable[Row]) -> bytes:
    """Give one JSON object a line."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def to_csv(rows: Iterable[Row], *, language: Language, with_text: bool) -> bytes:
    """Give a table for spreadsheets: UTF-8 with a byte order mark."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    keys = [key for key in TITLES if key != "text" or with_text]
    writer.writerow([TITLES[key][language == "en"] for key in keys])
    for row in rows:
        writer.writerow([csv_cell(row[key]) for key in keys])
    return codecs.BOM_UTF8 + buffer.getvalue().encode("utf-8", "replace")


def draw_table(rows: Iterable[Row], *, language: Language) -> Callable[[Console], None]:
    """Give what prints the rows on a console, long texts cut."""
    kept = list(rows)

    def draw(console: Console) -> None:
        table = Table(box=SIMPLE_HEAD, expand=True)
        keys = [key for key in _ON_TERMINAL if any(row.get(key) for row in kept)]
        for key in keys:
            table.add_column(TITLES[key][language == "en"], overflow="fold")
        for row in kept:
            cells = (printable(one_line(str(row[key] or ""))) for key in keys)
            table.add_row(*(Text(_cut(cell)) for cell in cells))
        console.print(table)

    return draw


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN_TEXT else text[: _SHOWN_TEXT - 1] + "…"
