"""The report on the authored notices: what is in them, and that they follow no template.

    python -m taskner.studies.corpus_counts corpora --public ../shared/notices ../shared/unlabeled

Reads ``corpora/authored`` and ``corpora/authored.toml``, writes ``corpora/counts.md`` and
``counts.json``; takes some ten seconds. Without ``--public`` the comparison with public texts is
kept as it was recorded, if the notices are still the same.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from taskner.corpus.annotated import AnnotatedText
from taskner.corpus.hand_table import HandTable, read_hand_table
from taskner.corpus.inline import read_inline
from taskner.corpus.likeness import likenesses, longest_shared_run, openings, plain_item
from taskner.errors import CorpusError, TasknerError
from taskner.output_files import write_whole
from taskner.studies.corpus_tables import count_corpus
from taskner.studies.count_table import Row, Table

LEAST_ITEM = 20
MOST_ALIKE = 0.4
RUN = 20
OPENING = 6
_SHOWN = 8
_COMMAND = (
    "python -m taskner.studies.corpus_counts corpora --public ../shared/notices ../shared/unlabeled"
)


def report(
    texts: Sequence[AnnotatedText], table: HandTable, public: Mapping[str, Any]
) -> dict[str, Any]:
    """Count notices and compare them with each other.

    Args:
        texts: The notices, with their ledgers.
        table: What they do not say themselves.
        public: What :func:`compare_public` gave.

    Returns:
        The report as JSON data; its figures are the same for the same files.
    """
    places = sorted({facts.place for facts in table.notices.values()})
    tables = [_size(texts), *count_corpus(texts, table)]
    return {
        "command": _COMMAND,
        "tables": [{**it.to_json(), "note": it.note} for it in tables],
        "likeness": compare_items(texts),
        "places": places,
        "public": dict(public),
    }


def read_texts(corpora: Path) -> list[AnnotatedText]:
    """Read the authored notices.

    Raises:
        TasknerError: There are none, or one cannot be read.
    """
    texts = [read_inline(path) for path in sorted((corpora / "authored").glob("*.txt"))]
    if not texts:
        raise CorpusError(path=str(corpora / "authored"), detail="no marked texts (*.txt) here")
    return texts


def compare_items(texts: Sequence[AnnotatedText]) -> dict[str, Any]:
    """Compare the tasks' contents with each other."""
    contents = {
        f"{text.id} {task.id}": plain_item(task.text)
        for text in texts
        for task in (text.ledger.tasks if text.ledger else ())
    }
    items = {name: item for name, item in contents.items() if len(item) >= LEAST_ITEM}
    pairs = list(likenesses(items))
    alike = sorted(pairs, key=lambda it: (-it.containment, it.first, it.second))
    first = openings(items.values(), width=OPENING)
    opening = min(first, key=lambda start: (-first[start], start))
    return {
        "items": len(items),
        "pairs": len(items) * (len(items) - 1) // 2,
        "pairs_sharing": len(pairs),
        "jaccard": round(max(it.jaccard for it in pairs), 3),
        "over": sum(it.containment > MOST_ALIKE for it in pairs),
        "most_alike": [
            [it.first, it.second, round(it.containment, 3), round(it.jaccard, 3)]
            for it in alike[:_SHOWN]
        ],
        "openings": len(first),
        "opening": [opening, first[opening]],
    }


def compare_public(texts: Sequence[AnnotatedText], folders: Sequence[Path]) -> dict[str, Any]:
    """Find the longest run of prose that the notices share with texts of some folders.

    Raises:
        CorpusError: A folder holds no texts.
    """
    others = []
    for folder in folders:
        found = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
        if not found:
            raise CorpusError(path=str(folder), detail="no texts (*.txt) here")
        others += found
    longest, runs = longest_shared_run([text.text for text in texts], others, most=RUN)
    return {
        "texts": len(others),
        "characters": sum(map(len, others)),
        "longest": longest,
        "runs": len(runs),
        "notices": digest_of(texts),
    }


def digest_of(texts: Sequence[AnnotatedText]) -> str:
    """Give the sha256 of the unmarked notices, so that one sees whether they have changed."""
    return sha256("\0".join(text.text for text in texts).encode()).hexdigest()


def to_json(data: Mapping[str, Any]) -> str:
    """Give the report as a file."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def to_markdown(data: Mapping[str, Any]) -> str:
    """Give the report as a page."""
    tables = (
        Table(it["title"], tuple(it["columns"]), tuple(map(tuple, it["rows"])), it["note"])
        for it in data["tables"]
    )
    head = f"""# What is in the authored notices

Generated; a test checks that it is current. What the notices can and cannot teach stands in the
[data card](README.md).

    {data["command"]}
"""
    return "\n".join([head, *(table.to_markdown() for table in tables), _likeness(data)])


def _size(texts: Sequence[AnnotatedText]) -> Table:
    tasks = [task for text in texts if text.ledger for task in text.ledger.tasks]
    labels = [mark.span.label for text in texts for mark in text.marks]
    rows: tuple[Row, ...] = (
        ("notices", len(texts)),
        ("characters", sum(len(text.text) for text in texts)),
        ("tasks", len(tasks)),
        ("tasks without target", sum(not task.targets for task in tasks)),
        ("targets (rows of the ledgers)", sum(len(task.targets) for task in tasks)),
        *((f"marks {label}", labels.count(label)) for label in sorted(set(labels))),
    )
    return Table("Size", ("what", "number"), rows)


def _likeness(data: Mapping[str, Any]) -> str:
    likeness, public = data["likeness"], data["public"]
    opening, n_opening = likeness["opening"]
    share = 100 * n_opening / likeness["items"]
    pairs = Table(
        "",
        ("item", "item", "of the smaller one", "of both"),
        tuple(tuple(map(_shown, row)) for row in likeness["most_alike"]),
    )
    return f"""## No templates

- **Places:** {len(data["places"])} different ones, all invented: {"、".join(data["places"])}.
- **Items that resemble each other.** {likeness["items"]:,} items (contents of tasks in the ledger,
  width and script folded, blanks removed, at least {LEAST_ITEM} characters) make
  {likeness["pairs"]:,} pairs; {likeness["pairs_sharing"]:,} share any run of five characters. Of
  all different five-character runs of two items, at most {_shown(likeness["jaccard"])} stand in
  both (Jaccard). Of the runs of the item that has fewer, more than {_shown(MOST_ALIKE)} stand in
  the other for {likeness["over"]} pairs. The most alike:

{chr(10).join("  " + line for line in pairs.to_markdown().splitlines()[2:])}

- **Openings.** {likeness["openings"]:,} different first {OPENING} characters; the most frequent,
  {opening}, opens {n_opening} items ({share:.2f} %).
- **Public texts.** The longest run of Han characters, digits and commas that the notices share
  with {public["texts"]} published notices and reports ({public["characters"]:,} characters) has
  {public["longest"]} characters; there are {public["runs"]} of that length.
  `tests/test_no_public_text.py` allows none of {RUN}.
"""


def _shown(value: str | float) -> str:
    return value if isinstance(value, str) else f"{100 * value:.1f} %"


def main(arguments: list[str] | None = None) -> int:
    """Write the report beside the notices."""
    parser = argparse.ArgumentParser(prog="python -m taskner.studies.corpus_counts")
    parser.add_argument("corpora", type=Path, help="folder of authored/ and authored.toml")
    parser.add_argument("--public", type=Path, nargs="+", help="folders of published texts")
    given = parser.parse_args(arguments)
    written = given.corpora / "counts.json"
    try:
        texts = read_texts(given.corpora)
        if given.public:
            public = compare_public(texts, given.public)
        else:
            public = json.loads(written.read_text(encoding="utf-8"))["public"]
            if public["notices"] != digest_of(texts):
                detail = "compares other notices with public texts; give --public"
                raise CorpusError(path=str(written), detail=detail)
        table = read_hand_table(given.corpora / "authored.toml", texts)
        data = report(texts, table, public)
        write_whole(written, [to_json(data).encode()])
        write_whole(given.corpora / "counts.md", [to_markdown(data).encode()])
    except TasknerError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    data = report(texts, table, public)
    return 0


if __name__ == "__main__":
    sys.exit(main())
