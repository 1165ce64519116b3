"""Damaged exports: counts in, and what was added, equal counts out and what was noted."""

import json

from hypothesis import given
from hypothesis import strategies as st

from annotated_strategies import QUICK, annotated_texts
from taskner.corpus.brat import read_brat, write_brat
from taskner.corpus.conll import read_conll, write_conll
from taskner.corpus.doccano import read_doccano, write_doccano

TAGS = ["O", "B-UNIT", "I-UNIT", "E-UNIT", "S-TARGET", "I-METRIC", "X-UNIT", "B-MONEY", "", "B"]

BRAT_DAMAGE = [
    lambda line: line.replace("\t", " ", 1),
    lambda line: line.replace("1", "7"),
    lambda line: line.replace("UNIT", "MONEY").replace("metric", "causes"),
    lambda line: line[: max(2, len(line) // 2)],
]


def noted(notes, kind, effect):
    return sum(n.n for n in notes if n.kind.startswith(kind) and n.effect == effect)


def check(n_spans, n_links, read):
    marks = [mark for text in read.texts for mark in text.marks]
    links = [link for mark in marks for link in mark.links]
    for n_in, found, kind in ((n_spans, marks, "span"), (n_links, links, "link")):
        assert n_in + noted(read.notes, kind, "added") == len(found) + noted(
            read.notes, kind, "lost"
        )


@given(annotated_texts(), st.data())
@QUICK
def test_doccano(text, data):
    record = json.loads(write_doccano([text]).files["doccano.jsonl"])
    for entity in record["entities"]:
        damage = data.draw(st.sampled_from(["", "", "", "label", "offset", "member", "id"]))
        if damage == "label":
            entity["label"] = "MONEY:lead"
        elif damage == "offset":
            entity["start_offset"] += data.draw(st.integers(-9, 9))
        elif damage == "member":
            entity.pop(data.draw(st.sampled_from(["start_offset", "label", "id"])))
        elif damage == "id":
            entity["id"] = 0
    for relation in record["relations"]:
        damage = data.draw(st.sampled_from(["", "", "to_id", "from_id", "type", "swap"]))
        if damage == "swap":
            relation["from_id"], relation["to_id"] = relation["to_id"], relation["from_id"]
        elif damage:
            relation.pop(damage)
    read = read_doccano([record])
    check(len(record["entities"]), len(record["relations"]), read)


@given(annotated_texts(), st.data())
@QUICK
def test_brat(text, data):
    files = write_brat([text]).files
    source, annotations = (files[f"notice.{suffix}"].decode() for suffix in ("txt", "ann"))
    lines = [
        data.draw(st.sampled_from([str, str, str, *BRAT_DAMAGE]))(line)
        for line in annotations.split("\n")[:-1]
    ]
    n_spans, n_links = (sum(line.startswith(letter) for line in lines) for letter in "TR")
    check(n_spans, n_links, read_brat(source, "\n".join(lines), id="notice"))


@given(annotated_texts(apart=True), st.data())
@QUICK
def test_conll_keeps_every_character_and_every_tag_is_read_or_said(text, data):
    rows = write_conll([text]).files["notice.conll"].decode().split("\n")[:-1]
    n_unknown = 0
    for number, row in enumerate(rows):
        if row and data.draw(st.integers(0, 3)) == 0:
            tag = data.draw(st.sampled_from(TAGS))
            rows[number] = f"{row[0]}\t{tag}"
            n_unknown += tag in ("X-UNIT", "", "B")
    read = read_conll("".join(f"{row}\n" for row in rows), id="notice")
    (back,) = read.texts
    assert back.text == text.text
    unknown = [n for n in read.notes if "is none of" in n.detail]
    assert len(unknown) == n_unknown
    assert noted(read.notes, "span", "lost") - n_unknown == sum(
        row.endswith("B-MONEY") for row in rows
    )
