"""No sentence of a public notice stands in the repository."""

import json
import re
import subprocess

import pytest

from taskner.corpus.inline import parse_marks
from taskner.errors import MarksError
from taskner.folding import fold

RUN = 20
PROSE = re.compile(r"[\u4e00-\u9fff、,0-9]{20,}")
LARGEST = 3_000_000


def runs_of(text):
    for match in PROSE.finditer(fold(text)):
        piece = match.group()
        for start in range(len(piece) - RUN + 1):
            yield piece[start : start + RUN]


def plain(text, path):
    """Without marks, which would hide a run that they interrupt."""
    try:
        return parse_marks(text, path=path).text
    except MarksError:
        return text


def titles(root):
    """The titles of notices, which standoff files may show: they are how one finds a notice."""
    paths = sorted((root / "corpora" / "standoff").glob("*.json"))
    return [json.loads(path.read_text(encoding="utf-8")).get("title") or "" for path in paths]


@pytest.mark.shared
def test_no_run_of_twenty_characters_of_a_public_text_is_in_the_tree(root, shared):
    public = {
        run
        for folder in ("notices", "unlabeled")
        for path in (shared / folder).glob("*.txt")
        for run in runs_of(path.read_text(encoding="utf-8"))
    }
    assert len(public) > 100_000
    public -= {run for title in titles(root) for run in runs_of(title)}
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    found = {}
    for name in filter(None, listed):
        path = root / name
        if not path.is_file() or path.stat().st_size > LARGEST:
            continue
        text = path.read_bytes().decode("utf-8", "ignore")
        hits = [run for run in runs_of(plain(text, name)) if run in public]
        if hits:
            found[name] = hits[:3]
    assert found == {}
