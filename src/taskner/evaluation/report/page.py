"""A report as one page without outside parts: tables that sort, plots, mistakes to leaf through.

Everything shown is escaped, and the page's policy lets only its own script and style run.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from hashlib import sha256
from html import escape
from importlib.resources import files
from string import Template

from taskner.evaluation.report.evidence import Language, Report
from taskner.evaluation.report.gallery import gallery_html, kind_name
from taskner.evaluation.report.markdown import tables
from taskner.evaluation.report.plots import plot_curve, plot_reliability
from taskner.evaluation.report.words import word


def report_to_html(report: Report, *, language: Language = "en") -> str:
    """Give the page.

    Raises:
        MissingExtraError: The report has plots and matplotlib is not installed.
    """
    style, script = _template("report.css"), _template("report.js")
    return Template(_template("report.html")).substitute(
        lang="en" if language == "en" else "zh-CN",
        style=style,
        script=script,
        script_hash=_hash(script),
        title=escape(word("title", language, model=report.model)),
        facts="".join(
            f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>"
            for name, value in report.facts.items()
        ),
        notes="".join(f"<p>{escape(note)}</p>" for note in report.notes),
        hint=word("sort_hint", language),
        absent=word("absent", language),
        tables="".join(_section(*table) for table in tables(report, language)),
        plots=_plots(report, language),
        gallery=_gallery(report, language),
    )


def _section(title: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = "".join(f'<th><button type="button">{escape(cell)}</button></th>' for cell in header)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    table = f'<table class="sortable"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return f'<section><h2>{escape(title)}</h2><div class="scroll">{table}</div></section>'


def _plots(report: Report, language: Language) -> str:
    figures = []
    if report.reliability:
        figures.append(("plot_reliability", plot_reliability(report.reliability)))
    if report.curve:
        figures.append(("plot_curve", plot_curve(report.curve)))
    return "".join(
        f'<figure><div role="img" aria-label="{escape(word(name, language), quote=True)}">{svg}'
        f"</div><figcaption>{escape(word(name, language))}</figcaption></figure>"
        for name, svg in figures
    )


def _gallery(report: Report, language: Language) -> str:
    if not report.mistakes:
        return ""
    kinds: dict[str, int] = {}
    for mistake in report.mistakes:
        kinds[kind_name(mistake)] = kinds.get(kind_name(mistake), 0) + 1
    ranked = sorted(kinds.items(), key=lambda item: (-item[1], item[0]))
    options = "".join(
        f'<option value="{escape(name, quote=True)}">{escape(name)}: {count}</option>'
        for name, count in ranked
    )
    order = {name: index for index, (name, _) in enumerate(ranked)}
    shown = tuple(sorted(report.mistakes, key=lambda it: order[kind_name(it)]))
    label = escape(word("gallery", language))
    every = escape(word("all_kinds", language))
    return (
        f"<section><h2>{label}</h2>"
        f'<p><select id="kind" aria-label="{label}"><option value="">{every}</option>{options}'
        f'</select> <output id="shown"></output></p>'
        f'<ol id="gallery">{gallery_html(shown, report.texts, language)}</ol></section>'
    )


def _hash(text: str) -> str:
    return base64.b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")


def _template(name: str) -> str:
    return (files("taskner.evaluation.report") / "templates" / name).read_text("utf-8")
