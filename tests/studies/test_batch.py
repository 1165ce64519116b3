"""A folder of many files, some damaged: each has its ledger or its error line."""

import pytest

from taskner.studies.batch import find_growth, find_wrong, run

MADE = {"a.txt": "", "b.txt": "empty"}
TASK, ERROR = {"id": "1"}, {"type": "EmptyFileError", "message": "b.txt: empty"}


def record(name, *, tasks=(), error=None):
    return {"document": {"path": f"notices/{name}"}, "tasks": list(tasks), "error": error}


def test_a_small_folder_holds_what_the_study_asks_for(tmp_path):
    results = run(tmp_path, n_files=24, n_damaged=8, model="rules")
    wrong = [one for one in results["wrong"] if "memory" not in one]  # too short to tell
    assert wrong == []
    assert (results["ledgers"], sum(results["errors"].values())) == (16, 8)
    assert results["exit_code"] == 1
    assert results["tasks"] > results["ledgers"]
    highest = results["highest_mb"]
    assert min(*highest["command"], max(highest["reader"])) > 0
    assert all(
        a <= b for a, b in zip(results["usual_mb"]["reader"], highest["reader"], strict=True)
    )


@pytest.mark.parametrize(
    ("records", "lines", "wrong"),
    [
        ([record("a.txt", tasks=[TASK]), record("b.txt", error=ERROR)], ["b.txt: empty"], ""),
        ([record("a.txt", tasks=[TASK])], [], "not those of the files"),
        ([record("a.txt"), record("b.txt", error=ERROR)], ["b.txt: empty"], "gave no task"),
        ([record("a.txt", tasks=[TASK]), record("b.txt", tasks=[TASK])], [], "gave a ledger"),
        ([record("a.txt", tasks=[TASK]), record("b.txt", error=ERROR)], [], "has 0 lines"),
    ],
)
def test_what_is_lost_is_said(records, lines, wrong):
    found = find_wrong(MADE, records, lines)
    assert len(found) == bool(wrong)
    assert wrong in "".join(found)


def test_memory_that_grows_is_said():
    assert find_growth({"command": [100, 100, 80, 109], "reader": [60, 90, 90, 91]}) == []
    assert "100 to 120 MB" in "".join(find_growth({"command": [80, 100, 110, 120]}))
