import numpy as np
import pytest

from taskner.studies.ranking import choose, item_doubt, piece_doubts, vectors_of

TEXTS = [
    "新建口袋公园3个,年底前开放。责任单位:县住建局",
    "新建口袋公园4个,年底前开放。责任单位:县住建局",
    "规上工业增加值增长7%。责任单位:县经信局",
    "",
]


def test_doubt_is_what_the_best_tag_leaves_over():
    scores = np.log(np.array([[0.9, 0.1], [0.3, 0.7]], np.float32))
    assert piece_doubts([scores, np.zeros((0, 2), np.float32)]) == pytest.approx([0.1, 0.3])
    assert item_doubt(piece_doubts([])) == 0


def test_an_item_counts_more_the_longer_it_is_but_not_in_proportion():
    short, long = np.full(4, 0.1, np.float32), np.full(16, 0.1, np.float32)
    assert item_doubt(long) == pytest.approx(2 * item_doubt(short))


def test_vectors_say_how_alike_texts_are():
    vectors = vectors_of(TEXTS)
    assert vectors[0] @ vectors[1] > 0.8
    assert vectors[0] @ vectors[2] < 0.3
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1, 1, 0], abs=1e-5)
    folded = vectors_of(["新增企业12家", "新增 企业１２家"])
    assert folded[0] @ folded[1] == pytest.approx(1, abs=1e-5)


def test_a_near_copy_waits_until_the_others_are_chosen():
    assert choose([0.9, 0.8, 0.5, 0.0], vectors_of(TEXTS), 3) == [0, 2, 1]


def test_of_equal_gains_the_first_counts_and_no_more_are_chosen_than_there_are():
    apart = np.eye(3, dtype=np.float32)
    assert choose([0.5, 0.5, 0.5], apart, 2) == [0, 1]
    assert choose([0.5, 0.6, 0.5], apart, 9) == [1, 0, 2]
    assert choose([], np.zeros((0, 4), np.float32), 5) == []
