"""taskner reads a Chinese responsibility notice (责任分解通知) and writes its ledger (台账).

    import taskner

    notice = taskner.load().extract("通知.txt")
    taskner.write(notice, "台账.xlsx")

Whatever reads, tags or writes is imported by the call that needs it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from taskner.errors import TasknerError
from taskner.types import (
    LABELS,
    Annex,
    Block,
    Deadline,
    Document,
    Label,
    Notice,
    Period,
    Quantity,
    Segment,
    Source,
    Span,
    Target,
    Task,
    Unit,
)
from taskner.version import __version__

if TYPE_CHECKING:
    from taskner.exporters import Failure, write
    from taskner.integrations.spacy_loading import load_spacy
    from taskner.pipeline import Extractor, extract, extract_text, load
    from taskner.readers import ReaderConfig, read
    from taskner.records import notice_from_json, notice_to_json

_HOMES = {
    "Extractor": "taskner.pipeline",
    "Failure": "taskner.exporters",
    "ReaderConfig": "taskner.readers",
    "extract": "taskner.pipeline",
    "extract_text": "taskner.pipeline",
    "load": "taskner.pipeline",
    "load_spacy": "taskner.integrations.spacy_loading",
    "notice_from_json": "taskner.records",
    "notice_to_json": "taskner.records",
    "read": "taskner.readers",
    "write": "taskner.exporters",
}

__all__ = [
    "LABELS",
    "Annex",
    "Block",
    "Deadline",
    "Document",
    "Extractor",
    "Failure",
    "Label",
    "Notice",
    "Period",
    "Quantity",
    "ReaderConfig",
    "Segment",
    "Source",
    "Span",
    "Target",
    "Task",
    "TasknerError",
    "Unit",
    "__version__",
    "extract",
    "extract_text",
    "load",
    "load_spacy",
    "notice_from_json",
    "notice_to_json",
    "read",
    "write",
]


def __getattr__(name: str) -> Any:
    """Import the room of a public name when it is first used (PEP 562)."""
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message, name=name)
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return list(__all__)
