import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotated_strategies import QUICK, annotated_texts
from taskner.corpus.placing import Claim, place_spans

WIDE = "甲\U00020bb7县新建\U0001f600公园3个。\n责任单位：县园林局\n"


def utf16(text):
    return len(text.encode("utf-16-le")) // 2


def claim(source, text, count=len, *, shift=0, shown=True):
    start = source.index(text)
    low = count(source[:start]) + shift
    return Claim(start=low, end=low + count(text), text=text if shown else None)


@pytest.mark.parametrize(("count", "how"), [(len, None), (utf16, "counted UTF-16 code units")])
def test_what_a_tool_counts_is_told_by_the_texts_it_repeats(count, how):
    wanted = ["公园", "3个", "县园林局", "\U0001f600公"]
    claims = [claim(WIDE, text, count) for text in wanted]
    placed = place_spans(WIDE, claims)
    assert [WIDE[place.start : place.end] for place in placed] == wanted
    assert {place.how for place in placed} == {how}


def test_without_texts_offsets_are_code_points_unless_told_otherwise():
    ours, theirs = (claim(WIDE, "3个", count, shown=False) for count in (len, utf16))
    for given_claim, units in ((ours, "auto"), (ours, "code-points"), (theirs, "utf-16")):
        (place,) = place_spans(WIDE, [given_claim], units=units)
        assert WIDE[place.start : place.end] == "3个"


@pytest.mark.parametrize("count", [len, utf16])
def test_windows_line_ends_may_count_as_one_or_two(count):
    source = ("\U00020bb7标题\n" + WIDE).replace("\n", "\r\n")
    plain = source.replace("\r\n", "\n")
    for counted in (source, plain):
        claims = [claim(counted, text, count) for text in ("3个", "县园林局")]
        placed = place_spans(source, claims)
        assert [plain[place.start : place.end] for place in placed] == ["3个", "县园林局"]


def test_spans_that_an_editor_shifted_are_found_by_their_neighbours():
    before = "一、产业\n1.新建公园3个、驿站3个、书房3个。\n"
    starts = [before.index("公园"), *(i for i in range(len(before)) if before.startswith("3个", i))]
    claims = [Claim(start=starts[0], end=starts[0] + 2, text="公园")]
    claims += [Claim(start=start, end=start + 2, text="3个") for start in starts[1:]]
    after = "关于任务的通知" + "。" * 300 + before
    placed = place_spans(after, claims)
    assert [place.start - claim.start for place, claim in zip(placed, claims, strict=True)] == [
        307
    ] * 4
    assert {place.how for place in placed} == {"shifted by +307"}


def test_a_text_that_is_nowhere_near_or_twice_as_near_has_no_place():
    assert place_spans("甲乙丙", [Claim(start=0, end=2, text="丁戊")]) == [None]
    tied = "3个、、、、3个"
    claims = [Claim(start=3, end=5, text="3个"), Claim(start=0, end=1, text="")]
    assert place_spans(tied, claims) == [None, None]
    far = "3个" + "。" * 100
    assert place_spans(far, [Claim(start=90, end=92, text="3个")])[0].start == 0
    assert place_spans("3个" + far, [Claim(start=90, end=92, text="3个")]) == [None]


@given(annotated_texts(), st.sampled_from([len, utf16]))
@QUICK
def test_every_span_is_found_whatever_was_counted(text, count):
    claims = [
        Claim(
            start=count(text.text[: span.start]),
            end=count(text.text[: span.end]),
            text=span.text,
        )
        for span in text.spans
    ]
    for place, span in zip(place_spans(text.text, claims), text.spans, strict=True):
        assert text.text[place.start : place.end] == span.text
