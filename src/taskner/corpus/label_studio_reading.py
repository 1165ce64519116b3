"""What Label Studio exported, read back: JSON, and JSON_MIN as far as it goes.

Whatever a task holds ends as a mark, as a link, or in a note.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from taskner.corpus.annotated import CHANGES, LINK_ENDS, ROLES, AnnotatedText
from taskner.corpus.assembly import Assembly
from taskner.corpus.facts import facts_from_json
from taskner.corpus.label_studio_choice import ONLY, Chooser, count_result, listed, objects
from taskner.corpus.placing import Claim, Units, add_claims, plain_text
from taskner.corpus.tally import Kind, Note, Read
from taskner.errors import CorpusError

_EXPORT_AGAIN = "export the project as JSON instead"


def read_label_studio(
    tasks: Any, *, path: str = "<export>", choose: str = ONLY, units: Units = "auto"
) -> Read:
    """Read the tasks of an export.

    Args:
        tasks: The decoded JSON.
        path: What errors call the export.
        choose: Which annotation of a task: "only" (more than one is an error), "latest",
            "first", "ground-truth", "predictions" for the newest prediction in place of
            an annotation, or the id or e-mail address of an annotator.
        units: What offsets count, where the regions do not show it.

    Raises:
        CorpusError: The data is no export, or a task has several annotations and no rule
            was given.
    """
    if not isinstance(tasks, list) or not all(isinstance(task, dict) for task in tasks):
        raise CorpusError(path=path, detail="is no Label Studio export: expected a list of tasks")
    texts: list[AnnotatedText] = []
    notes: list[Note] = []
    for number, task in enumerate(tasks, start=1):
        reader = _Task(task, number, path, choose, units)
        text = reader.read()
        notes += reader.notes
        if text is not None:
            texts.append(text)
    return Read(tuple(texts), tuple(notes))


class _Task:
    """Reads one task."""

    def __init__(
        self, task: Mapping[str, Any], number: int, path: str, choose: str, units: Units
    ) -> None:
        data = task.get("data")
        self.task = task
        # JSON_MIN puts the data's members beside the answers, all on one level.
        self.data: Mapping[str, Any] = data if isinstance(data, dict) else task
        self.is_min = not isinstance(data, dict)
        self.units = units
        own = self.data.get("id")
        self.id = own if own and isinstance(own, str) else f"task-{task.get('id', number)}"
        self.chooser = Chooser(task, id=self.id, path=path, rule=choose)
        self.notes = self.chooser.notes

    def read(self) -> AnnotatedText | None:
        source = self.data.get("text")
        result = list(self._min_result()) if self.is_min else self.chooser.choose()
        if not isinstance(source, str) or not source:
            self._note("other", 1, "the task has no text: expected data.text")
            self.notes += count_result(result, self.id, "in a task without text")
            return None
        assembly = Assembly(id=self.id, text=plain_text(source))
        regions = [r for r in result if isinstance(r.get("value"), dict) and "id" in r]
        others = [r for r in result if r not in regions and r.get("type") != "relation"]
        self.notes += count_result(others, self.id, "in a result without id or value")
        for broken in others:
            if not list(count_result([broken], self.id, "")):
                self._note("other", 1, f"a result without id or value: {broken!r:.60}")
        add_claims(assembly, source, list(self._claims(regions, source)), units=self.units)
        self._describe(assembly, regions)
        self._link(assembly, result)
        facts, bad = facts_from_json(self.data)
        for name in bad:
            self._note("fact", 1, f"data.{name} is no text or date")
        self.notes += assembly.notes
        return assembly.finish(facts=facts)

    def _note(self, kind: Kind, n: int, detail: str) -> None:
        self.notes.append(Note(text=self.id, kind=kind, n=n, detail=detail))

    def _claims(self, regions: Sequence[Mapping[str, Any]], source: str) -> Iterator[Claim]:
        for region in regions:
            value = region["value"]
            labels = value.get("labels", value.get("hypertextlabels"))
            if labels is None:
                continue
            offsets = value.get("globalOffsets")
            place = offsets if isinstance(offsets, dict) else value
            start, end = place.get("start"), place.get("end")
            if not isinstance(labels, list) or not labels:
                self._note("span", 1, f"region {region['id']} has no label: give it one")
                continue
            for number, label in enumerate(labels):
                if not isinstance(start, int) or not isinstance(end, int):
                    self._note("span", 1, f"region {region['id']} has no offsets in numbers")
                    continue
                score = region.get("score")
                yield Claim(
                    start=start,
                    end=end,
                    text=_region_text(value.get("text"), source),
                    key=region["id"] if number == 0 else (region["id"], number),
                    label=str(label),
                    score=score if isinstance(score, (int, float)) else None,
                )

    def _describe(self, assembly: Assembly, regions: Sequence[Mapping[str, Any]]) -> None:
        for region in regions:
            key, value = region["id"], region["value"]
            for choice in listed(value.get("choices")):
                if choice in ROLES:
                    assembly.describe(key, role=choice)
                elif choice in CHANGES:
                    assembly.describe(key, change=choice)
                else:
                    expected = ", ".join((*ROLES, *CHANGES))
                    detail = f"region {key}: unknown choice {choice!r}; expected {expected}"
                    assembly.note("other", 1, detail)
            if "labels" not in value and "hypertextlabels" not in value and "choices" not in value:
                assembly.note("other", 1, f"region {key}: a result of type {region.get('type')!r}")
            meta = region.get("meta")
            if "labels" in value and isinstance(meta, dict):
                for text in listed(meta.get("text")):
                    assembly.describe(key, id=text)

    def _link(self, assembly: Assembly, result: Sequence[Mapping[str, Any]]) -> None:
        for relation in result:
            if relation.get("type") != "relation":
                continue
            ends = (relation.get("from_id"), relation.get("to_id"))
            if relation.get("direction") == "left":
                ends = ends[::-1]
            labels = listed(relation.get("labels"))
            for label in labels or (None,):
                kind = label.lower() if label else None
                assembly.link(kind if label is None or kind in LINK_ENDS else label, *ends)

    def _min_result(self) -> Iterator[Mapping[str, Any]]:
        """Give the regions of a JSON_MIN task as results."""
        self._note("other", 1, f"JSON_MIN holds no relations and no roles; {_EXPORT_AGAIN}")
        for number, value in enumerate(objects(self.task.get("label"))):
            yield {"id": f"r{number}", "type": "labels", "value": value}


def _region_text(text: Any, source: str) -> str | None:
    if not isinstance(text, str):
        return None
    # The editor shows a line end inside a region as the two characters \n.
    return text.replace("\\n", "\n") if "\\n" not in source else text
