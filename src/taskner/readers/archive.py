"""Compressed office files, opened only when what they unpack to is within the limits."""

from __future__ import annotations

import zipfile
from io import BytesIO

from taskner.errors import OverLimitError, UnreadableFileError
from taskner.readers.config import ReaderConfig


def check_archive(data: bytes, *, path: str, config: ReaderConfig) -> None:
    """Refuse what is no sound zip archive, or unpacks to more than the limits.

    The sizes an archive declares may be lies, so every part is unpacked in pieces and
    counted; nothing is kept.

    Raises:
        OverLimitError: It has too many parts or unpacks to too much.
        UnreadableFileError: No archive, or a damaged or encrypted one.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > config.max_parts:
                _refuse(path, f"{len(parts):,} parts in it", "max_parts", config.max_parts)
            total = 0
            for part in parts:
                with archive.open(part) as stream:
                    while piece := stream.read(1 << 20):
                        total += len(piece)
                        if total > config.max_expanded_bytes:
                            limit = config.max_expanded_bytes
                            found = f"more than {limit:,} bytes when unpacked"
                            _refuse(path, found, "max_expanded_bytes", limit)
    except OverLimitError:
        raise
    except RuntimeError as error:
        raise UnreadableFileError(path=path, detail="it is protected by a password") from error
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        detail = "it is no sound docx or xlsx file"
        raise UnreadableFileError(path=path, detail=detail) from error
    except Exception as error:  # zlib.error, lzma errors, struct errors of a broken directory
        detail = f"it is a damaged docx or xlsx file: {error}"
        raise UnreadableFileError(path=path, detail=detail) from error


def _refuse(path: str, found: str, limit: str, value: int) -> None:
    raise OverLimitError(path=path, found=found, limit=limit, value=value)
