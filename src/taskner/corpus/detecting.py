"""Which format a file of a corpus is of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from taskner.corpus import standoff
from taskner.corpus.files import read_json_or_lines
from taskner.errors import CorpusError

_CONLL_SUFFIXES = (".conll", ".bio", ".bmes", ".bioes", ".iob")


def detect_format(path: Path) -> str:
    """Tell the format of a file by its name and content.

    Raises:
        ReadError: It cannot be opened.
        CorpusError: It is of no format that is known.
    """
    suffix = path.suffix.lower()
    if suffix == ".ann" or (suffix == ".txt" and path.with_suffix(".ann").exists()):
        return "brat"
    if suffix == ".txt":
        return "inline"
    if suffix in _CONLL_SUFFIXES:
        return "conll"
    if suffix in (".json", ".jsonl"):
        data = read_json_or_lines(path)
        name = _name_of(data[0] if isinstance(data, list) and data else data)
        if name:
            return name
    detail = "is of no corpus format that is known; give --from"
    raise CorpusError(path=path, detail=detail)


def _name_of(record: Any) -> str | None:
    name = None
    match record:
        case {"schema": standoff.SCHEMA}:
            name = "standoff"
        case {"schema": _, "tasks": _}:
            name = "taskner"
        case {"data": {}} | {"annotations": [*_]} | {"label": [{"labels": _}, *_]} | []:
            name = "label-studio"
        case {"text": str(), "label": {}}:
            name = "cluener"
        case {"text": str()}:
            name = "doccano"
    return name
