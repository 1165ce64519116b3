"""What a check finds: where it is, what is wrong, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FindingKind = Literal[
    "input", "marks", "label", "source", "metric", "ledger", "sentence", "near-copy"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong, with file and line; ``mend`` says what to do."""

    path: str
    line: int
    kind: FindingKind
    detail: str
    mend: str

    def __str__(self) -> str:
        """Give the finding as one line, file and line first."""
        return f"{self.path}:{self.line}: {self.kind}: {self.detail}. {self.mend}"
