"""The real Label Studio: our tasks imported, shown, changed and exported."""

import json
import time
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from chromium import chromium
from label_studio_server import PASSWORD, USER, find_label_studio, running
from taskner.cli import app
from taskner.corpus.inline import parse_marks
from taskner.corpus.label_studio import write_label_studio
from taskner.corpus.label_studio_reading import read_label_studio

pytestmark = pytest.mark.real
NOTICE = "qugu-2025"
# Characters that JavaScript counts as two stand in front of every mark.
BEFORE = "🙂𠮷曲乡\n"


@pytest.fixture(scope="module")
def server(root, tmp_path_factory):
    command = find_label_studio(root)
    if command is None:
        pytest.skip("no Label Studio: make .venv-label-studio/done, or set TASKNER_LABEL_STUDIO")
    with running(command, tmp_path_factory.mktemp("label-studio")) as started:
        yield started


@pytest.fixture(scope="module")
def browser(server, tmp_path_factory):
    """A browser that is signed in."""
    profile = tmp_path_factory.mktemp("profile")
    only_here = "host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    with chromium(profile, only_here, "window-size=1400,1000") as driver:
        driver.set_page_load_timeout(120)
        driver.get(f"{server.url}/user/login/")
        driver.find_element("name", "email").send_keys(USER)
        driver.find_element("name", "password").send_keys(PASSWORD)
        driver.find_element("css selector", "form button[type=submit]").click()
        yield driver


@pytest.fixture
def marked(root):
    """A notice of our own with all kinds of marks and links, pieces of units included."""
    source = (root / "corpora" / "authored" / f"{NOTICE}.txt").read_text("utf-8")
    text = parse_marks(BEFORE + source, path=NOTICE)
    kinds = {kind for mark in text.marks for kind, _ in mark.links}
    assert kinds >= {"metric", "deadline", "piece"}
    assert {mark.role for mark in text.marks} >= {"lead", "co"}
    return text


@pytest.fixture
def taskner():
    def run(*arguments):
        result = CliRunner().invoke(app, [*map(str, arguments)], prog_name="taskner")
        assert result.exit_code == 0, result.output

    return run


def files_of(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def read_one(export):
    (text,), notes = (read := read_label_studio(export)).texts, read.notes
    assert notes == ()
    return text


def without_scores(marks):
    return [replace(mark, span=replace(mark.span, score=None)) for mark in marks]


def shown_regions(browser):
    """Give start and text of what the page highlights, once it does."""
    script = (
        "return [...document.querySelectorAll('span.htx-highlight')]"
        ".map(e => [Number(e.dataset.start), e.textContent])"
    )
    return sorted((start, text) for start, text in browser.execute_script(script))


def until(condition, seconds=120):
    """Give what the condition gives, once it is something."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "the page did not come to it in time"
        time.sleep(0.5)
    return found


def test_annotations_come_back_as_they_went_in(server, taskner, marked, root, tmp_path):
    source = (root / "corpora" / "authored" / f"{NOTICE}.txt").read_text("utf-8")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / f"{NOTICE}.txt").write_text(BEFORE + source, "utf-8")
    taskner("corpus", "convert", tmp_path / "in", "--to", "label-studio", "-o", tmp_path / "ls")
    project, _ = server.make_project(files_of(tmp_path / "ls"))
    export = tmp_path / "export.json"
    export.write_text(json.dumps(server.export(project)), "utf-8")
    assert read_one(json.loads(export.read_text("utf-8"))).marks == marked.marks
    taskner("corpus", "convert", export, "--to", "inline", "-o", tmp_path / "out")
    back = parse_marks((tmp_path / "out" / f"{NOTICE}.txt").read_text("utf-8"), path=NOTICE)
    assert back.text == marked.text
    assert back.marks == marked.marks


def test_an_annotation_and_a_relation_changed_through_the_api(server, marked):
    project, (task,) = server.make_project(write_label_studio([marked]).files)
    (annotation,) = server.call("GET", f"/api/tasks/{task}/annotations/")
    result = annotation["result"]
    at = next(i for i, mark in enumerate(marked.marks) if mark.metrics and mark.deadlines)
    mark = marked.marks[at]
    other = next(i for i, m in enumerate(marked.marks) if m.span.label == "METRIC" and i > at)
    for item in result:
        if item["id" if "id" in item else "from_id"] != f"m{at}":
            continue
        if item["type"] == "choices":
            item["value"]["choices"] = ["down"]
        if item["type"] == "relation" and item["labels"] == ["metric"]:
            item["to_id"] = f"m{other}"
        if "value" in item:
            item["value"]["end"] -= 1
            item["value"]["text"] = item["value"]["text"][:-1]
    server.call("PATCH", f"/api/annotations/{annotation['id']}/", {"result": result})
    span = replace(mark.span, end=mark.span.end - 1, text=mark.span.text[:-1])
    changed = replace(mark, span=span, change="down", metrics=(other,))
    assert changed != mark
    expected = (*marked.marks[:at], changed, *marked.marks[at + 1 :])
    assert read_one(server.export(project)).marks == expected


def test_a_prediction_is_shown_and_comes_back_as_the_page_submits_it(
    server, browser, taskner, marked, tmp_path
):
    notice = tmp_path / f"{NOTICE}.txt"
    notice.write_text(marked.text, "utf-8")
    taskner("corpus", "annotate", notice, "-o", tmp_path / "ls")
    sent = files_of(tmp_path / "ls")
    project, (task,) = server.make_project(sent)
    (imported,) = json.loads(sent["label-studio.json"])
    (prediction,) = server.call("GET", f"/api/tasks/{task}")["predictions"]
    assert prediction["result"] == imported["predictions"][0]["result"]
    assert prediction["model_version"].startswith("taskner")
    predicted = read_label_studio([imported], choose="predictions").texts[0]
    spans = sorted((mark.span.start, mark.span.text) for mark in predicted.marks)
    assert len(spans) > 100

    browser.get(f"{server.url}/projects/{project}/data?task={task}")
    until(lambda: shown_regions(browser) == spans)
    until(lambda: browser.find_elements("css selector", "button[aria-label*=ubmit]"))[0].click()
    until(lambda: server.call("GET", f"/api/tasks/{task}/annotations/"))
    back = read_one(server.export(project))
    assert back.text == marked.text
    assert without_scores(back.marks) == without_scores(predicted.marks)
