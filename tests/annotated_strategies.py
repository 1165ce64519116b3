"""Hypothesis strategies for texts with marks, characters beyond the first plane included."""

from datetime import date

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from taskner.corpus.annotated import CHANGES, ROLES, AnnotatedText, Facts, Mark
from taskner.types import LABELS, Document, Span

QUICK = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
ALPHABET = "市局委园增长个家012%.,；：、★ \t\n\u3000\u2028-#|>@;:=\\/\"'<&\U00020bb7\U0001f600"
texts = st.text(alphabet=ALPHABET, min_size=1, max_size=40)
ids = st.none() | st.sampled_from(["a", "b", "1", "2", "5xa"])
facts = st.builds(
    Facts,
    title=st.none() | st.just("关于云汐县任务的通知"),
    issuer=st.none() | st.just("云汐县人民政府"),
    number=st.none() | st.just("云政〔2025〕3号"),
    issued=st.none() | st.dates(min_value=date(2000, 1, 1)),
)


@st.composite
def annotated_texts(draw, *, apart=False, scored=False, blanks=True):
    """A text with marks and links between them.

    Args:
        apart: Marks neither overlap nor run over line ends.
        scored: Marks may have scores.
        blanks: Marks may begin or end with blanks.
    """
    text = draw(texts)
    document = Document(id="notice", text=text)
    places = draw(st.lists(_place(text), max_size=6, unique=True))
    kept = []
    for start, end, label in sorted(places):
        covered = text[start:end]
        if apart and ("\n" in covered or (kept and start < kept[-1][1])):
            continue
        # A unit over a line end is not a mark of ours: it becomes pieces.
        if (label == "UNIT" and "\n" in covered) or (not blanks and covered != covered.strip()):
            continue
        kept.append((start, end, label))
    labels = [label for _, _, label in kept]

    def some(label):
        indices = [index for index, own in enumerate(labels) if own == label]
        if not indices:
            return ()
        return tuple(draw(st.lists(st.sampled_from(indices), unique=True, max_size=2)))

    marks = []
    last_unit = None
    for index, (start, end, label) in enumerate(kept):
        is_target, is_unit = label == "TARGET", label == "UNIT"
        score = draw(st.none() | st.sampled_from([0.25, 0.5, 1.0])) if scored else None
        marks.append(
            Mark(
                span=Span.of(document, start, end, label, score=score),
                id=draw(ids),
                role=draw(st.none() | st.sampled_from(ROLES)) if is_unit else None,
                change=draw(st.none() | st.sampled_from(CHANGES)) if is_target else None,
                metrics=some("METRIC") if is_target else (),
                deadlines=some("DEADLINE") if is_target else (),
                units=some("UNIT") if is_target else (),
                continues=last_unit if is_unit and draw(st.booleans()) else None,
            )
        )
        last_unit = index if is_unit else last_unit
    return AnnotatedText(id="notice", text=text, marks=tuple(marks), facts=draw(facts))


@st.composite
def _place(draw, text):
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, min(len(text), start + 8)))
    return start, end, draw(st.sampled_from(LABELS))
