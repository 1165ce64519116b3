"""The gallery of mistakes: each lost, wrong or extra row, gold beside prediction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from html import escape

from taskner.evaluation.matching import Offsets
from taskner.evaluation.mistakes import Mistake
from taskner.evaluation.report.evidence import Language
from taskner.evaluation.report.words import word
from taskner.evaluation.rows import Row

_LONGEST_TASK = 400


def kind_name(mistake: Mistake) -> str:
    """Name a kind of mistake, for filters and counts."""
    parts = f" ({', '.join(mistake.parts)})" if mistake.parts else ""
    return f"{mistake.stage} {mistake.kind}{parts}"


def gallery_html(
    mistakes: tuple[Mistake, ...], texts: Mapping[str, str], language: Language
) -> str:
    """Give the list items of all mistakes; escaped.

    Args:
        mistakes: In the order they are shown.
        texts: Texts that may be shown, by document; of others only offsets are.
        language: Of the words around them.
    """
    return "".join(_item(one, texts.get(one.document), language) for one in mistakes)


def _item(mistake: Mistake, text: str | None, language: Language) -> str:
    place = (mistake.gold or mistake.predicted or _NOTHING).task
    head = f"<b>{escape(kind_name(mistake))}</b> {escape(mistake.document)} {place[0]}–{place[1]}"
    rows = "".join(_line(name, left, right) for name, left, right in _cells(mistake, text))
    context = _context(mistake, text) if text else f"<p>{word('hidden', language)}</p>"
    header = "".join(f"<th>{word(name, language)}</th>" for name in ("parts", "gold", "predicted"))
    table = f"<div class='scroll'><table><tr>{header}</tr>{rows}</table></div>"
    kind = escape(kind_name(mistake), quote=True)
    return f'<li data-kind="{kind}"><p>{head}</p>{context}{table}</li>'


def _cells(mistake: Mistake, text: str | None) -> Iterator[tuple[str, str, str]]:
    for name in _SHOWN:
        yield name, _cell(mistake.gold, name, text), _cell(mistake.predicted, name, text)


def _cell(row: Row | None, name: str, text: str | None) -> str:
    return "–" if row is None else _SHOWN[name](row, text)


def _target(row: Row, text: str | None) -> str:
    return _slice(row.target, text) if row.target else ""


def _metrics(row: Row, text: str | None) -> str:
    return "; ".join(_slice(at, text) for at in sorted(row.metrics))


def _deadlines(row: Row, text: str | None) -> str:
    dates = sorted(row.deadlines, key=lambda item: item[0])
    return "; ".join(f"{_slice(at, text)} → {period.last or '–'}" for at, period in dates)


def _units(row: Row, text: str | None) -> str:
    return "; ".join(f"{_slice(at, text)} ({role})" for at, role in sorted(row.units))


def _quantity(row: Row, text: str | None) -> str:  # noqa: ARG001 - as the others
    quantity = row.quantity
    if quantity is None:
        return ""
    upper = f"–{quantity.upper}" if quantity.upper is not None else ""
    return f"{quantity.comparator} {quantity.value}{upper} {quantity.measure} ({quantity.basis})"


_SHOWN: Mapping[str, Callable[[Row, str | None], str]] = {
    "target": _target,
    "metrics": _metrics,
    "deadlines": _deadlines,
    "units": _units,
    "quantity": _quantity,
}


def _slice(at: Offsets, text: str | None) -> str:
    return " ".join(text[at[0] : at[1]].split()) if text else f"{at[0]}–{at[1]}"


def _line(name: str, left: str, right: str) -> str:
    differs = ' class="differs"' if left != right else ""
    cells = "".join(f"<td>{escape(cell)}</td>" for cell in (left, right))
    return f"<tr{differs}><th>{name}</th>{cells}</tr>"


def _context(mistake: Mistake, text: str) -> str:
    row = mistake.gold or mistake.predicted or _NOTHING
    start, end = row.task
    if row.target and end - start > _LONGEST_TASK:
        start = max(start, row.target[0] - _LONGEST_TASK // 2)
        end = min(end, row.target[1] + _LONGEST_TASK // 2)
    return f"<blockquote>{escape(text[start:end])}</blockquote>"


_NOTHING = Row(task=(0, 0), target=None)
