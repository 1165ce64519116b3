"""Values: what a span's text means.

Takes: a span's text, and the sentence text before it for basis and aim.
Gives: a Quantity, Basis, Aim, Period, number or canonical unit name, or None.
May import: taskner.folding, taskner.types, taskner.errors and the standard library.
Does not do: find spans, link them, or guess a value that the text does not give.
"""

from taskner.values.basis import parse_aim, parse_basis
from taskner.values.deadlines import parse_period
from taskner.values.numerals import parse_numeral
from taskner.values.quantities import parse_quantity
from taskner.values.units import canonical_unit

__all__ = [
    "canonical_unit",
    "parse_aim",
    "parse_basis",
    "parse_numeral",
    "parse_period",
    "parse_quantity",
]
