"""Every number that linking uses, each with its reason.

Costs are on one scale: about 1 is a mild surprise, 3 is what it costs to leave a span
without a partner. Set by reading notices, rounded, and not fitted to any of them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Costs of linking decisions."""

    metric_dropped: float = 3.0
    """A metric is marked only because a target links to it, so leaving one out is rare."""

    target_empty: float = 3.0
    """A target without a named metric is rare, yet better than a far-fetched link."""

    after: float = 0.2
    """The metric follows the target in one of five pairs; the other order is the norm."""

    before_character: float = 0.15
    """A word between metric and target that is no verb of change; some are harmless."""

    after_character: float = 0.5
    """A target and the noun it counts touch; what stands between them speaks against."""

    before_comma: float = 1.2
    """A comma between metric and target: usually a new thought, sometimes a breath."""

    after_mark: float = 4.0
    """A comma or list mark between a number and the noun it counts: practically never."""

    list_mark: float = 1.5
    """、 separates items of a list; metric and target are one item."""

    semicolon: float = 4.0
    """A semicolon ends the clause group."""

    sentence: float = 8.0
    """A full stop ends the search: more than leaving both sides alone."""

    line_break: float = 0.6
    """A line or cell border: a wrapped line, or the metric's cell and the target's cell."""

    own_noun: float = 2.5
    """Words follow the number directly: it counts them, not what was named before."""

    glued: float = 1.5
    """Two spans that touch belong together, so a border between them is suspicious."""

    shared_stated: float = 0.2
    """各, 均, “三个…”: the text says that the metrics share the number."""

    shared_plain: float = 0.8
    """Coordinated metrics before one number, no word says so."""

    shared_character: float = 0.5
    """A word between two metrics that would share a number."""

    paired_stated: float = 0.1
    """分别: the text says that numbers follow the order of the metrics."""

    paired_plain: float = 1.0
    """As many numbers as metrics, both plain lists, without 分别."""

    carried: float = 1.0
    """One metric with a second number: 建成10个、启动10个; 达到50件,增长9%."""

    carried_stated: float = 0.2
    """One metric whose parts cannot be told apart, with 分别 and several numbers."""

    carried_character: float = 0.8
    """A word that is no verb before the second number: probably a metric nobody marked."""

    carried_comma: float = 0.5
    """A comma before the second number."""

    tied_margin: float = 0.7
    """Less than a mild surprise between two metrics: a person should look."""

    score_scale: float = 1.5
    """link_score = 1 - exp(-margin / scale): a margin of 3 reads .86, of 6 .98."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Floors:
    """Tagger scores below which a target is flagged low_score.

    Half the probability mass elsewhere means the tagger itself was undecided. A metric's
    borders are fuzzier than a number's, so its scores run lower.
    """

    target: float = 0.6
    metric: float = 0.5


WEIGHTS = Weights()
FLOORS = Floors()
