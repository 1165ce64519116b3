"""Plots of a report as SVG that can stand in a page: no outside parts, text as text.

What the axes show stands in the caption, in the reader's language: matplotlib cannot
measure Chinese without a Chinese font.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from taskner.errors import MissingExtraError
from taskner.evaluation.report.evidence import Kept, Reliability

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SIZE = (4.6, 3.6)
_STYLE = {
    "svg.fonttype": "none",  # text stays text, in the reader's own fonts
    "svg.hashsalt": "taskner",  # the same report gives the same file
    "font.family": ["sans-serif"],
    "axes.grid": True,
    "grid.alpha": 0.3,
}
_COLOURS = ("#1b6ca8", "#b3541e", "#2e7d4f", "#7a3e9d", "#8a6d00", "#555555")


def plot_reliability(all_of: Sequence[Reliability]) -> str:
    """Draw stated confidence against share right; the diagonal is agreement.

    Raises:
        MissingExtraError: matplotlib is not installed.
    """

    def draw(axes: Axes) -> None:
        axes.plot([0, 1], [0, 1], color="#999999", linewidth=1, linestyle="--")
        for one, colour in zip(all_of, _COLOURS, strict=False):
            means = [mean for mean, _, _ in one.bins]
            shares = [share for _, share, _ in one.bins]
            axes.plot(means, shares, marker="o", markersize=4, color=colour, label=one.name)
        axes.set(xlim=(0, 1), ylim=(0, 1.02))
        axes.legend(fontsize=8)

    return _svg(draw)


def plot_curve(curve: Sequence[Kept]) -> str:
    """Draw the share of rows kept against the share of them that is right.

    Raises:
        MissingExtraError: matplotlib is not installed.
    """

    def draw(axes: Axes) -> None:
        axes.plot([one.kept for one in curve], [one.precision for one in curve], color=_COLOURS[0])
        axes.axhline(0.95, color="#999999", linewidth=1, linestyle="--")
        axes.set_xlim(0, 1)
        axes.set_ylim(min(0.5, *(one.precision for one in curve)), 1.01)

    return _svg(draw)


def _svg(draw: Callable[[Any], None]) -> str:
    try:
        import matplotlib as mpl  # noqa: PLC0415 - heavy, and only a report draws
        from matplotlib.figure import Figure  # noqa: PLC0415
    except ImportError:
        raise MissingExtraError(
            package="matplotlib", extra="report", purpose="the plots of a report"
        ) from None
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=_SIZE, layout="constrained")
        draw(figure.subplots())
        buffer = io.StringIO()
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    text = buffer.getvalue()
    return text[text.index("<svg") :]
