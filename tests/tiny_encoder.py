"""A tiny encoder and corpus: real training, small enough for every test run."""

import string
from functools import partial

import pytest
import torch
from transformers import BertConfig, BertForTokenClassification

from taskner.tagging.decode import TAGS
from taskner.training.vocabulary import SPECIAL, build_tokenizer

MARKED = """\
云亭县2025年重点工作责任分解
一、稳增长
1.⟦M#a|规上工业增加值⟧增长⟦T>a;k=up|7%⟧，新增⟦M#b|小微企业⟧⟦T>b;k=level|30家以上⟧。
责任单位：⟦U:lead|县经信局⟧、⟦U:co|县财政局⟧
2.⟦D#1|年底前⟧建成⟦M#a|村级驿站⟧⟦T>a@1;k=level|12个⟧。
责任单位：⟦U:lead|县文旅局⟧
"""
CHARACTERS = sorted(set(MARKED) | set(string.digits) | set(",.:;()%- ★"))


@pytest.fixture(scope="session")
def tiny_base(tmp_path_factory):
    """An untrained encoder of one layer in the Hugging Face layout."""
    folder = tmp_path_factory.mktemp("base")
    pieces = [*SPECIAL, "▁", *(c for c in CHARACTERS if not c.isspace())]
    build_tokenizer(pieces, [0.0] * 4 + [-1.0] * (len(pieces) - 4)).save(
        str(folder / "tokenizer.json")
    )
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(pieces),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=300,
        num_labels=len(TAGS),
        pad_token_id=1,
    )
    BertForTokenClassification(config).save_pretrained(folder)
    return folder


def save_recipe(folder, base, *, epochs=3, marked=MARKED, name="yunting", more="", more_fit=""):
    """Write a recipe on the tiny encoder and one marked text; give its path."""
    corpus = folder / "corpus"
    corpus.mkdir(exist_ok=True)
    (corpus / f"{name}.txt").write_text(marked, encoding="utf-8")
    path = folder / "tiny.toml"
    path.write_text(
        f'name = "tiny"\nversion = "0.0.1"\n{more}\n'
        '[corpus]\nmarked = ["corpus"]\nkeep_empty = [1.0, 1.0]\n'
        f'[base]\nsource = "{base}"\n'
        f"[fit]\nepochs = {epochs}\nbatch_size = 2\nlearning_rate = 0.005\n{more_fit}\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def write_recipe(tmp_path, tiny_base):
    """Write a recipe into the test's folder; give its path."""
    return partial(save_recipe, tmp_path, tiny_base)
