"""Linking: what each target measures, by when, and who is responsible for it.

Takes: a task of the parser and the tagger's spans in it. Gives: the task with targets,
deadlines, units and flags. May import: values, folding, types, errors.
Does not: find spans, split tasks or decide roles in the responsibility field.
"""

from taskner.linking.task import link_task

__all__ = ["link_task"]
