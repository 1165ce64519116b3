"""Parquet that ``datasets.load_dataset`` opens: one row a text, and one row a line with tags.

``notices.parquet`` holds everything; ``iob2.parquet`` is the view that scripts for token
classification take: the characters of a line and their tags, numbered as the model's are.
Marks that overlap another or run over a line end stand in the former only.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from taskner.corpus.annotated import AnnotatedText
from taskner.corpus.inline_writing import separate_marks
from taskner.corpus.tally import Read, Written
from taskner.errors import CorpusError
from taskner.integrations.huggingface import from_dataset, load_datasets, to_dataset, without_bars
from taskner.tagging.decode import TAGS, tags_from_spans

SUFFIX = ".parquet"
NOTICES, IOB2 = "notices.parquet", "iob2.parquet"
_CARD = """\
---
language: zh
task_categories: [token-classification]
configs:
- config_name: notices
  default: true
  data_files: [{{split: train, path: {notices}}}]
- config_name: iob2
  data_files: [{{split: train, path: {iob2}}}]
---

{n_texts} texts, written by `taskner corpus convert --to parquet`. `datasets.load_dataset(FOLDER)`
gives the texts with their marks, links and ledgers; with `"iob2"` as its second argument the
lines, each as characters with their tags.
"""


def write_parquet(texts: Sequence[AnnotatedText]) -> Written:
    """Give a folder's files: both tables, and the card by which they are found.

    Raises:
        MissingExtraError: datasets is not installed.
    """
    card = _CARD.format(notices=NOTICES, iob2=IOB2, n_texts=len(texts))
    with without_bars():
        return Written(
            {
                "README.md": card.encode(),
                NOTICES: _to_bytes(to_dataset(texts)),
                IOB2: _to_bytes(to_iob2(texts)),
            }
        )


def to_iob2(texts: Iterable[AnnotatedText]) -> Any:
    """Give lines as a ``datasets.Dataset`` with ``id``, ``start``, ``tokens``, ``ner_tags``.

    ``start`` is the line's place in the text; empty lines are left out.

    Raises:
        MissingExtraError: datasets is not installed.
    """
    datasets = load_datasets("making a dataset")
    features = datasets.Features(
        {
            "id": datasets.Value("string"),
            "start": datasets.Value("int64"),
            "tokens": [datasets.Value("string")],
            "ner_tags": [datasets.ClassLabel(names=list(TAGS))],
        }
    )
    rows = [row for text in texts for row in _lines(text)]
    # from_list makes no columns where there are no rows.
    columns = {name: [row[name] for row in rows] for name in features}
    return datasets.Dataset.from_dict(columns, features=features)


def read_parquet(path: Path) -> Read:
    """Read a table of texts.

    Raises:
        MissingExtraError: datasets is not installed.
        CorpusError: It is no Parquet, or a table with other columns.
    """
    load_datasets("reading Parquet")
    from pyarrow import ArrowException  # noqa: PLC0415 - datasets brings it
    from pyarrow.parquet import read_table  # noqa: PLC0415 - as above

    try:
        rows = read_table(path).to_pylist()
    except (OSError, ArrowException) as error:
        raise CorpusError(path=path, detail=f"is no Parquet ({error})") from error
    return from_dataset(rows, path=str(path))


def _lines(text: AnnotatedText) -> Iterator[dict[str, Any]]:
    spans = [text.marks[index].span for index in separate_marks(text)]
    tags, _ = tags_from_spans([(at, at + 1) for at in range(len(text.text))], spans)
    start = 0
    for line in text.text.split("\n"):
        end = start + len(line)
        if line:
            yield {
                "id": text.id,
                "start": start,
                "tokens": list(line),
                "ner_tags": tags[start:end],
            }
        start = end + 1


def _to_bytes(dataset: Any) -> bytes:
    buffer = io.BytesIO()
    dataset.to_parquet(buffer)
    return buffer.getvalue()
