"""The one place where a document's text grows and its blocks are recorded."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from taskner.errors import EmptyFileError, OverLimitError
from taskner.readers.config import ReaderConfig
from taskner.types import Block, BlockKind, Document, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class CellPlace:
    """Where a cell stands: tables, rows and columns count from 1, as people count."""

    table: int
    row: int
    column: int
    row_span: int = 1
    col_span: int = 1
    sheet: str | None = None


_LINE = re.compile(r"[^\n]+")


@dataclass(slots=True, kw_only=True)
class Layout:
    """Collects a document's text and blocks in reading order.

    ``repairs`` names the damage that the reader undid.
    """

    path: str
    config: ReaderConfig
    repairs: tuple[str, ...] = ()
    _parts: list[str] = field(default_factory=list)
    _blocks: list[Block] = field(default_factory=list)
    _length: int = 0

    def add(
        self,
        text: str,
        *,
        kind: BlockKind = "paragraph",
        page: int | None = None,
        place: CellPlace | None = None,
    ) -> None:
        """Append one block on lines of its own; blank text adds nothing.

        Raises:
            OverLimitError: The document grows over a limit.
        """
        text = text.strip()
        if not text:
            return
        start = self._length
        self._append(text + "\n")
        self._record(start, start + len(text), kind=kind, page=page, place=place)

    def add_verbatim(self, text: str) -> None:
        """Append text as it is and record every line that is not blank as a paragraph.

        Raises:
            OverLimitError: The document grows over a limit.
        """
        offset = self._length
        self._append(text)
        for line in _LINE.finditer(text):
            content = line[0].strip()
            if content:
                start = offset + line.start() + line[0].index(content)
                self._record(start, start + len(content), kind="paragraph")

    def document(self, *, name: str, source: Source) -> Document:
        """Give the finished document.

        Raises:
            EmptyFileError: No block was recorded.
        """
        if not self._blocks:
            raise EmptyFileError(path=self.path)
        return Document(
            id=name, text="".join(self._parts), blocks=tuple(self._blocks), source=source
        )

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
        if self._length > self.config.max_characters:
            self._refuse("characters of text", "max_characters", self.config.max_characters)

    def _record(
        self,
        start: int,
        end: int,
        *,
        kind: BlockKind,
        page: int | None = None,
        place: CellPlace | None = None,
    ) -> None:
        if len(self._blocks) >= self.config.max_blocks:
            self._refuse("blocks", "max_blocks", self.config.max_blocks)
        self._blocks.append(
            Block(
                start=start,
                end=end,
                kind=kind,
                page=page,
                sheet=place.sheet if place else None,
                table=place.table if place else None,
                row=place.row if place else None,
                column=place.column if place else None,
                row_span=place.row_span if place else 1,
                col_span=place.col_span if place else 1,
            )
        )

    def _refuse(self, what: str, limit: str, value: int) -> None:
        found = f"more than {value:,} {what}"
        raise OverLimitError(path=self.path, found=found, limit=limit, value=value)
