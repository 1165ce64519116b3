"""Hugging Face datasets: one row a text, with its marks as a list of structs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from taskner.corpus.annotated import AnnotatedText
from taskner.corpus.facts import FACTS
from taskner.corpus.tally import Note, Read, Written
from taskner.errors import CorpusError, MissingExtraError
from taskner.integrations.rows import row_of_text, text_of_row


def to_dataset(texts: Iterable[AnnotatedText]) -> Any:
    """Give texts as a ``datasets.Dataset``.

    Raises:
        MissingExtraError: datasets is not installed.
    """
    datasets = load_datasets("making a dataset")
    rows = [row_of_text(text) for text in texts]
    return datasets.Dataset.from_list(rows, features=_features(datasets))


def from_dataset(dataset: Iterable[Any], *, path: str = "<dataset>") -> Read:
    """Read the rows of a dataset that :func:`to_dataset` gave.

    Raises:
        CorpusError: It has other columns.
    """
    texts: list[AnnotatedText] = []
    notes: list[Note] = []
    for row in dataset:
        read = text_of_row(row, path=path)
        texts += read.texts
        notes += read.notes
    return Read(tuple(texts), tuple(notes))


def write_dataset(texts: Sequence[AnnotatedText]) -> Written:
    """Give the files that ``datasets.load_from_disk`` opens.

    Raises:
        MissingExtraError: datasets is not installed.
    """
    with without_bars(), TemporaryDirectory() as folder:
        to_dataset(texts).save_to_disk(folder)
        return Written({path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())})


def read_dataset(folder: Path) -> Read:
    """Read a folder that ``save_to_disk`` wrote; splits are read one after the other.

    Raises:
        MissingExtraError: datasets is not installed.
        CorpusError: It is no dataset, or one with other columns.
    """
    datasets = load_datasets("reading a dataset")
    try:
        found = datasets.load_from_disk(str(folder))
        splits = list(found.values()) if isinstance(found, dict) else [found]
        rows = [row for split in splits for row in split.to_list()]
    except Exception as error:
        # The library lets errors of Arrow and of the file system through.
        detail = f"is no dataset on disk ({type(error).__name__}: {error})"
        raise CorpusError(path=folder, detail=detail) from error
    return from_dataset(rows, path=str(folder))


def _features(datasets: Any) -> Any:
    text, number = datasets.Value("string"), datasets.Value("int64")
    mark = {
        "start": number,
        "end": number,
        "label": text,
        "score": datasets.Value("float64"),
        "id": text,
        "role": text,
        "change": text,
        "metrics": [number],
        "deadlines": [number],
        "units": [number],
        "continues": number,
    }
    return datasets.Features(
        {
            "id": text,
            "text": text,
            **dict.fromkeys(FACTS, text),
            "marks": [mark],
            "ledger": text,
        }
    )


@contextmanager
def without_bars() -> Iterator[None]:
    """Let datasets write without progress bars; afterwards they are shown as before.

    Raises:
        MissingExtraError: datasets is not installed.
    """
    datasets = load_datasets("writing a dataset")
    was_silent = datasets.are_progress_bars_disabled()
    datasets.disable_progress_bars()
    try:
        yield
    finally:
        if not was_silent:
            datasets.enable_progress_bars()


def load_datasets(purpose: str) -> Any:
    """Import the library datasets.

    Args:
        purpose: What needs it, for the error.

    Raises:
        MissingExtraError: datasets is not installed.
    """
    try:
        import datasets  # noqa: PLC0415 - an extra, and slow to load
    except ImportError as error:
        raise MissingExtraError(package="datasets", extra="train", purpose=purpose) from error
    return datasets
