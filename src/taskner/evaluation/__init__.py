"""Scores, intervals and mistakes of predicted notices.

Takes: gold and predicted notices. Gives: counts by measure, intervals, mistakes by stage.
May import: exporters, corpus, readers, notices, tagging, linking, values, records, types.
Does not: run or train a model.
"""
