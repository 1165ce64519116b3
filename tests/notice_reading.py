"""Short forms of what a notice says, for comparing in tests."""

from taskner.notices import parse_notice
from taskner.types import Document

ROLES = {"lead": "主", "support": "配", "unknown": "?"}


def read(text, blocks=()):
    return parse_notice(Document(id="t", text=text, blocks=tuple(blocks)))


def names(task):
    """市甲局主 市乙局配: units of a task with their roles."""
    return " ".join(unit.name + ROLES[unit.role] for unit in task.units)


def rows(notice):
    return [(task.number, task.text, names(task)) for task in notice.tasks]


def fields(notice, field):
    text = notice.document.text
    return [
        [text[s.start : s.end] for s in task.segments if s.field == field] for task in notice.tasks
    ]


def ledger(notice):
    """Everything but offsets."""
    return [
        (task.id, task.number, task.path, task.leader, task.text, names(task), task.flags)
        for task in notice.tasks
    ]
