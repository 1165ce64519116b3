"""The tables of a corpus report: what stands in it how often, in how many notices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from taskner.corpus.annotated import AnnotatedText
from taskner.corpus.date_forms import BOUNDS, GRAINS, bound_of, grain_of
from taskner.corpus.figures import STANDINGS, TRAPS, standings_of
from taskner.corpus.hand_table import HandTable
from taskner.corpus.punctuation import punctuation_of, variants_of
from taskner.corpus.role_wording import wordings_of
from taskner.studies.count_table import Table
from taskner.types import Notice, Target, Task

_NONE = "(none)"
_PERSON = "a person: column, line or heading"
_PROGRESS = "what was reached so far: column or line"
_N_LAYOUTS = 32
_MANY_TARGETS = ((5, 9), (10, 19), (20, 10_000))


@dataclass(frozen=True, slots=True)
class _Notice:
    """A text with its ledger, which every authored notice has."""

    text: AnnotatedText
    ledger: Notice

    def tasks(self) -> Sequence[Task]:
        return self.ledger.tasks

    def targets(self) -> Iterator[Target]:
        return (target for task in self.ledger.tasks for target in task.targets)


def count_corpus(texts: Iterable[AnnotatedText], table: HandTable) -> list[Table]:
    """Count a corpus: by place and time, by form, by wording, by what is counted.

    Args:
        texts: Texts with ledgers.
        table: What the texts do not say themselves.
    """
    notices = [_Notice(text, text.ledger) for text in texts if text.ledger]
    return [
        *_by_origin(notices, table),
        *_by_form(notices, table),
        *_by_role(notices),
        *_by_deadline(notices),
        *_by_target(notices),
        *_by_figure(notices),
    ]


def _by_origin(notices: Sequence[_Notice], table: HandTable) -> Iterator[Table]:
    facts = table.notices
    by_hand = "By hand, in `authored.toml`."
    for title, key, note in (
        ("Level of the issuer", "level", by_hand),
        (
            "Province whose manner it takes over",
            "manner",
            f"{by_hand} A reader's judgement; every place is invented.",
        ),
    ):
        kinds = ((getattr(facts[it.text.id], key), it, len(it.tasks())) for it in notices)
        yield _tasks_table(title, "kind", kinds, note=note)
    years = ((str(it.ledger.year), it, len(it.tasks())) for it in notices)
    yield _tasks_table("Year of the tasks", "year", sorted(years, key=lambda it: it[0]), rank=False)
    sectors = (
        (table.sector_of(it.text.id, task) or _NONE, it, 1) for it in notices for task in it.tasks()
    )
    note = (
        "Sector of the issuer where it has one (`authored.toml`), else that of the lead unit's "
        "name; where no unit is named, the one with most words in the text."
    )
    yield _tasks_table("Sector", "sector", sectors, note=note)


def _by_form(notices: Sequence[_Notice], table: HandTable) -> Iterator[Table]:
    layouts = (
        (f"{layout}: {table.layouts[layout]}", it, sum(task.annex == annex for task in it.tasks()))
        for it in notices
        for annex, many in table.notices[it.text.id].layouts.items()
        for layout in many
    )
    absent = [f"L{n}" for n in range(1, _N_LAYOUTS + 1) if f"L{n}" not in table.layouts]
    note = (
        "By hand, for each annex (`authored.toml`); an annex of several layouts counts for each, "
        f"so that the tasks add up to more than there are. Not there: {', '.join(absent)}."
    )
    yield _tasks_table("Layout", "layout", layouts, note=note)
    people = ((_PERSON, it, 1) for it in notices for task in it.tasks() if task.leader)
    progress = (
        (_PROGRESS, it, 1)
        for it in notices
        for task in it.tasks()
        if "L25" in table.notices[it.text.id].layouts[task.annex]
    )
    note = "Persons by the ledgers, progress by hand."
    yield _tasks_table("Beside the unit and the task", "kind", (*people, *progress), note=note)
    kinds = ((punctuation_of(it.text.text), it, len(it.tasks())) for it in notices)
    note = "More than 98 % of commas, semicolons, colons and brackets of one kind, or mixed."
    yield _tasks_table("Punctuation", "kind", kinds, note=note)
    variants = ((kind, it, len(it.tasks())) for it in notices for kind in variants_of(it.text.text))
    note = "Notices in which it occurs anywhere."
    yield _tasks_table("Variants of characters", "kind", variants, note=note)


def _by_role(notices: Sequence[_Notice]) -> Iterator[Table]:
    rules = (
        (annex.lead_rule, it, sum(task.annex == annex.id for task in it.tasks()))
        for it in notices
        for annex in it.ledger.annexes
    )
    yield _tasks_table("Rule of who leads", "rule (architecture.md)", rules)
    found = [(it, mark, wording) for it in notices for mark, wording in wordings_of(it.text)]
    wordings = Counter((wording.place, wording.text) for _, _, wording in found)
    roles = Counter((wording.place, wording.text, mark.role) for _, mark, wording in found)
    where = {(wording.place, wording.text, it.text.id) for it, _, wording in found}
    rows = tuple(
        (
            text,
            place,
            n,
            roles[place, text, "lead"],
            roles[place, text, "co"],
            roles[place, text, None],
            sum(key[:2] == (place, text) for key in where),
        )
        for (place, text), n in sorted(wordings.items(), key=lambda kv: (-kv[1], kv[0]))
    )
    note = (
        "The wording that stands with each marked unit: a verb behind its list, a label before "
        "it on its line, or the title of its column. Names broken over lines count once."
    )
    columns = ("wording", "where", "units", "lead", "support", "unknown", "notices")
    yield Table("Role wording", columns, rows, note)
    marks = ((wording.mark, it, 1) for it, _, wording in found if wording.mark)
    yield _table("Mark of the lead unit", ("mark", "units", "notices"), marks)
    flags = ((flag, it, 1) for it in notices for task in it.tasks() for flag in task.flags)
    yield _tasks_table("Flags of tasks", "flag (architecture.md)", flags)


def _by_deadline(notices: Sequence[_Notice]) -> Iterator[Table]:
    marks = [
        (it, mark.span.text)
        for it in notices
        for mark in it.text.marks
        if mark.span.label == "DEADLINE"
    ]
    columns = ("form", "deadlines", "notices")
    note = "How fine the date is, by the words of the mark (`corpus/date_forms.py`)."
    grains = ((grain_of(text), it, 1) for it, text in marks)
    yield _table("Deadline form", columns, grains, order=GRAINS, note=note)
    bounds = ((bound_of(text), it, 1) for it, text in marks)
    yield _table("Word that bounds the deadline", columns, bounds, order=BOUNDS)
    periods = (
        (_period(first=deadline.period.first, last=deadline.period.last), it, 1)
        for it in notices
        for target in it.targets()
        for deadline in target.deadlines
    )
    yield _table("Dates of targets' deadlines", ("period", "links", "notices"), periods)


def _period(*, first: object, last: object) -> str:
    if last is None:
        return "from a day on" if first else "no date (season, standing duty)"
    return "first and last day" if first else "last day"


def _by_target(notices: Sequence[_Notice]) -> Iterator[Table]:
    sizes = (
        (_size(len(task.targets)), it, len(task.targets)) for it in notices for task in it.tasks()
    )
    order = (*map(str, range(_MANY_TARGETS[0][0])), *(_range(*it) for it in _MANY_TARGETS))
    tasks = Counter(_size(len(task.targets)) for it in notices for task in it.tasks())
    table = _table("", ("", "", ""), sizes, order=order)
    rows = tuple((row[0], tasks[str(row[0])], *row[1:]) for row in table.rows)
    yield Table("Targets of a task", ("targets", "tasks", "targets in all", "notices"), rows)
    yield _table(
        "Targets by what they belong to",
        ("kind", "targets", "notices"),
        ((kind, it, 1) for it in notices for task in it.tasks() for kind in _belongings(task)),
        note="Of the ledgers: units and columns for places (scope) differ inside one task.",
        rank=False,
    )
    columns = ("kind", "targets", "notices")
    for title, key in (
        ("Comparison", "comparator"),
        ("Level, rise, fall", "basis"),
        ("Firmness", "aim"),
    ):
        values: Iterable[tuple[str, _Notice, int]] = (
            (getattr(target.quantity, key) if target.quantity else _NONE, it, 1)
            for it in notices
            for target in it.targets()
        )
        yield _table(title, columns, values)


def _belongings(task: Task) -> Iterator[str]:
    every = tuple(range(len(task.units)))
    several = len({target.units for target in task.targets}) > 1
    for target in task.targets:
        if several:
            yield "in a task whose targets belong to different units"
        if target.units != every:
            yield "not of all units of its task"
        if target.scope:
            yield "of one place of several columns (scope)"
        if len(target.metrics) > 1:
            yield "one number for several metrics"
        if len(target.deadlines) > 1:
            yield "of several deadlines"


def _by_figure(notices: Sequence[_Notice]) -> Iterator[Table]:
    figures = [(it, *found) for it in notices for found in standings_of(it.text)]
    note = (
        "Numbers in digits, once each. In no mark: what looks like a target and is none. Outside "
        "the tasks: letters, reviews, progress columns, numbers of items, dates."
    )
    standings = ((standing, it, 1) for it, standing, _ in figures)
    columns = ("where", "figures", "notices")
    yield _table("Where figures stand", columns, standings, order=STANDINGS, note=note)
    traps = ((trap, it, 1) for it, _, trap in figures if trap)
    note = "The figures of tasks in no mark, told by a few characters around them."
    columns = ("kind", "figures", "notices")
    yield _table("Hard negatives", columns, traps, order=TRAPS, note=note)


def _size(n_targets: int) -> str:
    return next(
        (_range(*it) for it in _MANY_TARGETS if it[0] <= n_targets <= it[1]), str(n_targets)
    )


def _range(low: int, high: int) -> str:
    return f"{low}–{high}" if high < _MANY_TARGETS[-1][1] else f"{low} and more"


def _tasks_table(
    title: str,
    column: str,
    counted: Iterable[tuple[str, _Notice, int]],
    *,
    note: str = "",
    rank: bool = True,
) -> Table:
    return _table(title, (column, "tasks", "notices"), counted, note=note, rank=rank)


def _table(
    title: str,
    columns: tuple[str, ...],
    counted: Iterable[tuple[str, _Notice, int]],
    *,
    order: Sequence[str] = (),
    note: str = "",
    rank: bool = True,
) -> Table:
    """Add up by kind: how many, in how many notices.

    Kinds stand in the order given, with those that do not occur; else the most frequent first,
    or, unranked, as they came.
    """
    sums: Counter[str] = Counter()
    where: dict[str, set[str]] = {}
    for kind, notice, n in counted:
        sums[kind] += n
        where.setdefault(kind, set()).add(notice.text.id)
    kinds: Iterable[str] = order or sums
    if rank and not order:
        kinds = sorted(sums, key=lambda kind: (-sums[kind], kind))
    rows = tuple((kind, sums[kind], len(where.get(kind, ()))) for kind in kinds)
    return Table(title, columns, rows, note)
