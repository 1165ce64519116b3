"""The notebook in docs runs as it is and shows what was committed."""

import pytest


def plain(cells):
    """Give what each cell printed or showed, as text, but for scores, which processors round."""
    shown = [
        ["".join(output.get("text") or output["data"]["text/plain"]) for output in cell["outputs"]]
        for cell in cells
        if cell["cell_type"] == "code"
    ]
    return [[text for text in texts if not text.startswith("Notice(")] for texts in shown]


@pytest.mark.real
def test_the_notebook_shows_what_it_shows_when_it_runs(root):
    nbformat = pytest.importorskip("nbformat", reason="needs the extra notebook")
    nbclient = pytest.importorskip("nbclient", reason="needs the extra notebook")
    path = root / "docs" / "notebook.ipynb"
    notebook = nbformat.read(path, as_version=4)
    shown = plain(notebook.cells)
    assert sum(map(len, shown)) >= 5
    client = nbclient.NotebookClient(
        notebook, timeout=300, resources={"metadata": {"path": str(path.parent)}}
    )
    client.execute()
    assert plain(notebook.cells) == shown


def test_the_notebook_is_small_and_carries_its_outputs(root):
    path = root / "docs" / "notebook.ipynb"
    assert 5_000 < path.stat().st_size < 100_000
    text = path.read_text("utf-8")
    assert 'class=\\"taskner-notice\\"' in text
    assert '"output_type": "error"' not in text
