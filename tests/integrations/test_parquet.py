"""Corpora as ``datasets.load_dataset`` opens them, ours and any other."""

from dataclasses import replace

import pytest

from taskner.corpus.annotated import AnnotatedText, Mark
from taskner.corpus.files import write_files
from taskner.corpus.inline import parse_marks, read_inline
from taskner.errors import CorpusError
from taskner.integrations.formats import ALL_FORMATS, read_corpus
from taskner.integrations.huggingface import to_dataset
from taskner.integrations.parquet import read_parquet, to_iob2
from taskner.tagging.decode import TAGS
from taskner.types import Document, Span

MARKED = "1.新建⟦M#a|𠮷汐驿站⟧⟦T>a;k=level|12座⟧。\n\n责任单位：⟦U:lead|县文旅局⟧\n"
REMAKE = "taskner corpus convert corpora/authored --to parquet -o corpora/dataset --overwrite"


@pytest.fixture
def load(tmp_path, monkeypatch):
    """load_dataset without network and without traces outside the test's folder."""
    import datasets  # noqa: PLC0415 - slow to load

    monkeypatch.setattr(datasets.config, "HF_HUB_OFFLINE", True)
    datasets.disable_progress_bars()

    def load(folder, name=None):
        return datasets.load_dataset(
            str(folder), name, split="train", cache_dir=str(tmp_path / "cache")
        )

    return load


def spans_of_rows(rows):
    """Spans from IOB2 tags, written apart from the code under test."""
    found = set()
    for row in rows:
        names = [TAGS[tag] for tag in row["ner_tags"]]
        for at, name in enumerate(names):
            if name.startswith("B-"):
                end = at + 1
                while end < len(names) and names[end] == f"I-{name[2:]}":
                    end += 1
                start = row["start"]
                found.add((row["id"], start + at, start + end, name[2:]))
    return found


def test_the_authored_corpus_loads_as_it_is_committed(root, load):
    texts = [read_inline(path) for path in sorted((root / "corpora/authored").glob("*.txt"))]
    notices, lines = load(root / "corpora"), load(root / "corpora", "iob2")
    assert notices.to_list() == to_dataset(texts).to_list(), f"not current; run: {REMAKE}"
    assert lines.to_list() == to_iob2(texts).to_list(), f"not current; run: {REMAKE}"
    assert lines.features["ner_tags"].feature.names == list(TAGS)
    assert spans_of_rows(lines) == {
        (text.id, span.start, span.end, span.label) for text in texts for span in text.spans
    }
    by_id = {text.id: text.text for text in texts}
    for row in lines:
        line = "".join(row["tokens"])
        assert by_id[row["id"]][row["start"] :].startswith(line)


def test_the_data_card_has_what_the_hub_asks_for(root):
    from huggingface_hub import DatasetCard  # noqa: PLC0415 - slow to load

    data = DatasetCard.load(root / "corpora" / "README.md").data
    assert (data.license, data.language) == ("cc-by-4.0", "zh")
    assert data.task_categories == ["token-classification"]
    assert [one["config_name"] for one in data.to_dict()["configs"]] == ["notices", "iob2"]


def test_a_folder_of_any_corpus_loads_and_is_read_back(load, tmp_path):
    text = parse_marks(MARKED, path="yunxi")
    texts = [text, replace(text, id="other", marks=())]
    write_files(ALL_FORMATS["parquet"].written(texts), tmp_path / "data")
    assert [row["text"] for row in load(tmp_path / "data")] == [text.text] * 2
    first, second, *others = load(tmp_path / "data", "iob2")
    assert "".join(first["tokens"]) == text.text.split("\n")[0]
    assert second["start"] == text.text.index("责任")
    assert {tag for row in others for tag in row["ner_tags"]} == {0}
    assert read_corpus([tmp_path / "data"]).texts == tuple(texts)


def test_marks_that_tags_have_no_room_for_stay_in_the_table_of_texts(tmp_path):
    document = Document(id="yunxi", text="县水利局\n东渚镇")
    places = [(0, 4, "UNIT"), (1, 4, "METRIC"), (3, 6, "DEADLINE"), (5, 8, "UNIT")]
    marks = tuple(Mark(span=Span.of(document, *place)) for place in places)
    text = AnnotatedText(id="yunxi", text=document.text, marks=marks)
    assert spans_of_rows(to_iob2([text])) == {("yunxi", 0, 4, "UNIT"), ("yunxi", 5, 8, "UNIT")}
    write_files(ALL_FORMATS["parquet"].written([text]), tmp_path / "data")
    assert read_corpus([tmp_path / "data"]).texts == (text,)
    assert len(to_iob2([AnnotatedText(id="empty", text="\n")])) == 0


def test_what_is_no_table_of_texts_is_named(tmp_path):
    path = tmp_path / "notices.parquet"
    path.write_bytes(b"PAR1")
    with pytest.raises(CorpusError, match="is no Parquet"):
        read_parquet(path)
    iob2 = ALL_FORMATS["parquet"].written([parse_marks(MARKED, path="yunxi")]).files["iob2.parquet"]
    path.write_bytes(iob2)
    with pytest.raises(CorpusError, match="taskner did not write"):
        read_corpus([tmp_path])
