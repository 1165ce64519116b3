"""Compare the int8 model with the fp32 one: the same spans, the same scores?

    python -m taskner.studies.precision MODEL TEXTS... [--left-out MODEL MARKED...]

Writes ``evaluation/reports/int8.json`` and ``.md``. TEXTS are folders of plain texts; the
float model is a folder's fallback, whose weights are those of its safetensors. F1 is
measured with other models, each on marked texts that it did not learn from.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from taskner.errors import TasknerError
from taskner.evaluation.counts import merge
from taskner.evaluation.gold import load_gold
from taskner.evaluation.spans import score_spans
from taskner.notices import parse_notice
from taskner.pipeline.extractor import segments_to_tag
from taskner.readers import document_from_text, read
from taskner.studies.machine import describe_machine
from taskner.tagging import Tagger, open_package
from taskner.tagging.onnx import open_file
from taskner.tagging.package import FALLBACK, INT8
from taskner.types import LABELS, Document, Span
from taskner.version import __version__

_REPORTS = Path("evaluation/reports")


@dataclass(frozen=True, slots=True)
class Agreement:
    """Spans that both models find, and that only one of them does."""

    both: int
    only_int8: int
    only_float: int

    @property
    def share(self) -> float:
        """Share of the union that both find; 1 where neither finds any."""
        union = self.both + self.only_int8 + self.only_float
        return self.both / union if union else 1.0


def compare(int8: Tagger, full: Tagger, documents: Sequence[Document]) -> Agreement:
    """Tag documents with both models and count equal spans (offsets and label)."""
    both = only_int8 = only_float = 0
    for document in documents:
        first, second = (_keys(_tag(tagger, document)) for tagger in (int8, full))
        both += len(first & second)
        only_int8 += len(first - second)
        only_float += len(second - first)
    return Agreement(both, only_int8, only_float)


def _tag(tagger: Tagger, document: Document) -> tuple[Span, ...]:
    return tagger.tag(document, segments_to_tag(parse_notice(document).tasks))


def _keys(spans: Sequence[Span]) -> set[tuple[int, int, str]]:
    return {(span.start, span.end, span.label) for span in spans}


def _read_all(folders: Sequence[Path]) -> Iterator[Document]:
    for folder in folders:
        for path in sorted(folder.glob("*.txt")):
            yield read(path)


def _score(tagger: Tagger, paths: Sequence[Path]) -> dict[str, float | None]:
    """F1 of the classifier alone: by label, and of all spans together."""
    scored = []
    for path in paths:
        gold = load_gold(path)
        document = document_from_text(gold.document.text, name=gold.document.id)
        marks = [mark.span for mark in gold.marked.marks]
        scored.append(score_spans(marks, _tag(tagger, document)))
    total = merge(scored)
    names: dict[str, str] = {str(label): f"spans.{label}" for label in LABELS}
    return {shown: total[name].f1 for shown, name in (names | {"all": "spans"}).items()}


def main() -> int:
    """Compare and write the report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", type=Path)
    parser.add_argument("texts", type=Path, nargs="+")
    parser.add_argument("--left-out", type=Path, nargs="+", action="append", default=[])
    arguments = parser.parse_args()
    try:
        data = _measure(arguments.model, arguments.texts)
        data["left_out"] = [_measure_gold(model, gold) for model, *gold in arguments.left_out]
    except TasknerError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    _REPORTS.mkdir(parents=True, exist_ok=True)
    text = json.dumps(data, ensure_ascii=False, indent=1)
    (_REPORTS / "int8.json").write_text(text + "\n", encoding="utf-8")
    (_REPORTS / "int8.md").write_text(_to_markdown(data), encoding="utf-8")
    return 0


def _measure(model: Path, folders: Sequence[Path]) -> dict[str, Any]:
    package = open_package(model, taskner_version=__version__)
    taggers = _open_both(model)
    documents = list(_read_all(folders))
    began = time.monotonic()
    found = compare(taggers[INT8], taggers[FALLBACK], documents)
    return {
        "command": "python -m taskner.studies.precision " + " ".join(sys.argv[1:]),
        "date": datetime.now(tz=UTC).date().isoformat(),
        "machine": describe_machine(),
        "model": package.name,
        "documents": len(documents),
        "characters": sum(len(document.text) for document in documents),
        "seconds": round(time.monotonic() - began),
        "both": found.both,
        "only_int8": found.only_int8,
        "only_float": found.only_float,
        "equal": round(found.share, 5),
    }


def _measure_gold(model: Path, golds: Sequence[Path]) -> dict[str, Any]:
    return {
        "gold": [path.stem for path in golds],
        "f1": {file: _score(tagger, golds) for file, tagger in _open_both(model).items()},
    }


def _open_both(model: Path) -> dict[str, Tagger]:
    package = open_package(model, taskner_version=__version__)
    return {file: Tagger(open_file(package, file)) for file in (INT8, FALLBACK)}


def _to_markdown(data: dict[str, Any]) -> str:
    lines = [
        "# int8 against fp32",
        "",
        f"Made by `{data['command']}` on {data['date']}, {data['machine']}; {data['model']}.",
        "",
        f"Over {data['documents']} documents ({data['characters']:,} characters) both models",
        f"find {data['both']:,} spans alike; {data['only_int8']} only int8 finds,",
        f"{data['only_float']} only fp32: {data['equal']:.2%} equal.",
    ]
    for group in data["left_out"]:
        lines += [
            "",
            "F1 of the classifier alone, of a model trained without them, on",
            f"{', '.join(group['gold'])}:",
            "",
            "| file | " + " | ".join((*LABELS, "all")) + " |",
            "|---|" + "---|" * (len(LABELS) + 1),
        ]
        for file, scores in group["f1"].items():
            cells = ("–" if value is None else f"{value:.4f}" for value in scores.values())
            lines.append(f"| {file} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
