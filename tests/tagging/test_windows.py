import pytest
from hypothesis import given
from hypothesis import strategies as st

from taskner.tagging.tagger import CONTEXT, MAX_HEADING, WINDOW
from taskner.tagging.windows import plan_windows


@given(st.integers(0, 5000), st.integers(3, 300), st.integers(0, 64))
def test_kept_ranges_tile_the_text_with_context_on_each_side(n_pieces, size, context):
    if size <= 2 * context:
        with pytest.raises(ValueError, match="no room"):
            plan_windows(n_pieces, size=size, context=context)
        return
    at = 0
    for window in plan_windows(n_pieces, size=size, context=context):
        assert window.keep_start == at
        assert 0 <= window.start <= window.keep_start < window.keep_end <= window.end <= n_pieces
        assert window.end - window.start <= size
        assert window.start == 0 or window.keep_start - window.start >= context
        assert window.end == n_pieces or window.end - window.keep_end >= context
        at = window.keep_end
    assert at == n_pieces


def test_the_tagger_leaves_64_pieces_of_context():
    assert CONTEXT >= 64
    assert WINDOW - MAX_HEADING - 3 > 2 * CONTEXT
