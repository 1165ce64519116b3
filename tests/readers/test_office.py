"""Old office files: converted by the real LibreOffice, and by programs that misbehave."""

import os
import signal
import stat
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO

import openpyxl
import psutil
import pytest

from notice_reading import ledger
from taskner.errors import (
    NeedsConversionError,
    OverLimitError,
    ReadTimeoutError,
    UnreadableFileError,
)
from taskner.notices import parse_notice
from taskner.pipeline import Content
from taskner.pipeline.workers import read_many
from taskner.readers import ReaderConfig, read_bytes
from taskner.readers.office import ENVIRONMENT, find_soffice
from taskner.readers.office_profile import PROFILE
from word_files import archive_of, level, lists, paragraph, table, word_file

NUMBERED = "一、 新建公园3个。\n二、 改造小区20个。\n"


def ole(stream):
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
    return head + stream.encode("utf-16-le").ljust(128, b"\0")


OLD_WORD = ole("WordDocument")
ROWS = [
    ("序号", "工作任务", "完成时限", "责任单位"),
    ("1", "新建口袋公园3个以上，绿道5公里。", "6月底前", "★县园林局、县财政局"),
    ("2", "改造老旧小区20个，惠及4500户。", "年底前", "★县住建局、各街道"),
    ("3", "建成养老驿站8家。", "9月底前", "★县民政局"),
]
LINES = [
    (0, "一、", "稳住工业增长"),
    (1, "1.", "新建标准厂房12万平方米以上。"),
    (1, "", "责任单位：县经信局"),
]


def word_notice(*, numbered=True):
    """A notice with a list and a table; ``numbered`` by Word, or by hand."""
    levels = level(0, "chineseCounting", "%1、") + level(1, "decimal", "%2.")
    body = paragraph("云溪县人民政府办公室关于分解2031年重点工作任务的通知")
    body += paragraph("各镇人民政府，县级各部门：")
    for depth, number, text in LINES:
        if numbered and number:
            body += paragraph(text, num=1, ilvl=depth)
        else:
            body += paragraph(number + text)
    body += paragraph("附件 重点工作任务表") + table(ROWS) + paragraph("（此件公开发布）")
    return word_file(body, numbering=lists(levels))


def workbook():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["云溪县2031年重点工作任务表"])
    sheet.merge_cells("A1:D1")
    for row in ROWS:
        sheet.append(row)
    sheet.append(["4", "惠企政策宣讲12场。", None, "县工商联"])
    sheet.merge_cells("C5:C6")
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def soffice(tmp_path, monkeypatch):
    """Put a program of our own in the place of LibreOffice."""

    def put(script):
        path = tmp_path / "soffice"
        path.write_text(
            f"#!{sys.executable}\nimport os, subprocess, sys, time\n{script}\n", "utf-8"
        )
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv(ENVIRONMENT, str(path))

    return put


@pytest.fixture
def convert(tmp_path):
    """Convert with the real LibreOffice, as its user would."""

    def run(data, suffix, to):
        source = tmp_path / f"source.{suffix}"
        source.write_bytes(data)
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        command = [find_soffice(), profile, "--headless", "--convert-to", to]
        subprocess.run(
            [*command, "--outdir", str(tmp_path), str(source)], check=True, capture_output=True
        )
        return (tmp_path / f"source.{to.partition(':')[0]}").read_bytes()

    return run


def read(data, name, **limits):
    return parse_notice(read_bytes(data, name=name, config=ReaderConfig(**limits)))


@pytest.mark.parametrize(
    ("content", "name", "wanted"),
    [
        (OLD_WORD, "a.doc", ".docx"),
        (OLD_WORD, "a.docx", ".docx"),
        (b"{\\rtf1\\ansi x}", "a.rtf", ".docx"),
        (
            OLD_WORD.replace(
                b"W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0",
                b"W\0o\0r\0k\0b\0o\0o\0k\0".ljust(24, b"\0"),
            ),
            "a.et",
            ".xlsx",
        ),
    ],
)
def test_without_libreoffice_the_way_out_is_told(content, name, wanted, monkeypatch, tmp_path):
    monkeypatch.setenv(ENVIRONMENT, str(tmp_path / "absent"))
    with pytest.raises(NeedsConversionError, match=rf"install LibreOffice .* save it as \{wanted}"):
        read_bytes(content, name=name)


def test_a_converter_that_hangs_is_ended_with_its_children(soffice, tmp_path):
    noted = tmp_path / "pid"
    soffice(
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        f"open({str(noted)!r}, 'w').write(str(child.pid))\ntime.sleep(600)"
    )
    began = time.monotonic()
    with pytest.raises(ReadTimeoutError, match="max_seconds = 3"):
        read(OLD_WORD, "a.doc", max_seconds=3.0)
    assert time.monotonic() - began < 30
    child = int(noted.read_text("ascii"))
    deadline = time.monotonic() + 30
    while psutil.pid_exists(child) and psutil.Process(child).status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_children_that_outlive_the_converter_are_ended(soffice, tmp_path):
    noted = tmp_path / "pid"
    soffice(
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        f"open({str(noted)!r}, 'w').write(str(child.pid))"
    )
    with pytest.raises(UnreadableFileError, match="LibreOffice cannot convert"):
        read(OLD_WORD, "a.doc")
    child = int(noted.read_text("ascii"))
    deadline = time.monotonic() + 30
    while psutil.pid_exists(child) and psutil.Process(child).status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_what_is_written_is_limited(soffice):
    soffice(
        "out = sys.argv[sys.argv.index('--outdir') + 1]\n"
        "with open(out + '/notice.docx', 'wb') as file:\n"
        "    while True:\n        file.write(bytes(1_000_000)); file.flush()"
    )
    with pytest.raises(OverLimitError, match="max_expanded_bytes = 20000000"):
        read(OLD_WORD, "a.doc", max_expanded_bytes=20_000_000)


def test_what_is_no_word_file_is_not_passed_on(soffice):
    soffice(
        "out = sys.argv[sys.argv.index('--outdir') + 1]\n"
        "open(out + '/notice.docx', 'wb').write(b'PK garbage')"
    )
    with pytest.raises(UnreadableFileError):
        read(OLD_WORD, "a.doc")


def test_a_hanging_converter_costs_a_batch_one_file(soffice):
    soffice("time.sleep(600)")
    good = Content(name="a.txt", data="1.新建公园3个。\n责任单位:县园林局\n".encode())
    inputs = [Content(name="a.doc", data=OLD_WORD), good]
    (_, hung), (_, read_after) = read_many(inputs, limits=ReaderConfig(max_seconds=3.0))
    assert isinstance(hung, ReadTimeoutError)
    assert len(read_after.tasks) == 1


@pytest.mark.real
@pytest.mark.parametrize("suffix", ["doc", "odt", "rtf", "wps", "docx"])
def test_a_word_notice_gives_the_same_ledger_in_old_formats(convert, suffix):
    # LibreOffice writes Chinese numbers of lists into RTF as question marks.
    word = word_notice(numbered=suffix != "rtf")
    expected = ledger(read(word, "通知.docx"))
    assert len(expected) == 4
    old = word if suffix == "docx" else convert(word, "docx", "doc" if suffix == "wps" else suffix)
    notice = read(old, f"通知.{suffix}")
    assert ledger(notice) == expected
    assert notice.document.source.reader == ("doc" if suffix == "wps" else suffix)


@pytest.mark.real
@pytest.mark.parametrize("suffix", ["xls", "ods", "et"])
def test_a_workbook_gives_the_same_ledger_in_old_formats(convert, suffix):
    book = workbook()
    expected = ledger(read(book, "任务.xlsx"))
    assert len(expected) == 4
    old = convert(book, "xlsx", "xls" if suffix == "et" else suffix)
    assert ledger(read(old, f"任务.{suffix}")) == expected


@pytest.mark.real
def test_a_word_file_saved_as_xml_is_read(convert):
    word = word_notice(numbered=False)
    xml = convert(word, "docx", "xml:MS Word 2003 XML")
    for name in ("通知.doc", "通知.docx", "通知.xml"):
        notice = read(xml, name)
        assert ledger(notice) == ledger(read(word, "通知.docx"))
        assert notice.document.source.media_type == "application/msword"


@pytest.mark.real
def test_a_workbook_saved_as_xml_is_read():
    rows = "".join(
        "<Row>"
        + "".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in row)
        + "</Row>"
        for row in ROWS
    )
    xml = (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f'<Worksheet ss:Name="任务"><Table>{rows}</Table></Worksheet></Workbook>'
    )
    notice = read(xml.encode(), "任务.xls")
    assert [row[4] for row in ledger(notice)] == [row[1] for row in ROWS[1:]]


@pytest.mark.real
def test_lists_of_rtf_as_word_writes_them():
    levels = (
        r"{\*\listtable{\list\listtemplateid1\listhybrid{\listlevel\levelnfc37\levelnfcn37"
        r"\levelstartat1{\leveltext\leveltemplateid1\'02\'00\u12289 ?;}{\levelnumbers\'01;}}"
        r"{\listname ;}\listid1}}{\*\listoverridetable{\listoverride\listid1"
        r"\listoverridecount0\ls1}}"
    )
    lines = "".join(
        r"\pard\plain\ls1\ilvl0 " + "".join(rf"\u{ord(c)} ?" for c in text) + r"\par"
        for text in ("新建公园3个。", "改造小区20个。")
    )
    rtf = rf"{{\rtf1\ansi\deff0{{\fonttbl{{\f0\fnil SimSun;}}}}{levels}{lines}}}"
    assert read_bytes(rtf.encode(), name="a.rtf").text == NUMBERED


@pytest.mark.real
def test_nothing_is_left_behind(convert, tmp_path, monkeypatch):
    place = tmp_path / "places"
    place.mkdir()
    monkeypatch.setenv("TMPDIR", str(place))
    monkeypatch.setattr("tempfile.tempdir", None)
    old = convert(word_notice(), "docx", "doc")
    read(old, "通知.doc")
    assert list(place.iterdir()) == []
    with pytest.raises(UnreadableFileError, match="LibreOffice cannot convert"):
        read(old[:3_000], "通知.doc")
    assert list(place.iterdir()) == []
    for process in psutil.process_iter(["cmdline"]):
        assert str(place) not in " ".join(process.info["cmdline"] or ())


MANIFEST = (
    '<?xml version="1.0"?><manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" '
    'manifest:media-type="application/vnd.oasis.opendocument.text"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "{more}</manifest:manifest>"
)
CONTENT = (
    '<?xml version="1.0"?><office:document-content office:version="1.3" '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
    'xmlns:dom="http://www.w3.org/2001/xml-events" '
    'xmlns:ooo="http://openoffice.org/2004/office" '
    'xmlns:xlink="http://www.w3.org/1999/xlink">{scripts}<office:body><office:text>'
    "<text:p>1.新建公园3个。</text:p>{body}</office:text></office:body>"
    "</office:document-content>"
)


def open_document(body="", *, scripts="", more="", **parts):
    return archive_of(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "META-INF/manifest.xml": MANIFEST.format(more=more),
            "content.xml": CONTENT.format(scripts=scripts, body=body),
            **parts,
        }
    )


def with_macro(noted):
    """A text whose macro writes a file as soon as it is opened."""
    library = (
        '<?xml version="1.0"?><library:library '
        'xmlns:library="http://openoffice.org/2000/library" library:name="Standard" '
        'library:readonly="false" library:passwordprotected="false">'
        '<library:element library:name="Module1"/></library:library>'
    )
    libraries = (
        '<?xml version="1.0"?><library:libraries '
        'xmlns:library="http://openoffice.org/2000/library" '
        'xmlns:xlink="http://www.w3.org/1999/xlink">'
        '<library:library library:name="Standard" library:link="false"/></library:libraries>'
    )
    code = (
        f'Sub Main\nn = FreeFile\nOpen "{noted}" For Output As #n\nPrint #n, "ran"\n'
        "Close #n\nEnd Sub"
    ).replace('"', "&quot;")
    module = (
        '<?xml version="1.0"?><script:module '
        'xmlns:script="http://openoffice.org/2000/script" script:name="Module1" '
        f'script:language="StarBasic">{code}</script:module>'
    )
    names = {
        "Basic/script-lc.xml": libraries,
        "Basic/Standard/script-lb.xml": library,
        "Basic/Standard/Module1.xml": module,
    }
    more = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>'
        for name in names
    )
    scripts = (
        "<office:scripts><office:event-listeners><script:event-listener "
        'script:language="ooo:script" script:event-name="dom:load" xlink:type="simple" '
        'xlink:href="vnd.sun.star.script:Standard.Module1.Main?language=Basic&amp;'
        'location=document"/></office:event-listeners></office:scripts>'
    )
    return open_document(scripts=scripts, more=more, **names)


def runs_macro(data, noted, profile, tmp_path, *, seconds):
    """Open a file as a person would, with a profile, and see whether its macro runs."""
    user = tmp_path / "profile" / "user"
    user.mkdir(parents=True, exist_ok=True)
    (user / "registrymodifications.xcu").write_text(profile, "utf-8")
    (tmp_path / "a.odt").write_bytes(data)
    arguments = [f"-env:UserInstallation={user.parent.as_uri()}", "--headless", "--norestore"]
    with subprocess.Popen(
        [find_soffice(), *arguments, str(tmp_path / "a.odt")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        end = time.monotonic() + seconds
        while time.monotonic() < end and not noted.exists():
            time.sleep(0.1)
        os.killpg(process.pid, signal.SIGKILL)
    ran = noted.exists()
    noted.unlink(missing_ok=True)
    return ran


@pytest.mark.real
def test_a_macro_is_not_run(tmp_path):
    noted = tmp_path / "ran"
    data = with_macro(noted)
    trusting = PROFILE.replace("<value>3</value>", "<value>0</value>", 1).replace(
        'oor:name="DisableMacrosExecution" oor:op="fuse"><value>true',
        'oor:name="DisableMacrosExecution" oor:op="fuse"><value>false',
    )
    began = time.monotonic()
    assert runs_macro(data, noted, trusting, tmp_path, seconds=120)
    needed = time.monotonic() - began
    assert not runs_macro(data, noted, PROFILE, tmp_path, seconds=2 * needed)
    assert "新建公园3个" in read_bytes(data, name="a.odt").text
    assert not noted.exists()


@pytest.fixture
def server():
    """A server that notes what it is asked for."""
    asked = []

    class Noting(BaseHTTPRequestHandler):
        def answer(self):
            asked.append(self.path)
            self.send_error(404)

        def __getattr__(self, name):
            if name.startswith("do_"):
                return self.answer
            raise AttributeError(name)

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Noting) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{http.server_port}", asked
        http.shutdown()


@pytest.mark.real
def test_links_to_files_and_to_the_network_are_not_followed(tmp_path, server, convert):
    address, asked = server
    secret = tmp_path / "secret.txt"
    secret.write_text("秘密内容", "utf-8")
    sections = "".join(
        f'<text:section text:name="s{n}"><text:section-source xlink:href="{href}" '
        'xlink:type="simple" xlink:show="embed"/><text:p>旧</text:p></text:section>'
        for n, href in enumerate((secret.as_uri(), f"{address}/text.txt"))
    )
    picture = (
        '<text:p><draw:frame draw:name="p" text:anchor-type="as-char" svg:width="1cm" '
        f'svg:height="1cm"><draw:image xlink:href="{address}/picture.png"/></draw:frame></text:p>'
    )
    data = open_document(sections + picture)
    convert(data, "odt", "docx")
    assert "/picture.png" in asked  # as LibreOffice does by itself
    asked.clear()
    text = read_bytes(data, name="a.odt").text
    rtf = (
        r"{\rtf1{\field{\*\fldinst INCLUDEPICTURE \\d "
        rf'"{address}/rtf.png"}}{{\fldrslt x}}}}{{\field{{\*\fldinst INCLUDETEXT "{secret}"}}'
        r"{\fldrslt y}} \u20844?\u22253?3\par}"
    )
    text += read_bytes(rtf.encode(), name="a.rtf").text
    assert "新建公园3个" in text
    assert "秘密内容" not in text
    assert asked == []
