"""``scriptlint score``: measure the rules on labelled scripts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from scriptlint import accuracy, run
from scriptlint.accuracy import Claim, RuleTally, Score, Tally
from scriptlint.cli import _io, _session
from scriptlint.model.finding import Problem
from scriptlint.model.record import replace
from scriptlint.run import Script, Setup


@click.command("score")
@click.argument("labels", nargs=-1, required=True)
@_session.settings_options
@click.option("--files-root", metavar="DIR", help="Folder of the scripts; by default the one that holds LABELS.")
@click.option("--part", type=click.Choice(accuracy.PARTS), help="Score only the scripts of this part.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="Form of the result.")
@click.option("--verbose", "-v", is_flag=True, help="List misses and false alarms.")
def command(labels: tuple[str, ...], **options: Any) -> int:
    """Check the scripts that LABELS files (or folders of them) list and compare the findings with the labels.

    The context of a script is never given: it is inferred, as it is for a user. Of a rule, precision is the
    share of its findings that meet a label, and recall the share it meets of the labels that name it (of all
    labels of its family where none names a rule).
    """
    settings = replace(_session.settings(options, Path.cwd()), contexts=(), encodings=())
    ready = _session.prepared(settings, options)
    problems = list(ready.ruleset.problems)
    results: dict[str, Any] = {}
    for name in labels:
        scored, met = measure(name, ready, part=options["part"], root=options["files_root"])
        problems.extend(met)
        results[name] = data(scored, verbose=options["verbose"])
        if options["form"] == "text":
            _io.out("".join(f"{line}\n" for line in _lines(name, scored, verbose=options["verbose"])))
    if options["form"] == "json":
        _io.out(json.dumps(results, ensure_ascii=False, indent=2) + "\n", data=True)
    for problem in problems:
        _io.err(f"{problem.place()}: {problem.message}")
    return 2 if problems else 0


def measure(
    name: str, ready: Setup, *, part: str | None = None, root: str | None = None
) -> tuple[Score, list[Problem]]:
    """Score the rules on the scripts that one labels file lists, and what could not be checked of them.

    ``part`` takes only the scripts of that part, ``root`` is the folder of the scripts when it is not that of the
    labels. Raises a usage error when a file cannot be read, SettingsFailure when labels are wrong.
    """
    path = Path(name)
    try:
        corpus = accuracy.load(path)
    except OSError as error:
        raise click.UsageError(f'cannot read "{name}": {error.strerror}') from None
    except UnicodeDecodeError:
        raise click.UsageError(f'cannot read "{name}": it is not UTF-8') from None
    except accuracy.LabelError as error:
        raise _session.SettingsFailure(
            Problem(f"{error.path}:{line}:{column}", message) for line, column, message in error.errors
        ) from None
    if part:
        corpus = corpus.only(part)
    folder = Path(root) if root else path.parent
    texts: dict[str, str] = {}
    claims: dict[str, list[Claim]] = {}
    problems: list[Problem] = []
    for script in corpus.scripts:
        try:
            data = (folder / script.name).read_bytes()
        except OSError as error:
            raise click.UsageError(f'cannot read the script "{folder / script.name}": {error.strerror}') from None
        done = run.examine(Script(script.name, data), ready)
        texts[script.name] = done.document.source if done.document else data.decode("utf-8", "replace")
        problems.extend(problem for problem in done.problems if problem.severity != "note")
        claims[script.name] = [
            Claim(finding.family, finding.span, finding.rule)
            for finding in done.findings
            if finding.span is not None and finding.status.state == "open"
        ]
    problems.extend(Problem(script, message) for script, message in accuracy.misplaced(corpus, texts))
    return accuracy.score(corpus, texts, claims), problems


_HEAD = f"{'':<40} {'hit':>5} {'alarm':>5} {'miss':>5} {'prec':>6} {'rec':>6} {'F1':>6}  alarms/10k clean"


def _lines(name: str, scored: Score, *, verbose: bool) -> Iterator[str]:
    clean = f"{scored.clean_scripts} of them clean ({scored.clean_characters} characters)"
    yield f"{name}: {scored.scripts} scripts, {clean}"
    yield _HEAD
    for family, tally in scored.families.items():
        yield _row(family, tally, scored)
    yield _row("all", scored.total, scored)
    wanted = scored.total.wanted
    if any(wanted):
        found = scored.total.reached
        shares = (f"{kind} {found[kind]}/{wanted[kind]}" for kind in ("easy", "medium", "hard") if wanted[kind])
        yield f"found by difficulty: {', '.join(shares)}"
    yield ""
    yield f"{'rule':<40} {'right':>5} {'alarm':>5} {'label':>5} {'prec':>6} {'rec':>6} {'F1':>6}"
    for rule, counted in scored.rules.items():
        yield _rule_row(rule, counted)
    if verbose:
        yield from _details(scored)
    yield ""


def _row(title: str, tally: Tally, scored: Score) -> str:
    numbers = f"{tally.hits:5d} {tally.alarms:5d} {tally.misses:5d}"
    shares = f"{tally.precision:6.3f} {tally.recall:6.3f} {tally.f1:6.3f}"
    return f"{title:<40} {numbers} {shares}  {scored.per_10k(tally):.2f}"


def _rule_row(rule: str, tally: RuleTally) -> str:
    shares = f"{tally.precision:6.3f} {tally.recall:6.3f} {tally.f1:6.3f}"
    return f"{rule:<40} {tally.right:5d} {tally.alarms:5d} {tally.met:5d} {shares}"


def _details(scored: Score) -> Iterator[str]:
    yield ""
    yield "misses (label, family, difficulty, words):"
    for miss in scored.misses:
        label = miss.label
        missing = f"  [missing: {label.missing}]" if label.missing else ""
        place = f"{label.id or miss.script}  {label.family}  {label.difficulty or '-'}"
        yield f"  {place}  {_one_line(label.quote)}{missing}"
    yield ""
    yield "false alarms (script, rule, words):"
    for alarm in scored.alarms:
        clean = " (clean)" if alarm.clean else ""
        yield f"  {alarm.script}{clean}  {alarm.claim.rule}  {_one_line(alarm.words)}"


def _one_line(text: str) -> str:
    return text.replace("\n", "\\n")


def data(scored: Score, *, verbose: bool) -> dict[str, Any]:
    """The figures of a score as JSON has them; ``verbose`` adds every miss and false alarm."""
    figures: dict[str, Any] = {
        "scripts": scored.scripts,
        "clean_scripts": scored.clean_scripts,
        "clean_characters": scored.clean_characters,
        "all": _tally(scored.total, scored),
        "families": {family: _tally(tally, scored) for family, tally in scored.families.items()},
        "rules": {
            rule: {
                "family": tally.family,
                "right": tally.right,
                "alarms": tally.alarms,
                "neutral": tally.neutral,
                "clean_alarms": tally.clean_alarms,
                "labels_met": tally.met,
                "labels_wanted": tally.wanted,
                "precision": tally.precision,
                "recall": tally.recall,
                "f1": tally.f1,
            }
            for rule, tally in scored.rules.items()
        },
    }
    if verbose:
        figures["misses"] = [
            {
                "script": miss.script,
                "id": miss.label.id,
                "family": miss.label.family,
                "difficulty": miss.label.difficulty,
                "start": miss.label.span.start,
                "quote": miss.label.quote,
                "missing": miss.label.missing,
            }
            for miss in scored.misses
        ]
        figures["alarms"] = [
            {
                "script": alarm.script,
                "rule": alarm.claim.rule,
                "family": alarm.claim.family,
                "start": alarm.claim.span.start,
                "words": alarm.words,
                "clean": alarm.clean,
            }
            for alarm in scored.alarms
        ]
    return figures


def _tally(tally: Tally, scored: Score) -> dict[str, Any]:
    return {
        "hits": tally.hits,
        "alarms": tally.alarms,
        "misses": tally.misses,
        "duplicates": tally.duplicates,
        "neutral": tally.neutral,
        "clean_alarms": tally.clean_alarms,
        "clean_alarms_per_10k": scored.per_10k(tally),
        "precision": tally.precision,
        "recall": tally.recall,
        "f1": tally.f1,
        "found_by_difficulty": {
            kind: [tally.reached[kind], count] for kind, count in sorted(tally.wanted.items()) if kind
        },
    }
