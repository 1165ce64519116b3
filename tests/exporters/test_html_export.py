import re
from base64 import b64encode
from hashlib import sha256

import lxml.html
import pytest
from hypothesis import given

from bare_tasks import bare_task
from notice_samples import HOSTILE
from notice_strategies import QUICK, notices
from taskner.errors import EmptyFileError
from taskner.exporters import Failure, render
from taskner.exporters.safe_text import printable
from taskner.types import Document, Notice, Span, Target


def _page(batch, **options):
    data = render(batch, format="html", **options)
    return lxml.html.document_fromstring(data, parser=lxml.html.HTMLParser(encoding="utf-8"))


def _hostile_notice():
    document = Document(id=HOSTILE, text=HOSTILE)
    span = Span.of(document, 2, 20, "TARGET")
    task = bare_task(
        HOSTILE,
        number=HOSTILE,
        path=(HOSTILE,),
        leader=HOSTILE,
        targets=(Target(span=span, scope=HOSTILE, flags=(HOSTILE,)),),
    )
    return Notice(document=document, title=HOSTILE, issuer=HOSTILE, tasks=(task,))


def test_markup_of_a_notice_stays_text():
    failure = Failure(path=HOSTILE, error=EmptyFileError(path=HOSTILE))
    page = _page([_hostile_notice(), _hostile_notice()], failures=[failure])
    assert len(page.findall(".//script")) == 1
    assert page.find(".//img") is None
    assert page.find(".//article").text_content() == printable(HOSTILE)
    assert page.find(".//h1").text_content() == printable(HOSTILE)
    handlers = [name for element in page.iter() for name in element.attrib if name[:2] == "on"]
    assert handlers == []


def test_nothing_from_outside_is_loaded_and_only_the_own_script_may_run():
    page = _page(_hostile_notice())
    policy = page.find(".//meta[@http-equiv]").get("content")
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for tag in ("script", "style"):
        digest = b64encode(sha256(page.find(f".//{tag}").text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    own = page.find(".//style").text + page.find(".//script").text
    assert not re.search(r"https?:|url\(|@import|innerHTML", own)
    assert not page.xpath("//@src | //@href")
    assert page.get("lang") == "zh-CN"


@QUICK
@given(notices())
def test_the_text_is_whole_and_every_row_finds_its_place(notice):
    page = _page(notice)
    assert page.find(".//article").text_content() == printable(notice.document.text)
    rows = page.find_class("row")
    assert len(rows) == sum(1 + len(task.targets) for task in notice.tasks)
    drawn = {name for mark in page.xpath("//article//mark") for name in mark.get("data-m").split()}
    assert {name for row in rows for name in row.get("data-m").split()} == drawn


@QUICK
@given(notices())
def test_marks_cover_their_spans(notice):
    text = _page(notice).find(".//article")
    for task in notice.tasks:
        for target in task.targets:
            marked = "".join(mark.text or "" for mark in text.find_class("target"))
            assert all(character in marked for character in printable(target.span.text))


def test_several_notices_can_be_chosen():
    notice = Notice(document=Document(id="n", text="文"))
    page = _page([notice, notice])
    assert len(page.xpath("//select[@id='choice']/option")) == 2
    assert len(page.xpath("//main[@hidden]")) == 1
    assert not _page(notice).xpath("//select")


@pytest.mark.parametrize("count", [0, 1])
def test_a_page_without_tasks_is_a_page(count):
    page = _page([Notice(document=Document(id="n", text="文"), flags=("no_task",))] * count)
    assert len(page.xpath("//main")) == count
