"""One run from paths to report: the only module that knows all the others. It prints nothing."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from scriptlint import __version__, context, discover, engine, packs, readers, triage
from scriptlint.config import Settings, SettingsError
from scriptlint.language import TextView
from scriptlint.language.ruleset import RuleSet
from scriptlint.model.context import CONTEXT_VALUES, Context, DocumentContext, Fact
from scriptlint.model.document import Document, ReadError, Scope
from scriptlint.model.finding import Finding, Problem
from scriptlint.model.report import FileRecord, Report
from scriptlint.model.rule import Level
from scriptlint.model.span import LineIndex, Position

_MEANT = re.compile(r'did you mean "([^"]+)"')
_PLACE = re.compile(r"^line \d+, column \d+: ")


@dataclass(frozen=True, slots=True)
class Script:
    """One text to check: its name as shown, its bytes, and where it lies if it is a file."""

    shown: str
    data: bytes
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class Setup:
    """What every file of a run is checked with: the selected rules, their levels, the settings, the flags."""

    ruleset: RuleSet
    settings: Settings
    as_of: date
    given: Context = field(default_factory=Context)
    """Context stated on the command line; beats all other."""
    levels: Mapping[str, Level] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Examined:
    """Everything that is known about one file after checking it."""

    record: FileRecord
    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()
    document: Document | None = None
    context: DocumentContext | None = None
    trace: tuple[engine.Trace, ...] = ()


def prepare(settings: Settings, as_of: date, given: Context | None = None, *, own_packs: bool = True) -> Setup:
    """Load the rules and apply the settings to them. ``own_packs`` adds the packs that come with scriptlint.

    Raises SettingsError for names of rules that do not exist, all at once. Mistakes in rule files are no
    obstacle: they stay in ``ruleset.problems`` and go into the report.
    """
    own = [packs.find_rules_dir()] if own_packs else []
    folders = dict.fromkeys(path.resolve() for path in (*own, *settings.rules_paths))
    ruleset = packs.load(list(folders), as_of=as_of, preview=settings.preview)
    names = _NameCheck(ruleset, settings)
    selected = [rule for key, name in _keyed("select", settings.select) for rule in names.resolve(key, name)]
    ignored = [rule for key, name in _keyed("ignore", settings.ignore) for rule in names.resolve(key, name)]
    chosen = {name: names.resolve(f"levels.{name}", name) for name in settings.levels}
    if names.problems:
        raise SettingsError(names.problems)
    wanted = set(selected or ruleset.rules) - set(ignored)
    levels: dict[str, Level] = dict.fromkeys(set(ignored) & triage.OWN_RULES.keys(), Level.OFF)
    # A level for one rule beats a level for its family, whatever their order in the file.
    for name, rules in sorted(chosen.items(), key=lambda item: (-len(item[1]), item[0])):
        levels.update(dict.fromkeys(rules, settings.levels[name]))
    return Setup(ruleset.only(wanted), settings, as_of, given or Context(), levels)


def resolve(ruleset: RuleSet, name: str) -> tuple[str, ...]:
    """The rules a name stands for, among them those about our own comments. Raises packs.UnknownRule."""
    own = tuple(rule for rule in triage.OWN_RULES if name in (rule, rule.split("/")[1], triage.FAMILY))
    return own or packs.resolve(ruleset, name)


def check(paths: Iterable[Path], setup: Setup, cwd: Path, *, named_too: bool = False) -> Report:
    """Check every file that the paths name or contain. ``named_too`` lets globs leave out named files."""
    settings = setup.settings
    exclusion = discover.Exclusion(settings.exclude, settings.root, named_too)
    found = discover.files(paths, exclusion, cwd)
    results = [_from_disk(file, setup) for file in found.files]
    return _report(results, setup, found.problems, found.skipped)


def check_scripts(scripts: Iterable[Script], setup: Setup) -> Report:
    """Check texts that are in memory already, such as standard input."""
    return reported([examine(script, setup) for script in scripts], setup)


def reported(results: Iterable[Examined], setup: Setup) -> Report:
    """The report on texts that have been checked one by one."""
    return _report(results, setup, (), {})


def _from_disk(file: discover.FoundFile, setup: Setup) -> Examined:
    try:
        data = file.path.read_bytes()
    except OSError as error:
        return _unread(file.shown, Problem(file.shown, f"cannot read this file: {error.strerror or error}"))
    return examine(Script(file.shown, data, file.path), setup)


def examine(script: Script, setup: Setup) -> Examined:
    """Check one text. A failure of our own becomes a problem of this file, so that the others are checked."""
    try:
        return _examine(script, setup)
    except ReadError as error:
        position = _position(script.data, error)
        message = _PLACE.sub("", error.message) if position else error.message
        return _unread(script.shown, Problem(script.shown, message, error.hint, position))
    except Exception as error:
        frame = error.__traceback__
        while frame is not None and frame.tb_next is not None:
            frame = frame.tb_next
        place = f" ({Path(frame.tb_frame.f_code.co_filename).name}:{frame.tb_lineno})" if frame else ""
        message = f"internal error, so this file is unchecked: {type(error).__name__}: {error}{place}"
        return _unread(script.shown, Problem(script.shown, message, "please report this"))


def _examine(script: Script, setup: Setup) -> Examined:
    document = read(script, setup.settings)
    given, problems = _given(script, document, setup)
    lines = document.line_index()
    for part in document.unread:
        place = lines.position(part.span.start) if part.span else None
        problems.append(Problem(script.shown, f"not read: {part}", position=place))
    problems.extend(Problem(script.shown, note, severity="note") for note in document.notes)
    views = [TextView(segment, setup.ruleset.language) for segment in document.segments]
    inferred = context.infer(document, setup.ruleset, given, views)
    result = engine.lint(document, setup.ruleset, inferred, levels=setup.levels, views=views)
    findings = triage.decide(result.findings, document, _names(setup), setup.levels)
    problems.extend(result.problems)
    said = any(segment.scope is not Scope.COMMENT and segment.text.strip() for segment in document.segments)
    if not said and not document.unread:
        what = "no text to check in this file" if document.source.strip() else "this file is empty"
        problems.append(Problem(script.shown, what, severity="note"))
    record = FileRecord(
        path=script.shown,
        format=document.format,
        encoding=document.encoding,
        characters=len(document.source),
        segments=len(document.segments),
        state="partial" if document.unread else "checked" if said else "empty",
        context=inferred.document,
        sections=tuple((" > ".join(section), facts) for section, facts in inferred.sections.items()),
        not_applied=result.not_applied,
        unread=tuple(map(str, document.unread)),
    )
    return Examined(record, findings, tuple(problems), document, inferred, result.trace)


def read(script: Script, settings: Settings) -> Document:
    """Read one text as the settings have it. Raises ReadError."""
    return readers.read(script.shown, script.data, read_options(script, settings))


def read_options(script: Script, settings: Settings) -> readers.ReadOptions:
    """How a text is to be read by the settings: its encoding and the names of its speakers."""
    encoding = settings.encoding
    inside = _inside(script, settings)
    for globs in settings.encodings:
        if discover.first_match(globs.files, inside):
            encoding = globs.encoding
    return readers.ReadOptions(
        encoding=encoding,
        speakers=settings.speakers,
        deletions=settings.deletions,
        scripts_in_columns=discover.first_match(settings.scripts_in_columns, inside) is not None,
    )


def settings_facts(script: Script, settings: Settings) -> dict[str, Fact]:
    """What the settings say about the context of a text; of several globs the last one counts."""
    inside = _inside(script, settings)
    facts: dict[str, Fact] = {}
    for globs in settings.contexts:
        glob = discover.first_match(globs.files, inside)
        if glob is not None:
            for key, values in globs.values.items():
                facts[key] = Fact(values, "settings", f"{glob} at {globs.place}")
    return facts


def _inside(script: Script, settings: Settings) -> str:
    """The path that globs are compared with: as seen from the folder of the settings."""
    return discover.shown_path(script.path, settings.root) if script.path else script.shown


def _given(script: Script, document: Document, setup: Setup) -> tuple[Context, list[Problem]]:
    facts = settings_facts(script, setup.settings)
    problems: list[Problem] = []
    for key, written in document.front_matter.items():
        known = CONTEXT_VALUES.get(key)
        if known is None:
            continue
        values = [value for text in written for value in re.split(r"[,，、\s]+", text.strip()) if value]
        for value in values:
            if value not in known:
                near = difflib.get_close_matches(value, known, n=1)
                meant = f'did you mean "{near[0]}"?' if near else f"known are {', '.join(known)}"
                message = f'front matter says {key} is "{value}", which is unknown and not used'
                problems.append(Problem(script.shown, message, meant, severity="note"))
        usable = tuple(dict.fromkeys(value for value in values if value in known))
        if usable:
            facts[key] = Fact(usable, "front matter")
    return Context({**facts, **setup.given.facts}), problems


def _names(setup: Setup) -> triage.Names:
    def resolve_name(name: str) -> tuple[str, ...]:
        try:
            return packs.resolve(setup.ruleset, name)
        except packs.UnknownRule as error:
            near = _MEANT.search(str(error))
            raise KeyError(near[1] if near else "") from None

    off = {name for name, level in setup.levels.items() if level is Level.OFF}
    return triage.Names(resolve_name, frozenset(setup.ruleset.rules) - off)


def _unread(shown: str, problem: Problem) -> Examined:
    record = FileRecord(shown, "", "", 0, 0, "unread", Context(), unread=(problem.message,))
    return Examined(record, (), (problem,))


def _position(data: bytes, error: ReadError) -> Position | None:
    if error.span is None:
        return None
    try:
        return LineIndex(data.decode("utf-8-sig")).position(error.span.start)
    except UnicodeDecodeError:
        return None


def _report(results: Iterable[Examined], setup: Setup, found: Iterable[Problem], skipped: Mapping[str, int]) -> Report:
    done = sorted(results, key=lambda result: result.record.path)
    return Report(
        findings=tuple(finding for result in done for finding in result.findings),
        problems=(
            *setup.ruleset.problems,
            *found,
            *(problem for result in done for problem in result.problems),
        ),
        files=tuple(result.record for result in done),
        rules=len(setup.ruleset.rules),
        fingerprint=setup.ruleset.fingerprint,
        version=__version__,
        as_of=setup.as_of.isoformat(),
        lang=setup.settings.lang,
        skipped=skipped,
    )


def _keyed(key: str, names: Iterable[str]) -> list[tuple[str, str]]:
    return [(f"{key}.{index}", name) for index, name in enumerate(names)]


class _NameCheck:
    """Resolves the rule names of the settings and collects those that do not exist, with their places."""

    def __init__(self, ruleset: RuleSet, settings: Settings) -> None:
        self.ruleset = ruleset
        self.settings = settings
        self.problems: list[Problem] = []

    def resolve(self, key: str, name: str) -> tuple[str, ...]:
        try:
            return resolve(self.ruleset, name)
        except packs.UnknownRule as error:
            places = self.settings.places
            position = places.get(key) or places.get(key.split(".")[0])
            place = self.settings.path if position else "--" + key.split(".")[0]
            self.problems.append(Problem(place, str(error), position=position, severity="usage"))
            return ()


def with_flags(settings: Settings, **flags: object) -> Settings:
    """The settings with what the command line says instead; a flag that is None or empty says nothing."""
    said = {name: value for name, value in flags.items() if value not in (None, (), "", False)}
    places = {
        name: position for name, position in settings.places.items() if name.split(".")[0].replace("-", "_") not in said
    }
    if "encoding" in said:
        said["encodings"] = ()
    return replace(settings, places=places, **said)  # type: ignore[arg-type]
