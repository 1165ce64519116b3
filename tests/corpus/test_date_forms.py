"""Forms of deadlines, told by their words."""

import csv

import pytest

from taskner.corpus.date_forms import bound_of, grain_of


@pytest.mark.parametrize(
    ("text", "grain"),
    [
        ("11月20日前", "day"),
        ("2025.9.30", "day"),
        ("12.15前", "day"),
        ("九月中下旬", "third of a month"),
        ("２０２６年３月", "month"),
        ("2025.10", "month"),
        ("十月底前", "month"),
        ("2026年二季度末", "quarter"),
        ("前三季度", "quarter"),
        ("上半年", "half-year"),
        ("今年年底之前", "year"),
        ("二〇二六年", "year"),
        ("2025年内", "year"),
        ("2025—2027年", "several years, a plan's period"),
        ("“十五五”末", "several years, a plan's period"),
        ("三年内", "a time from now"),
        ("3个月内", "a time from now"),
        ("供暖季前", "season, feast, term, farming"),
        ("2026年“五一”前", "season, feast, term, farming"),
        ("國慶節前", "season, feast, term, farming"),
        ("10月至次年3月", "from–to"),
        ("即日起至12月底", "from–to"),
        ("7月1日起", "from a day on"),
        ("6月底前；10月底前", "several dates in one"),
        ("立行立改，11月底前", "a date and a duty"),
        ("每季度首月10日前", "recurring"),
        ("长期坚持", "standing duty"),
        ("按工程节点推进", "stages, without date"),
        ("待定", "other"),
    ],
)
def test_grain(text, grain):
    assert grain_of(text) == grain


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("6月底前", "底前, 末前"),
        ("年底之前", "底前, 末前"),
        ("国庆节前", "前"),
        ("三季度末", "底, 末, 终"),
        ("年内", "内"),
        ("暑假期间", "期间, 时期"),
        ("4月起", "起"),
        ("今年主汛期后", "后"),
        ("上半年", "bare"),
    ],
)
def test_bound(text, bound):
    assert bound_of(text) == bound


@pytest.mark.shared
def test_points_and_months_of_the_list_of_deadlines_are_told(shared):
    """What has a last day there is of a grain that has one; what has none is not."""
    with (shared / "deadlines.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert len(rows) > 200
    undated = {"recurring", "standing duty", "stages, without date", "other"}
    wrong = [row["surface"] for row in rows if row["last"] and grain_of(row["surface"]) in undated]
    assert len(wrong) <= 0.05 * len(rows), wrong
