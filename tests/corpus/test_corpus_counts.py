"""The committed counts of the authored notices are those of the notices as they are."""

import json

import pytest

from taskner.corpus.hand_table import read_hand_table
from taskner.corpus.stats import count_texts, sum_counts
from taskner.studies.corpus_counts import MOST_ALIKE, digest_of, main, report, to_markdown


@pytest.fixture(scope="module")
def written(root):
    return json.loads((root / "corpora" / "counts.json").read_text(encoding="utf-8"))


def rows(data, title):
    (table,) = (table for table in data["tables"] if table["title"] == title)
    return {row[0]: row[1:] for row in table["rows"]}


def test_the_counts_are_current(root, authored, written):
    table = read_hand_table(root / "corpora" / "authored.toml", authored)
    assert report(authored, table, written["public"]) == written
    assert to_markdown(written) == (root / "corpora" / "counts.md").read_text(encoding="utf-8")


def test_the_comparison_with_public_texts_is_of_the_notices_as_they_are(authored, written):
    assert written["public"]["notices"] == digest_of(authored)
    assert written["public"]["longest"] < 20


def test_no_template_shows(written):
    likeness = written["likeness"]
    assert likeness["items"] > 1000
    assert likeness["jaccard"] <= MOST_ALIKE
    assert likeness["opening"][1] < 0.04 * likeness["items"]
    assert len(written["places"]) >= 30


def test_tables_add_up_to_what_the_data_card_counts(authored, written):
    counts = sum_counts(count_texts(authored).values())
    for title, key in (
        ("Sector", "tasks"),
        ("Year of the tasks", "tasks"),
        ("Rule of who leads", "tasks"),
        ("Deadline form", "DEADLINE"),
        ("Comparison", "TARGET"),
    ):
        assert sum(row[0] for row in rows(written, title).values()) == counts[key], title
    sizes = rows(written, "Targets of a task").values()
    assert [sum(column) for column in zip(*sizes, strict=True)][:2] == [
        counts["tasks"],
        counts["TARGET"],
    ]
    belongings = rows(written, "Targets by what they belong to")
    assert belongings["in a task whose targets belong to different units"][0] >= 60


def test_without_public_texts_a_changed_notice_is_refused(tmp_path, capsys):
    (tmp_path / "authored").mkdir()
    (tmp_path / "authored" / "a.txt").write_text("新建⟦M#a|公园⟧⟦T>a;k=level|3处⟧", "utf-8")
    (tmp_path / "counts.json").write_text('{"public": {"notices": "of others"}}', "utf-8")
    assert main([str(tmp_path)]) == 1
    assert "--public" in capsys.readouterr().err
