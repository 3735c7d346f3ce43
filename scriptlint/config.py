"""The settings file becomes frozen Settings, or a list of everything that is wrong in it with its places."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from scriptlint import registry, yamltree
from scriptlint.model.context import CONTEXT_VALUES
from scriptlint.model.finding import Problem
from scriptlint.model.record import dataclass, field
from scriptlint.model.rule import Level
from scriptlint.model.span import LineIndex, Position
from scriptlint.readers import SpeakerNames

FILE_NAMES = (".scriptlint.yaml", ".scriptlint.yml")
_PYPROJECT = "pyproject.toml"
_REPOSITORY = (".git", ".hg", ".svn")

_TEXT: dict[str, Any] = {"type": ["string", "integer"], "minLength": 1}
_ONE_OR_MORE: dict[str, Any] = {"anyOf": [{"type": "array", "items": _TEXT}, _TEXT]}
_FAIL_LEVELS = ("error", "warning", "info")


def schema() -> dict[str, Any]:
    """The shape of a settings file as JSON Schema; settings are checked by it and editors complete by it."""
    contexts = {
        key: {
            "anyOf": [
                {"type": "array", "items": {"enum": list(values)}, "minItems": 1},
                {"type": "string", "enum": list(values)},
            ]
        }
        for key, values in CONTEXT_VALUES.items()
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "scriptlint settings",
        "type": "object",
        "properties": {
            "select": _ONE_OR_MORE,
            "ignore": _ONE_OR_MORE,
            "fail-level": {"type": "string", "enum": list(_FAIL_LEVELS)},
            "levels": {
                "type": "object",
                "additionalProperties": {"type": "string", "enum": [*_FAIL_LEVELS, "off"]},
            },
            "preview": {"type": "boolean"},
            "deletions": {"type": "boolean"},
            "lang": {"type": "string", "enum": ["zh", "en"]},
            "format": {"anyOf": [{"type": "array", "items": _format(), "minItems": 1}, *_format()["anyOf"]]},
            "encoding": _TEXT,
            "baseline": _TEXT,
            "waivers": _TEXT,
            "exclude": _ONE_OR_MORE,
            "scripts-in-columns": _ONE_OR_MORE,
            "rules-paths": _ONE_OR_MORE,
            "speakers": {
                "type": "object",
                "properties": dict.fromkeys(("institution", "customer", "third"), _ONE_OR_MORE),
                "additionalProperties": False,
            },
            "contexts": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {"files": _ONE_OR_MORE, **contexts},
                    "required": ["files"],
                    "additionalProperties": False,
                },
            },
            "encodings": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {"files": _ONE_OR_MORE, "encoding": _TEXT},
                    "required": ["files", "encoding"],
                    "additionalProperties": False,
                },
            },
        },
        "additionalProperties": False,
    }


def _format() -> dict[str, Any]:
    """The name of an output format, or NAME=FILE. The plain names come first, for completion and for messages."""
    names = list(registry.names("scriptlint.reporters"))
    return {
        "anyOf": [
            {"type": "string", "enum": names},
            {"type": "string", "pattern": f"^({'|'.join(names)})=.+"},
        ]
    }


@dataclass(frozen=True, slots=True)
class ContextGlobs:
    """What the settings say about the context of some files."""

    files: tuple[str, ...]
    values: Mapping[str, tuple[str, ...]]
    place: str


@dataclass(frozen=True, slots=True)
class EncodingGlobs:
    """What the settings say about the encoding of some files."""

    files: tuple[str, ...]
    encoding: str
    place: str


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set for a run. Globs are relative to ``root``, the folder of the file."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_level: Level = Level.ERROR
    levels: Mapping[str, Level] = field(default_factory=dict)
    preview: bool = False
    """Whether rules in preview take part."""
    deletions: bool = False
    """Whether text that tracked changes take out is checked too."""
    lang: str = "zh"
    format: tuple[str, ...] = ("text",)
    """Output formats, each NAME or NAME=FILE; files are relative to ``root``, or to where a flag was given."""
    encoding: str | None = None
    exclude: tuple[str, ...] = ()
    scripts_in_columns: tuple[str, ...] = ()
    """Workbooks in which each column is a script; in all others each row is one."""
    rules_paths: tuple[Path, ...] = ()
    speakers: SpeakerNames = field(default_factory=SpeakerNames)
    contexts: tuple[ContextGlobs, ...] = ()
    encodings: tuple[EncodingGlobs, ...] = ()
    baseline: Path | None = None
    """File of old findings that fail nothing."""
    waivers: Path | None = None
    """File of approved exceptions."""
    root: Path = Path()
    path: str = ""
    """The settings file as shown to people; empty when there is none."""
    places: Mapping[str, Position] = field(default_factory=dict)
    """Where each value stands in the file: ``select``, ``select.0``, ``levels.guaranteed-principal`` ..."""

    def origin(self, key: str) -> str:
        """Where the value of a key comes from: ``file:line:column``, or ``default``."""
        return f"{self.path}:{_at(self.places[key])}" if key in self.places else "default"


class SettingsError(Exception):
    """Settings that cannot be used. ``problems`` holds every mistake with its place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(problem.message for problem in self.problems))


def find(start: Path) -> Path | None:
    """The nearest settings file from a folder upward, at most to the root of its repository.

    ``pyproject.toml`` counts where it has a ``[tool.scriptlint]`` table, and comes second to
    ``.scriptlint.yaml``.
    """
    for folder in (start, *start.parents):
        for name in FILE_NAMES:
            if (folder / name).is_file():
                return folder / name
        pyproject = folder / _PYPROJECT
        if pyproject.is_file() and _mentions_us(pyproject):
            return pyproject
        if any((folder / mark).exists() for mark in _REPOSITORY):
            return None
    return None


def load(path: Path | None, shown: str) -> Settings:
    """The settings in a file; the defaults when there is none. Raises SettingsError with all mistakes."""
    if path is None:
        return Settings()
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise SettingsError([_wrong(shown, f"cannot read the settings: {error.strerror}", None)]) from None
    except UnicodeDecodeError:
        raise SettingsError([_wrong(shown, "cannot read the settings: not UTF-8", None)]) from None
    return parse(text, shown, path.parent, toml=path.suffix.lower() == ".toml")


def parse(text: str, shown: str, root: Path, *, toml: bool = False) -> Settings:
    """Settings from the text of a file that stands in ``root``. Raises SettingsError with all mistakes."""
    from scriptlint import shape, tomltree  # only where there are settings to read

    lines = LineIndex(text)
    try:
        node: yamltree.Node | None
        node = tomltree.parse(text, ("tool", "scriptlint")) if toml else yamltree.parse(text)
    except yamltree.TreeError as error:
        raise SettingsError(
            _wrong(shown, message, lines.position(offset)) for offset, message in error.errors
        ) from None
    if node is None or (isinstance(node, yamltree.Scalar) and node.value is None):
        return Settings(root=root, path=shown)
    errors = shape.check(node, schema())
    if isinstance(node, yamltree.Mapping):
        errors = sorted([*errors, *_further(node, root)])
    if errors or not isinstance(node, yamltree.Mapping):
        raise SettingsError(_wrong(shown, message, lines.position(offset)) for offset, message in errors)
    return _settings(node, lines, shown, root)


def _wrong(shown: str, message: str, position: Position | None) -> Problem:
    return Problem(shown, message, position=position, severity="usage")


def _mentions_us(pyproject: Path) -> bool:
    try:
        text = pyproject.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return False  # not a file that could hold our settings
    if "scriptlint" not in text:
        return False
    from scriptlint import tomltree

    try:
        return tomltree.parse(text, ("tool", "scriptlint")) is not None
    except yamltree.TreeError:
        return "tool.scriptlint" in text  # then its mistake is ours to report


def _further(node: yamltree.Mapping, root: Path) -> Iterator[tuple[int, str]]:
    """Mistakes that a shape cannot tell: encodings nobody knows, folders that are not there."""
    encodings = [node.get("encoding")]
    listed = node.get("encodings")
    if isinstance(listed, yamltree.Sequence):
        encodings += [item.get("encoding") for item in listed.items if isinstance(item, yamltree.Mapping)]
    for value in encodings:
        if isinstance(value, yamltree.Scalar) and not known_encoding(value.text):
            yield value.span.start, f'unknown encoding "{value.text}"; try utf-8, gb18030, big5 or utf-16'
    for value in _items(node.get("rules-paths")):
        if value.text and not (root / value.text).is_dir():
            yield value.span.start, f'there is no folder "{value.text}" beside the settings'


def known_encoding(name: str) -> bool:
    """True when this is the name of a text encoding."""
    try:
        return bool(codecs.lookup(name)._is_text_encoding)
    except (LookupError, ValueError):
        return False


def _settings(node: yamltree.Mapping, lines: LineIndex, shown: str, root: Path) -> Settings:
    places = {name: lines.position(offset) for name, offset in _places(node, "")}
    values: dict[str, Any] = {}
    for key in ("select", "ignore", "exclude", "scripts-in-columns"):
        values[key.replace("-", "_")] = _texts(node.get(key))
    if _texts(node.get("format")):
        values["format"] = _texts(node.get("format"))
    for key in ("lang", "encoding"):
        if _texts(node.get(key)):
            values[key] = _texts(node.get(key))[0]
    for key in ("baseline", "waivers"):
        if _texts(node.get(key)):
            values[key] = root / _texts(node.get(key))[0]
    for key in ("preview", "deletions"):
        values[key] = _texts(node.get(key)) == ("true",)
    if node.get("fail-level"):
        values["fail_level"] = Level[_texts(node.get("fail-level"))[0].upper()]
    levels = node.get("levels")
    if isinstance(levels, yamltree.Mapping):
        values["levels"] = {key.text: Level[_texts(value)[0].upper()] for key, value in levels.entries}
    values["rules_paths"] = tuple(root / name for name in _texts(node.get("rules-paths")))
    speakers = node.get("speakers")
    if isinstance(speakers, yamltree.Mapping):
        values["speakers"] = SpeakerNames(**{key.text: _texts(value) for key, value in speakers.entries})
    values["contexts"] = tuple(
        ContextGlobs(
            _texts(item.get("files")),
            {key.text: _texts(value) for key, value in item.entries if key.text in CONTEXT_VALUES},
            f"{shown}:{_at(lines.position(item.span.start))}",
        )
        for item in _mappings(node.get("contexts"))
    )
    values["encodings"] = tuple(
        EncodingGlobs(
            _texts(item.get("files")),
            _texts(item.get("encoding"))[0],
            f"{shown}:{_at(lines.position(item.span.start))}",
        )
        for item in _mappings(node.get("encodings"))
    )
    return Settings(root=root, path=shown, places=places, **values)


def _places(node: yamltree.Node, above: str) -> Iterator[tuple[str, int]]:
    """Each value's name and offset. A key is its own place, since the eye goes there first."""
    if isinstance(node, yamltree.Mapping):
        for key, value in node.entries:
            yield f"{above}{key.text}", key.span.start
            yield from _places(value, f"{above}{key.text}.")
    elif isinstance(node, yamltree.Sequence):
        for index, item in enumerate(node.items):
            yield f"{above}{index}", item.span.start
            yield from _places(item, f"{above}{index}.")


def _at(position: Position) -> str:
    return f"{position.line}:{position.column}"


def _items(node: yamltree.Node | None) -> tuple[yamltree.Scalar, ...]:
    if isinstance(node, yamltree.Sequence):
        return tuple(item for item in node.items if isinstance(item, yamltree.Scalar))
    return (node,) if isinstance(node, yamltree.Scalar) and node.value is not None else ()


def _texts(node: yamltree.Node | None) -> tuple[str, ...]:
    return tuple(item.text for item in _items(node))


def _mappings(node: yamltree.Node | None) -> tuple[yamltree.Mapping, ...]:
    if not isinstance(node, yamltree.Sequence):
        return ()
    return tuple(item for item in node.items if isinstance(item, yamltree.Mapping))
