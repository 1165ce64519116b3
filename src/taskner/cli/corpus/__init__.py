"""``taskner corpus``: annotated notices in and out of the tools that offices have."""

import typer

from taskner.cli.corpus.annotate import annotate
from taskner.cli.corpus.check import check
from taskner.cli.corpus.convert import convert
from taskner.cli.corpus.join import join
from taskner.cli.corpus.split import split
from taskner.cli.corpus.stats import stats

corpus = typer.Typer(name="corpus", help="Convert, check, split, count, join and pre-annotate.")
for command in (convert, check, split, stats, join, annotate):
    corpus.command()(command)

__all__ = ["corpus"]
