"""The model that ships: what it is for, on notices, through the public face."""

import dataclasses
import json
import subprocess
import sys

import numpy as np
import pytest

import taskner
from taskner.corpus.inline import parse_marks
from taskner.evaluation.counts import merge
from taskner.evaluation.gold import load_gold, score_gold
from taskner.notices import parse_notice
from taskner.pipeline.extractor import segments_to_tag
from taskner.readers import document_from_text
from taskner.tagging import Tagger
from taskner.tagging.onnx import open_file
from taskner.tagging.package import FALLBACK, INT8

# In one process, for what the tests share.
pytestmark = pytest.mark.xdist_group("released model")
NOTICES = {"pinghu-2024": 145, "huzhou-2021": 132, "haiyan-2022": 73, "district-plan-2024": 30}
FULL_WIDTH = str.maketrans(",;:()%", "，；：（）％")
ASCII = str.maketrans("，；：（）％", ",;:()%")


@pytest.fixture(scope="module")
def package(released):
    return released.package


@pytest.fixture(scope="module")
def authored(root):
    path = root / "corpora" / "authored" / "yunxi-2025.txt"
    return parse_marks(path.read_text(encoding="utf-8")).text


@pytest.fixture(scope="module")
def int8(package):
    return Tagger(open_file(package, INT8))


@pytest.fixture(scope="module")
def tagged(int8, authored):
    """The authored notice, its segments, and the spans that the model finds in them."""
    document = document_from_text(authored, name="yunxi")
    segments = segments_to_tag(parse_notice(document).tasks)
    return document, segments, int8.tag(document, segments)


@pytest.fixture(scope="module")
def printed(extractor, shared):
    """The notices that the model learned from, extracted."""
    return {name: extractor.extract(shared / "notices" / f"{name}.txt") for name in NOTICES}


def keys(spans):
    return {(span.start, span.end, span.label) for span in spans}


def test_the_folder_is_whole_and_fits_its_manifest(package):
    for file in package.manifest["files"]:
        assert len(package.read(file)) < 95_000_000


def test_results_do_not_depend_on_what_is_tagged_together(int8, tagged):
    document, segments, together = tagged
    backwards = int8.tag(document, segments[::-1])
    assert keys(together) == keys(backwards)
    by_place = {(span.start, span.end): span for span in together}
    for segment in segments[::6]:
        apart = int8.tag(document, [segment])
        inside = [s for s in together if segment.start <= s.start and s.end <= segment.end]
        assert keys(apart) == keys(inside)
        for span in apart:
            score = by_place[span.start, span.end].score
            assert span.score == pytest.approx(score, abs=1e-4)


def test_int8_gives_the_spans_of_the_fallback(package, tagged):
    document, segments, spans = tagged
    fallback = Tagger(open_file(package, FALLBACK)).tag(document, segments)
    first, second = keys(spans), keys(fallback)
    assert len(first & second) >= 0.99 * len(first | second)


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_the_fallback_computes_what_torch_computes(package, authored):
    torch = pytest.importorskip("torch", reason="torch is an extra")
    transformers = pytest.importorskip("transformers", reason="transformers is an extra")
    model = transformers.AutoModelForTokenClassification.from_pretrained(
        package.path, dtype=torch.float32, use_safetensors=True
    ).eval()
    tokenizer = transformers.AutoTokenizer.from_pretrained(package.path)
    session = open_file(package, FALLBACK).session
    for line in [line for line in authored.splitlines() if len(line) > 40][:8]:
        batch = tokenizer(line, return_tensors="np", truncation=True, max_length=256)
        inputs = {name: batch[name].astype(np.int64) for name in ("input_ids", "attention_mask")}
        with torch.no_grad():
            wanted = model(**{k: torch.from_numpy(v) for k, v in inputs.items()}).logits.numpy()
        assert np.abs(session.run(None, inputs)[0] - wanted).max() < 1e-3


def test_width_of_punctuation_changes_nothing_but_the_text(extractor, authored):
    narrow, wide = (
        extractor.extract_text(authored.translate(table)) for table in (ASCII, FULL_WIDTH)
    )
    for first, second in zip(narrow.tasks, wide.tasks, strict=True):
        assert (first.start, first.end, first.number) == (second.start, second.end, second.number)
        assert [(unit.span.start, unit.role) for unit in first.units] == [
            (unit.span.start, unit.role) for unit in second.units
        ]
        assert [
            (target.span.start, target.quantity and target.quantity.value)
            for target in first.targets
        ] == [
            (target.span.start, target.quantity and target.quantity.value)
            for target in second.targets
        ]


def test_every_task_has_a_row_in_the_ledger(extractor, authored, tmp_path):
    notice = extractor.extract_text(authored)
    taskner.write(notice, tmp_path / "ledger.csv")
    lines = (tmp_path / "ledger.csv").read_text(encoding="utf-8-sig")
    for task in notice.tasks:
        assert task.text[:12] in lines
    stripped = dataclasses.replace(notice, tasks=())
    assert taskner.notice_to_json(stripped)["tasks"] == []


@pytest.mark.shared
def test_the_four_notices_that_the_model_learned_from(printed, shared):
    everything = []
    for name, n_tasks in NOTICES.items():
        gold = load_gold(shared / "gold" / f"{name}.txt")
        notice = printed[name]
        assert len(notice.tasks) == n_tasks
        scores = score_gold(gold, notice)
        assert scores["tasks"].f1 == 1
        if gold.notice.tasks[0].units:
            assert scores["units"].f1 >= 0.995
            assert scores["roles"].f1 >= 0.99
        everything.append(scores)
    total = merge(everything)
    assert total["rows"].f1 > 0.9
    assert total["spans.TARGET"].f1 > 0.97


def test_extraction_needs_no_torch_and_little_memory(authored, tmp_path):
    path = tmp_path / "notice.txt"
    path.write_text(authored, encoding="utf-8")
    code = (
        "import json, re, sys\n"
        "sys.modules['torch'] = sys.modules['transformers'] = None\n"
        "import taskner\n"
        f"notice = taskner.load().extract({str(path)!r})\n"
        # ru_maxrss would start at what the process that started this one holds.
        "status = open('/proc/self/status').read()\n"
        "peak = int(re.search(r'VmHWM:\\s+(\\d+)', status)[1]) / 1024\n"
        "print(json.dumps([len(notice.tasks), peak]))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    n_tasks, peak = json.loads(ran.stdout)
    assert n_tasks == 40
    assert peak < 700


@pytest.mark.shared
@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.translate(str.maketrans(",;:()", "，；：（）")),
        lambda text: text.replace("海盐", "安河"),
        lambda text: f"网站首页 | 政务公开\n\n{text}\n\n版权所有\n",
    ],
    ids=["full width", "another county", "page chrome"],
)
def test_the_ledger_is_the_same_up_to_the_change(extractor, printed, change):
    notice = printed["haiyan-2022"]

    def rows(notice):
        return [
            (
                task.number,
                [unit.role for unit in task.units],
                [
                    (
                        len(target.metrics),
                        target.quantity,
                        [deadline.period for deadline in target.deadlines],
                    )
                    for target in task.targets
                ],
            )
            for task in notice.tasks
        ]

    assert rows(extractor.extract_text(change(notice.document.text))) == rows(notice)
