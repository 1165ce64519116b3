"""Documents to notices: header, annexes, tasks, units and roles.

Takes: a Document (text, and cell blocks where the reader found tables).
Gives: ``parse_notice(document)``, a Notice whose tasks have segments and units.
May import: values, records, folding, types, errors.
Does not: read files, tag metrics, targets or deadlines, or link anything.
"""

from taskner.notices.parse import parse_notice

__all__ = ["parse_notice"]
