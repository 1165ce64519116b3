"""Drawings that a PDF calls by name, and whether they would go on without end.

A drawing (form) may call others, and those again: a chain of a few, each called often,
is drawn more often than any machine can.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

_FORM = re.compile(rb"/Subtype\s*/Form")
_OBJECT = re.compile(rb"(\d{1,10})\s+\d{1,5}\s+obj\b")
_NUMBER = re.compile(rb"(\d{1,10})\s+\d{1,5}\Z")
_CALL = re.compile(rb"/([^\s/<>\[\]()]{1,127})\s+Do\b")
_RESOURCES = re.compile(rb"/Resources\s+(\d{1,10})\s+\d{1,5}\s+R")
_NAMED = re.compile(rb"/XObject\s*<<([^<>]*)>>")
_NAMED_ELSEWHERE = re.compile(rb"/XObject\s+(\d{1,10})\s+\d{1,5}\s+R")
_NAME = re.compile(rb"/([^\s/<>\[\]()]{1,127})\s+(\d{1,10})\s+\d{1,5}\s+R")
_FIRST = re.compile(rb"/First\s+(\d{1,10})")
_MOST_DRAWN = 200_000
_MOST_LEVELS = 30
_LONGEST = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """A stream of a PDF: where its dictionary begins, the dictionary, and its content."""

    start: int
    dictionary: bytes
    content: bytes


def draws_without_end(data: bytes, streams: Iterable[Stream]) -> bool:
    """Say whether a drawing calls itself, or others more often than a page can need.

    Args:
        data: The file.
        streams: Its drawings and its packed objects, unpacked.
    """
    forms: dict[int, Stream] = {}
    objects: dict[int, bytes] = {}
    for stream in streams:
        number = _NUMBER.search(data[max(0, stream.start - 17) : stream.start])
        if number and _FORM.search(stream.dictionary):
            forms[int(number[1])] = stream
        elif not _FORM.search(stream.dictionary):
            objects |= _unpacked_objects(stream)
    if not any(_CALL.search(form.content) for form in forms.values()):
        return False
    places = {int(match[1]): match.end() for match in _OBJECT.finditer(data)}

    def find(number: int) -> bytes:
        if number in objects or number not in places:
            return objects.get(number, b"")
        text = data[places[number] : places[number] + _LONGEST]
        return text.partition(b"endobj")[0]

    calls = {number: _calls(form, find) for number, form in forms.items()}
    drawn: dict[int, int] = {}
    return any(_n_drawn(number, calls, drawn, ()) > _MOST_DRAWN for number in forms)


def _n_drawn(
    number: int, calls: Mapping[int, Counter[int]], drawn: dict[int, int], above: tuple[int, ...]
) -> int:
    """Count the drawings that one causes; one that calls itself causes too many."""
    if number in above or len(above) > _MOST_LEVELS:
        return _MOST_DRAWN + 1
    if number not in drawn:
        total = 1
        for called, n_calls in calls.get(number, Counter()).items():
            total += n_calls * _n_drawn(called, calls, drawn, (*above, number))
            if total > _MOST_DRAWN:
                break
        drawn[number] = total
    return drawn[number]


def _calls(form: Stream, find: Callable[[int], bytes]) -> Counter[int]:
    """Count what a drawing calls, by the number of the object."""
    names = {name: int(number) for name, number in _NAME.findall(_named(form, find))}
    return Counter(names[name] for name in _CALL.findall(form.content) if name in names)


def _named(form: Stream, find: Callable[[int], bytes]) -> bytes:
    """Give the part of a drawing's resources that names other drawings."""
    resources = form.dictionary
    if elsewhere := _RESOURCES.search(resources):
        resources = find(int(elsewhere[1]))
    if inside := _NAMED.search(resources):
        return inside[1]
    if elsewhere := _NAMED_ELSEWHERE.search(resources):
        return find(int(elsewhere[1]))
    return b""


def _unpacked_objects(stream: Stream) -> dict[int, bytes]:
    """Give the objects of a packed stream of objects by their number."""
    first = _FIRST.search(stream.dictionary)
    if not first:
        return {}
    start = int(first[1])
    header = [int(word) for word in stream.content[:start].split() if word.isdigit()]
    places = list(zip(header[::2], header[1::2], strict=False))
    ends = [offset for _, offset in places[1:]] + [len(stream.content)]
    return {
        number: stream.content[start + offset : start + end]
        for (number, offset), end in zip(places, ends, strict=True)
    }
