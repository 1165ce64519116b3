"""Inputs that do to a worker, as it takes them, what a faulty reader would do.

A worker unpickles its requests, so what a request's pickle calls runs inside the worker,
which finds this module on the path of the tests.
"""

import os
import subprocess
import sys
import time

from taskner.pipeline import Content

TEXT = "一、任务\n1.新建公园3个。\n责任单位:县园林局\n"


class Hostile(Content):
    """Content that calls a function of this module inside the worker."""

    def __reduce__(self):
        return globals()[self.name], (self.data.decode(),)


def hostile(function, argument=""):
    return Hostile(name=function.__name__, data=str(argument).encode())


def crash(_):
    os.abort()


def leave(_):
    sys.exit(3)


def hang(_):
    # As a library that waits for a lock; it does not listen to SIGTERM or SIGINT.
    time.sleep(600)


def hang_in_a_child(path):
    """Wait for a program that has a process group of its own and writes its number."""
    code = f"import os, time; open({path!r}, 'w').write(str(os.getpid())); time.sleep(600)"
    subprocess.run([sys.executable, "-c", code], process_group=0, check=False)


def swell(n_bytes):
    """Fill memory step by step, as a reader that collects does."""
    held = []
    for _ in range(int(n_bytes) // 10_000_000):
        held.append(b"x" * 10_000_000)
        time.sleep(0.005)
    return Content(name="swollen.txt", data=TEXT.encode())


def print_much(_):
    sys.stdout.write("library says hello\n")
    sys.stdout.flush()
    os.write(1, b"\x80\x04garbage")
    os.write(2, b"\x1b[31mwarning")
    return Content(name="loud.txt", data=TEXT.encode())
