"""Word files (.docx, and .docm as data: macros are never looked at)."""

from __future__ import annotations

from taskner.errors import UnreadableFileError
from taskner.readers.docx_body import BodyReader
from taskner.readers.docx_package import open_package
from taskner.readers.layout import Layout


def read_docx(data: bytes, layout: Layout) -> None:
    """Add the text of a Word file: paragraphs with their numbers, cells, text boxes.

    Headers, footers, notes, comments, hidden text and deleted text are left out.

    Raises:
        WrongFormatError: The content is something else than its suffix says.
        UnreadableFileError: The file is damaged, protected or nested too deeply.
        OverLimitError: There is more of something than a limit allows.
    """
    package = open_package(data, path=layout.path, config=layout.config)
    try:
        BodyReader(package, layout).read()
    except RecursionError as error:
        detail = "its elements are nested too deeply"
        raise UnreadableFileError(path=layout.path, detail=detail) from error
