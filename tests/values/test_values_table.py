"""values.tsv is normative: one row, one case."""

import csv
from pathlib import Path

import pytest

from taskner.values import parse_quantity

KNOWN_FAILURES = {
    ("1.28万亿", "元"): "the measure stands at the end of the list the number belongs to",
    ("1.18万亿", "元"): "the measure stands at the end of the list the number belongs to",
}


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def found(surface):
    quantity = parse_quantity(surface)
    if quantity is None:
        return None
    upper = "" if quantity.upper is None else str(quantity.upper)
    return str(quantity.value), upper, quantity.measure, quantity.comparator, quantity.basis


@pytest.mark.shared
def test_every_row_but_the_known_ones_is_read(shared):
    rows = read_rows(shared / "values.tsv")
    failing = {}
    for row in rows:
        basis = "rise" if "basis rise" in row["note"] else "level"
        expected = (row["value"], row["upper"], row["measure"], row["comparator"], basis)
        if found(row["surface"]) != expected:
            failing[row["surface"], row["measure"]] = found(row["surface"])
    assert failing.keys() == KNOWN_FAILURES.keys(), failing
    assert len(failing) <= 0.02 * len(rows)
