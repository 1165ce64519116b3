"""All formats of a corpus: those of the corpus room, and those of other libraries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from taskner.corpus.annotated import AnnotatedText
from taskner.corpus.detecting import detect_format
from taskner.corpus.formats import FORMATS, Format, ReadOptions, with_unique_ids
from taskner.corpus.ledger import LEDGER_SUFFIX
from taskner.corpus.tally import Note, Read
from taskner.errors import CorpusError, UnreadableFileError
from taskner.integrations.docbin import read_docbin, write_docbin
from taskner.integrations.huggingface import read_dataset, write_dataset
from taskner.integrations.parquet import IOB2, SUFFIX, read_parquet, write_parquet
from taskner.integrations.rows import CARRIES

ALL_FORMATS: dict[str, Format] = {
    form.name: form
    for form in (
        *FORMATS[:-2],
        Format(
            name="docbin",
            title="spaCy DocBin (extra `spacy`)",
            carries=CARRIES,
            read=lambda path, _: read_docbin(path),
            write=lambda texts, _: write_docbin(texts),
        ),
        Format(
            name="huggingface",
            title="Hugging Face dataset on disk (extra `train`)",
            carries=CARRIES,
            read=lambda path, _: read_dataset(path),
            write=lambda texts, _: write_dataset(texts),
        ),
        Format(
            name="parquet",
            title="Parquet for `datasets.load_dataset` (extra `train`)",
            carries=CARRIES,
            read=lambda path, _: read_parquet(path),
            write=lambda texts, _: write_parquet(texts),
        ),
        *FORMATS[-2:],
    )
}
_DATASET = "dataset_info.json"
_DATASETS = "dataset_dict.json"
_COMPANIONS = (LEDGER_SUFFIX, ".xml", ".conf", ".toml", ".md", IOB2)
_BINARY = {".spacy": "docbin", SUFFIX: "parquet"}


def read_corpus(
    paths: Iterable[Path], *, format_name: str | None = None, options: ReadOptions | None = None
) -> Read:
    """Read texts from files and folders.

    Args:
        paths: Files, and folders of them.
        format_name: The format of all; None to tell each by its name and content.
        options: How exports are read.

    Returns:
        The texts, each with an id of its own that may be the name of a file.

    Raises:
        ReadError: A file cannot be opened.
        MarksError: A mark is malformed.
        CorpusError: A file is broken or of no known format, or there is no text at all.
        MissingExtraError: A library is not installed.
    """
    options = options or ReadOptions()
    texts: list[AnnotatedText] = []
    notes: list[Note] = []
    listed = list(paths)
    for path in corpus_files(listed, format_name):
        read = read_file(path, format_name, options)
        texts += read.texts
        notes += read.notes
    if not texts:
        names = ", ".join(map(str, listed))
        raise CorpusError(path=names, detail=_why_nothing(notes))
    return with_unique_ids(Read(tuple(texts), tuple(notes)))


def read_file(path: Path, format_name: str | None, options: ReadOptions) -> Read:
    """Read the texts of one file, or of a dataset's folder.

    Raises:
        TasknerError: As :func:`read_corpus`.
    """
    form = ALL_FORMATS[format_name or name_of_format(path)]
    if form.read is None:
        detail = f"{form.name} holds no text to read marks into"
        hint = "; use: taskner corpus join" if form.name == "standoff" else ""
        raise CorpusError(path=path, detail=detail + hint)
    return form.read(path, options)


def corpus_files(paths: Iterable[Path], format_name: str | None = None) -> Iterator[Path]:
    """Give the files that hold texts; a dataset's folder stands for itself."""
    for path in paths:
        if not path.exists():
            raise UnreadableFileError(path=path, detail="there is no such file")
        if path.is_dir() and not _is_dataset(path) and format_name != "huggingface":
            yield from _files_in(path)
        elif path.suffix == ".txt" and path.with_suffix(".ann").exists():
            yield path.with_suffix(".ann")
        else:
            yield path


def name_of_format(path: Path) -> str:
    """Tell the format of a file, or of a dataset's folder.

    Raises:
        ReadError: It cannot be opened.
        CorpusError: It is of no format that is known.
    """
    if path.is_dir():
        return "huggingface"
    return _BINARY.get(path.suffix) or detect_format(path)


def _files_in(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        is_hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        is_pair = path.suffix == ".txt" and path.with_suffix(".ann").exists()
        is_part = path.parent != folder and _is_dataset(path.parent)
        if path.is_file() and not (is_hidden or is_pair or is_part):
            if not path.name.endswith(_COMPANIONS):
                yield path
        elif path.is_dir() and _is_dataset(path):
            yield path


def _is_dataset(path: Path) -> bool:
    return (path / _DATASET).exists() or (path / _DATASETS).exists()


def _why_nothing(notes: Sequence[Note]) -> str:
    reasons = "; ".join(dict.fromkeys(note.detail for note in notes[:3]))
    return f"no text with marks in here{': ' if reasons else ''}{reasons}"
