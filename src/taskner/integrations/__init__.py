"""Other libraries: what spaCy and Hugging Face datasets store of a corpus.

Takes: texts with marks. Gives: files of those libraries, and the way back.
May import: every room but cli; the library itself inside the call that needs it.
Does not: run where the extra is missing: MissingExtraError says what to install.
"""
