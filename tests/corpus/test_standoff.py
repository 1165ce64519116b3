import json
import re
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotated_strategies import QUICK, annotated_texts
from taskner.corpus.annotated import Facts
from taskner.corpus.facts import facts_from_json
from taskner.corpus.folded import FoldedText
from taskner.corpus.inline import parse_marks
from taskner.corpus.inline_writing import to_inline
from taskner.corpus.joining import join_notices
from taskner.corpus.standoff import join_text, read_standoff, to_standoff, write_standoff
from taskner.errors import CorpusError
from taskner.records import notice_to_json

WIDE = str.maketrans(",.;:()%!?0123456789", "，．；：（）％！？０１２３４５６７８９")
COPIES = {
    "windows": lambda text: text.replace("\n", "\r\n"),
    "wide": lambda text: text.translate(WIDE),
    "narrow": lambda text: text.translate({wide: chr(key) for key, wide in WIDE.items()}),
    "blanks": lambda text: re.sub("([，,、。])", " \\1\u3000", text).replace("\n", "\n\n\t"),
    "ideographic": lambda text: text.replace(" ", "\u3000"),
}


def fold(text):
    return FoldedText(text).text


def save(texts, folder):
    folder.mkdir(exist_ok=True)
    for name, data in write_standoff(texts).files.items():
        (folder / name).write_bytes(data)
    return [read_standoff(path) for path in sorted(folder.glob("*.json"))]


def standoff_of(text):
    with TemporaryDirectory() as folder:
        (standoff,) = save([text], Path(folder))
    return standoff


def put(texts, folder, change=lambda text: text):
    folder.mkdir(exist_ok=True)
    for text in texts:
        (folder / f"{text.id}.txt").write_bytes(change(text.text).encode())
    return folder


@given(annotated_texts(scored=True))
@QUICK
def test_marks_come_back_into_the_same_text(text):
    read = join_text(standoff_of(text), text.text)
    assert read.texts == (text,)
    assert read.notes == ()


@given(annotated_texts(blanks=False), st.data())
@QUICK
def test_marks_come_back_into_a_copy_with_other_blanks(text, data):
    blanks = [data.draw(st.sampled_from(["", "", " ", "　", "\u200b"])) for _ in text.text]
    copy = "".join(c + blank for c, blank in zip(text.text, blanks, strict=True))
    (back,) = join_text(standoff_of(text), copy).texts
    assert fold(copy) == fold(text.text)
    assert [fold(span.text) for span in back.spans] == [fold(span.text) for span in text.spans]
    assert [replace(m, span=None) for m in back.marks] == [
        replace(m, span=None) for m in text.marks
    ]


@given(st.text(alphabet="市局１1，, 　\n①Ⅲ㎡\U0001f600\u200b%", max_size=30), st.data())
@QUICK
def test_a_folded_range_leads_back_to_its_source(text, data):
    folded = FoldedText(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    low, high = folded.fold_range(start, end)
    assert folded.text[low:high] == fold(text[start:end])
    if low < high:
        found = slice(*folded.find_range(low, high))
        assert fold(text[found]) == fold(text[start:end])
        assert start <= found.start < found.stop <= end


def check_joined(texts, standoffs, notices, *, exact):
    read, errors = join_notices(standoffs, notices)
    assert errors == ()
    assert read.notes == ()
    assert [text.id for text in read.texts] == [text.id for text in texts]
    for text, back in zip(texts, read.texts, strict=True):
        marked, notes = to_inline(back)
        original, _ = to_inline(text)
        # Without a ledger beside it a marked text has no place for facts.
        assert {note.kind for note in notes} <= (set() if text.ledger else {"fact"})
        assert marked == original if exact else fold(marked) == fold(original)
        assert back.facts == text.facts
        if text.ledger:
            before, after = (notice_to_json(each.ledger) for each in (text, back))
            own = [json.dumps(r["tasks"], ensure_ascii=False) for r in (before, after)]
            if exact:
                assert own[0] == own[1]
                assert before["annexes"] == after["annexes"]
            else:
                values = [re.sub(r'"(start|end)": \d+', "", fold(each)) for each in own]
                strip = [re.sub(r"\\[nt]|\"(start|end)\":\d+", "", each) for each in values]
                assert strip[0] == strip[1]


@pytest.mark.parametrize("how", ["same", *COPIES])
def test_authored_notices_come_back_whatever_saved_them(how, authored, tmp_path):
    some = authored[::8]
    standoffs = save(some, tmp_path / "standoff")
    notices = put(some, tmp_path / "notices", COPIES.get(how, lambda text: text))
    check_joined(some, standoffs, notices, exact=how in ("same", "windows"))


@pytest.fixture(scope="module")
def committed(root):
    """The committed standoff files, in the order of the gold."""
    return [read_standoff(path) for path in sorted((root / "corpora" / "standoff").glob("*.json"))]


def check_committed(gold, standoffs, notices, *, exact):
    known = [
        replace(text, facts=facts_from_json(s.data)[0])
        for text, s in zip(gold, standoffs, strict=True)
    ]
    check_joined(known, standoffs, notices, exact=exact)


@pytest.mark.shared
def test_the_gold_comes_back_from_the_committed_files(committed, shared, gold):
    for text, standoff in zip(gold, committed, strict=True):
        (back,) = join_text(standoff, (shared / "notices" / f"{text.id}.txt").read_text()).texts
        marked = (shared / "gold" / f"{text.id}.txt").read_bytes()
        assert to_inline(back)[0].encode() == marked


@pytest.mark.shared
@pytest.mark.parametrize("how", ["same", *COPIES])
def test_gold_comes_back_whatever_saved_it(how, committed, gold, some_gold, tmp_path):
    notices = put(some_gold, tmp_path, COPIES.get(how, lambda text: text))
    standoffs = [s for text, s in zip(gold, committed, strict=True) if text in some_gold]
    some = [text for text in gold if text in some_gold]
    check_committed(some, standoffs, notices, exact=how in ("same", "windows"))


@pytest.mark.real
@pytest.mark.shared
@pytest.mark.parametrize("how", ["same", *COPIES])
def test_all_gold_comes_back_whatever_saved_it(how, committed, gold, tmp_path):
    notices = put(gold, tmp_path, COPIES.get(how, lambda text: text))
    check_committed(gold, committed, notices, exact=how in ("same", "windows"))


MARKED = "一、产业\n1.新建⟦M#a|云汐驿站⟧⟦T>a;k=level|12座⟧,修复古桥⟦T;k=level|3座⟧。\n" * 4


def test_no_word_of_the_text_stands_in_the_file():
    text = replace(parse_marks(MARKED, path="yunxi"), facts=Facts(title="云汐县任务"))
    written = write_standoff([text]).files["yunxi.json"].decode()
    assert "云汐县任务" in written
    assert not re.search("驿站|古桥|12座|产业", written)


def test_a_text_that_does_not_fit_shows_where_it_begins_to_differ(tmp_path):
    text = parse_marks(MARKED, path="yunxi")
    standoffs = save([text], tmp_path / "standoff")
    lines = text.text.split("\n")
    lines[5] = lines[5].replace("12座", "13座")
    notices = put([replace(text, text="\n".join(lines))], tmp_path / "notices")
    read, (error,) = join_notices(standoffs, notices)
    assert read.texts == ()
    found = re.search(r"the 40 characters that start in line (\d+) with '(.*?)'", str(error))
    at = text.text.index(found[2], text.text.index(text.text.split("\n")[int(found[1]) - 1]))
    assert 0 <= len("\n".join(lines).partition("13座")[0]) - at < 50
    assert str(tmp_path / "standoff" / "yunxi.json") in str(error)
    put([replace(text, text=text.text[:50])], tmp_path / "notices")
    _, (error,) = join_notices(standoffs, notices)
    assert "yunxi.txt" in str(error)
    put([replace(text, id="other", text="别的文章")], tmp_path / "others")
    _, (error,) = join_notices(standoffs, tmp_path / "others")
    assert "no text in" in str(error)


def test_a_folder_without_notices_is_an_error(tmp_path):
    with pytest.raises(CorpusError, match="holds no notices"):
        join_notices([], tmp_path)


@pytest.mark.parametrize(
    ("change", "part"),
    [
        (lambda data: data.update(schema="other"), "no standoff file"),
        (lambda data: data.pop("text"), "broken"),
        (lambda data: data["marks"][0].pop("at"), "broken"),
        (lambda data: data["marks"][0].update(at=[1, 2]), "broken"),
        (lambda data: data.update(ledger={"tasks": []}), "broken"),
    ],
)
def test_a_broken_file_is_an_error_that_names_it(tmp_path, change, part):
    text = parse_marks(MARKED, path="yunxi")
    data = to_standoff(text)
    change(data)
    path = tmp_path / "yunxi.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(CorpusError, match=rf"yunxi\.json: .*{part}"):
        join_text(read_standoff(path), text.text)
    path.write_text("{", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"yunxi\.json: is not JSON"):
        read_standoff(path)
