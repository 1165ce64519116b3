"""Other taggers in taskner's place, on the same folds, with the same linker and scoring.

    python -m evaluation.peers.run

Takes: marked texts, folds of ``evaluation/protocol.toml``. Gives: records of what each peer
tags, and ``evaluation/reports/peers``. Nothing in taskner imports this; the peers' packages
stand in ``requirements.txt`` and load inside the call that needs them.
"""
