"""The model card: what the hub reads of it, and that it says what the manifest says."""

import json
import shutil
import sys
from pathlib import Path

import pytest
from huggingface_hub import ModelCard, metadata_load

from taskner.errors import ConfigError, MissingExtraError
from taskner.tagging.package import open_package
from taskner.training.card import CARD, render_card
from taskner.training.manifest import read_scores
from taskner.training.recipe import read_recipe
from taskner.training.refresh import main, refresh
from taskner.version import __version__

COMMAND = "python -m taskner.training.refresh models/taskner-small --recipe {}"


@pytest.fixture
def recipe(root):
    return root / "training" / "recipes" / "default.toml"


@pytest.fixture
def manifest(root):
    return json.loads((root / "models/taskner-small/manifest.json").read_text("utf-8"))


@pytest.fixture
def folder(root, tmp_path):
    """The released model without its weights: what describes it is enough here."""
    copy = tmp_path / "taskner-small"
    copy.mkdir()
    for name in ("manifest.json", CARD):
        shutil.copy(root / "models" / "taskner-small" / name, copy / name)
    return copy


def test_the_card_that_ships_says_what_the_manifest_and_the_report_say(root, manifest, recipe):
    hint = "not current; run: " + COMMAND.format(recipe.relative_to(root))
    settings = read_recipe(recipe)
    assert manifest["scores"] == read_scores(settings.resolve(settings.scores)), hint
    assert manifest["limits"] == list(settings.limits), hint
    assert (root / "models/taskner-small" / CARD).read_text("utf-8") == render_card(manifest), hint


def test_the_hub_reads_the_metadata(root, manifest):
    path = root / "models" / "taskner-small" / CARD
    card = ModelCard.load(path)
    data = metadata_load(path)
    assert card.data.to_dict() == data
    assert {key: data[key] for key in ("language", "license", "library_name")} == {
        "language": "zh",
        "license": "apache-2.0",
        "library_name": "transformers",
    }
    assert data["pipeline_tag"] == "token-classification"
    assert data["base_model"] == "intfloat/multilingual-e5-small"
    summary = manifest["scores"]["summary"]
    assert {one.metric_name: one.metric_value for one in card.data.eval_results} == {
        "F1 (all labels)": summary["spans"],
        **{f"F1 ({x})": summary[f"spans.{x}"] for x in ("UNIT", "METRIC", "TARGET", "DEADLINE")},
    }
    low, high = manifest["scores"]["intervals"]["spans.METRIC"]
    assert f"| {low:.4f}–{high:.4f} | {manifest['scores']['gold']['spans.METRIC']} |" in card.text


def test_a_refresh_follows_the_calibration_and_changes_no_other_hash(folder, recipe):
    before = open_package(folder, taskner_version=__version__).manifest
    path = folder / "manifest.json"
    text = path.read_text("utf-8").replace('"calibration"', '"calibration_before"')
    path.write_text(text, encoding="utf-8")
    refresh(folder, read_recipe(recipe))
    package = open_package(folder, taskner_version=__version__)
    assert "and are not calibrated" in package.read(CARD).decode()
    changed = {
        name for name, one in before["files"].items() if package.manifest["files"][name] != one
    }
    assert changed == {CARD}
    assert package.manifest["calibration_before"] == before["calibration"]
    assert [file.name for file in folder.parent.iterdir()] == [folder.name]


def test_a_refresh_by_the_recipe_of_another_model_changes_nothing(
    folder, recipe, capsys, monkeypatch
):
    other = folder.parent / "other.toml"
    other.write_text(recipe.read_text("utf-8").replace("0.2.0", "9.0.0"), encoding="utf-8")
    with pytest.raises(ConfigError, match=r"recipe.version: is 9\.0\.0"):
        refresh(folder, read_recipe(other))
    before = (folder / "manifest.json").read_bytes()
    monkeypatch.setattr(sys, "argv", ["refresh", str(folder), "--recipe", str(other)])
    assert main() == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert (folder / "manifest.json").read_bytes() == before


def test_a_model_without_scores_and_of_another_base_has_a_card_too(manifest, tmp_path):
    bare = manifest | {"scores": None, "calibration": None, "limits": []}
    bare |= {"base": {"name": str(Path("/models/mine")), "licence": "not stated"}}
    path = tmp_path / CARD
    path.write_text(render_card(bare), encoding="utf-8")
    card = ModelCard.load(path)
    assert card.data.base_model is None
    assert card.data.eval_results is None
    assert "None were given with this run" in card.text
    assert "/models/mine, licence not stated" in card.text
    assert "Zhejiang" not in card.text


def test_a_missing_library_is_one_line(manifest, monkeypatch):
    monkeypatch.setitem(sys.modules, "huggingface_hub", None)
    with pytest.raises(MissingExtraError, match=r"huggingface_hub: pip install 'taskner\[train\]'"):
        render_card(manifest)
