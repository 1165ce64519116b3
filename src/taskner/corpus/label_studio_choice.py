"""Which annotation of a Label Studio task counts, and what stands in the others.

Several annotators may have worked on a task: one annotation is chosen by a rule. Skipped
tasks, drafts and predictions are never taken for annotations.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from taskner.corpus.annotated import CHANGES, ROLES
from taskner.corpus.tally import Cause, Kind, Note
from taskner.errors import CorpusError

ONLY, LATEST, FIRST, GROUND_TRUTH, PREDICTIONS = (
    "only",
    "latest",
    "first",
    "ground-truth",
    "predictions",
)
RULES = (ONLY, LATEST, FIRST, GROUND_TRUTH, PREDICTIONS)


class Chooser:
    """Chooses the results of one task."""

    def __init__(
        self,
        task: Mapping[str, Any],
        *,
        id: str,  # noqa: A002 - the field's name
        path: str,
        rule: str,
    ) -> None:
        """Take a task, what notes and errors call it, and the rule."""
        self.task = task
        self.id = id
        self.path = path
        self.rule = rule
        self.notes: list[Note] = []

    def choose(self) -> list[Mapping[str, Any]]:
        """Give the results of one annotation, noting what stands in the others.

        Raises:
            CorpusError: There are several, and no rule to choose by.
        """
        for draft in objects(self.task.get("drafts")):
            self._leave(draft, "in a draft: open the task and submit it")
        done = list(self._done())
        predictions = objects(self.task.get("predictions"))
        if self.rule == PREDICTIONS:
            for annotation in done:
                self._leave(annotation, "in an annotation; a prediction is asked for", "choice")
            done = predictions
        elif not done:
            for prediction in predictions:
                why = f"in a prediction that nobody confirmed (take it: {PREDICTIONS})"
                self._leave(prediction, why)
        chosen = self._one_of(done)
        if not done and not self.notes:
            self._note("other", 1, "the task has no annotation")
        for annotation in done:
            if annotation is not chosen:
                why = f"in another one than the chosen ({_who(annotation)})"
                self._leave(annotation, why, "choice")
        return objects(chosen.get("result")) if chosen else []

    def _done(self) -> Iterator[Mapping[str, Any]]:
        """Give the annotations that were submitted."""
        for annotation in objects(self.task.get("annotations", self.task.get("completions"))):
            if annotation.get("was_cancelled"):
                self._leave(annotation, f"in a skipped annotation ({_who(annotation)})")
            else:
                yield annotation

    def _one_of(self, done: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
        if self.rule == ONLY and len(done) > 1:
            who = ", ".join(_who(annotation) for annotation in done)
            detail = (
                f"task {self.id} has {len(done)} annotations ({who}): choose with --annotations "
                f"{LATEST}, {FIRST}, {GROUND_TRUTH}, or the id or address of an annotator"
            )
            raise CorpusError(path=self.path, detail=detail)
        if self.rule == FIRST:
            return min(done, key=_time, default=None)
        if self.rule in (ONLY, LATEST, PREDICTIONS):
            return max(done, key=_time, default=None)
        if self.rule == GROUND_TRUTH:
            own = [annotation for annotation in done if annotation.get("ground_truth")]
        else:
            own = [annotation for annotation in done if self.rule in _names(annotation)]
        if done and not own:
            self._note("other", 1, f"no annotation of the task is {self.rule}")
        return max(own, key=_time, default=None)

    def _leave(self, annotation: Mapping[str, Any], why: str, cause: Cause = "input") -> None:
        found = list(count_result(objects(annotation.get("result")), self.id, why, cause=cause))
        self.notes += found
        if not found:
            note = Note(text=self.id, kind="other", n=1, detail=f"nothing {why}", cause=cause)
            self.notes.append(note)

    def _note(self, kind: Kind, n: int, detail: str) -> None:
        self.notes.append(Note(text=self.id, kind=kind, n=n, detail=detail))


def count_result(
    result: Sequence[Mapping[str, Any]],
    id: str,  # noqa: A002 - the field's name
    why: str,
    *,
    cause: Cause = "input",
) -> Iterator[Note]:
    """Note what stands in results that are left out."""
    counts: Counter[Kind] = Counter()
    for item in result:
        if item.get("type") == "relation":
            counts["link.other"] += len(listed(item.get("labels"))) or 1
            continue
        value = item.get("value")
        found = value if isinstance(value, dict) else {}
        counts["span"] += len(listed(found.get("labels")))
        for choice in listed(found.get("choices")):
            counts["role" if choice in ROLES else "change" if choice in CHANGES else "other"] += 1
    for kind, n in (+counts).items():
        yield Note(text=id, kind=kind, n=n, detail=why, cause=cause)


def objects(value: Any) -> list[Mapping[str, Any]]:
    """Give the objects of a list; predictions may stand in it as mere numbers."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def listed(value: Any) -> list[str]:
    """Give the items of a list as text."""
    return [str(item) for item in value] if isinstance(value, list) else []


def _time(annotation: Mapping[str, Any]) -> tuple[str, int]:
    number = annotation.get("id")
    when = annotation.get("updated_at") or annotation.get("created_at") or ""
    return str(when), number if isinstance(number, int) else 0


def _names(annotation: Mapping[str, Any]) -> set[str]:
    """Give what an annotator is called by."""
    by = annotation.get("completed_by")
    names = [by.get("id"), by.get("email")] if isinstance(by, dict) else [by]
    return {str(name) for name in names if name is not None}


def _who(annotation: Mapping[str, Any]) -> str:
    by = annotation.get("completed_by", annotation.get("model_version"))
    name = (by.get("email") or by.get("id")) if isinstance(by, dict) else by
    return f"{annotation.get('id', 'no id')} by {name if name is not None else 'nobody'}"
