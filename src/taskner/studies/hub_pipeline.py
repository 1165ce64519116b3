"""Compare the spans of the Hugging Face pipeline with those of taskner's tagger, step by step.

    python -m taskner.studies.hub_pipeline [MARKED …]

Both read the released weights. Between the pipeline and the tagger stand six steps, each of
which changes one thing, so that the difference can be told apart. Marks of the texts are not
used: the model learned from them. Writes ``evaluation/reports/hub-pipeline.json``, ``.md``.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from taskner.corpus.inline import parse_marks
from taskner.folding import fold
from taskner.notices import parse_notice
from taskner.pipeline.extractor import segments_to_tag
from taskner.readers import document_from_text
from taskner.studies.hub_scorers import HubDecoding, TorchScorer
from taskner.studies.machine import describe_machine
from taskner.tagging import Tagger, open_package
from taskner.tagging.onnx import OnnxScorer, open_file
from taskner.tagging.package import INT8
from taskner.types import LABELS, Document, Segment
from taskner.version import __version__

_MODEL = Path("models/taskner-small")
_REPORTS = Path("evaluation/reports")
_MARKED = Path("corpora/authored")
_EVERY = 4
_BATCH = 16
_SECONDS_A_CHARACTER = 0.0045

Found = frozenset[tuple[int, int, int, str]]
"""Spans: number of the document, start, end, label."""

STEPS = {
    "hub": "`pipeline(…)` as it loads: fp16, each text by itself",
    "float32": "weights as float32",
    "folded": "traditional characters, width and signs folded",
    "heading": "heading or column title read along: `HEADING</s>TEXT`",
    "segment": "page breaks cut out, long headings cut, blanks at ends of spans dropped",
    "path": "best path that BIO allows",
    "int8": "8-bit weights: what `taskner extract` runs",
}


def spans_by_step(documents: Sequence[Document], model: Path) -> dict[str, Found]:
    """Tag the parser's segments of documents at each step between pipeline and tagger.

    Raises:
        MissingExtraError: transformers or torch is not installed.
        TasknerError: The model does not open.
    """
    package = open_package(model, taskner_version=__version__)
    int8 = open_file(package, INT8, threads=1)
    scorer = TorchScorer.open(model)
    pairs = [(number, one) for number, doc in enumerate(documents) for one in _segments(doc)]
    half = _run_pipeline(model, "float16", documents, pairs)
    full = _run_pipeline(model, "float32", documents, pairs)
    again = [pair for pair in pairs if _changes(int8, documents, pair)]
    refolded = _run_pipeline(model, "float32", documents, again, read=_folded)
    headed = _run_pipeline(model, "float32", documents, pairs, read=with_heading)
    folded = {**full, **refolded}
    return {
        "hub": _joined(half),
        "float32": _joined(full),
        "folded": _joined(folded),
        "heading": _joined(headed),
        "segment": _tagged(Tagger(HubDecoding(scorer)), documents),
        "path": _tagged(Tagger(scorer), documents),
        "int8": _tagged(Tagger(int8), documents),
    }


def compare(first: Found, second: Found) -> dict[str, dict[str, int]]:
    """Count spans that both found and that one found only, by label and in all."""
    counts: dict[str, dict[str, int]] = {}
    for label in (*LABELS, "all"):
        one, other = (
            {span for span in found if label in (span[3], "all")} for found in (first, second)
        )
        counts[label] = {
            "both": len(one & other),
            "only first": len(one - other),
            "only second": len(other - one),
        }
    return counts


def equal(count: Mapping[str, int]) -> float:
    """Give the share of all different spans that both found; 1 where there is none."""
    total = sum(count.values())
    return count["both"] / total if total else 1.0


def _segments(document: Document) -> list[Segment]:
    return segments_to_tag(parse_notice(document).tasks)


_Place = tuple[int, int]


def _run_pipeline(
    model: Path,
    dtype: str,
    documents: Sequence[Document],
    pairs: Sequence[tuple[int, Segment]],
    *,
    read: Callable[[str, Segment], str] = lambda text, _: text,
) -> dict[_Place, Found]:
    """Give what transformers finds in each segment, by document and start of the segment."""
    from transformers import pipeline  # noqa: PLC0415 - an extra, loaded for this study only

    if not pairs:
        return {}
    tag = pipeline("token-classification", str(model), aggregation_strategy="simple", dtype=dtype)
    # Texts of one length share a batch.
    ordered = sorted(pairs, key=lambda pair: pair[1].end - pair[1].start)
    texts = [read(documents[n].text[one.start : one.end], one) for n, one in ordered]
    found: dict[_Place, Found] = {}
    for (number, one), text, hits in zip(
        ordered, texts, tag(texts, batch_size=_BATCH), strict=True
    ):
        # What was read before the segment's own text ends where that begins.
        place = one.end - len(text)
        spans = ((place + hit["start"], place + hit["end"], hit["entity_group"]) for hit in hits)
        found[number, one.start] = frozenset(
            (number, start, end, label) for start, end, label in spans if start >= one.start
        )
    return found


def with_heading(text: str, segment: Segment) -> str:
    """Give what the pipeline must be given to read a heading as taskner does."""
    heading = fold(segment.context)
    return f"{heading}</s>{fold(text)}" if heading else fold(text)


def _folded(text: str, _: Segment) -> str:
    return fold(text)


def _changes(scorer: OnnxScorer, documents: Sequence[Document], pair: tuple[int, Segment]) -> bool:
    """Tell whether folding gives a segment other pieces; else the model reads the same."""
    number, one = pair
    text = documents[number].text[one.start : one.end]
    return scorer.encode(text) != scorer.encode(fold(text))


def _tagged(tagger: Tagger, documents: Sequence[Document]) -> Found:
    return frozenset(
        (number, span.start, span.end, span.label)
        for number, document in enumerate(documents)
        for span in tagger.tag(document, _segments(document))
    )


def _joined(found: Mapping[_Place, Found]) -> Found:
    return frozenset().union(*found.values())


def _measure(names: Sequence[Path], documents: Sequence[Document]) -> dict[str, Any]:
    found = spans_by_step(documents, _MODEL)
    steps = list(found)
    return {
        "command": " ".join(["python -m taskner.studies.hub_pipeline", *sys.argv[1:]]),
        "date": datetime.now(tz=UTC).date().isoformat(),
        "machine": describe_machine(),
        "model": open_package(_MODEL, taskner_version=__version__).name,
        "documents": [path.stem for path in names],
        "characters": sum(len(document.text) for document in documents),
        "segments": sum(len(_segments(document)) for document in documents),
        "spans": {step: dict(Counter(span[3] for span in found[step])) for step in steps},
        "steps": {after: compare(found[before], found[after]) for before, after in pairwise(steps)},
        "whole": compare(found[steps[0]], found[steps[-1]]),
    }


def main() -> int:
    """Compare and write the report."""
    names = [Path(name) for name in sys.argv[1:]] or sorted(_MARKED.glob("*.txt"))[::_EVERY]
    documents = [
        document_from_text(
            parse_marks(path.read_text("utf-8"), path=str(path)).text, name=path.stem
        )
        for path in names
    ]
    seconds = sum(len(document.text) for document in documents) * _SECONDS_A_CHARACTER
    sys.stdout.write(f"{len(documents)} texts: about {seconds:.0f} s on one core\n")
    data = _measure(names, documents)
    _REPORTS.mkdir(parents=True, exist_ok=True)
    text = json.dumps(data, ensure_ascii=False, indent=1)
    (_REPORTS / "hub-pipeline.json").write_text(text + "\n", encoding="utf-8")
    (_REPORTS / "hub-pipeline.md").write_text("\n".join(_to_markdown(data)), encoding="utf-8")
    return 0


def _to_markdown(data: Mapping[str, Any]) -> Iterator[str]:
    yield "# The Hugging Face pipeline and taskner's tagger"
    yield ""
    yield f"Made by `{data['command']}` on {data['date']}, {data['machine']}; {data['model']}."
    yield f"Texts: {len(data['documents'])} authored notices, {data['segments']:,} segments as the"
    yield "parser cuts them. The model learned from these texts: how many spans are right would say"
    yield "nothing of others, so that only agreement is counted. *Equal* is the share of all"
    yield "different spans (borders and label) that both found. Each step keeps those before it."
    yield ""
    yield "## From the pipeline to the tagger, one step at a time"
    yield ""
    yield "| step | what it changes | equal | only before | only after |"
    yield "|---|---|--:|--:|--:|"
    yield f"| hub | {STEPS['hub']} | | | |"
    for step, counts in data["steps"].items():
        one = counts["all"]
        row = f"{equal(one):.2%} | {one['only first']} | {one['only second']}"
        yield f"| {step} | {STEPS[step]} | {row} |"
    yield ""
    yield "## The pipeline against the tagger, by label"
    yield ""
    yield "| label | both | only the pipeline | only the tagger | equal |"
    yield "|---|--:|--:|--:|--:|"
    for label, one in data["whole"].items():
        cells = " | ".join(f"{number:,}" for number in one.values())
        yield f"| {label} | {cells} | {equal(one):.2%} |"
    yield ""
    yield "## By step and label"
    yield ""
    yield "Spans only before / only after the step:"
    yield ""
    yield "| step | " + " | ".join(LABELS) + " |"
    yield "|---|" + "--:|" * len(LABELS)
    for step, counts in data["steps"].items():
        pair = (f"{counts[x]['only first']} / {counts[x]['only second']}" for x in LABELS)
        yield f"| {step} | " + " | ".join(pair) + " |"
    yield ""


if __name__ == "__main__":
    sys.exit(main())
