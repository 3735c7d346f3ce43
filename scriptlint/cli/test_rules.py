"""``scriptlint test-rules``: rules against their own examples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from scriptlint import catalog, packs, ruletests
from scriptlint.cli import _io, _session
from scriptlint.model.record import replace
from scriptlint.model.rule import Example
from scriptlint.ruletests import Outcome
from scriptlint.run import Setup

_TITLES = {
    "missing": "Missing (a failing example in which the marked words are not found exactly)",
    "noisy": "Noisy (a passing example with findings)",
    "closed": "Known gaps that are closed (move them to fail or pass)",
    "unread": "Unread (an example its reader refuses)",
}


@click.command("test-rules")
@click.argument("what", nargs=-1)
@_session.settings_options
def command(what: tuple[str, ...], **options: Any) -> int:
    """Test rules by the examples in their files.

    WHAT names rule files, folders of rules, or rules, families and packs by name; everything by default.
    Ends with 1 when an example fails, or when a known gap is closed and the file still calls it one.
    """
    cwd = Path.cwd()
    settings = _session.settings(options, cwd)
    paths = [cwd / name for name in what if (cwd / name).exists()]
    names = [name for name in what if not (cwd / name).exists()]
    own = packs.find_rules_dir().resolve()
    outside = tuple(dict.fromkeys(folder for path in paths if (folder := packs_folder(path)) != own))
    further = replace(settings, preview=True, rules_paths=tuple(dict.fromkeys((*settings.rules_paths, *outside))))
    # A checkout's own packs stand in for the installed ones of the same name.
    replaced = {pack.name for pack in own.iterdir() if pack.is_dir()} & {
        pack.name for folder in outside if folder.is_dir() for pack in folder.iterdir() if pack.is_dir()
    }
    ready = _session.prepared(further, options, own_packs=not replaced)
    chosen = _chosen(ready, paths, names)
    tested = [name for name in chosen if name in ready.ruleset.rules]
    outcomes = ruletests.run(ready.ruleset, tested)
    _io.out("".join(f"{line}\n" for line in _lines(ready, tested, outcomes)))
    code = 1 if any(outcome.state != "ok" for outcome in outcomes) else 0
    return max(code, _session.tell(ready.ruleset.problems))


def packs_folder(path: Path) -> Path:
    """The folder of packs that a rule file, a family, a pack or the folder itself belongs to."""
    path = path.resolve()
    for folder in (path, *path.parents):
        if (folder / "sources.yaml").is_file() or (folder / "vocabulary").is_dir():
            return folder.parent
    # A pack of one's own may hold nothing but rules: packs/<pack>/<family>/<rule>.yaml
    if path.is_file():
        return path.parent.parent.parent
    return path


def _chosen(ready: Setup, paths: Sequence[Path], names: Sequence[str]) -> list[str]:
    rules = ready.ruleset.all_rules
    if not paths and not names:
        return list(rules)
    chosen = {full for name in names for full in _session.resolved(ready, name)}
    for path in paths:
        base = packs_folder(path)
        inside = path.resolve().relative_to(base.parent).as_posix()
        found = {name for name, rule in rules.items() if f"{rule.path}/".startswith(f"{inside}/")}
        if not found and not ready.ruleset.problems:
            raise click.UsageError(f'there are no rules in "{path}"')
        chosen |= found
    return [name for name in rules if name in chosen]


def _lines(ready: Setup, tested: Sequence[str], outcomes: Sequence[Outcome]) -> Iterator[str]:
    for state, title in _TITLES.items():
        those = [outcome for outcome in outcomes if outcome.state == state]
        if not those:
            continue
        yield f"{title}: {len(those)}"
        for outcome in those:
            yield from _outcome(outcome)
        yield ""
    few = ruletests.thin(ready.ruleset, tested)
    if few:
        yield f"Few examples (fewer than {ruletests.ENOUGH} failing or passing): {len(few)}"
        yield from (f"  {thin.path}: {thin.failing} fail, {thin.passing} pass" for thin in few)
        yield ""
    gaps = sum(outcome.example.expect.startswith("known") for outcome in outcomes)
    wrong = sum(outcome.state != "ok" for outcome in outcomes)
    yield f"{len(tested)} rules, {len(outcomes)} examples, {wrong} wrong, {gaps} known gaps"


def _outcome(outcome: Outcome) -> Iterator[str]:
    example = outcome.example
    yield f"  {outcome.path}:{example.line}: {outcome.rule}"
    yield f"    expected: {catalog.marked(example)}"
    yield f"    found:    {_found(outcome, example)}"
    for reason in dict.fromkeys(outcome.reasons):
        yield f"    {reason}"


def _found(outcome: Outcome, example: Example) -> str:
    if not outcome.found:
        return "nothing"
    return catalog.marked(replace(example, marks=outcome.found))
