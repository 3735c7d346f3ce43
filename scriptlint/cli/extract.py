"""``scriptlint extract``: the text of a file exactly as it is checked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from scriptlint import discover, run
from scriptlint.cli import _io, _session
from scriptlint.model.document import Document, ReadError, Segment
from scriptlint.model.span import LineIndex, Span
from scriptlint.run import Script


@click.command("extract")
@click.argument("file")
@_session.settings_options
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="Form of the output.")
def command(file: str, **options: Any) -> int:
    """Show each run of text in FILE with its place, scope, speaker, section and label.

    Personal data is printed as it stands in the file.
    """
    cwd = Path.cwd()
    settings = _session.settings(options, cwd)
    path = cwd / file
    shown = discover.shown_path(path, cwd)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise click.UsageError(f'cannot read "{shown}": {error.strerror}') from None
    try:
        document = run.read(Script(shown, data, path), settings)
    except ReadError as error:
        _io.err(f"{shown}: {error.message}" + (f" ({error.hint})" if error.hint else ""))
        return 3
    lines = document.line_index()
    if options["form"] == "json":
        _io.out(json.dumps(_data(document, lines), ensure_ascii=False, indent=2) + "\n", data=True)
    else:
        _io.out("".join(f"{_line(segment, lines)}\n" for segment in document.segments))
    for part in document.unread:
        place = lines.position(part.span.start) if part.span else None
        where = f"{shown}:{place.line}:{place.column}" if place else shown
        _io.err(f"{where}: not read: {part}")
    return 3 if document.unread else 0


def _line(segment: Segment, lines: LineIndex) -> str:
    start = lines.position(_whole(segment).start)
    parts = [f"{start.line}:{start.column}", str(segment.scope), str(segment.role)]
    if segment.locator:
        parts.append(f"({segment.locator})")
    if segment.section:
        parts.append("§ " + " > ".join(segment.section))
    if segment.label:
        parts.append(f"[{segment.label}]")
    text = segment.text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\t", "\\t")
    return f"{' '.join(parts)} | {text}"


def _data(document: Document, lines: LineIndex) -> dict[str, Any]:
    return {
        "path": document.path,
        "format": document.format,
        "encoding": document.encoding,
        "characters": len(document.source),
        "front_matter": {key: list(values) for key, values in document.front_matter.items()},
        "segments": [_segment(segment, lines) for segment in document.segments],
        "unread": [
            {"start": part.span.start if part.span else None, "reason": part.reason, "locator": part.locator}
            for part in document.unread
        ],
        "notes": list(document.notes),
    }


def _segment(segment: Segment, lines: LineIndex) -> dict[str, Any]:
    place = _whole(segment)
    start, end = lines.position(place.start), lines.position(place.end)
    return {
        "text": segment.text,
        "scope": str(segment.scope),
        "role": str(segment.role),
        "section": list(segment.section),
        "label": segment.label,
        "record": segment.record,
        "locator": segment.locator,
        "hidden": segment.prominence.hidden if segment.prominence else False,
        "start": place.start,
        "end": place.end,
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
    }


def _whole(segment: Segment) -> Span:
    return segment.to_source(Span(0, len(segment.text)))
