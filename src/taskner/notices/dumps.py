"""Tables printed one cell a line with blank lines between: a cell is a block of lines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from taskner.notices.columns import UNIT_COLUMNS, classify
from taskner.notices.lines import Line

_SAMPLE = 40
_SPACED = 0.5


def whole_cells(lines: Sequence[Line], text: str) -> list[Line]:
    """Join the lines of each cell where blank lines part the cells.

    Args:
        lines: Lines from the header of a table on.
        text: Folded text of the document.

    Returns:
        A line for each cell, its line ends blanks; the lines as they are where cells cannot
        be told by blank lines.
    """
    apart = [_is_apart(text, *pair) for pair in pairwise(lines)]
    sample = apart[:_SAMPLE]
    if not sample or sum(sample) < _SPACED * len(sample):
        return list(lines)
    cells = [[lines[0]]]
    for line, new in zip(lines[1:], apart, strict=True):
        if new or line.cell is not None:
            cells.append([line])
        else:
            cells[-1].append(line)
    return [_join(cell, text) for cell in cells]


def starts_above(lines: Sequence[Line], start: int, text: str) -> bool:
    """Tell whether the first title of a header begins on the line above (牵头 / 单位).

    Args:
        lines: Lines.
        start: Index of the first line that reads like a title.
        text: Folded text of the document.

    Returns:
        True when the line above is the first half of that title.
    """
    if not start or _is_apart(text, lines[start - 1], lines[start]):
        return False
    joined = lines[start - 1].text + lines[start].text
    return classify(lines[start - 1].text) is None and classify(joined) in {
        "number",
        "leader",
        *UNIT_COLUMNS,
    }


def _is_apart(text: str, above: Line, line: Line) -> bool:
    return text.count("\n", above.end, line.start) > 1


def _join(lines: Sequence[Line], text: str) -> Line:
    if len(lines) == 1:
        return lines[0]
    start, end = lines[0].start, lines[-1].end
    return Line(start, end, text[start:end].replace("\n", " "))
