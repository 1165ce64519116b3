"""deadlines.tsv is normative: one row, one case."""

import csv

import pytest

from taskner.values import parse_period


@pytest.mark.shared
def test_every_row_is_read(shared):
    with (shared / "deadlines.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    failing = {}
    for row in rows:
        period = parse_period(row["surface"], year=int(row["year"]) if row["year"] else None)
        found = (str(period.first or ""), str(period.last or ""))
        if found != (row["first"], row["last"]):
            failing[row["surface"], row["year"]] = found
    assert rows
    assert not failing
