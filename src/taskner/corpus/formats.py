"""The formats that a corpus can be read from and written to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from taskner.corpus import brat, cluener, conll, doccano, label_studio, standoff
from taskner.corpus.annotated import AnnotatedText
from taskner.corpus.files import read_json, read_json_lines, read_text, read_verbatim
from taskner.corpus.inline import read_inline
from taskner.corpus.inline_writing import to_inline
from taskner.corpus.label_studio_choice import ONLY
from taskner.corpus.label_studio_reading import read_label_studio
from taskner.corpus.ledger import LEDGER_SUFFIX, ledger_to_json
from taskner.corpus.placing import Units
from taskner.corpus.predicted import marks_of_notice
from taskner.corpus.tally import KINDS, Kind, Note, Read, Written
from taskner.errors import CorpusError
from taskner.records import notice_from_json


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """How an export is read.

    ``annotations`` tells which of several annotations of a task counts, ``offsets`` what
    the tool counted in.
    """

    annotations: str = ONLY
    offsets: Units = "auto"


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One format: what it carries, and how it is read and written, where it can be.

    ``read`` takes a path; ``write`` takes texts and, for predictions, the model's name.
    """

    name: str
    title: str
    carries: frozenset[Kind]
    read: Callable[[Path, ReadOptions], Read] | None = None
    write: Callable[[Sequence[AnnotatedText], str | None], Written] | None = None

    def written(
        self, texts: Sequence[AnnotatedText], *, predicted_by: str | None = None
    ) -> Written:
        """Give the files of texts in this format.

        Args:
            texts: With different ids.
            predicted_by: The model, where the marks are predictions.

        Raises:
            CorpusError: The format is only read, or a text cannot be written in it.
            MissingExtraError: A library is not installed.
        """
        if self.write is None:
            raise CorpusError(path=self.name, detail="is a format that is read only")
        return self.write(texts, predicted_by)


def _read_inline(path: Path, _: ReadOptions) -> Read:
    return Read((read_inline(path),))


def _write_inline(texts: Sequence[AnnotatedText], _: str | None) -> Written:
    files: dict[str, bytes] = {}
    notes: list[Note] = []
    for text in texts:
        marked, found = to_inline(text)
        files[f"{text.id}.txt"] = marked.encode("utf-8", "surrogatepass")
        notes += found
        if text.ledger:
            files[text.id + LEDGER_SUFFIX] = ledger_to_json(text.ledger).encode()
    return Written(files, tuple(notes))


def _write_plain(texts: Sequence[AnnotatedText], _: str | None) -> Written:
    """Write texts without marks; that they are without is what was asked for."""
    return Written({f"{text.id}.txt": text.text.encode() for text in texts})


def _read_label_studio(path: Path, options: ReadOptions) -> Read:
    return read_label_studio(
        read_json(path), path=str(path), choose=options.annotations, units=options.offsets
    )


def _read_doccano(path: Path, options: ReadOptions) -> Read:
    return doccano.read_doccano(read_json_lines(path), path=str(path), units=options.offsets)


def _read_brat(path: Path, _: ReadOptions) -> Read:
    text, annotations = path.with_suffix(".txt"), path.with_suffix(".ann")
    source = read_verbatim(text)
    return brat.read_brat(source, read_text(annotations), id=path.stem)


def _read_conll(path: Path, _: ReadOptions) -> Read:
    return conll.read_conll(read_verbatim(path), id=path.stem)


def _read_taskner(path: Path, _: ReadOptions) -> Read:
    reads = [marks_of_notice(notice_from_json(record)) for record in read_json_lines(path)]
    for read in reads:
        if not read.texts[0].text:
            detail = "holds no text; extract again with --with-text"
            raise CorpusError(path=path, detail=detail)
    return _joined(reads)


def _joined(reads: Iterable[Read]) -> Read:
    texts: list[AnnotatedText] = []
    notes: list[Note] = []
    for read in reads:
        texts += read.texts
        notes += read.notes
    return Read(tuple(texts), tuple(notes))


FORMATS: tuple[Format, ...] = (
    Format(
        name="inline",
        title="inline marks, `NAME.txt` with `NAME.ledger.json`",
        carries=frozenset(KINDS) - {"score", "link.other", "other"},
        read=_read_inline,
        write=_write_inline,
    ),
    Format(
        name="standoff",
        title="standoff JSON without text, `NAME.json`",
        carries=standoff.CARRIES,
        write=lambda texts, _: standoff.write_standoff(texts),
    ),
    Format(
        name="label-studio",
        title="Label Studio JSON",
        carries=label_studio.CARRIES,
        read=_read_label_studio,
        write=lambda texts, model: label_studio.write_label_studio(texts, predicted_by=model),
    ),
    Format(
        name="doccano",
        title="doccano JSON lines",
        carries=doccano.CARRIES,
        read=_read_doccano,
        write=lambda texts, _: doccano.write_doccano(texts),
    ),
    Format(
        name="brat",
        title="brat, `NAME.txt` with `NAME.ann`",
        carries=brat.CARRIES,
        read=_read_brat,
        write=lambda texts, _: brat.write_brat(texts),
    ),
    Format(
        name="conll",
        title="CoNLL, BIO tags of characters",
        carries=conll.CARRIES,
        read=_read_conll,
        write=lambda texts, _: conll.write_conll(texts),
    ),
    Format(
        name="cluener",
        title="CLUENER JSON lines, inclusive ends",
        carries=cluener.CARRIES,
        read=lambda path, _: cluener.read_cluener(read_json_lines(path), path=str(path)),
        write=lambda texts, _: cluener.write_cluener(texts),
    ),
    Format(
        name="taskner",
        title="`taskner extract --with-text`, JSON lines",
        carries=frozenset(KINDS) - {"id", "ledger", "link.other", "other"},
        read=_read_taskner,
    ),
    Format(name="text", title="plain text", carries=frozenset(), write=_write_plain),
)


def with_unique_ids(read: Read) -> Read:
    """Give every text an id of its own that may be the name of a file."""
    seen: set[str] = set()
    texts: list[AnnotatedText] = []
    notes = list(read.notes)
    for text in read.texts:
        plain = re.sub(r"[^\w.-]+", "_", text.id).lstrip(".")[:100] or "text"
        name, number = plain, 1
        while name.lower() in seen:
            number += 1
            name = f"{plain}-{number}"
        seen.add(name.lower())
        if name != text.id:
            detail = f"is called {name} here: its id is taken, or no name for a file"
            notes.append(Note(text=text.id, kind="other", n=1, detail=detail, effect="mended"))
        texts.append(replace(text, id=name))
    return Read(tuple(texts), tuple(notes))
