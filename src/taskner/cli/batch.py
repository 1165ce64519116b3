"""A batch of documents: what fails is reported, the rest becomes one ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import track

from taskner.cli.console import drawn, is_terminal, put, put_pieces, put_text, say
from taskner.cli.formats import Format, Lang
from taskner.cli.inputs import STDIN, read_stdin
from taskner.exporters import Failure, print_table, render
from taskner.pipeline import Content, Extractor
from taskner.types import Notice


def extract_all(
    extractor: Extractor, names: Sequence[str], *, debug: bool
) -> Iterator[Notice | Failure]:
    """Extract input after input; what fails is a Failure and the next goes on.

    Args:
        extractor: A loaded model.
        names: Paths, or ``-`` for standard input.
        debug: Read in this process, and let errors that nobody foresaw through.
    """
    inputs = (
        Content(name=STDIN, data=read_stdin(limits=extractor.limits)) if name == STDIN else name
        for name in names
    )
    return extractor.extract_many(inputs, isolated=not debug)


def report(results: Iterable[Notice | Failure], *, n_inputs: int) -> Iterator[Notice | Failure]:
    """Pass results on, saying on stderr what went wrong and how far the work is."""
    console = Console(stderr=True)
    tracked = track(
        results,
        total=n_inputs,
        description="extracting",
        console=console,
        transient=True,
        disable=n_inputs == 1 or not console.is_terminal,
    )
    for result in tracked:
        if isinstance(result, Failure):
            say(str(result.error))
        elif not result.tasks:
            name = result.document.source.path or result.document.id
            say(f"{name}: no task found; taskner read prints what was read of it")
        yield result


def write_ledger(
    results: Iterable[Notice | Failure],
    chosen: Format,
    output: Path | None,
    *,
    with_text: bool,
    lang: Lang,
) -> None:
    """Write the results to a file or to stdout."""
    if chosen is Format.JSONL:
        put_pieces(_lines(results, with_text=with_text), output)
        return
    notices: list[Notice] = []
    failures: list[Failure] = []
    for result in results:
        if isinstance(result, Failure):
            failures.append(result)
        else:
            notices.append(result)
    if chosen is Format.TABLE:
        put_text(_tables(notices, lang, coloured=output is None and is_terminal()), output)
    else:
        data = render(
            notices,
            format=chosen.value,
            language=lang.value,
            failures=failures,
            with_text=with_text,
        )
        put(data, output)


def _lines(results: Iterable[Notice | Failure], *, with_text: bool) -> Iterator[bytes]:
    """Give each record as it comes, so that a long batch can be watched and needs no memory."""
    for result in results:
        if isinstance(result, Failure):
            yield render((), format="jsonl", failures=(result,))
        else:
            yield render(result, format="jsonl", with_text=with_text)


def _tables(notices: Sequence[Notice], lang: Lang, *, coloured: bool) -> str:
    def draw(console: Console) -> None:
        for notice in notices:
            print_table(notice, console, language=lang.value)

    return drawn(draw, coloured=coloured)
