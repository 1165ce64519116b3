from taskner.corpus.brat import read_brat, write_brat
from taskner.corpus.inline import parse_marks

TEXT = "\U00020bb7年内新建驿站3座。\n责任单位：县自然资源和\n规划局、县水务\n  投资公司\n"


def read(annotations, text=TEXT):
    found = read_brat(text, annotations, id="yunxi")
    return found.texts[0], found.notes


def test_offsets_count_code_points():
    text, notes = read("T1\tMETRIC 5 7\t驿站\nT2\tTARGET 7 9\t3座\nR1\tMetric Arg1:T2 Arg2:T1\n")
    assert [span.text for span in text.spans] == ["驿站", "3座"]
    assert text.marks[1].metrics == (0,)
    assert notes == ()


def test_a_unit_over_a_line_end_is_one_span_in_two_fragments():
    at = TEXT.index("县自然")
    text, notes = read(
        f"T1\tUNIT {at} {at + 6};{at + 7} {at + 10}\t县自然资源和 规划局\nA1\tRole T1 co\n"
    )
    assert [(m.span.text, m.role, m.continues) for m in text.marks] == [
        ("县自然资源和", "co", None),
        ("规划局", "co", 0),
    ]
    assert {note.effect for note in notes} == {"added"}


def test_fragments_with_text_between_are_pieces_of_a_unit_and_no_other_span():
    one, other = TEXT.index("县水务"), TEXT.index("投资")
    rest = f"{one} {one + 2};{other} {other + 4}\t县水 投资公司\n"
    text, notes = read(f"T1\tUNIT {rest}")
    assert [mark.continues for mark in text.marks] == [None, 0]
    assert {(note.kind, note.effect) for note in notes} == {
        ("span", "added"),
        ("link.piece", "added"),
    }
    text, notes = read(f"T1\tMETRIC {rest}R1\tmetric Arg1:T2 Arg2:T1\n")
    assert text.marks == ()
    assert [(note.kind, note.n, note.effect) for note in notes] == [
        ("span", 1, "lost"),
        ("link.metric", 1, "lost"),
    ]


def test_lines_that_no_mark_comes_of_are_counted():
    annotations = (
        "T1\tMETRIC 5 7\t驿站\n"
        "T2\tMETRIC five 7\t驿站\n"
        "T3\tMONEY 7 9\t3座\n"
        "R1\tmetric T2 T1\n"
        "R2\tcauses Arg1:T1 Arg2:T1\n"
        "A1\tRole T9 lead\n"
        "A2\tNegation T1\n"
        "E1\tBuild:T1\n"
        "*\tEquiv T1 T2\n"
        "#1\tAnnotatorNotes T1\tlook again\n"
    )
    text, notes = read(annotations)
    assert len(text.marks) == 1
    assert sorted((note.kind, note.n) for note in notes) == [
        ("link.other", 1),
        ("link.other", 1),
        ("other", 1),
        ("other", 1),
        ("other", 1),
        ("other", 1),
        ("role", 1),
        ("span", 1),
        ("span", 1),
    ]


def test_files_saved_with_windows_line_ends_are_read():
    marked = "新建⟦M#a|驿站⟧⟦T>a;k=level|3座⟧。\n责任单位：⟦U:lead|县水务局⟧"
    expected = parse_marks(marked, path="yunxi")
    files = write_brat([expected]).files
    source, annotations = (files[f"yunxi.{suffix}"].decode() for suffix in ("txt", "ann"))
    found = read_brat(source.replace("\n", "\r\n"), annotations.replace("\n", "\r\n"), id="yunxi")
    assert found.texts == (expected,)
    assert found.notes == ()


def test_the_configuration_has_the_sections_that_brat_asks_for():
    config = write_brat([]).files["annotation.conf"].decode()
    sections = [line for line in config.split("\n") if line.startswith("[")]
    assert sections == ["[entities]", "[relations]", "[events]", "[attributes]"]
    assert "metric\tArg1:TARGET, Arg2:METRIC" in config
