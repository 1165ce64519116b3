"""Standoff files and the folder of notices that they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from taskner.corpus.annotated import AnnotatedText
from taskner.corpus.folded import FoldedText, text_sha256
from taskner.corpus.standoff import Standoff, count_agreeing, find_difference, join_text
from taskner.corpus.tally import Note, Read
from taskner.errors import CorpusError, TasknerError
from taskner.readers import SUFFIXES, read


@dataclass(frozen=True, slots=True)
class _Candidate:
    path: Path
    text: str
    folded: FoldedText


def join_notices(
    standoffs: Iterable[Standoff], folder: Path
) -> tuple[Read, tuple[TasknerError, ...]]:
    """Find the notice of each standoff file and put its marks into it.

    Args:
        standoffs: The files.
        folder: Where the notices are, in any format that taskner reads.

    Returns:
        The texts that were found, and why the others were not.

    Raises:
        CorpusError: The folder holds no file that can be read.
    """
    candidates = list(_candidates(folder))
    if not candidates:
        detail = f"holds no notices to join with ({', '.join(SUFFIXES)})"
        raise CorpusError(path=folder, detail=detail)
    exact = {text_sha256(candidate.text): candidate for candidate in candidates}
    folded = {candidate.folded.sha256: candidate for candidate in candidates}
    texts: list[AnnotatedText] = []
    notes: list[Note] = []
    errors: list[TasknerError] = []
    for standoff in standoffs:
        found = exact.get(standoff.sha256) or folded.get(standoff.folded_sha256)
        if found is None:
            detail = _nearest(standoff, candidates, folder)
            errors.append(CorpusError(path=standoff.path, detail=detail))
            continue
        try:
            joined = join_text(standoff, found.text)
        except CorpusError as error:
            errors.append(error)
            continue
        texts += joined.texts
        notes += joined.notes
    return Read(tuple(texts), tuple(notes)), tuple(errors)


def _candidates(folder: Path) -> Iterator[_Candidate]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix.lower() in SUFFIXES:
            try:
                text = read(path).text
            except TasknerError:
                # Not every file of a folder is a notice; the standoff file whose text is
                # missing is what is reported.
                continue
            yield _Candidate(path, text, FoldedText(text))


def _nearest(standoff: Standoff, candidates: Sequence[_Candidate], folder: Path) -> str:
    """Say what is nearest to the text that was not found."""
    best = max(
        candidates,
        key=lambda each: (each.path.stem == standoff.id, count_agreeing(standoff, each.folded)),
    )
    if best.path.stem != standoff.id and not count_agreeing(standoff, best.folded):
        return f"no text in {folder} is that of {standoff.id}, by either of its hashes"
    return f"{best.path}: {find_difference(standoff, best.text)}"
