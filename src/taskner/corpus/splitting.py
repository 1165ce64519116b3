"""Folds of a corpus: by document or by place, near-copies always in one fold."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from taskner.corpus.annotated import AnnotatedText
from taskner.corpus.checking_copies import near_copies
from taskner.corpus.leaks import NEAR_COPY
from taskner.corpus.splits import Fold
from taskner.errors import CorpusError

_PLACE = re.compile(r"^(.{1,12}?(?:自治区|自治州|自治县|州(?!市)|[省市县区盟旗镇乡]))")
_FEWEST = 2
_NUMBERS = re.compile(r"\d+|[a-z]")


def make_folds(
    texts: Sequence[AnnotatedText],
    *,
    n_folds: int,
    by_place: bool = False,
    near: float = NEAR_COPY,
    seed: int = 0,
) -> tuple[Fold, ...]:
    """Deal texts into folds of about the same number of characters.

    Args:
        texts: With different ids.
        n_folds: How many folds, at least 2.
        by_place: Whether texts of one place stay together: the place that the issuer's
            name begins with, else the id without years and single letters.
        near: Share of common 5-grams that makes two texts near-copies.
        seed: Decides between equally good ways.

    Returns:
        Folds called fold-1, fold-2, …; documents sorted.

    Raises:
        CorpusError: There are fewer groups of texts than folds.
    """
    groups = list(_groups(texts, by_place=by_place, near=near))
    if n_folds < _FEWEST or len(groups) < n_folds:
        kind = "places" if by_place else "documents"
        detail = (
            f"{n_folds} folds cannot be made of {len(groups)} groups ({len(texts)} texts; "
            f"near-copies and {kind} stay together): give {_FEWEST} to {len(groups)}"
        )
        raise CorpusError(path="split", detail=detail)
    random.Random(seed).shuffle(groups)  # noqa: S311 - no secret
    groups.sort(key=lambda group: -_size(texts, group))
    folds: list[list[int]] = [[] for _ in range(n_folds)]
    for group in groups:
        min(folds, key=lambda fold: _size(texts, fold)).extend(group)
    return tuple(
        Fold(name=f"fold-{number}", documents=tuple(sorted(texts[index].id for index in fold)))
        for number, fold in enumerate(folds, start=1)
    )


def folds_to_toml(folds: Sequence[Fold], *, comment: str) -> str:
    """Give the content of a splits file."""
    tables = (
        f'[[fold]]\nname = "{fold.name}"\ndocuments = [\n'
        + "".join(f'  "{name}",\n' for name in fold.documents)
        + "]\n"
        for fold in folds
    )
    return "\n".join((f"# {comment}\n", *tables))


def place_of(text: AnnotatedText) -> str:
    """Give the place that a text is of, as far as it can be told."""
    if text.facts.issuer and (match := _PLACE.match(text.facts.issuer)):
        return match[1]
    words = [word for word in text.id.lower().split("-") if not _NUMBERS.fullmatch(word)]
    return "-".join(words) or text.id


def _size(texts: Sequence[AnnotatedText], indices: Sequence[int]) -> int:
    return sum(len(texts[index].text) for index in indices)


def _groups(texts: Sequence[AnnotatedText], *, by_place: bool, near: float) -> Sequence[list[int]]:
    """Put together what may not be parted."""
    group = list(range(len(texts)))

    def join(one: int, other: int) -> None:
        old, new = group[other], group[one]
        group[:] = [new if each == old else each for each in group]

    for (one, other), _ in near_copies(texts, near=near):
        join(one, other)
    if by_place:
        first: dict[str, int] = {}
        for index, text in enumerate(texts):
            join(first.setdefault(place_of(text), index), index)
    members: dict[int, list[int]] = {}
    for index, own in enumerate(group):
        members.setdefault(own, []).append(index)
    return list(members.values())
