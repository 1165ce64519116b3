"""Pre-annotation: what a model finds in notices, as marks for a person to correct."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from taskner.corpus.annotated import AnnotatedText
from taskner.corpus.formats import with_unique_ids
from taskner.corpus.predicted import marks_of_notice
from taskner.corpus.tally import Note, Read
from taskner.errors import TasknerError
from taskner.exporters import Failure
from taskner.pipeline import Extractor


def annotate(extractor: Extractor, paths: Iterable[Path | str]) -> tuple[Read, tuple[Failure, ...]]:
    """Extract file after file and give the spans and links found as marks.

    Args:
        extractor: A loaded model.
        paths: Notices in any format that can be read.

    Returns:
        A text with marks for each file, and what failed.
    """
    texts: list[AnnotatedText] = []
    notes: list[Note] = []
    failures: list[Failure] = []
    for path in paths:
        try:
            read = marks_of_notice(extractor.extract(path))
        except TasknerError as error:
            failures.append(Failure(path=str(path), error=error))
            continue
        texts += read.texts
        notes += read.notes
    return with_unique_ids(Read(tuple(texts), tuple(notes))), tuple(failures)
