"""Corpus formats: texts with marks, in the forms that people and tools write them.

Takes: annotated files. Gives: texts with spans, links, roles and ledgers, and the way
back; notes on what a format could not carry. One file per format.
May import: readers, notices, tagging, linking, values, records, types, errors.
Does not: train, score or run a model.
"""
