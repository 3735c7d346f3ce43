"""What changed since a revision, as git tells it: for each file the runs of lines that were added."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from scriptlint.model.finding import Problem
from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass, field

Hunks = tuple[tuple[int, int], ...]

_HUNK = lazy_re(rb"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_ESCAPE = lazy_re(rb"\\([0-7]{3}|.)", re.DOTALL)
_ESCAPES = {b"n": b"\n", b"t": b"\t", b"r": b"\r", b"a": b"\a", b"b": b"\b", b"f": b"\f", b"v": b"\v"}
# A person's own settings for diffs must not change what is read here.
_PLAIN = (
    "-M",
    "-U0",
    "--inter-hunk-context=0",
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    "--src-prefix=a/",
    "--dst-prefix=b/",
)


class ChangesError(Exception):
    """Git cannot say what changed. ``problem`` says why and what helps."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.problem = Problem("--diff-from", message, hint, severity="usage")


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs between a revision and the files as they lie there now."""

    revision: str
    """The full id of the revision."""
    root: str
    """The top folder of the repository, links resolved."""
    hunks: Mapping[str, Hunks | None] = field(default_factory=dict)
    """For each changed file, by its path from the root, what was added; None where git sees no lines in it."""
    tracked: frozenset[str] = frozenset()

    def of(self, path: Path) -> Hunks | None:
        """The added runs of a file: none at all for one that is as it was, None where all of it counts as new."""
        inside = os.path.relpath(os.path.realpath(path), self.root).replace(os.sep, "/")
        if inside in self.hunks:
            return self.hunks[inside]
        # What git does not know (a new file, one outside the repository) is new as a whole.
        return () if inside in self.tracked else None


def since(revision: str, cwd: Path) -> Changes:
    """What changed since a revision. Raises ChangesError when there is no git, no repository or no such revision."""
    try:
        root = _git(["rev-parse", "--show-toplevel"], cwd)
    except _GitFailed as failed:
        raise ChangesError(f"this folder is in no git repository: {failed}", "run it inside a checkout") from None
    top = os.fsdecode(root.rstrip(b"\r\n"))
    try:
        found = _git(["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"], cwd)
    except _GitFailed:
        hint = "on a build server fetch it first: shallow clones know only the newest commits"
        raise ChangesError(f'git knows no revision "{revision}"', hint) from None
    commit = found.decode("ascii").strip()
    try:
        changed = _names(_git(["diff", "--raw", "-z", "-M", "--no-ext-diff", commit, "--"], Path(top)))
        patch = _git(["-c", "core.quotepath=off", "diff", *_PLAIN, commit, "--"], Path(top))
        tracked = _git(["ls-files", "-z"], Path(top))
    except _GitFailed as failed:
        raise ChangesError(f"git cannot tell what changed: {failed}") from None
    added = parse(patch)
    listed = (os.fsdecode(name) for name in tracked.split(b"\0") if name)
    hunks = {name: added.get(name) for name in changed}
    return Changes(commit, os.path.realpath(top), hunks, frozenset(listed))


def parse(patch: bytes) -> dict[str, Hunks]:
    """The added runs of each file of a patch without context lines."""
    found: dict[str, list[tuple[int, int]]] = {}
    lines = iter(patch.split(b"\n"))
    current: list[tuple[int, int]] = []
    for line in lines:
        if line.startswith(b"+++ "):
            current = found.setdefault(_path(line[4:]), [])
            continue
        hunk = _HUNK.match(line)
        if hunk is None:
            continue
        removed, added = int(hunk[1] or b"1"), int(hunk[3] or b"1")
        current.append((int(hunk[2]), added))
        # What was said may look like a header: the lines of a hunk are counted off, not read.
        for _ in range(removed + added):
            body = next(lines, b"")
            if body.startswith(b"\\"):
                next(lines, b"")
    return {path: tuple(runs) for path, runs in found.items()}


def _names(raw: bytes) -> list[str]:
    """The paths of ``git diff --raw -z`` that have other content now."""
    fields = iter(raw.split(b"\0"))
    names: list[str] = []
    for header in fields:
        if not header.startswith(b":"):
            continue
        kind = header.rsplit(b" ", 1)[-1]
        path = next(fields)
        if kind[:1] in b"RC":
            path = next(fields)
        if kind != b"R100" and kind[:1] != b"D":
            names.append(os.fsdecode(path))
    return names


def _path(written: bytes) -> str:
    """The path of a ``+++`` line, which git quotes when it holds a quotation mark or a control character."""
    name = written.rstrip(b"\t\r")
    if name.startswith(b'"') and name.endswith(b'"'):
        name = _ESCAPE.sub(_unescaped, name[1:-1])
    return os.fsdecode(name.removeprefix(b"b/"))


def _unescaped(escape: re.Match[bytes]) -> bytes:
    code = escape[1]
    return bytes([int(code, 8)]) if len(code) == 3 else _ESCAPES.get(code, code)


class _GitFailed(Exception):
    """Git ended with an error, or is not there."""


def _git(args: Sequence[str], cwd: Path) -> bytes:
    try:
        done = subprocess.run(["git", *args], cwd=cwd, capture_output=True, check=False)
    except OSError as error:
        raise _GitFailed(f"git cannot be started ({error.strerror})") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise _GitFailed(said[-1] if said else f"git ended with {done.returncode}")
    return done.stdout
