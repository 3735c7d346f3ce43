"""Paths and globs become the list of files to check, sorted, with a count of what was left out."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from scriptlint import readers
from scriptlint.model.finding import Problem
from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass

EXCLUDED = "excluded"
"""The key under which files left out by an ``exclude`` glob are counted; all other keys are suffixes."""

_NEVER_WALKED = frozenset(
    ("node_modules", "__pycache__", "venv", "env", "site-packages", "CVS", "$RECYCLE.BIN", "__MACOSX")
)


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to check: where it is, and how it is shown (relative to the working directory)."""

    path: Path
    shown: str


@dataclass(frozen=True, slots=True)
class Discovery:
    """The files of a run in sorted order, how many were left out by suffix, and paths that led nowhere."""

    files: tuple[FoundFile, ...]
    skipped: Mapping[str, int]
    problems: tuple[Problem, ...]
    unread: tuple[FoundFile, ...] = ()
    """Files in walked folders that no reader knows and that may hold words for customers; ``refusals`` tells of them."""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Globs that leave files out, and the folder they are relative to.

    Files named on the command line are read whatever the globs say, unless ``named_too`` is set.
    """

    globs: tuple[str, ...] = ()
    root: Path = Path()
    named_too: bool = False
    outputs: frozenset[str] = frozenset()
    """Real paths of the reports of this run: a report is no script, and the next run must not find it."""

    def hits(self, path: Path) -> bool:
        """True when some glob leaves this file out."""
        if not self.globs:
            return False
        inside = shown_path(path, self.root)
        return any(glob_matches(glob, inside) for glob in self.globs)


def files(paths: Iterable[Path], exclusion: Exclusion, cwd: Path) -> Discovery:
    """Every file that the paths name or contain.

    A named file is always read, whatever its suffix. A folder is walked to the bottom: hidden folders,
    environments and version-control data are passed over, and files that no reader knows are counted; documents,
    pictures and archives among them are unread.
    """
    found: dict[str, FoundFile] = {}
    unread: dict[str, FoundFile] = {}
    skipped: Counter[str] = Counter()
    problems: list[Problem] = []
    for path in paths:
        place = path if path.is_absolute() else cwd / path
        shown = shown_path(place, cwd)
        if place.is_dir():
            walk = _Walk(exclusion)
            inside = sorted(walk.files(place))
            skipped.update(walk.skipped)
            for folder, reason in walk.unreadable:
                problems.append(Problem(shown_path(folder, cwd), f"cannot read this folder: {reason}"))
            if not (inside or walk.refused or walk.skipped[EXCLUDED] or walk.unreadable):
                problems.append(_nothing(shown, walk.skipped))
            found.update((name, FoundFile(file, name)) for file in inside for name in [shown_path(file, cwd)])
            unread.update((name, FoundFile(file, name)) for file in walk.refused for name in [shown_path(file, cwd)])
        elif place.exists():
            if exclusion.named_too and exclusion.hits(place):
                skipped[EXCLUDED] += 1
            else:
                found[shown] = FoundFile(place, shown)
        else:
            broken = "a link that leads nowhere" if place.is_symlink() else "no such file or folder"
            problems.append(Problem(shown, broken, severity="usage"))
    ordered = tuple(found[name] for name in sorted(found))
    refused = tuple(unread[name] for name in sorted(unread.keys() - found.keys()))
    return Discovery(ordered, dict(sorted(skipped.items())), tuple(problems), refused)


def refusals(unread: Sequence[FoundFile]) -> Iterator[Problem]:
    """What to tell of files that no reader knows: each document, and of pictures and archives one line a suffix."""
    alike: dict[str, list[FoundFile]] = {}
    for file in unread:
        alone = readers.refused(file.shown) == "document"
        alike.setdefault(file.shown if alone else file.path.suffix.lower(), []).append(file)
    for files_of_a_kind in alike.values():
        first, count = files_of_a_kind[0], len(files_of_a_kind)
        error = readers.refusal(first.shown)
        others = f": this one and {count - 1} more" if count > 1 else ""
        yield Problem(first.shown, error.message + others, error.hint)


def _nothing(shown: str, skipped: Mapping[str, int]) -> Problem:
    seen = ", ".join(f"{count} {suffix}" for suffix, count in sorted(skipped.items()))
    return Problem(
        shown,
        "nothing to check in this folder" + (f" (it has {seen})" if seen else ""),
        f"checked are {' '.join(readers.suffixes())} files, and other text files named one by one",
        severity="usage",
    )


class _Walk:
    """One walk through a folder. Folders are known by their real place: links cannot lead in circles."""

    def __init__(self, exclusion: Exclusion) -> None:
        self.exclusion = exclusion
        self.skipped: Counter[str] = Counter()
        self.unreadable: list[tuple[Path, str]] = []
        self.refused: list[Path] = []
        self._seen: set[str] = set()

    def files(self, folder: Path) -> Iterator[Path]:
        real = os.path.realpath(folder)
        if real in self._seen:
            return
        self._seen.add(real)
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            self.unreadable.append((folder, error.strerror or "it cannot be listed"))
            return
        for entry in entries:
            # "~$" marks the lock file that Office keeps beside an open document.
            if entry.name.startswith((".", "~$")):
                continue
            path = folder / entry.name
            if entry.is_dir():
                if not _is_environment(path):
                    yield from self.files(path)
            elif entry.is_file():
                if self.exclusion.outputs and os.path.realpath(path) in self.exclusion.outputs:
                    continue
                if self.exclusion.hits(path):
                    self.skipped[EXCLUDED] += 1
                elif readers.supported(entry.name):
                    yield path
                elif readers.refused(entry.name):
                    self.refused.append(path)
                else:
                    self.skipped[path.suffix.lower() or "no suffix"] += 1


def _is_environment(folder: Path) -> bool:
    return folder.name in _NEVER_WALKED or (folder / "pyvenv.cfg").is_file()


def shown_path(path: Path, base: Path) -> str:
    """A path as seen from a folder, with forward slashes on every system."""
    try:
        relative = os.path.relpath(path, base)
    except ValueError:  # another drive of a Windows machine
        return path.as_posix()
    return relative.replace(os.sep, "/")


def glob_matches(glob: str, path: str) -> bool:
    """True when a glob names this path or a folder above it.

    ``*`` and ``?`` stay within one name, ``**`` crosses folders, ``{a,b}`` offers choices. A glob without a
    slash counts at any depth.
    """
    pattern = _compiled(glob)
    parts = path.split("/")
    return any(pattern.fullmatch("/".join(parts[:count])) for count in range(len(parts), 0, -1))


def first_match(globs: Sequence[str], path: str) -> str | None:
    """The first of several globs that names the path."""
    return next((glob for glob in globs if glob_matches(glob, path)), None)


@lru_cache(maxsize=512)
def _compiled(glob: str) -> re.Pattern[str]:
    body = glob.replace("\\", "/").removeprefix("./").rstrip("/")
    anchored = "/" in body
    body = body.lstrip("/")
    prefix = "" if anchored else "(?:.*/)?"
    return re.compile(prefix + _translate(body), re.DOTALL)


_TOKEN = lazy_re(r"\*\*/|/\*\*$|\*\*|\*|\?|\[!?\]?[^\]/]*\]|\{[^{}]*\}|.", re.DOTALL)


def _translate(glob: str) -> str:
    parts: list[str] = []
    for token in _TOKEN.findall(glob):
        if token == "**/":
            parts.append("(?:[^/]*/)*")
        elif token == "/**":
            parts.append("/.*")
        elif token == "**":
            parts.append(".*")
        elif token == "*":
            parts.append("[^/]*")
        elif token == "?":
            parts.append("[^/]")
        elif token[0] == "[" and len(token) > 2:
            inner = token[1:-1].replace("\\", "\\\\")
            parts.append("[" + ("^" + inner[1:] if inner[0] == "!" else inner) + "]")
        elif token[0] == "{" and len(token) > 1:
            parts.append("(?:" + "|".join(_translate(choice) for choice in token[1:-1].split(",")) + ")")
        else:
            parts.append(re.escape(token))
    return "".join(parts)
