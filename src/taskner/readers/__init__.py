"""Files become documents.

Takes: a path or bytes. Gives: a Document with its blocks.
May import: folding, toml_config, types, errors.
Does not: know what a notice, a task or a unit is.
One file per format; ``layout`` alone appends text and records blocks.
"""

from taskner.readers.config import ReaderConfig, read_limits
from taskner.readers.formats import SUFFIXES
from taskner.readers.reading import document_from_text, read, read_bytes

__all__ = ["SUFFIXES", "ReaderConfig", "document_from_text", "read", "read_bytes", "read_limits"]
