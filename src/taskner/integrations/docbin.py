"""spaCy's DocBin: one Doc a text, one token a character.

``doc.spans["taskner"]`` holds all marks, ``doc.ents`` those that overlap no other, and
``doc.user_data["taskner"]`` what spans have no room for. Docs of the spaCy component are read
with their links and roles. A DocBin that somebody else made is read too, as far as its spans
and entities go.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from taskner.corpus.annotated import AnnotatedText
from taskner.corpus.assembly import Assembly
from taskner.corpus.predicted import marks_of_notice
from taskner.corpus.tally import Note, Read, Written
from taskner.errors import CorpusError, MissingExtraError, UnreadableFileError
from taskner.integrations.rows import row_of_text, text_of_row
from taskner.integrations.spacy_docs import KEY, notice_of_doc, spans_of_notice

FILE = "corpus.spacy"


def write_docbin(texts: Sequence[AnnotatedText]) -> Written:
    """Write ``corpus.spacy``.

    Raises:
        MissingExtraError: spaCy is not installed.
    """
    tokens = _spacy_tokens("writing a DocBin")
    vocab = _vocab()
    docbin = tokens.DocBin(store_user_data=True)
    for text in texts:
        docbin.add(_doc_of(text, tokens, vocab))
    return Written({FILE: docbin.to_bytes()})


def read_docbin(path: Path) -> Read:
    """Read the Docs of a file.

    Raises:
        MissingExtraError: spaCy is not installed.
        ReadError: The file cannot be opened.
        CorpusError: It is no DocBin.
    """
    tokens = _spacy_tokens("reading a DocBin")
    try:
        docbin = tokens.DocBin().from_bytes(path.read_bytes())
        docs = list(docbin.get_docs(_vocab()))
    except OSError as error:
        raise UnreadableFileError(path=path, detail=error.strerror or error) from error
    except Exception as error:
        # msgpack, zlib and spaCy each raise errors of their own here.
        detail = f"is no DocBin ({type(error).__name__}: {error})"
        raise CorpusError(path=path, detail=detail) from error
    texts: list[AnnotatedText] = []
    notes: list[Note] = []
    for number, doc in enumerate(docs, start=1):
        read = _text_of(doc, number, path)
        texts += read.texts
        notes += read.notes
    return Read(tuple(texts), tuple(notes))


def _doc_of(text: AnnotatedText, tokens: Any, vocab: Any) -> Any:
    doc = tokens.Doc(vocab, words=list(text.text), spaces=[False] * len(text.text))
    spans = [tokens.Span(doc, span.start, span.end, label=span.label) for span in text.spans]
    doc.spans[KEY] = spans
    apart, end = [], 0
    for span in spans:
        if span.start >= end:
            apart.append(span)
            end = span.end
    doc.ents = apart
    doc.user_data[KEY] = row_of_text(text)
    return doc


def _text_of(doc: Any, number: int, path: Path) -> Read:
    row = doc.user_data.get(KEY)
    notice = notice_of_doc(doc)
    found = [(span.start_char, span.end_char, span.label_) for span in doc.spans.get(KEY, ())]
    if isinstance(row, dict) and row.get("text") == doc.text:
        marks = row.get("marks") or []
        if [(mark["start"], mark["end"], mark["label"]) for mark in marks] == found:
            return text_of_row(row, path=str(path))
    if notice and [(s.start, s.end, s.label) for s in spans_of_notice(notice)] == found:
        named = replace(notice.document, id=f"{path.stem}-{number}")
        return marks_of_notice(replace(notice, document=named))
    name = row.get("id") if isinstance(row, dict) else None
    assembly = Assembly(id=str(name or f"{path.stem}-{number}"), text=doc.text)
    if row is not None:
        detail = "links and roles, since text or spans were changed after they were stored"
        assembly.note("other", 1, detail)
    spans = [span for group in doc.spans.values() for span in group]
    places = dict.fromkeys((s.start_char, s.end_char, s.label_) for s in (*spans, *doc.ents))
    for index, (start, end, label) in enumerate(places):
        assembly.add(index, start, end, label)
    return Read((assembly.finish(),), tuple(assembly.notes))


def _spacy_tokens(purpose: str) -> Any:
    try:
        from spacy import tokens  # noqa: PLC0415 - an extra, and slow to load
    except ImportError as error:
        raise MissingExtraError(package="spacy", extra="spacy", purpose=purpose) from error
    return tokens


def _vocab() -> Any:
    from spacy.vocab import Vocab  # noqa: PLC0415 - as above

    return Vocab()
