"""Workbooks as other programs write them, damaged ones and hostile ones: edited XML."""

import io
import random
import resource
import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.chart import BarChart

from taskner.errors import EmptyFileError, TasknerError, UnreadableFileError
from taskner.readers import ReaderConfig, read_bytes

SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def _saved(workbook):
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _plain():
    workbook = Workbook()
    workbook.active.append(["序号", "工作任务", "责任单位"])
    workbook.active.append([1, "新建公园", "园林中心"])
    return _saved(workbook)


RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="x/worksheet" Target="/xl/worksheets/sheet1.xml"/>'
    '<Relationship Id="s" Type="x/sharedStrings" Target="{}" {}/></Relationships>'
)


def _with_strings(strings, rows):
    return _edited(
        {
            SHEET: f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>',
            "xl/strings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
            "xl/_rels/workbook.xml.rels": RELATIONS.format("strings.xml", ""),
        }
    )


def _edited(edits, *, data=None):
    """Give a workbook whose parts are replaced; None takes a part away."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data or _plain())) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in {*old.namelist(), *edits}:
            content = edits.get(name, old.read(name) if name in old.namelist() else None)
            if content is not None:
                new.writestr(name, content)
    return stream.getvalue()


def _with_rows(rows, *, after="", before="", namespace=MAIN):
    sheet = (
        f'<worksheet xmlns="{namespace}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'
    )
    return _edited({SHEET: sheet})


def _texts(data, **limits):
    document = read_bytes(data, name="a.xlsx", config=ReaderConfig(**limits))
    return [document.text[block.start : block.end] for block in document.blocks]


def _cell(text, place="", extra=""):
    return f'<c {place} t="inlineStr"><is>{extra}<t>{text}</t></is></c>'


def test_strings_with_runs_are_whole_and_without_readings():
    runs = (
        "<si><r><t>新建</t></r><r><rPr><b/></rPr><t xml:space='preserve'> 公园_x000D_\n3个</t></r>"
        "<rPh sb='0' eb='2'><t>しんけん</t></rPh></si><si><t>_x005F_x0041_ 号\x7f</t></si>"
    )
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    assert _texts(_with_strings(runs, rows)) == ["新建 公园\n3个", "_x0041_ 号"]


@pytest.mark.parametrize("index", ["1", "-1", "", "x", "9" * 30])
def test_a_text_that_the_file_does_not_hold_is_an_error(index):
    rows = f'<row r="1"><c r="A1" t="s"><v>{index}</v></c></row>'
    with pytest.raises(UnreadableFileError, match="row 1, column 1"):
        _texts(_with_strings("<si><t>甲</t></si>", rows))


@pytest.mark.parametrize(
    "cell", ['<c r="A1" s="99"><v>45838</v></c>', '<c r="A1"><v>1</v></c>' * 2]
)
def test_cells_that_contradict_the_file_are_errors(cell):
    with pytest.raises(UnreadableFileError, match="row 1, column 1"):
        _texts(_with_rows(f'<row r="1">{cell}</row>'))


def test_rows_and_cells_without_places_follow_each_other():
    rows = f"<row>{_cell('甲')}{_cell('乙')}</row><row r='4'>{_cell('丙')}<c/>{_cell('丁')}</row>"
    rows += f"<row>{_cell('戊')}{_cell('己', 'r=' + chr(34) + 'F5' + chr(34))}{_cell('庚')}</row>"
    document = read_bytes(_with_rows(rows), name="a.xlsx")
    places = [(block.row, block.column) for block in document.blocks]
    assert places == [(1, 1), (1, 2), (4, 1), (4, 3), (5, 1), (5, 6), (5, 7)]


@pytest.mark.parametrize("namespace", [MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main"])
def test_strict_workbooks_are_read_too(namespace):
    rows = f"<row><!-- x -->{_cell('甲')}<?p?>{_cell('乙')}</row>"
    assert _texts(_with_rows(rows, namespace=namespace)) == ["甲", "乙"]


def test_results_of_formulas_are_read_and_errors_dropped():
    rows = (
        '<row r="1"><c r="A1" t="str"><f>B1&amp;"局"</f><v>县住建局</v></c>'
        '<c r="B1"><f>1+1</f><v>2</v></c><c r="C1" t="e"><f>A9</f><v>#REF!</v></c>'
        '<c r="D1" t="str"><f>IF(A1="","",1)</f><v></v></c><c r="E1" t="b"><v>0</v></c></row>'
    )
    assert _texts(_with_rows(rows)) == ["县住建局", "2", "FALSE"]


def test_a_shared_formula_without_result_is_judged_by_its_first_cell():
    first = '<c r="A1"><f t="shared" ref="A1:A2" si="0">{}</f></c>'
    second = '<c r="A2"><f t="shared" si="0"/></c>'
    rows = f'<row r="1">{first}{_cell("甲")}</row><row r="2">{second}</row>'
    assert _texts(_with_rows(rows.format("ROW()-1"))) == ["甲"]
    with pytest.raises(UnreadableFileError, match="row 1, column 1"):
        _texts(_with_rows(rows.format("C1&amp;D1")))


def test_columns_of_no_width_are_hidden():
    rows = f"<row>{_cell('甲')}{_cell('乙')}{_cell('丙')}</row>"
    columns = '<cols><col min="2" max="2" width="0" customWidth="1"/></cols>'
    assert _texts(_with_rows(rows, before=columns)) == ["甲", "丙"]
    all_hidden = '<cols><col min="1" max="16384" hidden="1"/></cols>'
    assert _texts(_with_rows(rows, before=all_hidden)) == ["甲", "乙", "丙"]


def test_a_merged_title_is_seen_beside_a_hidden_column():
    columns = '<cols><col min="1" max="1" hidden="1"/></cols>'
    merged = '<mergeCells><mergeCell ref="A1:D1"/></mergeCells>'
    rows = f"<row>{_cell('题')}</row><row>{_cell('甲')}{_cell('乙')}{_cell('丙')}</row>"
    assert _texts(_with_rows(rows, before=columns, after=merged)) == ["题", "乙", "丙"]


def test_broken_places_of_merged_cells_are_passed_over():
    merged = '<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="x"/><mergeCell/>'
    merged += '<mergeCell ref="ZZZ1:ZZZ3"/><mergeCell ref="D9:C8"/></mergeCells>'
    rows = f"<row>{_cell('甲')}{_cell('乙')}{_cell('丙')}</row><row>{_cell('丁')}</row>"
    assert _texts(_with_rows(rows, after=merged)) == ["甲", "丙", "丁"]


def test_a_workbook_of_charts_only_is_empty():
    workbook = Workbook()
    workbook.create_chartsheet("图").add_chart(BarChart())
    del workbook["Sheet"]
    with pytest.raises(EmptyFileError):
        _texts(_saved(workbook))


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", SHEET])
def test_a_missing_part_is_an_error(part):
    with pytest.raises(UnreadableFileError, match="missing"):
        _texts(_edited({part: None}))


@pytest.mark.parametrize("mode", ["", 'TargetMode="External"'])
@pytest.mark.parametrize("target", ["{uri}", "../../../../../..{path}", "{path}", "file:///etc/x"])
def test_files_outside_the_workbook_are_never_opened(tmp_path, mode, target):
    secret = tmp_path / "secret.xml"
    secret.write_text(f'<sst xmlns="{MAIN}"><si><t>秘密</t></si></sst>', "utf-8")
    target = target.format(uri=secret.as_uri(), path=secret)
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData><row><c t="s"><v>0</v></c></row></sheetData>'
    relations = RELATIONS.format(target, mode)
    data = _edited({SHEET: sheet + "</worksheet>", "xl/_rels/workbook.xml.rels": relations})
    with pytest.raises(UnreadableFileError):
        _texts(data)


@pytest.mark.parametrize("part", [SHEET, "xl/strings.xml", "xl/workbook.xml"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_entities_are_refused(part, codec):
    data = _with_strings("<si><t>工作任务</t></si>", '<row><c t="s"><v>0</v></c></row>')
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        text = archive.read(part).decode("utf-8")
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<!DOCTYPE x [<!ENTITY e0 "弹">{bomb}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    text = text[text.index("?>") + 2 :] if text.startswith("<?") else text
    text = text.replace("工作任务", "&e11;&f;").replace('name="Sheet"', 'name="&e11;"')
    with pytest.raises(UnreadableFileError, match="entities"):
        _texts(_edited({part: (head + text).encode(codec)}, data=data))


def test_formatted_cells_cost_neither_time_nor_blocks():
    empty = "".join(f'<c r="{chr(65 + n)}{{0}}" s="1"/>' for n in range(20))
    rows = "".join(f'<row r="{n}">{empty.format(n)}</row>' for n in range(3, 60_000))
    data = _with_rows(f"<row r='1'>{_cell('甲')}{_cell('乙')}</row>{rows}<row r='1048576' ht='9'/>")
    start = time.process_time()
    assert _texts(data, max_blocks=2) == ["甲", "乙"]
    assert time.process_time() - start < 10


def test_one_endless_row_is_refused_before_it_fills_the_memory():
    data = _with_rows("<row r='1'>" + "<c s='1' t='x'/>" * 2_000_000 + "</row>")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(UnreadableFileError, match="row or string"):
        _texts(data)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 800_000  # kilobytes


def test_merged_cells_over_each_other_take_no_time():
    rows = "".join(
        f"<row r='{n}'>{''.join(_cell('甲') for _ in range(40))}</row>" for n in range(1, 500)
    )
    merged = "".join(f'<mergeCell ref="A{n}:AN1048576"/>' for n in range(1, 500))
    merged += "".join(f'<mergeCell ref="{chr(65 + n)}1:{chr(65 + n)}9"/>' for n in range(26)) * 500
    start = time.process_time()
    assert _texts(_with_rows(rows, after=f"<mergeCells>{merged}</mergeCells>")) == ["甲"]
    assert time.process_time() - start < 10


@pytest.mark.parametrize(
    ("limits", "name"),
    [
        ({"max_blocks": 1}, "max_blocks"),
        ({"max_characters": 50_000}, "max_characters"),
        ({"max_expanded_bytes": 10_000}, "max_expanded_bytes"),
        ({"max_parts": 3}, "max_parts"),
    ],
)
def test_limits_are_named(limits, name):
    data = _with_rows(f"<row>{_cell('长' * 32_767)}{_cell('长' * 32_767)}</row>")
    assert len(_texts(data)) == 2
    with pytest.raises(UnreadableFileError, match=name):
        _texts(data, **limits)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_workbook_is_an_error(share):
    data = _plain()
    with pytest.raises(UnreadableFileError):
        _texts(data[: int(len(data) * share)])


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000))
def test_damaged_parts_are_read_or_refused(seed):
    choose = random.Random(seed)  # noqa: S311
    with zipfile.ZipFile(io.BytesIO(_plain())) as archive:
        part = choose.choice([name for name in archive.namelist() if name.startswith("xl/")])
        content = bytearray(archive.read(part))
    for _ in range(choose.randint(1, 5)):
        at = choose.randrange(len(content))
        content[at : at + choose.randint(0, 20)] = choose.choice(
            [b"", b"<", b'"', b"\0", b"9" * 9, b"-1", b"</row>", content[:50]]
        )
    try:
        _texts(_edited({part: bytes(content)}))
    except TasknerError:
        return
