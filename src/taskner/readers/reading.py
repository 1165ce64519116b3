"""Reading a path, bytes or a string."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path, PurePath

from taskner.errors import EmptyFileError
from taskner.readers.config import ReaderConfig
from taskner.readers.formats import STDIN, choose_format
from taskner.readers.layout import Layout
from taskner.readers.loading import check_size, load_file
from taskner.types import Document, Source


def read(path: str | Path, *, config: ReaderConfig | None = None) -> Document:
    """Read a file: as what it is, or by its suffix where the content does not tell.

    Args:
        path: The file; the document's id is its name without the suffix.
        config: Limits.

    Raises:
        UnknownFormatError: Neither content nor suffix is known.
        NeedsConversionError: LibreOffice, which would convert it, is not there.
        UnreadableFileError: The path is no file or cannot be opened.
        OverLimitError: The file is over a limit.
        EmptyFileError: The file holds no text.
        EncodingError: The file is not text in a known encoding.
        WrongFormatError: The content is something else than its suffix says.
    """
    config = config or ReaderConfig()
    return read_bytes(load_file(path, config=config), name=str(path), config=config)


def read_bytes(data: bytes, *, name: str, config: ReaderConfig | None = None) -> Document:
    """Read a file's content that is already in memory.

    Args:
        data: The content.
        name: The file's name; its suffix says the format where the content does not.
            ``-`` is standard input.
        config: Limits.

    Raises:
        UnknownFormatError: Neither content nor suffix is known.
        NeedsConversionError: LibreOffice, which would convert it, is not there.
        UnreadableFileError: The content cannot be parsed.
        OverLimitError: The content is over a limit.
        EmptyFileError: The content holds no text.
        EncodingError: The content is not text in a known encoding.
        WrongFormatError: The content is something else than its suffix says.
    """
    config = config or ReaderConfig()
    check_size(len(data), path=name, config=config)
    if not data:
        raise EmptyFileError(path=name)
    form = choose_format(data, name=name)
    layout = Layout(path=name, config=config)
    form.read(data, layout)
    source = Source(
        path=name,
        media_type=form.media_type,
        sha256=sha256(data).hexdigest(),
        reader=form.name,
        repairs=layout.repairs,
    )
    return layout.document(name="stdin" if name == STDIN else PurePath(name).stem, source=source)


def document_from_text(
    text: str,
    *,
    name: str = "text",
    config: ReaderConfig | None = None,
) -> Document:
    """Make a document of a string as it is, so that offsets point into the string.

    Args:
        text: The notice.
        name: The document's id.
        config: Limits.

    Raises:
        EmptyFileError: The string is blank.
        OverLimitError: The string is over a limit.
    """
    layout = Layout(path=name, config=config or ReaderConfig())
    layout.add_verbatim(text)
    return layout.document(name=name, source=Source())
