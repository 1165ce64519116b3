"""The command line: one file per command.

Takes: arguments. Gives: output and an exit code.
May import: every room, inside the command that needs it, so that --help stays quick.
Does not: any work of its own: a command turns arguments into one library call.
Data goes to stdout, messages go to stderr.
"""

from taskner.cli.app import app, main

__all__ = ["app", "main"]
