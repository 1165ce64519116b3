"""The blocks of a Word file in reading order: paragraphs, tables, text boxes.

Source: ISO/IEC 29500-1 sections 17.2 to 17.5 and 17.13.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from taskner.errors import OverLimitError, UnreadableFileError
from taskner.readers.docx_fields import Fields
from taskner.readers.docx_numbering import Counts, Numbering
from taskner.readers.docx_package import WordPackage
from taskner.readers.docx_pages import Pages
from taskner.readers.docx_runs import Inline, RunReader
from taskner.readers.docx_styles import Style, Styles, kind_of
from taskner.readers.docx_tables import TableCell, lay_out
from taskner.readers.docx_xml import (
    ALTERNATE,
    PARAGRAPH,
    PARAGRAPH_PROPERTIES,
    REMOVED,
    RUN_PROPERTIES,
    TABLE,
    W,
    chosen,
    elements,
    is_on,
    number_value,
    text_value,
)
from taskner.readers.layout import CellPlace, Layout
from taskner.types import BlockKind

_ELSEWHERE = frozenset({W + "altChunk", W + "subDoc"})
_NO_BLOCKS = REMOVED | {W + name for name in ("sectPr", "sdtPr", "sdtEndPr", "customXmlPr")}
_SAME_PAGE = frozenset({"continuous", "nextColumn"})


@dataclass(slots=True)
class _Flow:
    """Paragraphs that follow each other: the text, one cell, one text box.

    Attributes:
        add: Takes the text, kind and page of a paragraph.
        counts: What its numbers go on from.
        is_cell: Whether it is text of a cell, in which tables are lines.
        held: What came before, when a tracked change deleted its paragraph mark.
    """

    add: Callable[[str, BlockKind, int | None], None]
    counts: Counts
    is_cell: bool = False
    held: Inline = field(default_factory=Inline)


class BodyReader:
    """Adds the text of one Word file to a layout."""

    def __init__(self, package: WordPackage, layout: Layout) -> None:
        """Prepare styles, numbers, fields and pages.

        Args:
            package: The file's parts.
            layout: Where the blocks go.
        """
        self._root = package.document
        self._layout = layout
        self._styles = Styles(package.styles)
        self._numbering = Numbering(package.numbering, self._styles)
        self._pages = Pages(self._root)
        self._runs = RunReader(fields=Fields(self._root), pages=self._pages, styles=self._styles)
        self._boxes = Counts()
        self._n_tables = self._n_paragraphs = 0

    def read(self) -> None:
        """Add all blocks.

        Raises:
            UnreadableFileError: Text stands in another file.
            OverLimitError: There is more of something than a limit allows.
        """
        flow = _Flow(add=self._add, counts=Counts())
        self._read_blocks(self._root, flow)
        self._end(flow)

    def _add(self, text: str, kind: BlockKind, page: int | None) -> None:
        self._layout.add(text, kind=kind, page=page)

    def _read_blocks(self, parent: etree._Element, flow: _Flow) -> None:
        for child in elements(parent):
            tag = child.tag
            if tag == PARAGRAPH:
                self._read_paragraph(child, flow)
            elif tag == TABLE:
                self._end(flow)
                self._read_table(child, flow)
            elif tag in _ELSEWHERE:
                detail = (
                    "part of its text is another file put inside; open it in Word and save it again"
                )
                raise UnreadableFileError(path=self._layout.path, detail=detail)
            elif tag == ALTERNATE:
                branch = chosen(child)
                if branch is not None:
                    self._read_blocks(branch, flow)
            elif tag not in _NO_BLOCKS and not _is_contents(child):
                self._read_blocks(child, flow)

    def _read_paragraph(self, paragraph: etree._Element, flow: _Flow) -> None:
        self._n_paragraphs += 1
        limit = self._layout.config.max_blocks
        if self._n_paragraphs > limit:  # also when most are empty: they take time too
            found = f"more than {limit:,} paragraphs"
            raise OverLimitError(
                path=self._layout.path, found=found, limit="max_blocks", value=limit
            )
        properties = paragraph.find(PARAGRAPH_PROPERTIES)
        mark = None if properties is None else properties.find(RUN_PROPERTIES)
        chain = self._styles.of_paragraph(text_value(properties, "pStyle"))
        hidden = next((style.hidden for style in chain if style.hidden is not None), False)
        if self._breaks_before(properties, chain):
            self._pages.break_here()
        inline = _joined(flow.held, self._runs.read(paragraph, is_hidden=hidden))
        flow.held = Inline()
        if _is_removed(mark):
            flow.held = inline
        else:
            number = self._number(properties, chain, flow)
            text = inline.text
            # A number alone is a cell's text; elsewhere it says nothing.
            if text or (flow.is_cell and not _is_hidden(mark, hidden=hidden)):
                text = (number + text).rstrip()
            self._emit(text, inline, kind_of(chain, number_value(properties, "outlineLvl")), flow)
        section = None if properties is None else properties.find(W + "sectPr")
        if section is not None and text_value(section, "type") not in _SAME_PAGE:
            self._pages.break_here()

    def _number(
        self, properties: etree._Element | None, chain: tuple[Style, ...], flow: _Flow
    ) -> str:
        own = None if properties is None else properties.find(W + "numPr")
        level = self._numbering.level_of(chain, text_value(own, "numId"), number_value(own, "ilvl"))
        return "" if level is None else self._numbering.next(*level, flow.counts)

    def _breaks_before(self, properties: etree._Element | None, chain: tuple[Style, ...]) -> bool:
        said = (is_on(properties, "pageBreakBefore"), *(style.break_before for style in chain))
        return next((one for one in said if one is not None), False)

    def _emit(self, text: str, inline: Inline, kind: BlockKind, flow: _Flow) -> None:
        if text:
            page = self._pages.number if inline.page is None else inline.page
            flow.add(text, kind, page)
        for box in inline.boxes:
            inner = _Flow(add=flow.add, counts=self._boxes, is_cell=flow.is_cell)
            if isinstance(box, str):
                inner.add(box.strip(), "paragraph", inline.page)
            else:
                self._read_blocks(box, inner)
                self._end(inner)

    def _end(self, flow: _Flow) -> None:
        """Give out what waits for a paragraph that does not come."""
        held, flow.held = flow.held, Inline()
        self._emit(held.text, held, "paragraph", flow)

    def _read_table(self, element: etree._Element, flow: _Flow) -> None:
        table = lay_out(element)
        self._n_tables += not flow.is_cell
        number = self._n_tables
        for row in table.rows:
            texts: list[str] = []
            first = last = self._pages.page
            for cell in row:
                self._pages.page = first  # cells of a row begin beside each other
                if table.n_columns > 1:
                    text, page = self._cell(cell.element, flow)
                    last = max(last, self._pages.page)
                    if flow.is_cell:
                        texts.append(" ".join(text.split("\n")))
                    else:
                        place = _place(cell, number)
                        self._layout.add(text, kind="cell", page=page, place=place)
                else:  # a frame around text
                    self._read_blocks(cell.element, flow)
                    self._end(flow)
                    last = max(last, self._pages.page)
            self._pages.page = last
            if flow.is_cell and texts:
                flow.add(" ".join(filter(None, texts)), "paragraph", None)

    def _cell(self, element: etree._Element, flow: _Flow) -> tuple[str, int | None]:
        """Read a cell: its lines, and the page on which they begin."""
        lines: list[str] = []
        pages: list[int | None] = []

        def add(text: str, _kind: BlockKind, page: int | None) -> None:
            lines.append(text)
            pages.append(page)

        inner = _Flow(add=add, counts=flow.counts, is_cell=True)
        self._read_blocks(element, inner)
        self._end(inner)
        return "\n".join(filter(None, lines)), next(iter(pages), None)


def _place(cell: TableCell, table: int) -> CellPlace:
    return CellPlace(
        table=table,
        row=cell.row,
        column=cell.column,
        row_span=cell.row_span,
        col_span=cell.col_span,
    )


def _is_contents(element: etree._Element) -> bool:
    """Say whether a control holds a table of contents with its title."""
    gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(W + "val") == "Table of Contents"


def _is_removed(mark: etree._Element | None) -> bool:
    """Say whether a tracked change deleted the paragraph mark: the next one goes on."""
    return mark is not None and any(mark.find(tag) is not None for tag in REMOVED)


def _is_hidden(mark: etree._Element | None, *, hidden: bool) -> bool:
    own = is_on(mark, "vanish")
    return hidden if own is None else own


def _joined(held: Inline, inline: Inline) -> Inline:
    if not (held.parts or held.boxes):
        return inline
    return Inline(
        parts=held.parts + inline.parts,
        boxes=held.boxes + inline.boxes,
        page=inline.page if held.page is None else held.page,
    )
