"""Notices as JSON, schema version taskner/1.

Takes: a Notice, or decoded JSON. Gives: decoded JSON, or a Notice.
May import: types, errors.
Does not: read or write files, or decide anything about a notice's content.
What JSON does not carry is lost on the way: blocks, segments, the reader's name.
"""

from taskner.records.from_json import notice_from_json
from taskner.records.schema import json_schema
from taskner.records.to_json import SCHEMA, decimal_to_text, failure_to_json, notice_to_json

__all__ = [
    "SCHEMA",
    "decimal_to_text",
    "failure_to_json",
    "json_schema",
    "notice_from_json",
    "notice_to_json",
]
