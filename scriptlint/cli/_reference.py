"""The rule reference on the disk: pages that are there already are rewritten, those whose rule is gone are removed."""

from __future__ import annotations

from pathlib import Path

import click

from scriptlint import reference
from scriptlint.cli import _io, _session
from scriptlint.language.ruleset import RuleSet


def write(ruleset: RuleSet, folder: Path, shown: str) -> int:
    """Write all pages. With a rule that cannot be read nothing is written, for its page would vanish."""
    code = _session.tell(problem for problem in ruleset.problems if problem.severity != "note")
    if code:
        return code
    made = reference.pages(ruleset)
    if folder.exists() and not folder.is_dir():
        raise click.UsageError(f'cannot write to "{shown}": it is no folder')
    changed = removed = 0
    try:
        for name, text in made.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.is_file() or path.read_bytes() != text.encode():
                _io.write_file(path, text)
                changed += 1
        for path in sorted(folder.rglob("*.md")):
            name = path.relative_to(folder).as_posix()
            if name not in made and path.read_bytes().startswith(reference.MADE.encode()):
                path.unlink()
                removed += 1
    except OSError as error:
        raise click.UsageError(f'cannot write to "{shown}": {error.strerror}') from None
    _io.err(f"{len(made)} pages in {shown}: {changed} written, {removed} removed")
    return 0
