"""What a command that wrote a file says of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from taskner.exporters import Failure, to_rows
from taskner.types import Notice


@dataclass(slots=True)
class Tally:
    """Counts results as they pass on their way into a ledger."""

    n_files: int = 0
    n_failed: int = 0
    n_without_tasks: int = 0
    n_tasks: int = 0
    n_rows: int = 0
    n_review: int = 0

    def counted(self, results: Iterable[Notice | Failure]) -> Iterator[Notice | Failure]:
        """Pass results on and count them."""
        for result in results:
            self.n_files += 1
            if isinstance(result, Failure):
                self.n_failed += 1
            else:
                rows = to_rows(result)
                self.n_without_tasks += not result.tasks
                self.n_tasks += len(result.tasks)
                self.n_rows += len(rows)
                self.n_review += sum(1 for row in rows if row.review)
            yield result

    def line(self, output: Path) -> str:
        """Say what stands in the file and what has no row there."""
        less = {"failed": self.n_failed, "without tasks": self.n_without_tasks}
        missing = ", ".join(f"{count} {what}" for what, count in less.items() if count)
        files = f"{self.n_files} ({missing})" if missing else str(self.n_files)
        return (
            f"wrote {output}: files {files}, tasks {self.n_tasks}, rows {self.n_rows}, "
            f"of these 需复核 {self.n_review}"
        )
