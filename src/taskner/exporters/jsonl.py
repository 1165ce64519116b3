"""The JSON contract as lines, or as one document."""

from __future__ import annotations

import json
from typing import Any

from taskner.exporters.options import Batch
from taskner.records import failure_to_json, notice_to_json

# Line ends to some readers of lines and orders to some terminals, though not to JSON.
_ESCAPED = str.maketrans({code: f"\\u{code:04x}" for code in (*range(0x7F, 0xA0), 0x2028, 0x2029)})


def render_jsonl(batch: Batch) -> bytes:
    """Give one record a line, notices first, then failures."""
    lines = [json.dumps(record, ensure_ascii=False) + "\n" for record in _records(batch)]
    return _encode("".join(lines))


def render_json(batch: Batch) -> bytes:
    """Give the one record, indented, or an array when there are several."""
    records = _records(batch)
    data = records[0] if len(records) == 1 else records
    return _encode(json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def _records(batch: Batch) -> list[dict[str, Any]]:
    return [
        *(notice_to_json(notice, with_text=batch.with_text) for notice in batch.notices),
        *(failure_to_json(failure.path, failure.error) for failure in batch.failures),
    ]


def _encode(text: str) -> bytes:
    # Half a surrogate pair has no UTF-8; its replacement is JSON's own escape.
    return text.translate(_ESCAPED).encode("utf-8", "backslashreplace")
