import json
from dataclasses import replace

import pytest

from ledgers import GOLD, TEXT
from taskner.errors import CorpusError, EncodingError, MarksError, UnreadableFileError
from taskner.evaluation.counts import Count
from taskner.evaluation.gold import load_gold, score_gold
from taskner.evaluation.links import links_of
from taskner.evaluation.rows import rows_of
from taskner.evaluation.spans import notice_spans
from taskner.records import notice_to_json
from taskner.types import Document

MARKED = (
    "1.⟦D#1|年内⟧新增⟦M#a|云汐书房⟧⟦T>a@1;k=level|12座以上⟧。\n"
    "责任单位：⟦U:lead|县文旅局⟧、⟦U:co|东渚镇⟧\n"
    "2.推进河道整治。\n责任单位：⟦U:lead|县水利局⟧\n"
    "3.培训⟦M#a|护林员⟧⟦T>a;k=level|300人次⟧，建成⟦M#b|瞭望塔⟧⟦T>b;k=level|3座⟧。\n"
    "责任单位：⟦U:lead|县林业局⟧\n"
)


@pytest.fixture
def marked_path(tmp_path):
    path = tmp_path / "yunxi.txt"
    path.write_text(MARKED, encoding="utf-8")
    return path


@pytest.fixture
def ledger_path(marked_path):
    path = marked_path.with_name("yunxi.ledger.json")
    path.write_text(json.dumps(notice_to_json(GOLD), ensure_ascii=False), encoding="utf-8")
    return path


def test_marks_alone_give_spans_and_links_but_no_notice(marked_path):
    gold = load_gold(marked_path)
    assert (gold.document.id, gold.document.text, gold.notice) == ("yunxi", TEXT, None)
    assert {(s.label, s.text) for s in gold.spans} == {
        (s.label, s.text) for s in notice_spans(GOLD)
    }
    assert {len(links) for links in gold.links.values()} == {3, 1}


def test_marks_alone_score_spans_and_links_only(marked_path):
    scores = score_gold(load_gold(marked_path), GOLD)
    present = {name for name, count in scores.items() if count.gold}
    assert {name.split(".")[0] for name in present} == {"spans", "links"}
    assert "links.unit" not in present
    assert all(scores[name].f1 == 1 for name in present)
    assert scores["rows"] == Count()


@pytest.mark.usefixtures("ledger_path")
def test_a_ledger_beside_the_marks_scores_everything(marked_path):
    gold = load_gold(marked_path)
    assert gold.notice.document == gold.document
    assert all(count.f1 == 1 for _, count in score_gold(gold, GOLD).items())


@pytest.mark.usefixtures("ledger_path")
def test_a_deadline_that_no_target_has_counts_as_a_span(marked_path):
    marked_path.write_text(MARKED.replace("推进", "⟦D#1|推进⟧"), encoding="utf-8")
    scores = score_gold(load_gold(marked_path), GOLD)
    assert scores["spans.DEADLINE"] == Count(gold=2, predicted=1, true=1)
    assert scores["rows"].f1 == 1


def test_authored_ledgers_agree_with_their_marks(root):
    paths = sorted((root / "corpora" / "authored").glob("*.txt"))
    assert paths
    for path in paths:
        gold = load_gold(path)
        found = links_of(rows_of(gold.notice))
        assert {kind: found[kind] for kind in gold.links} == gold.links, path.name
        ratios = {c.f1 for _, c in score_gold(gold, gold.notice).items() if c.gold or c.predicted}
        assert ratios == {1.0}, path.name


def test_pieces_of_a_unit_are_one_span(tmp_path):
    path = tmp_path / "pieces.txt"
    path.write_text(
        "⟦U:lead|县农业局⟧、⟦U:co#x|自然资源和⟧\n\n⟦U:co#x|规划局⟧ ⟦U:co#y|水务局⟧",
        encoding="utf-8",
    )
    units = [span.text for span in load_gold(path).spans]
    assert units == ["县农业局", "自然资源和\n\n规划局", "水务局"]


def test_line_ends_and_byte_order_mark_are_removed(tmp_path):
    path = tmp_path / "crlf.txt"
    path.write_bytes("\ufeff第一行\r\n⟦U|县水利局⟧".encode())
    assert load_gold(path).document.text == "第一行\n县水利局"


def test_missing_or_badly_encoded_files_are_errors(tmp_path):
    with pytest.raises(UnreadableFileError, match=r"absent\.txt"):
        load_gold(tmp_path / "absent.txt")
    path = tmp_path / "gbk.txt"
    path.write_bytes("县水利局".encode("gbk"))
    with pytest.raises(EncodingError, match=r"gbk\.txt"):
        load_gold(path)
    path.write_text("⟦U|县水利局", encoding="utf-8")
    with pytest.raises(MarksError, match=r"gbk\.txt:1"):
        load_gold(path)


@pytest.mark.parametrize(
    "ledger",
    [
        "not json",
        "[]",
        '{"schema": "other/1"}',
        json.dumps(notice_to_json(replace(GOLD, document=Document(id="x", text="")))).replace(
            '"sha256": null', '"sha256": "00"'
        ),
    ],
)
def test_a_ledger_that_does_not_belong_is_an_error_that_names_it(marked_path, ledger):
    path = marked_path.with_name("yunxi.ledger.json")
    path.write_text(ledger, encoding="utf-8")
    with pytest.raises(CorpusError):
        load_gold(marked_path)


@pytest.mark.usefixtures("ledger_path")
def test_a_ledger_of_a_changed_text_is_an_error_that_names_it(marked_path):
    marked_path.write_text(MARKED.replace("1.", "第1."), encoding="utf-8")
    with pytest.raises(CorpusError, match=r"yunxi\.ledger\.json: is the ledger of another text"):
        load_gold(marked_path)


def test_a_prediction_of_another_text_is_an_error(marked_path):
    marked_path.write_text(MARKED + "4.", encoding="utf-8")
    with pytest.raises(CorpusError, match="different texts"):
        score_gold(load_gold(marked_path), GOLD)
