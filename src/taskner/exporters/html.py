"""A review page: the notice's text beside its ledger, in one file without outside parts.

Everything of the notice is escaped, and the page's policy lets only the script and the
style it was written with run: their hashes are named, nothing else is allowed.
"""

from __future__ import annotations

import base64
from dataclasses import replace
from hashlib import sha256
from html import escape
from importlib.resources import files
from string import Template

from taskner.exporters.failures import missing_rows, without_tasks
from taskner.exporters.html_ledger import ledger_html
from taskner.exporters.html_text import Marks, text_html
from taskner.exporters.options import Batch
from taskner.exporters.safe_text import printable
from taskner.exporters.table import to_rows
from taskner.types import Notice


def render_html(batch: Batch) -> bytes:
    """Give the page; it is in Chinese, as its notices are."""
    style, script = read_template("review.css"), read_template("review.js")
    page = Template(read_template("review.html")).substitute(
        style=style,
        script=script,
        style_hash=_hash(style),
        script_hash=_hash(script),
        title=_text(_name(batch.notices[0]) if len(batch.notices) == 1 else "台账审阅"),
        choice=_choice(batch),
        notices="".join(notice_html(number, notice) for number, notice in enumerate(batch.notices)),
        failures=_failures(replace(batch, language="zh")),
    )
    return page.encode("utf-8")


def notice_html(number: int, notice: Notice) -> str:
    """Give title, facts, marked text and ledger of the notice with this number on its page."""
    marks = Marks(prefix=str(number))
    # The ledger names the marks that its rows show; the text then draws them.
    ledger = ledger_html(notice, marks)
    return Template(read_template("notice.html")).substitute(
        number=number,
        hidden=" hidden" if number else "",
        title=_text(_name(notice)),
        facts=_facts(notice),
        text=text_html(notice, marks),
        ledger=ledger,
    )


def _facts(notice: Notice) -> str:
    rows = to_rows(notice)
    n_targets = sum(len(task.targets) for task in notice.tasks)
    n_review = sum(1 for row in rows if row.review)
    facts = [
        notice.issuer,
        notice.number,
        notice.issued.isoformat() if notice.issued else None,
        f"任务 {len(notice.tasks)}",
        f"目标 {n_targets}",
        f"需复核 {n_review}",
    ]
    return "".join(f"<li>{_text(fact)}</li>" for fact in facts if fact)


def _choice(batch: Batch) -> str:
    if len(batch.notices) <= 1:
        return ""
    options = "".join(
        f'<option value="{number}">{_text(_name(notice))}</option>'
        for number, notice in enumerate(batch.notices)
    )
    return f'<select id="choice" aria-label="选择通知">{options}</select>'


def _failures(batch: Batch) -> str:
    items = "".join(
        f"<li><b>{_text(path)}</b> {_text(kind)}<small>{_text(advice)}</small></li>"
        for path, kind, advice in missing_rows(batch)
    )
    if not items:
        return ""
    counts = {"未能处理": len(batch.failures), "未发现任务": len(without_tasks(batch))}
    parts = "，".join(f"{what} {count} 个文件" for what, count in counts.items() if count)
    summary = f"<summary>{parts}</summary>"
    return f'<details class="failures">{summary}<ul>{items}</ul></details>'


def _name(notice: Notice) -> str:
    return notice.title or notice.document.id


def _text(text: str) -> str:
    return escape(printable(text))


def _hash(text: str) -> str:
    return base64.b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")


def read_template(name: str) -> str:
    """Give a file of the templates' folder."""
    return (files("taskner.exporters") / "templates" / name).read_text("utf-8")
