from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotated_strategies import QUICK
from taskner.corpus.annotated import AnnotatedText, Facts
from taskner.corpus.splits import read_splits
from taskner.corpus.splitting import folds_to_toml, make_folds, place_of
from taskner.corpus.stats import count_texts, counts_to_markdown
from taskner.errors import CorpusError


def texts_of(sizes):
    return [
        AnnotatedText(
            id=f"place{n}-2025", text="".join(chr(0x4E00 + n * 997 + i) for i in range(size))
        )
        for n, size in enumerate(sizes)
    ]


@given(st.lists(st.integers(1, 60), min_size=3, max_size=12), st.integers(0, 5))
@QUICK
def test_each_text_is_in_one_fold_and_folds_are_about_equal(sizes, seed):
    texts = texts_of(sizes)
    folds = make_folds(texts, n_folds=3, seed=seed)
    held = [name for fold in folds for name in fold.documents]
    assert sorted(held) == sorted(text.id for text in texts)
    assert folds == make_folds(texts, n_folds=3, seed=seed)
    length = {text.id: len(text.text) for text in texts}
    totals = [sum(length[name] for name in fold.documents) for fold in folds]
    assert max(totals) - min(totals) <= max(sizes)


def test_near_copies_share_a_fold_and_too_few_groups_are_an_error():
    first, second, third = texts_of([40, 40, 40])
    copy = replace(first, id="copy", text=first.text[3:] + "完")
    for seed in range(4):
        folds = make_folds([first, second, copy, third], n_folds=3, seed=seed)
        assert any({first.id, "copy"} <= set(fold.documents) for fold in folds)
    with pytest.raises(CorpusError, match="give 2 to 3"):
        make_folds([first, second, copy, third], n_folds=4)
    with pytest.raises(CorpusError, match="1 folds"):
        make_folds([first, second], n_folds=1)


@pytest.mark.parametrize(
    ("name", "issuer", "place"),
    [
        ("linxi-2024", None, "linxi"),
        ("report-2026-linxi-b", None, "report-linxi"),
        ("2024", None, "2024"),
        ("x", "临溪县人民政府办公室", "临溪县"),
        ("x", "青州市水利局", "青州市"),
        ("x", "云汐自治州人民政府", "云汐自治州"),
        ("linxi-2024", "水利局", "linxi"),
    ],
)
def test_the_place_is_told_by_issuer_or_id(name, issuer, place):
    assert place_of(AnnotatedText(id=name, text="", facts=Facts(issuer=issuer))) == place


def test_texts_of_a_place_share_a_fold():
    texts = texts_of([30, 20, 30])
    texts += [replace(texts_of([0, 0, 0, 25])[3], id="place0-2026-b")]
    folds = make_folds(texts, n_folds=3, by_place=True)
    assert any({"place0-2025", "place0-2026-b"} <= set(fold.documents) for fold in folds)


def test_a_splits_file_is_read_as_it_was_written(tmp_path):
    folds = make_folds(texts_of([30, 20, 10]), n_folds=2)
    path = tmp_path / "splits.toml"
    path.write_text(folds_to_toml(folds, comment="a test"), encoding="utf-8")
    assert read_splits(path) == folds


def test_the_data_card_shows_the_counts(root, authored):
    table = counts_to_markdown(count_texts(authored))
    assert table in (root / "corpora" / "README.md").read_text(encoding="utf-8")
