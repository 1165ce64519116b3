"""Studies: what a model is worth, measured on gold documents.

Takes: an extractor or a recipe, and gold documents. Gives: scores.
May import: pipeline, training, evaluation and every room below.
Does not: define a score (that is ``evaluation``) or print.
"""
