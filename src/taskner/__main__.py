"""``python -m taskner`` is the command ``taskner``."""

from taskner.cli import main

main()
