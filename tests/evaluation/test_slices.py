"""Slices: counts by layout, task and span."""

from dataclasses import replace

import pytest

from ledgers import GOLD, TEXT
from taskner.corpus.annotated import AnnotatedText
from taskner.evaluation.counts import merge
from taskner.evaluation.gold import load_gold
from taskner.evaluation.slices import Judged, layout_of, slices, surfaces
from taskner.evaluation.spans import notice_spans

MARKED = (
    "1.新增⟦M#a|停车泊位⟧⟦T>a;k=level|300个⟧，⟦M#b|规模以上工业增加值⟧增长⟦T>b;k=up|7%⟧。\n"
    "责任单位：⟦U:lead|县住建局⟧\n"
)
ROWS = (
    ("序号", "任务", "单位"),
    ("1", "建成公园3个", "县住建局"),
    ("2", "新增泊位30个", "县公安局"),
)


@pytest.fixture
def judged(tmp_path):
    path = tmp_path / "yunting.txt"
    path.write_text(MARKED, encoding="utf-8")
    gold = load_gold(path)
    spans = gold.spans
    metric = next(span for span in spans if span.text == "停车泊位")
    notice = replace(GOLD, document=gold.document, tasks=())
    return Judged(gold=gold, predicted=notice), metric


@pytest.mark.parametrize(
    ("text", "layout"),
    [
        ("序号|任务|单位\n1|建成公园3个|县住建局\n2|新增泊位30个|县公安局\n", "pipe table"),
        (
            "序号\n任务\n单位\n1\n建成公园3个\n县住建局\n2\n新增泊位30个\n县公安局\n",
            "cell per line",
        ),
        (
            "一、稳增长。" + "1.新增规上企业30家，培育专精特新企业12家。责任单位:甲局。" * 60,
            "one paragraph",
        ),
        ("1.今年要建成口袋公园三个以上，全面提升城市品质。\n责任单位：县住建局\n" * 2, "outline"),
        ("过去的一年极不平凡，我们要乘势而上。\n今年要建成公园三个以上，提升城市品质。\n", "prose"),
        ("", "prose"),
    ],
)
def test_layouts_are_told_from_the_lines(text, layout):
    assert layout_of(text) == layout


def test_every_span_falls_into_one_slice_of_each_family(judged):
    one, _ = judged
    found = slices([replace(one, seen={})])
    assert set(found) == {"layout", "length of span", "seen in training"}
    for family, parts in found.items():
        total = merge(parts.values())
        assert total["spans"].gold == len(one.gold.spans), family
    assert {name: s["spans.METRIC"].gold for name, s in found["length of span"].items()} == {
        "1–4": 1,
        "9–16": 1,
    }


def test_seen_and_unseen_texts_are_told_apart_folded(judged):
    one, metric = judged
    seen = surfaces([replace(metric, text="停车泊位")])
    parts = slices([replace(one, seen=seen)])["seen in training"]
    assert parts["seen"]["spans.METRIC"].gold == 1
    assert parts["unseen"]["spans.METRIC"].gold == 1
    assert parts["unseen"]["spans.TARGET"].gold == 2


def test_tasks_are_sliced_by_their_metrics_where_there_is_a_ledger(judged):
    one, _ = judged
    marked = AnnotatedText(id="yunxi", text=TEXT)
    gold = replace(one.gold, document=GOLD.document, marked=marked, notice=GOLD)
    parts = slices([Judged(gold=gold, predicted=GOLD)])["metrics per task"]
    assert {name: scores["rows"].true for name, scores in parts.items()} == {
        "0": 1,
        "1": 1,
        "2–3": 2,
    }
    assert sum(scores["spans"].predicted for scores in parts.values()) == len(notice_spans(GOLD))
