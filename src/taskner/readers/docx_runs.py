"""The visible text of one paragraph, and the text boxes anchored in it.

Source: ISO/IEC 29500-1 sections 17.3.3 (run content), 17.13 (tracked changes), 17.16
(fields), 22.1 (formulas).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from taskner.readers.docx_fields import CHARACTER, INSTRUCTION, Fields, is_contents
from taskner.readers.docx_pages import RENDERED_BREAK, Pages
from taskner.readers.docx_styles import Styles
from taskner.readers.docx_symbols import font_of, symbol, symbols
from taskner.readers.docx_xml import (
    ALTERNATE,
    REMOVED,
    RUN,
    RUN_PROPERTIES,
    TEXT,
    TEXT_BOX,
    W,
    chosen,
    elements,
    is_on,
    text_value,
)

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_WORD_ART = "{urn:schemas-microsoft-com:vml}textpath"
_BREAK, _SYMBOL = W + "br", W + "sym"
_CODE = W + "instr"  # of a simple field
# Not text, or text that is printed elsewhere: properties, the reading above a character.
_SILENT = REMOVED | {
    *(W + name for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "rubyPr", "rt", "ffData")),
    *(W + name for name in ("delText", "delInstrText", "smartTagPr", "customXmlPr", "fldData")),
}
_SIGNS = {
    **{W + name: " " for name in ("tab", "ptab")},
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
}
_FORMULA_SIGNS = {_MATH + "den": "/", _MATH + "sup": "^"}
_BLANKS = {ord(blank): " " for blank in "\t\r\n"} | {0xAD: None}  # a soft hyphen is not seen
_RAISED = str.maketrans("0123456789+-−=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾")
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(slots=True)
class Inline:
    """What a paragraph shows.

    Attributes:
        parts: Its text in pieces, line breaks among them.
        boxes: Its text boxes, and the texts of its word art.
        page: The page on which its text begins.
    """

    parts: list[str] = field(default_factory=list)
    boxes: list[etree._Element | str] = field(default_factory=list)
    page: int | None = None

    @property
    def text(self) -> str:
        """The text, its lines without blanks at the ends, empty ones left out."""
        lines = "".join(self.parts).split("\n")
        return "\n".join(filter(None, (line.strip() for line in lines)))


class RunReader:
    """Reads the runs of paragraphs, in the order of the text."""

    def __init__(self, *, fields: Fields, pages: Pages, styles: Styles) -> None:
        """Share what goes on from paragraph to paragraph.

        Args:
            fields: The document's fields.
            pages: The pages counted so far.
            styles: The styles, which may hide text.
        """
        self._fields = fields
        self._pages = pages
        self._styles = styles

    def read(self, paragraph: etree._Element, *, is_hidden: bool) -> Inline:
        """Read one paragraph.

        Args:
            paragraph: ``w:p``.
            is_hidden: Whether its style hides text that does not say otherwise.
        """
        inline = Inline()
        self._read_children(paragraph, inline, is_hidden=is_hidden)
        return inline

    def _read_children(self, parent: etree._Element, inline: Inline, *, is_hidden: bool) -> None:
        for child in elements(parent):
            tag = child.tag
            if tag == RUN:
                self._read_run(child, inline, is_hidden=is_hidden)
            elif tag in _SILENT or is_contents(child.get(_CODE, "")):
                continue
            elif tag == ALTERNATE:
                branch = chosen(child)
                if branch is not None:
                    self._read_children(branch, inline, is_hidden=is_hidden)
            elif tag == TEXT_BOX:
                inline.boxes.append(child)
            elif tag == _WORD_ART:
                inline.boxes.append(child.get("string", ""))
            else:
                self._read_formula(child, inline)
                self._read_children(child, inline, is_hidden=is_hidden)

    def _read_formula(self, element: etree._Element, inline: Inline) -> None:
        """Formulas are written on the line, 1/3 and 10^4: the bare digits are other numbers."""
        if element.tag == _MATH + "t":
            self._add(element.text or "", inline)
        else:
            self._add(_FORMULA_SIGNS.get(element.tag, ""), inline)

    def _read_run(self, run: etree._Element, inline: Inline, *, is_hidden: bool) -> None:
        properties = run.find(RUN_PROPERTIES)
        font, is_raised = None, False
        if properties is not None:
            is_hidden = self._is_hidden(properties, otherwise=is_hidden)
            font = font_of(properties)
            is_raised = text_value(properties, "vertAlign") == "superscript"
        self._read_content(run, inline, font, is_hidden=is_hidden, is_raised=is_raised)

    def _read_content(  # noqa: C901 - one branch for each kind of run content
        self,
        run: etree._Element,
        inline: Inline,
        font: str | None,
        *,
        is_hidden: bool,
        is_raised: bool,
    ) -> None:
        for child in elements(run):
            tag = child.tag
            if tag == CHARACTER:
                self._add(self._fields.mark(child), inline)
            elif tag == INSTRUCTION:
                self._fields.instruct(child.text)
            elif tag == RENDERED_BREAK:
                self._pages.rendered_here()
            elif is_hidden or tag in _SILENT:
                continue
            elif tag == TEXT:
                text = symbols(_text(child), font)
                self._add(text.translate(_RAISED) if is_raised else text, inline)
            elif tag in _SIGNS:
                self._add(_SIGNS[tag], inline)
            elif tag == _BREAK:
                self._break(child, inline)
            elif tag == _SYMBOL:
                self._add(symbol(child.get(W + "char", ""), child.get(W + "font", "")), inline)
            elif tag == ALTERNATE:
                branch = chosen(child)
                if branch is not None:
                    self._read_content(
                        branch, inline, font, is_hidden=is_hidden, is_raised=is_raised
                    )
            else:  # drawings and ruby hold text further down
                self._read_children(child, inline, is_hidden=is_hidden)

    def _is_hidden(self, properties: etree._Element, *, otherwise: bool) -> bool:
        own = is_on(properties, "vanish")
        if own is None:
            own = self._styles.is_hidden(text_value(properties, "rStyle"))
        return otherwise if own is None else own

    def _break(self, element: etree._Element, inline: Inline) -> None:
        if not self._fields.shows:
            return
        inline.parts.append("\n")
        if element.get(W + "type") == "page":
            self._pages.break_here()

    def _add(self, text: str, inline: Inline) -> None:
        if not text or not self._fields.shows:
            return
        inline.parts.append(text)
        if not text.isspace():
            self._pages.text_here()
            if inline.page is None:
                inline.page = self._pages.number


def _text(element: etree._Element) -> str:
    text = (element.text or "").translate(_BLANKS)
    return text if element.get(_XML_SPACE) == "preserve" else text.strip(" ")
