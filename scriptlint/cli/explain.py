"""``scriptlint explain``: a rule, or what was tried on one line of a script."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from scriptlint import catalog, discover, run
from scriptlint.cli import _io, _session
from scriptlint.model.document import Document
from scriptlint.model.lazy import lazy_re
from scriptlint.model.span import LineIndex, Span
from scriptlint.run import Examined, Script, Setup

_PLACE = lazy_re(r"(.+?):(\d+)(?::(\d+))?$")

_OUTCOMES = {
    "zh": {
        "found": "报出",
        "cleared": "命中后排除，因为",
        "speaker": "不报:说话人是",
        "scope": "不报:所在位置是",
        "context": "不报:语境不符",
        "superseded": "不报:已由另一规则报出",
        "suppressed": "已被注释屏蔽:",
        "none": "没有规则在这一行命中。",
        "by": "依据文字",
    },
    "en": {
        "found": "reported",
        "cleared": "matched, but cleared by",
        "speaker": "not reported: the speaker is",
        "scope": "not reported: the words stand in",
        "context": "not reported: wrong context",
        "superseded": "not reported: another rule says it,",
        "suppressed": "suppressed by a comment:",
        "none": "No rule matched on this line.",
        "by": "because of",
    },
}


@click.command("explain")
@click.argument("what")
@_session.settings_options
@_session.context_options
def command(what: str, **options: Any) -> int:
    """Explain WHAT: the name of a rule, or a place in a script such as sms/july.txt:12.

    For a place it shows which rules matched there, and for those that stay silent what cleared the words.
    """
    cwd = Path.cwd()
    ready = _session.setup(options, cwd)
    place = _PLACE.match(what)
    if place is not None:
        return _explain_line(cwd / place[1], int(place[2]), ready, cwd)
    if (cwd / what).is_file():
        raise click.UsageError(f'which line? For example "{what}:1"')
    pages = [catalog.page(ready.ruleset, name, ready.settings.lang) for name in _session.resolved(ready, what)]
    _io.out("\n".join(pages))
    return _session.tell(ready.ruleset.problems)


def _explain_line(path: Path, line: int, ready: Setup, cwd: Path) -> int:
    shown = discover.shown_path(path, cwd)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise click.UsageError(f'cannot read "{shown}": {error.strerror}') from None
    done = run.examine(Script(shown, data, path), ready)
    if done.document is None:
        for problem in done.problems:
            _io.err(f"{problem.place()}: {problem.message}")
        return 3
    lines = done.document.line_index()
    if not 1 <= line <= lines.lines:
        raise click.UsageError(f'"{shown}" has {lines.lines} lines, so there is no line {line}')
    _io.out("".join(f"{text}\n" for text in _tried(done, done.document, lines, line, ready)))
    return 0


def _tried(done: Examined, document: Document, lines: LineIndex, line: int, ready: Setup) -> Iterator[str]:
    words = _OUTCOMES["en" if ready.settings.lang == "en" else "zh"]
    start = lines.line_start(line)
    end = lines.line_start(line + 1) if line < lines.lines else len(document.source) + 1
    here = Span(start, end)
    yield f"{document.path}:{line}"
    assert done.context is not None
    facts = done.context.document.facts
    known = "; ".join(f"{key}={','.join(fact.values)} ({fact.origin})" for key, fact in sorted(facts.items()))
    yield f"  {known}"
    silenced = {
        (finding.rule, finding.span): finding.status.reason
        for finding in done.findings
        if finding.status.state == "suppressed"
    }
    # Rules that find personal data run even when they are not selected; what they found is not printed.
    masking = ready.ruleset.masking
    private = [entry.span for entry in done.trace if entry.rule in masking and entry.outcome == "found"]
    excerpts = {(finding.rule, finding.span): finding.excerpt for finding in done.findings}
    none = True
    for entry in done.trace:
        if not _touches(here, entry.span):
            continue
        none = False
        text = excerpts.get((entry.rule, entry.span)) or _masked(document.source, entry.span, private)
        place = lines.position(entry.span.start)
        why = f"{words.get(entry.outcome, entry.outcome)} {entry.reason}".strip()
        if entry.evidence is not None and entry.outcome == "cleared":
            why += f" ({words['by']}「{_masked(document.source, entry.evidence, private)}」)"
        if (entry.rule, entry.span) in silenced:
            why += f"; {words['suppressed']} {silenced[entry.rule, entry.span]}"
        yield f"  {place.line}:{place.column} {entry.rule} 「{text}」 {why}"
    if none:
        yield f"  {words['none']}"


def _touches(line: Span, span: Span) -> bool:
    return line.start <= span.start < line.end or span.overlaps(line)


def _masked(source: str, span: Span, private: Sequence[Span], limit: int = 60) -> str:
    shown = [
        "*" if any(hidden.start <= offset < hidden.end for hidden in private) else source[offset]
        for offset in range(span.start, span.end)
    ]
    text = " ".join("".join(shown).split())
    return text if len(text) <= limit else text[: limit - 1] + "…"
