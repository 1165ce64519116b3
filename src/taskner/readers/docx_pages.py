"""Page numbers, as far as Word noted where its pages began."""

from __future__ import annotations

from lxml import etree

from taskner.readers.docx_xml import W

RENDERED_BREAK = W + "lastRenderedPageBreak"


class Pages:
    """Counts pages in the order of the text.

    Word notes where pages began when it last saved the file. Without such notes explicit
    breaks alone would count too few pages, and no number is given.
    """

    def __init__(self, root: etree._Element) -> None:
        """Begin at the first page.

        Args:
            root: The document.
        """
        self._is_noted = next(root.iter(RENDERED_BREAK), None) is not None
        self._just_broken = False
        self.page = 1

    @property
    def number(self) -> int | None:
        """The page of the text that comes now, from 1; None where Word noted none."""
        return self.page if self._is_noted else None

    def break_here(self) -> None:
        """Pass a break that the author put in."""
        self.page += 1
        self._just_broken = True

    def rendered_here(self) -> None:
        """Pass a note of Word's; after an explicit break it notes that break."""
        self.page += not self._just_broken
        self._just_broken = False

    def text_here(self) -> None:
        """Pass text: a note after it is a break of its own."""
        self._just_broken = False
