"""From a document to a notice with linked tasks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from taskner.errors import NotCalibratedError, TasknerError, UnexpectedError
from taskner.exporters import Failure
from taskner.linking import link_task
from taskner.notices import parse_notice
from taskner.pipeline.confidence import Calibration, with_confidence
from taskner.pipeline.discovery import RULES, find_model, wanted_model
from taskner.pipeline.reading import Input, name_of, read_many_here
from taskner.pipeline.workers import read_many
from taskner.readers import ReaderConfig, document_from_text, read
from taskner.tagging import ModelPackage, RuleTagger, open_package, open_tagger
from taskner.types import Annex, Document, Notice, Segment, Span, Task
from taskner.version import __version__

_TAGGED_FIELDS = frozenset({"content", "responsibility", "deadline"})


class SpanTagger(Protocol):
    """What finds spans: the model's tagger, the word-list tagger, or one of your own."""

    def tag(self, document: Document, segments: Sequence[Segment]) -> tuple[Span, ...]:
        """Find the spans of some segments, in text order."""
        ...


@dataclass(frozen=True, slots=True)
class Extractor:
    """Extracts notices with one tagger. Build it with :func:`load`."""

    tagger: SpanTagger
    package: ModelPackage | None = None
    calibration: Calibration | None = None
    min_precision: float | None = None
    limits: ReaderConfig = field(default_factory=ReaderConfig)

    @property
    def name(self) -> str:
        """The model's name and version, or the tagger's class where there is no model."""
        return self.package.name if self.package else type(self.tagger).__name__

    def extract(self, path: str | Path) -> Notice:
        """Read a file and extract its ledger.

        Raises:
            ReadError: The file cannot be read.
        """
        return self.extract_document(read(path, config=self.limits))

    def extract_text(self, text: str, *, name: str = "text") -> Notice:
        """Extract the ledger of a string; offsets point into it.

        Raises:
            EmptyFileError: The string is blank.
            OverLimitError: The string is over a limit.
        """
        return self.extract_document(document_from_text(text, name=name, config=self.limits))

    def extract_many(
        self, inputs: Iterable[Input], *, isolated: bool = True
    ) -> Iterator[Notice | Failure]:
        """Extract input after input; one that fails gives a Failure and the next goes on.

        Args:
            inputs: Paths, and contents that are in memory. They are taken one ahead of the
                results, which come in their order.
            isolated: Read in a process of its own, which ends at ``max_seconds`` and
                ``max_memory`` and may crash without harm. False reads in this process:
                without these two limits, and an error that nobody foresaw is raised.

        Raises:
            WorkerStartError: The process that reads does not start.
        """
        read_all = read_many if isolated else read_many_here
        with closing(read_all(inputs, limits=self.limits)) as results:
            for source, result in results:
                if isinstance(result, TasknerError):
                    yield Failure(path=name_of(source), error=result)
                    continue
                try:
                    outcome: Notice | Failure = self._tag(result)
                except TasknerError as error:
                    outcome = Failure(path=name_of(source), error=error)
                except Exception as error:
                    if not isolated:
                        raise
                    unexpected = UnexpectedError.of(error, path=name_of(source))
                    outcome = Failure(path=name_of(source), error=unexpected)
                yield outcome

    def extract_document(self, document: Document) -> Notice:
        """Extract the ledger of a document: parse, tag, link."""
        return self._tag(parse_notice(document))

    def _tag(self, notice: Notice) -> Notice:
        """Tag and link a notice that was parsed."""
        spans = self.tagger.tag(notice.document, segments_to_tag(notice.tasks))
        linked = link_notice(notice, spans)
        if self.calibration is None:
            return linked
        return with_confidence(linked, self.calibration, min_precision=self.min_precision)


def load(
    model: str | Path | None = None,
    *,
    threads: int = 0,
    min_precision: float | None = None,
    limits: ReaderConfig | None = None,
) -> Extractor:
    """Load a model for extraction.

    Args:
        model: A model folder or name; None for the default model. "rules" is the
            word-list tagger, which needs no model folder.
        threads: Threads for the model; 0 for all cores.
        min_precision: Share of rows that must be right, in (0, 1]; rows less sure than
            that are flagged ``low_score`` (需复核). Needs a calibrated model.
        limits: What files may hold and what reading them may take.

    Raises:
        ModelError: The model is missing, damaged, unsafe or too new.
        NotCalibratedError: ``min_precision`` is asked of a model that cannot tell.
    """
    limits = limits or ReaderConfig()
    if wanted_model(model) == RULES:
        if min_precision is not None:
            raise NotCalibratedError(name=RULES)
        return Extractor(RuleTagger(), limits=limits)
    package = open_package(find_model(model), taskner_version=__version__)
    calibration = Calibration.from_json(package.manifest.get("calibration") or {})
    if calibration is None and min_precision is not None:
        raise NotCalibratedError(name=package.name)
    return Extractor(
        open_tagger(package, threads=threads),
        package,
        calibration=calibration,
        min_precision=min_precision,
        limits=limits,
    )


def extract(path: str | Path, *, model: str | Path | None = None) -> Notice:
    """Load a model and extract one file; for several files, :func:`load` once.

    Raises:
        ModelError: The model cannot be used.
        ReadError: The file cannot be read.
    """
    return load(model).extract(path)


def extract_text(text: str, *, model: str | Path | None = None) -> Notice:
    """Load a model and extract one string; offsets point into it.

    Raises:
        ModelError: The model cannot be used.
        EmptyFileError: The string is blank.
    """
    return load(model).extract_text(text)


def segments_to_tag(tasks: Iterable[Task]) -> list[Segment]:
    """Collect the segments the tagger reads, each stretch of text once."""
    segments: dict[tuple[int, int], Segment] = {}
    for task in tasks:
        for segment in task.segments:
            if segment.field in _TAGGED_FIELDS:
                segments.setdefault((segment.start, segment.end), segment)
    return list(segments.values())


def link_notice(notice: Notice, spans: Sequence[Span]) -> Notice:
    """Link the spans of each task of a notice."""
    annexes = {annex.id: annex for annex in notice.annexes}
    tasks = []
    for task in notice.tasks:
        annex = annexes.get(task.annex) or Annex(id=task.annex, title=None, start=0)
        tasks.append(link_task(notice.document, task, spans, annex=annex, year=notice.year))
    return replace(notice, tasks=tuple(tasks))
