"""A small notice made by hand, and text that tries to be more than text."""

from datetime import date
from decimal import Decimal

from taskner.types import (
    Annex,
    Document,
    Notice,
    Period,
    Quantity,
    Span,
    Target,
    Task,
    Unit,
)

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;</article>$title\x00"
TEXT = "新建公园3个以上、绿道5公里,6月底前完成|园林中心|财政局"


def span_of(document, text, label, *, score=None):
    start = document.text.index(text)
    return Span.of(document, start, start + len(text), label, score=score)


def make_notice(*, blocks=(), text=TEXT, **target):
    document = Document(id="notice", text=text, blocks=blocks)
    names = (("园林中心", "lead"), ("财政局", "support"))
    spans = [span_of(document, name, "UNIT", score=0.9) for name, _ in names]
    units = tuple(
        Unit(span=span, pieces=((span.start, span.end),), role=role, name=span.text)
        for span, (_, role) in zip(spans, names, strict=True)
    )
    first = {
        "span": span_of(document, "3个以上", "TARGET", score=0.8),
        "metrics": (span_of(document, "公园", "METRIC", score=0.7),),
        "quantity": Quantity(value=Decimal(3), measure="个", comparator=">="),
        "units": (0, 1),
    }
    second = Target(span=span_of(document, "5公里", "TARGET"), units=(0,), flags=("low_score",))
    task = Task(
        id="1/7",
        annex="1",
        number=None,
        path=("一、公园",),
        leader=None,
        start=0,
        end=len(text),
        text=text,
        units=units,
        targets=(Target(**(first | target)), second),
    )
    annex = Annex(id="1", title="重点工作", start=0, period=Period(last=date(2025, 12, 31)))
    return Notice(document=document, title="关于分解的通知", annexes=(annex,), tasks=(task,))
