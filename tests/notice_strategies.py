"""Hypothesis strategies for whole notices whose spans are slices of their document."""

from decimal import Decimal

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from taskner.types import (
    NOTE_FLAGS,
    REVIEW_FLAGS,
    Annex,
    Deadline,
    Document,
    Notice,
    Period,
    Quantity,
    Source,
    Span,
    Target,
    Task,
    Unit,
)

# Whole notices are slow to draw, slower still on a busy machine.
QUICK = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
ALPHABET = "镇街局委建成增长达到个家0129%.,；：、★\n =+-@<>&\"'\x00\x07\u2028\U00020000"
texts = st.text(alphabet=ALPHABET, min_size=1, max_size=60)
words = st.text(alphabet=ALPHABET, max_size=12)
scores = st.none() | st.integers(0, 10_000).map(lambda score: score / 10_000)
flags = st.lists(st.sampled_from(sorted(REVIEW_FLAGS | NOTE_FLAGS)), unique=True, max_size=3).map(
    tuple
)
periods = st.builds(Period, first=st.none() | st.dates(), last=st.none() | st.dates())
decimals = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15)
quantities = st.builds(
    Quantity,
    value=decimals,
    upper=st.none() | st.just(Decimal("1E+3")) | decimals,
    measure=words,
    comparator=st.sampled_from(["=", ">=", ">", "<=", "<", "~", "range"]),
    basis=st.sampled_from(["level", "rise", "fall"]),
    aim=st.sampled_from(["plain", "ensure", "strive"]),
)


@st.composite
def spans(draw, document, label):
    start = draw(st.integers(0, len(document.text) - 1))
    end = draw(st.integers(start + 1, len(document.text)))
    return Span.of(document, start, end, label, score=draw(scores))


@st.composite
def units(draw, document):
    span = draw(spans(document, "UNIT"))
    pieces, at = [], span.start
    for line in span.text.split("\n"):
        start = at + len(line) - len(line.lstrip())
        end = start + len(line.strip())
        if start < end:
            pieces.append((start, end))
        at += len(line) + 1
    role = draw(st.sampled_from(["lead", "support", "unknown"]))
    canonical = draw(st.none() | words)
    return Unit(span=span, pieces=tuple(pieces), role=role, name=draw(words), canonical=canonical)


@st.composite
def deadlines(draw, document):
    return Deadline(span=draw(spans(document, "DEADLINE")), period=draw(periods))


@st.composite
def targets(draw, document, n_units):
    return Target(
        span=draw(spans(document, "TARGET")),
        metrics=tuple(draw(st.lists(spans(document, "METRIC"), max_size=2))),
        deadlines=tuple(draw(st.lists(deadlines(document), max_size=2))),
        units=tuple(range(draw(st.integers(0, n_units)))),
        quantity=draw(st.none() | quantities),
        scope=draw(st.none() | words),
        link_score=draw(scores),
        flags=draw(flags),
    )


@st.composite
def tasks(draw, document, number):
    start = draw(st.integers(0, len(document.text) - 1))
    task_units = tuple(draw(st.lists(units(document), max_size=3)))
    return Task(
        id=f"1/{number}",
        annex="1",
        number=draw(st.none() | words),
        path=tuple(draw(st.lists(words, max_size=2))),
        leader=draw(st.none() | words),
        start=start,
        end=draw(st.integers(start, len(document.text))),
        text=draw(words),
        units=task_units,
        targets=tuple(draw(st.lists(targets(document, len(task_units)), max_size=3))),
        deadlines=tuple(draw(st.lists(deadlines(document), max_size=1))),
        flags=draw(flags),
    )


@st.composite
def notices(draw, max_tasks=3):
    document = Document(
        id="notice",
        text=draw(texts),
        source=Source(path=draw(st.none() | st.just("notice.txt")), sha256="0" * 64),
    )
    annex = Annex(
        id="1",
        title=draw(st.none() | words),
        start=0,
        period=draw(periods),
        lead_rule=draw(st.sampled_from(["first", "marked", "field", "unknown"])),
    )
    n_tasks = draw(st.integers(0, max_tasks))
    return Notice(
        document=document,
        title=draw(st.none() | words),
        issuer=draw(st.none() | words),
        number=draw(st.none() | words),
        issued=draw(st.none() | st.dates()),
        year=draw(st.none() | st.integers(1990, 2060)),
        annexes=(annex,),
        tasks=tuple(draw(tasks(document, number)) for number in range(n_tasks)),
        flags=draw(flags),
    )
