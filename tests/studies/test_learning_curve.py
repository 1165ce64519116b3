"""Items of a notice, and the study that adds them to a model."""

import pytest

from taskner.errors import ConfigError, CorpusError
from taskner.evaluation.gold import load_gold
from taskner.studies.items import deal_items, score_items, tasks_of, write_items
from taskner.studies.learning_curve import read_study, run, to_report
from taskner.training.examples import read_marked


@pytest.fixture(scope="module")
def gold(root):
    return load_gold(root / "corpora" / "authored" / "yunxi-2025.txt")


def test_written_items_carry_their_marks_and_borders(gold, tmp_path):
    chosen = deal_items(len(tasks_of(gold)), 3)[:5]
    tasks = [tasks_of(gold)[index] for index in sorted(chosen)]
    document = read_marked(write_items(gold, chosen, tmp_path, name="items"))
    contents = [document.text[s.start : s.end] for s in document.segments if s.field == "content"]
    for task in tasks:
        text = gold.document.text[task.start : task.end]
        assert text in contents
        at = document.text.index(text)
        marked = [(s.start - at, s.label) for s in document.spans if at <= s.start < at + len(text)]
        assert marked == [
            (s.start - task.start, s.label)
            for s in gold.marked.spans
            if task.start <= s.start < task.end
        ]
    assert any(span.label == "UNIT" for span in document.spans)


def test_an_item_is_scored_by_itself(gold):
    every = range(len(tasks_of(gold)))
    perfect = score_items(gold, gold.notice, every)
    assert all(scores["rows"].true == scores["rows"].gold for scores in perfect.values())
    assert sum(scores["rows"].gold for scores in perfect.values()) > 0
    with_targets = next(index for index in every if tasks_of(gold)[index].targets)
    alone = score_items(gold, gold.notice, [with_targets])
    assert list(alone.values()) == [perfect[f"{with_targets:03}"]]


def write_plan(folder, base, root):
    corpus = root / "corpora" / "authored"
    names = ("yunxi-2025", "chuwan-2025")
    (folder / "splits.toml").write_text(
        f'[[fold]]\nname = "yunxi"\ndocuments = ["{names[0]}", "{names[1]}"]\n', encoding="utf-8"
    )
    paths = [*(str(corpus / f"{name}.txt") for name in names), str(corpus / "hebu-2026.txt")]
    head = f'version = "0.0.1"\n[base]\nsource = "{base}"\n'
    fit = "[fit]\nepochs = 1\n[corpus]\n"
    (folder / "old.toml").write_text(f'name = "old"\n{head}{fit}marked = {paths}\n', "utf-8")
    (folder / "new.toml").write_text(f'name = "new"\n{head}{fit}marked = ["x"]\n', "utf-8")
    (folder / "folds.toml").write_text("recipe = 'old.toml'\nsplits = ['splits.toml']\n", "utf-8")
    path = folder / "curve.toml"
    path.write_text(
        "folds = 'folds.toml'\ndocument = 'yunxi-2025'\nrecipe = 'new.toml'\n"
        "items = [0, 2]\ndraws = 1\n",
        encoding="utf-8",
    )
    return path


def test_a_plan_that_cannot_be_is_named(tmp_path, tiny_base, root):
    path = write_plan(tmp_path, tiny_base, root)
    text = path.read_text("utf-8")
    corpus = root / "corpora" / "authored"
    for old, new, message in (
        ("yunxi-2025", "else", "no fold of folds.toml leaves out 'else'"),
        ("[0, 2]", "[0, 9999]", "expected numbers from 0 to below"),
        ("draws", "drawings", "unknown key"),
        ("draws", f"others = ['{corpus}/hebu-2026.txt']\ndraws", "it is learned"),
        ("draws", "others = ['nowhere']\ndraws", "no marked texts"),
    ):
        path.write_text(text.replace(old, new), encoding="utf-8")
        with pytest.raises((ConfigError, CorpusError), match=message):
            read_study(path)


def test_harm_is_measured_on_texts_that_nothing_learns_too(tmp_path, tiny_base, root):
    path = write_plan(tmp_path, tiny_base, root)
    with path.open("a", encoding="utf-8") as file:
        file.write(f"others = ['{root}/evaluation/blind/fourth']\n")
    names = [gold.document.id for gold in read_study(path).others]
    assert names[0] == "chuwan-2025"
    assert names[1:] == sorted(p.stem for p in (root / "evaluation/blind/fourth").glob("*.txt"))


@pytest.mark.real
@pytest.mark.filterwarnings("ignore")
def test_the_study_runs_is_recorded_and_goes_on(tmp_path, tiny_base, root):
    study = read_study(write_plan(tmp_path, tiny_base, root))
    steps = run(study, runs=tmp_path / "runs")
    assert set(steps) == {(0, 0), (0, 2)}
    page = to_report(study, steps, command="test")
    assert [line.split("|")[1].strip() for line in page.splitlines()[-2:]] == ["0", "2"]
    # Everything is recorded: a second call trains nothing.
    again = run(study, runs=tmp_path / "elsewhere")
    assert not (tmp_path / "elsewhere").exists()
    assert to_report(study, again, command="test") == page
