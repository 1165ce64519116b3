"""The spaCy component ``taskner``, which spaCy finds by its entry point.

spaCy imports this module whenever a pipeline is made and taskner is installed: what
extraction needs is imported when a component is made.
"""

# No postponed annotations here: spaCy checks a config by the factory's real types.

import os
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc

from taskner.errors import EmptyFileError
from taskner.integrations.spacy_docs import (
    KEY,
    Alignment,
    notice_of_doc,
    set_entities,
    set_notice,
    set_spans,
    spans_of_notice,
)
from taskner.types import LABELS, Document, Notice, Span

if TYPE_CHECKING:
    from taskner.pipeline import Extractor

ErrorHandler = Callable[[str, Any, list[Any], Exception], None]


class UnalignedSpanWarning(UserWarning):
    """Spans whose ends are no borders of tokens are missing in ``doc.spans``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a pipeline's config says of the component.

    ``model``, ``threads`` and ``min_precision`` are those of :func:`taskner.load`;
    ``spans_key`` names the span group, ``ents`` sets ``doc.ents`` too, ``alignment`` says
    what becomes of spans whose ends are no borders of tokens (``Doc.char_span``).
    """

    model: str | None
    spans_key: str
    ents: bool
    alignment: Alignment
    threads: int
    min_precision: float | None


class TasknerComponent:
    """Extracts the ledger of each Doc: ``doc.spans``, ``doc.ents`` if asked, ``doc._.taskner``.

    A text in which no task is found, such as one sentence, is read line by line, each line
    as a task; the notice then has the flag ``no_task``.
    """

    labels = LABELS

    def __init__(self, name: str, settings: Settings) -> None:
        """Load the model.

        Raises:
            ModelError: The model cannot be used.
            NotCalibratedError: ``min_precision`` is asked of a model that cannot tell.
        """
        self.name = name
        self.settings = settings
        self._handle: ErrorHandler = _raise
        self._load()

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one Doc."""
        self._warn(self._annotate(doc), 1)
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:
        """Annotate Docs as they come; spans without tokens are warned of once a batch."""
        n_docs = n_lost = 0
        for doc in stream:
            try:
                n_lost += self._annotate(doc)
            except Exception as error:  # noqa: BLE001 - the handler decides, by default it raises
                self._handle(self.name, self, [doc], error)
                continue
            n_docs += 1
            yield doc
            if n_docs == batch_size:
                self._warn(n_lost, n_docs)
                n_docs = n_lost = 0
        self._warn(n_lost, n_docs)

    def set_error_handler(self, handler: ErrorHandler) -> None:
        """Set what is called with a Doc that failed (``nlp.set_error_handler``)."""
        self._handle = handler

    def __reduce__(self) -> tuple[Any, ...]:
        """Rebuild from the settings: a loaded model does not pickle."""
        return (type(self), (self.name, self.settings))

    def _load(self) -> "Extractor":
        from taskner.pipeline import load  # noqa: PLC0415 - not whenever a pipeline is made

        options = self.settings
        self._extractor = load(
            options.model, threads=options.threads, min_precision=options.min_precision
        )
        self._process = os.getpid()
        return self._extractor

    def _annotate(self, doc: Doc) -> int:
        # A forked worker has the model's memory but none of its threads, and would wait forever.
        is_own = self._process == os.getpid()
        extractor = self._extractor if is_own else self._load()
        notice, spans = _read(doc.text, extractor)
        options = self.settings
        n_lost = set_spans(doc, spans, key=options.spans_key, alignment=options.alignment)
        if options.ents:
            set_entities(doc, key=options.spans_key)
        set_notice(doc, notice)
        return n_lost

    def _warn(self, n_lost: int, n_docs: int) -> None:
        if n_lost:
            message = (
                f"taskner: {n_lost} spans in {n_docs} docs do not begin and end with tokens and "
                f"are not in doc.spans[{self.settings.spans_key!r}]; doc._.taskner has them. Use "
                "tokens of one character (spacy.blank('zh')), or alignment = 'expand'."
            )
            warnings.warn(message, UnalignedSpanWarning, stacklevel=3)


def make_component(
    nlp: Language,  # noqa: ARG001 - spaCy gives it to every factory
    name: str,
    *,
    model: str | None,
    spans_key: str,
    ents: bool,
    alignment: Alignment,
    threads: int,
    min_precision: float | None,
) -> TasknerComponent:
    """Make the component of a pipeline from its config.

    Raises:
        ModelError: The model cannot be used.
    """
    settings = Settings(
        model=model,
        spans_key=spans_key,
        ents=ents,
        alignment=alignment,
        threads=threads,
        min_precision=min_precision,
    )
    return TasknerComponent(name, settings)


def _read(text: str, extractor: "Extractor") -> tuple[Notice, tuple[Span, ...]]:
    """Extract a text; where it has no task, take each line as one."""
    from taskner.integrations.loose_text import read_lines  # noqa: PLC0415 - as above

    try:
        notice = extractor.extract_text(text)
    except EmptyFileError:
        return Notice(document=Document(id="text", text=text), flags=("no_task",)), ()
    if notice.tasks:
        return notice, spans_of_notice(notice)
    return read_lines(notice, extractor)


def _raise(name: str, component: Any, docs: list[Any], error: Exception) -> None:  # noqa: ARG001
    raise error


Language.factory(
    KEY,
    default_config={
        "model": None,
        "spans_key": KEY,
        "ents": False,
        "alignment": "strict",
        "threads": 0,
        "min_precision": None,
    },
    assigns=["doc.spans", "doc.ents", "doc._.taskner"],
    func=make_component,
)
if not Doc.has_extension(KEY):
    Doc.set_extension(KEY, getter=notice_of_doc)
