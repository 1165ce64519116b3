"""Write a marked text without its marks: unmark.py MARKED OUT."""

import sys
from pathlib import Path

from taskner.corpus.inline import parse_marks

if __name__ == "__main__":
    source, target = map(Path, sys.argv[1:3])
    text = parse_marks(source.read_text(encoding="utf-8"), path=str(source)).text
    target.write_text(text, encoding="utf-8")
