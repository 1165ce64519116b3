"""Files of a corpus: UTF-8, line ends as LF."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from taskner.corpus.tally import Written
from taskner.errors import CorpusError, EncodingError, TasknerError, UnreadableFileError


def list_marked(places: Iterable[Path]) -> list[Path]:
    """List the marked texts (``*.txt``) of files and folders.

    Raises:
        CorpusError: A place holds none.
    """
    paths: list[Path] = []
    for place in places:
        found = [place] if place.is_file() else sorted(place.glob("*.txt"))
        if not found:
            raise CorpusError(
                path=str(place),
                detail="no marked texts (*.txt) here; name marked files or their folder",
            )
        paths += found
    return paths


def read_text(path: Path) -> str:
    """Read a UTF-8 file; a byte order mark is dropped, CRLF becomes LF.

    Raises:
        UnreadableFileError: It cannot be opened.
        EncodingError: It is not UTF-8.
    """
    return read_verbatim(path).replace("\r\n", "\n")


def read_verbatim(path: Path) -> str:
    """Read a UTF-8 file with its line ends as they are, which offsets may count.

    Raises:
        UnreadableFileError: It cannot be opened.
        EncodingError: It is not UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UnreadableFileError(path=path, detail=error.strerror or error) from error
    except UnicodeDecodeError as error:
        raise EncodingError(path=path, known="UTF-8") from error


def read_json(path: Path) -> Any:
    """Decode a JSON file.

    Raises:
        ReadError: It cannot be opened, or is not UTF-8.
        CorpusError: It is not JSON.
    """
    try:
        return json.loads(read_text(path))
    except (json.JSONDecodeError, RecursionError) as error:
        raise CorpusError(path=path, detail=f"is not JSON ({error})") from error


def read_json_lines(path: Path) -> list[Any]:
    """Decode the objects of a file of JSON lines, or of a JSON list.

    Raises:
        ReadError: It cannot be opened, or is not UTF-8.
        CorpusError: A line is not JSON.
    """
    data = read_json_or_lines(path)
    return data if isinstance(data, list) else [data]


def read_json_or_lines(path: Path) -> Any:
    """Decode a JSON file, or one of JSON lines as the list of its lines.

    Raises:
        ReadError: It cannot be opened, or is not UTF-8.
        CorpusError: A line is not JSON.
    """
    content = read_text(path)
    try:
        return json.loads(content)
    except (json.JSONDecodeError, RecursionError):
        return list(_decoded_lines(content, path))


def _decoded_lines(content: str, path: Path) -> Iterator[Any]:
    for number, line in enumerate(content.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            detail = f"line {number} is not JSON ({error}); is the export whole?"
            raise CorpusError(path=path, detail=detail) from error


def write_files(written: Written, folder: Path, *, overwrite: bool = False) -> list[Path]:
    """Write the files of a format into a folder.

    Args:
        written: The files.
        folder: Made if it does not exist.
        overwrite: Whether files that are there may be replaced.

    Raises:
        TasknerError: A file is there already or cannot be written.
    """
    places = {folder / name: data for name, data in written.files.items()}
    for name in written.files:
        if Path(name).name != name:
            raise TasknerError(detail=f"{name}: is no name for a file")
    taken = [place for place in places if place.exists()]
    if taken and not overwrite:
        detail = f"{taken[0]}: is there already; choose another folder or give --overwrite."
        raise TasknerError(detail=detail)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for place, data in places.items():
            place.write_bytes(data)
    except OSError as error:
        detail = f"{folder}: cannot be written ({error.strerror}); choose another place."
        raise TasknerError(detail=detail) from error
    return list(places)
