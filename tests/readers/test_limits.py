import os
import re
import socket

import pytest

from taskner.errors import ConfigError, OverLimitError, UnreadableFileError
from taskner.readers import ReaderConfig, read, read_bytes, read_limits

TEXT = "北岭县重点工作分解\n\n1.全年新建公园3个以上。\n责任单位：园林中心，财政局\n"


def test_limits_are_read_from_toml(tmp_path):
    path = tmp_path / "limits.toml"
    path.write_text("max_bytes = 1_000\nmax_seconds = 5\n", encoding="utf-8")
    assert read_limits(path) == ReaderConfig(max_bytes=1_000, max_seconds=5)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("max_byte = 1", r"limits\.max_byte: unknown key; known keys are max_bytes, "),
        ('max_bytes = "1"', r"limits\.max_bytes: expected int, found '1'"),
        ("max_bytes = 1.5", r"limits\.max_bytes: expected int"),
        ("max_pages = true", r"limits\.max_pages: expected int"),
        ("max_pages = 0", r"limits\.max_pages: expected a number above 0"),
        ("max_memory = -1", r"limits\.max_memory: expected a number above 0"),
        ("max_seconds = inf", r"limits\.max_seconds: expected a number above 0"),
        ("max_seconds = nan", r"limits\.max_seconds: expected a number above 0"),
        ("[limits]\nmax_bytes = 1", r"limits\.limits: unknown key"),
        ("max_bytes =", "file: cannot be read"),
        ("\udcff", "file: cannot be read"),
    ],
)
def test_wrong_limits_name_file_and_key(tmp_path, text, message):
    path = tmp_path / "grenzen.toml"
    path.write_text(text, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(ConfigError, match=rf"grenzen\.toml: {message}"):
        read_limits(path)


def test_missing_limits_are_named(tmp_path):
    with pytest.raises(ConfigError, match=r"absent\.toml: file: cannot be read"):
        read_limits(tmp_path / "absent.toml")


@pytest.mark.parametrize(
    ("config", "limit"),
    [
        (ReaderConfig(max_bytes=10), "max_bytes"),
        (ReaderConfig(max_characters=10), "max_characters"),
        (ReaderConfig(max_blocks=1), "max_blocks"),
    ],
)
def test_what_is_over_a_limit_is_told_which_and_how_to_raise_it(tmp_path, config, limit):
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    message = rf"limit is {limit} = \d+\. .* raise {limit} \(--limits FILE\.toml"
    with pytest.raises(OverLimitError, match=message):
        read(path, config=config)
    with pytest.raises(OverLimitError, match=limit):
        read_bytes(TEXT.encode(), name="a.txt", config=config)


def test_pipes_sockets_and_devices_are_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "b.txt"))
        for path in (tmp_path / "a.txt", tmp_path / "b.txt", "/dev/zero", "/dev/stdin"):
            with pytest.raises(UnreadableFileError, match=re.escape(f"{path}: ")):
                read(path)


def test_a_file_without_an_end_is_read_up_to_the_limit():
    # A regular file of the process file system says that it has no bytes, and has many.
    with pytest.raises(OverLimitError, match="max_bytes = 100"):
        read("/proc/self/smaps", config=ReaderConfig(max_bytes=100))
