"""Where in the source a row comes from, as a person would look for it."""

from __future__ import annotations

from bisect import bisect_right

from taskner.exporters.options import Language
from taskner.types import Block, Document


class Places:
    """Finds the block of an offset and prints its place."""

    def __init__(self, document: Document, *, language: Language) -> None:
        """Index the blocks of one document."""
        self._blocks = document.blocks
        self._starts = [block.start for block in document.blocks]
        self._language = language

    def name(self, start: int, end: int) -> str:
        """Give page, sheet, table and row where the file has them, else characters."""
        block = self._block(start)
        parts = [] if block is None else _parts(block, self._language)
        if parts:
            return " ".join(parts)
        return f"字符 {start}–{end}" if self._language == "zh" else f"characters {start}–{end}"

    def _block(self, offset: int) -> Block | None:
        index = bisect_right(self._starts, offset) - 1
        block = self._blocks[index] if index >= 0 else None
        return block if block is not None and offset < block.end else None


def _parts(block: Block, language: Language) -> list[str]:
    is_chinese = language == "zh"
    numbered = ((block.page, "第{}页", "page {}"), (block.table, "表{}", "table {}"))
    parts = [(zh if is_chinese else en).format(n) for n, zh, en in numbered if n is not None]
    if block.sheet is not None:
        parts.insert(0, f"工作表“{block.sheet}”" if is_chinese else f"sheet {block.sheet!r}")
    if block.row is not None:
        parts.append(f"第{block.row}行" if is_chinese else f"row {block.row}")
    return parts
