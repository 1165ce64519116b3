"""``taskner train-segmenter``, by its own process."""


def test_the_time_is_said_first_and_the_folder_is_printed(run, start, tmp_path, gold_folder):
    stdout, stderr = start("train-segmenter", gold_folder, "-o", "words").communicate()
    assert stdout == b"words\n"
    first, last = stderr.decode("utf-8").splitlines()
    assert first.startswith("learning words from 1 texts of ")
    assert first.endswith(": about 1 s on one core")
    assert " features in " in last
    assert sorted(path.name for path in (tmp_path / "words").iterdir()) == [
        "README.md",
        "features.msgpack",
        "weights.npz",
        "words.json",
    ]
    again = run("train-segmenter", gold_folder, "-o", "words")
    assert (again.returncode, again.stdout) == (2, b"")
    assert b"give --overwrite" in again.stderr
    assert again.stderr.count(b"\n") == 1
