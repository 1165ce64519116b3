import pytest
from typer.main import get_command

from taskner.cli.app import app
from taskner.cli.corpus.options import Aim, Source
from taskner.cli.docs import helps, to_markdown
from taskner.cli.formats import Format
from taskner.exporters import FORMATS
from taskner.integrations.formats import ALL_FORMATS

CORPUS = ("convert", "check", "split", "stats", "join", "annotate")
HELPS = dict(helps(get_command(app), "taskner"))


def test_reference_page_is_current(root):
    page = (root / "docs" / "cli.md").read_text(encoding="utf-8")
    assert page == to_markdown(), "run: python -m taskner.cli.docs > docs/cli.md"


def test_every_command_of_the_design_is_there():
    names = {"extract", "read", "train", "evaluate", "model show", "model list"}
    names |= {f"corpus {name}" for name in CORPUS}
    assert {f"taskner {name}" for name in names} <= HELPS.keys()


@pytest.mark.parametrize("name", sorted(HELPS.keys() - {"taskner model", "taskner corpus"}))
def test_every_command_has_help_and_an_example(name):
    text = HELPS[name]
    assert "Example" in text
    assert name in text.partition("Example")[2]
    assert len(text.splitlines()) > 5


def test_every_format_of_the_exporters_can_be_asked_for():
    assert {form.value for form in Format} == {*FORMATS, "table"}


def test_every_corpus_format_can_be_asked_for():
    assert {form.value for form in Source} == {f.name for f in ALL_FORMATS.values() if f.read}
    assert {form.value for form in Aim} == {f.name for f in ALL_FORMATS.values() if f.write}
