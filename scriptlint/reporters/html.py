"""One page to look at: overview, filters, and every text with its findings in place. It needs no network and no server.

What the page says comes from outside, so its policy allows no script and no style but its own two, by their digests.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from importlib.resources import files

from scriptlint.model.report import Report
from scriptlint.reporters._html import overview, parts
from scriptlint.reporters._html.escaping import Html, joined, tag, void
from scriptlint.reporters._html.notes import Numbered
from scriptlint.reporters._html.texts import Allowance
from scriptlint.reporters._html.words import Words
from scriptlint.reporters._options import PLAIN, Options

NEEDS_TEXT = True
_QUIET_TEXT = 400_000
"""Characters of text without findings that a report holds at most."""


def render(report: Report, options: Options = PLAIN) -> str:  # noqa: ARG001
    """The whole page."""
    words = Words(report.lang)
    numbered = _numbered(report)
    style, script = _own("page.css"), _own("page.js")
    head = joined(
        void("meta", charset="utf-8"),
        void("meta", http_equiv="Content-Security-Policy", content=_policy(style, script)),
        void("meta", name="viewport", content="width=device-width, initial-scale=1"),
        void("meta", name="referrer", content="no-referrer"),
        void("meta", name="generator", content=f"scriptlint {report.version}"),
        void("link", rel="icon", href="data:,"),
        tag("title", f"{words['title']} {report.as_of}"),
        Html(f"<style>{style}</style>"),
    )
    main = joined(
        overview.section(report, numbered, words),
        parts.problems(report, words),
        parts.filters(numbered, words),
        tag("div", joined(*_files(report, numbered, words)), id="results", tabindex="-1"),
        tag("p", words["none_left"], id="none", hidden=True),
        parts.file_table(report, numbered, words),
        parts.facts(report, words),
    )
    body = joined(
        tag("a", words["skip"], href="#results", cls="skip"),
        overview.header(report, words),
        tag("main", main),
        Html(f"<script>{script}</script>"),
    )
    lang = "en" if words.lang == "en" else "zh-CN"
    page = joined(Html("<!doctype html>\n"), tag("html", joined(tag("head", head), tag("body", body)), lang=lang))
    return page + "\n"


def _numbered(report: Report) -> list[Numbered]:
    files = {record.path: index for index, record in enumerate(report.files, 1)}
    titles = {rule.id: rule.title.get(report.lang) for rule in report.rulebook}
    return [
        Numbered(number, finding, files.get(finding.path, 0), titles.get(finding.rule, ""))
        for number, finding in enumerate(report.findings, 1)
    ]


def _files(report: Report, numbered: list[Numbered], words: Words) -> Iterator[Html]:
    """A section for each file in which something was found, then those that are clean; findings of no file come last."""
    by_file: dict[int, list[Numbered]] = {}
    for item in numbered:
        by_file.setdefault(item.file, []).append(item)
    allowance = Allowance(_QUIET_TEXT)
    yield tag("h2", words["results"])
    for index, record in enumerate(report.files, 1):
        if index in by_file:
            quoted = report.texts.get(record.path, ())
            yield parts.file_section(index, record, quoted, by_file[index], words, allowance)
    if 0 in by_file:
        yield parts.elsewhere(by_file[0], words)
    clean = [
        parts.clean_file(index, record, report.texts.get(record.path, ()), words, allowance)
        for index, record in enumerate(report.files, 1)
        if index not in by_file and record.state in ("checked", "partial")
    ]
    if clean:
        heading = tag("h2", joined(words["clean_files"], " ", tag("span", len(clean), cls="quiet")))
        yield tag("section", joined(heading, *clean), id="clean")


def _own(name: str) -> str:
    return files("scriptlint.reporters._html").joinpath(name).read_text(encoding="utf-8").strip()


def _policy(style: str, script: str) -> str:
    allowed = {"style-src": style, "script-src": script}
    rules = ["default-src 'none'", "img-src data:", "base-uri 'none'", "form-action 'none'"]
    for name, source in allowed.items():
        digest = b64encode(sha256(source.encode("utf-8")).digest()).decode("ascii")
        rules.append(f"{name} 'sha256-{digest}'")
    return "; ".join(rules)
