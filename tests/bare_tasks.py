"""Tasks that are no more than a stretch of a text."""

from taskner.types import Task


def bare_task(text, *, start=0, end=None, **changes):
    """A task of an annex without title; what is not given is empty."""
    end = len(text) if end is None else end
    facts = {"id": "0/1", "annex": "0", "number": None, "path": (), "leader": None}
    return Task(**{**facts, "start": start, "end": end, "text": text[start:end], **changes})
