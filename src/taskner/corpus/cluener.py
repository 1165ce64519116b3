"""CLUENER: JSON lines whose ``label`` maps labels to texts to ranges with inclusive ends.

Source: CLUENER2020 data format, github.com/CLUEbenchmark/CLUENER2020.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from taskner.corpus.annotated import AnnotatedText
from taskner.corpus.assembly import Assembly
from taskner.corpus.placing import Claim, add_claims, plain_text
from taskner.corpus.tally import Kind, Note, Read, Written, not_carried
from taskner.errors import CorpusError

NAME = "CLUENER"
CARRIES: frozenset[Kind] = frozenset({"span"})
FILE = "cluener.json"


def write_cluener(texts: Iterable[AnnotatedText]) -> Written:
    """Write ``cluener.json``, one line a text."""
    lines: list[str] = []
    notes: list[Note] = []
    for text in texts:
        label: dict[str, dict[str, list[list[int]]]] = {}
        for span in text.spans:
            ranges = label.setdefault(span.label, {}).setdefault(span.text, [])
            ranges.append([span.start, span.end - 1])
        record = {"id": text.id, "text": text.text, "label": label}
        lines.append(json.dumps(record, ensure_ascii=False) + "\n")
        notes += not_carried(text, CARRIES, format_name=NAME)
    return Written({FILE: "".join(lines).encode()}, tuple(notes))


def read_cluener(records: Iterable[Mapping[str, Any]], *, path: str = "<export>") -> Read:
    """Read decoded lines.

    Raises:
        CorpusError: A record has no text.
    """
    texts: list[AnnotatedText] = []
    notes: list[Note] = []
    for number, record in enumerate(records, start=1):
        source = record.get("text") if isinstance(record, Mapping) else None
        if not isinstance(source, str) or not source:
            raise CorpusError(path=path, detail=f"record {number} has no text")
        own = record.get("id")
        name = own if isinstance(own, str) and own else f"text-{number}"
        assembly = Assembly(id=name, text=plain_text(source))
        add_claims(assembly, source, list(_claims(assembly, record.get("label"))))
        texts.append(assembly.finish())
        notes += assembly.notes
    return Read(tuple(texts), tuple(notes))


def _claims(assembly: Assembly, label: Any) -> Iterator[Claim]:
    number = 0
    for name, texts in label.items() if isinstance(label, Mapping) else ():
        for text, ranges in texts.items() if isinstance(texts, Mapping) else ():
            for item in ranges if isinstance(ranges, list) else ():
                number += 1
                match item:
                    case [int(start), int(end)]:
                        yield Claim(start=start, end=end + 1, text=text, key=number, label=name)
                    case _:
                        assembly.note("span", 1, f"{name} {text!r:.20} has no range: {item!r:.30}")
