"""Training: from annotated corpora and a recipe to a model folder.

Takes: marked texts and a recipe. Gives: a model folder (docs/training.md).
May import: torch, transformers, datasets, seqeval and every room below.
Does not: serve predictions; the released folder is read by ``taskner.tagging``.
"""
