"""What to annotate next, by the model that ships."""

import pytest

import taskner
from taskner.corpus.inline import parse_marks
from taskner.corpus.inline_writing import to_inline
from taskner.errors import EmptyFileError, NoProbabilitiesError, UnreadableFileError
from taskner.notices import parse_notice
from taskner.pipeline.extractor import segments_to_tag
from taskner.readers.reading import read_bytes
from taskner.studies.suggested_marks import marks_of
from taskner.studies.suggestion_table import rows_of, to_csv
from taskner.studies.suggestions import Pool, items_of

NOTICE = """云亭县人民政府办公室关于分解2031年重点工作任务的通知

一、产业发展
1.新建标准厂房12万平方米以上,6月底前开工。
责任单位:县经信局、县投资公司
2.力争数字经济核心产业增加值占比再上新台阶,新增规上企业15家。
责任单位:县经信局
二、民生
3.新建口袋公园3个。
责任单位:县住建局、县园林中心
"""


COPY = NOTICE.replace("15家", "16家")


@pytest.fixture
def pool_of(extractor):
    """Give a pool of some texts, called a, b and so on."""

    def collect(*texts):
        pool = Pool(extractor)
        for name, text in zip("abc", texts, strict=False):
            pool.add(pool.extractor.extract_text(text, name=name))
        return pool

    return collect


def _key(one):
    return one.notice.document.id, one.task and one.task.number, one.doubt


def test_the_same_texts_give_the_same_list(pool_of):
    first = pool_of(NOTICE, COPY).rank(4)
    assert [one.rank for one in first] == [1, 2, 3, 4]
    assert [_key(one) for one in first] == [_key(one) for one in pool_of(NOTICE, COPY).rank(4)]


def test_copies_are_not_suggested_before_anything_else(pool_of):
    suggestions = pool_of(NOTICE, COPY).rank(6)
    numbers = [one.task.number for one in suggestions]
    assert sorted(numbers[:3]) == ["1", "2", "3"]
    assert [one.likeness > 0.8 for one in suggestions] == [False] * 3 + [True] * 3


def test_by_notice_the_copy_comes_last(pool_of):
    other = NOTICE.replace("口袋公园3个", "乡村博物馆21座").replace("标准厂房12万平方米", "粮仓5座")
    suggestions = pool_of(NOTICE, COPY, other).rank(3, by="notice")
    assert [(one.task, len(one.items)) for one in suggestions] == [(None, 3)] * 3
    assert suggestions[-1].notice.document.id in ("a", "b")


def test_what_fails_does_not_stop_the_rest(extractor, tmp_path):
    (tmp_path / "a.txt").write_text(NOTICE, encoding="utf-8")
    (tmp_path / "c.txt").write_bytes(b"")
    paths = [str(tmp_path / name) for name in ("c.txt", "gone.txt", "a.txt")]
    pool = Pool(extractor)
    for result in pool.extractor.extract_many(paths):
        pool.add(result)
    assert [type(one.error) for one in pool.failures] == [EmptyFileError, UnreadableFileError]
    assert len(pool.rank(20)) == 3


def test_a_text_without_tasks_gives_nothing(pool_of):
    pool = pool_of("今天天气很好。")
    assert pool.rank(5) == ()
    assert pool.rank(5, by="notice") == ()


def test_a_model_without_probabilities_is_refused():
    with pytest.raises(NoProbabilitiesError, match="no probabilities"):
        Pool(taskner.load("rules"))


def test_a_shared_cell_belongs_to_one_item():
    page = (
        "<table><tr><td>序号</td><td>工作任务</td><td>责任单位</td><td>完成时限</td></tr>"
        "<tr><td>1</td><td>新建公园3个。</td><td rowspan=2>县住建局</td>"
        "<td rowspan=2>6月底前</td></tr>"
        "<tr><td>2</td><td>改造厂房2万平方米。</td></tr></table>"
    )
    notice = parse_notice(read_bytes(page.encode(), name="a.html"))
    shared = [(one.start, one.end) for task in notice.tasks for one in segments_to_tag((task,))]
    assert len(shared) > len(set(shared))
    places = [(one.start, one.end) for _, own in items_of(notice) for one in own]
    assert len(places) == len(set(places))
    assert [task.number for task, _ in items_of(notice)] == ["1", "2"]


def test_marks_hold_the_lines_of_what_is_suggested(pool_of):
    suggestions = pool_of(NOTICE).rank(2)
    (text,) = marks_of(suggestions).texts
    chosen = sorted(one.task.number for one in suggestions)
    lines = NOTICE.splitlines()
    wanted = [
        line
        for at, line in enumerate(lines)
        if line[:1] in chosen or (at and lines[at - 1][:1] in chosen)
    ]
    assert text.text.splitlines() == wanted
    assert all(text.text[span.start : span.end] == span.text for span in text.spans)
    marked, _ = to_inline(text)
    assert parse_marks(marked).text == text.text
    assert any(mark.metrics for mark in parse_marks(marked).marks)


def test_marks_of_a_notice_are_the_whole_notice(pool_of):
    suggestions = pool_of(NOTICE).rank(1, by="notice")
    (text,) = marks_of(suggestions).texts
    assert text.text == NOTICE


def test_rows_say_where_and_why_and_hold_text_when_asked(pool_of):
    suggestions = pool_of(NOTICE).rank(1)
    (row,) = rows_of(suggestions, with_text=True)
    place = NOTICE[row["start"] : row["end"]]
    content, units = row["text"].split("\n")
    assert (place.startswith(content), place.endswith(units)) == (True, True)
    assert row["document"] == "a"
    assert row["place"] == f"字符 {row['start']}–{row['end']}"
    assert "存疑" in row["reason"]
    (plain,) = rows_of(suggestions, language="en")
    assert "text" not in plain
    assert "doubt" in plain["reason"]


@pytest.mark.parametrize("name", ["=1+1", "\x00=1+1"])
def test_a_cell_is_no_formula(extractor, name):
    pool = Pool(extractor)
    pool.add(pool.extractor.extract_text(NOTICE, name=name))
    data = to_csv(rows_of(pool.rank(1)), language="zh", with_text=False).decode("utf-8-sig")
    assert ",'=1+1," in data.splitlines()[1]
