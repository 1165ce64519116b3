"""Check a corpus: every text of every format, and the texts against each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from taskner.corpus.annotated import AnnotatedText
from taskner.corpus.checking import check_marks, check_source
from taskner.corpus.checking_copies import check_folds, check_sentences
from taskner.corpus.checking_ledgers import check_ledger
from taskner.corpus.files import read_text
from taskner.corpus.findings import Finding
from taskner.corpus.formats import ReadOptions
from taskner.corpus.inline import scan_marks
from taskner.corpus.leaks import NEAR_COPY
from taskner.corpus.splits import Fold
from taskner.corpus.tally import Note
from taskner.errors import CorpusError, MarksError, ReadError
from taskner.integrations.formats import corpus_files, read_file
from taskner.readers import SUFFIXES, read

_MEND_INPUT = "Correct it in the tool that wrote it, and export again."
_MEND_MARKS = "Correct the mark; docs/annotating.md shows what marks look like."


def check_corpus(
    paths: Iterable[Path],
    *,
    format_name: str | None = None,
    options: ReadOptions | None = None,
    sources: Path | None = None,
    folds: Iterable[Fold] | None = None,
    near: float = NEAR_COPY,
) -> Iterator[Finding]:
    """Find what is wrong with a corpus, file after file, then between texts.

    Args:
        paths: Files and folders of any format.
        format_name: Of all files; None to tell each by its name and content.
        options: How exports are read.
        sources: The folder of the unmarked texts, by the same names.
        folds: Of the corpus; near-copies in two of them are findings.
        near: Share of common 5-grams that makes two texts near-copies.

    Raises:
        ReadError: A path does not exist.
        MissingExtraError: A library is not installed.
    """
    known = _sources(sources) if sources else {}
    texts: list[tuple[AnnotatedText, str]] = []
    n_files = 0
    for path in corpus_files(paths, format_name):
        n_files += 1
        found, findings = _read(path, format_name, options or ReadOptions())
        yield from findings
        for text in found:
            texts.append((text, str(path)))
            yield from check_marks(text, str(path))
            yield from check_ledger(text, str(path))
            if sources:
                yield from _check_source(text, path, known, sources)
    if not texts:
        detail = f"none of {n_files} files holds a text with marks"
        yield Finding(path=".", line=1, kind="input", detail=detail, mend="Give other files.")
    yield from check_sentences(texts)
    if folds is not None:
        yield from check_folds(texts, folds, near=near)


def _read(
    path: Path, format_name: str | None, options: ReadOptions
) -> tuple[tuple[AnnotatedText, ...], list[Finding]]:
    """Read a file as far as it can be read."""
    try:
        read_in = read_file(path, format_name, options)
    except MarksError:
        _, errors = scan_marks(read_text(path), path=str(path))
        return (), [
            Finding(
                path=str(path),
                line=error.facts["line"],
                kind="label" if "unknown label" in error.facts["detail"] else "marks",
                detail=error.facts["detail"],
                mend=_MEND_MARKS,
            )
            for error in errors
        ]
    except (ReadError, CorpusError) as error:
        detail = str(error).removeprefix(f"{error.facts['path']}: ").rstrip(".")
        found = Finding(
            path=str(error.facts["path"]), line=1, kind="input", detail=detail, mend=_MEND_INPUT
        )
        return (), [found]
    return read_in.texts, [_of_note(note, path) for note in read_in.notes if note.cause == "input"]


def _of_note(note: Note, path: Path) -> Finding:
    what = f"{note.text}: {note.n} {note.kind} {note.effect}: {note.detail}"
    return Finding(
        path=str(path),
        line=1,
        kind="label" if "unknown label" in note.detail else "input",
        detail=what,
        mend=_MEND_INPUT,
    )


def _sources(folder: Path) -> Mapping[str, Path]:
    return {
        path.stem: path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix.lower() in SUFFIXES
    }


def _check_source(
    text: AnnotatedText, path: Path, known: Mapping[str, Path], folder: Path
) -> Iterator[Finding]:
    source = known.get(text.id)
    if source is None:
        detail = f"no source called {text.id} in {folder}"
        mend = "Put the unmarked text there under the same name."
        yield Finding(path=str(path), line=1, kind="source", detail=detail, mend=mend)
        return
    yield from check_source(text, read(source).text, str(path), str(source))
