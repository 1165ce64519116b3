"""A report as Markdown, to be committed and read in a diff."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from taskner.evaluation.bootstrap import Difference, Interval
from taskner.evaluation.counts import MEASURES, Count, Scores
from taskner.evaluation.mistakes import count_mistakes
from taskner.evaluation.report.evidence import Language, Report
from taskner.evaluation.report.words import word
from taskner.evaluation.table import ABSENT

MAIN = (
    "tasks",
    "spans.UNIT",
    "spans.METRIC",
    "spans.TARGET",
    "spans.DEADLINE",
    "links.metric",
    "links.deadline",
    "links.unit_role",
    "values.value",
    "values.date",
    "rows",
)
"""Measures that tables by document and by slice show."""


_COUNTED = ("measure", "precision", "recall", "f1", "interval", "gold", "predicted", "true")


def report_to_markdown(report: Report, *, language: Language = "en") -> str:
    """Give the report's tables; the gallery of mistakes is in the page only."""
    lines = [f"# {word('title', language, model=report.model)}", ""]
    lines += [f"- {name}: {value}" for name, value in report.facts.items()]
    lines += ["", *(f"{note}\n" for note in report.notes)]
    for title, header, rows in tables(report, language):
        lines += [f"## {title}", "", *_table(header, rows), ""]
    lines.append(word("absent", language))
    return "\n".join(lines) + "\n"


def tables(
    report: Report, language: Language
) -> Iterator[tuple[str, Sequence[str], list[Sequence[str]]]]:
    """Give title, header and rows of every table of a report, in order."""
    total, intervals = report.total, report.intervals
    yield (
        word("scores", language),
        _header(
            language,
            "measure",
            "precision",
            "recall",
            "f1",
            "interval",
            "gold",
            "predicted",
            "true",
        ),
        [_total(name, total[name], intervals.get(name)) for name in MEASURES],
    )
    yield (
        word("documents", language),
        (word("document", language), *MAIN),
        [
            *(_line(name, report.scores[name]) for name in sorted(report.scores)),
            _line(word("all", language), total),
        ],
    )
    if report.slices:
        yield (
            word("slices", language),
            (*_header(language, "slice"), *MAIN),
            [
                _line(f"{word(family, language)}: {name}", scores)
                for family, parts in report.slices.items()
                for name, scores in parts.items()
            ],
        )
    if report.other:
        yield (
            word("compared", language, other=report.other),
            _header(language, "measure", "difference", "interval", "p"),
            [
                (
                    name,
                    f"{one.delta:+.4f}",
                    f"{one.low:+.4f} – {one.high:+.4f}",
                    f"{one.p_value:.3f}",
                )
                for name, one in report.differences.items()
            ],
        )
    if report.reliability:
        yield (
            word("doubt", language),
            _header(language, "of", "size", "error"),
            [(one.name, str(one.size), f"{one.error:.4f}") for one in report.reliability],
        )
    if report.curve:
        yield (
            word("curve", language),
            _header(language, "confidence", "kept", "share_right"),
            [
                (f"{one.confidence:.3f}", f"{one.kept:.3f}", f"{one.precision:.3f}")
                for one in report.curve
            ],
        )
    if report.mistakes:
        yield (
            f"{word('mistakes', language)}: {word('kinds', language)}",
            _header(language, "stage", "kind", "parts", "count"),
            [
                (stage, kind, ", ".join(parts) or ABSENT, str(count))
                for stage, kind, parts, count in count_mistakes(report.mistakes)
            ],
        )


def _header(language: Language, *names: str) -> tuple[str, ...]:
    return tuple(word(name, language) for name in names)


def _total(name: str, count: Count, interval: Interval | None) -> tuple[str, ...]:
    ratios = (_ratio(it) for it in (count.precision, count.recall, count.f1))
    shown = f"{interval.low:.3f}–{interval.high:.3f}" if interval else ABSENT
    return (name, *ratios, shown, str(count.gold), str(count.predicted), str(count.true))


def _line(name: str, scores: Scores) -> tuple[str, ...]:
    return (name, *(_ratio(scores[measure].f1) for measure in MAIN))


def _difference(name: str, one: Difference) -> tuple[str, ...]:
    bounds = f"{one.low:+.4f} – {one.high:+.4f}"
    return (name, f"{one.delta:+.4f}", bounds, f"{one.p_value:.3f}")


def _ratio(value: float | None) -> str:
    return ABSENT if value is None else f"{value:.3f}"


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(header) + " |"
    yield "|---|" + "---|" * (len(header) - 1)
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"
