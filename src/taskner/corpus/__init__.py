"""Corpus formats: marked texts and their splits.

Takes: annotated files. Gives: texts with spans and links.
May import: readers, notices, tagging, linking, values, records, types, errors.
Does not: train, score or run a model.
"""
