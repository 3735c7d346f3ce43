"""One run from paths to report: the only module that knows all the others. It prints nothing."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

from scriptlint import (
    __version__,
    context,
    discover,
    engine,
    ledger,
    packs,
    readers,
    selection,
    triage,
)
from scriptlint.config import Settings
from scriptlint.language import TextView
from scriptlint.language.ruleset import RuleSet
from scriptlint.ledger import Ledger
from scriptlint.model.context import CONTEXT_VALUES, Context, DocumentContext, Fact
from scriptlint.model.document import Document, ReadError, Scope
from scriptlint.model.finding import Finding, Problem
from scriptlint.model.lazy import LazySequence, lazy_re
from scriptlint.model.places import placed
from scriptlint.model.record import dataclass, field, replace
from scriptlint.model.report import FileRecord, Quoted, Report, RuleRecord
from scriptlint.model.rule import Level, Text, Verdict
from scriptlint.model.span import LineIndex, Position, Span
from scriptlint.triage import changed
from scriptlint.triage.changed import UNCHANGED

LARGEST_FILE = 200_000_000
"""Bytes of a file; more are not taken into memory."""

_MEANT = lazy_re(r'did you mean "([^"]+)"')
_PLACE = lazy_re(r"^line \d+, column \d+: ")


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
    notes: tuple[Problem, ...] = ()
    """What the settings ask for in vain, since it is locked."""
    ledger: Ledger = field(default_factory=Ledger)
    """Baseline, waivers and changes that decide what becomes of findings."""
    quote: bool = False
    """Keep the texts for the report, for formats that show them."""
    own_packs: bool = True
    cache: Path | None = None
    """Where compiled packs are kept, so that another process can load the rules as this one did."""


@dataclass(frozen=True, slots=True)
class Examined:
    """Everything that is known about one file after checking it."""

    record: FileRecord
    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()
    document: Document | None = None
    context: DocumentContext | None = None
    trace: tuple[engine.Trace, ...] = ()
    private: tuple[Span, ...] = ()
    """Where personal data stands in the source of the document."""
    path: Path | None = None
    text: tuple[Quoted, ...] = ()
    """What the report may show of the document, if anybody asked for it."""


Look = Callable[[Script, Setup], Examined]
"""Something that is done with each file of a run."""
Work = Callable[[Sequence[discover.FoundFile], Setup], Sequence[Examined]]
"""A way to examine all files of a run."""


def prepare(
    settings: Settings,
    as_of: date,
    given: Context | None = None,
    *,
    own_packs: bool = True,
    cache: Path | None = None,
) -> Setup:
    """Load the rules and apply the settings to them. ``own_packs`` adds the packs that come with scriptlint, ``cache``
    is a folder in which compiled packs are kept.

    Raises SettingsError for names of rules that do not exist, all at once. Mistakes in rule files are no
    obstacle: they stay in ``ruleset.problems`` and go into the report.
    """
    own = [packs.find_rules_dir()] if own_packs else []
    folders = dict.fromkeys(path.resolve() for path in (*own, *settings.rules_paths))
    ruleset = packs.load(list(folders), as_of=as_of, preview=settings.preview, cache=cache)
    chosen = selection.choose(ruleset, settings)
    return Setup(
        ruleset.only(chosen.rules),
        settings,
        as_of,
        given or Context(),
        chosen.levels,
        chosen.notes,
        own_packs=own_packs,
        cache=cache,
    )


def check(
    paths: Iterable[Path],
    setup: Setup,
    cwd: Path,
    *,
    named_too: bool = False,
    outputs: frozenset[str] = frozenset(),
    look: Look | None = None,
    work: Work | None = None,
) -> Report:
    """Check every file that the paths name or contain. ``named_too`` lets globs leave out named files, ``outputs`` are
    files that are written and not checked, ``look`` does more with each file than examine it, ``work`` examines them
    otherwise than one after the other."""
    settings = setup.settings
    exclusion = discover.Exclusion(settings.exclude, settings.root, named_too, outputs | _beside(setup))
    found = discover.files(paths, exclusion, cwd)
    files, unread, skipped = found.files, found.unread, found.skipped
    changes = setup.ledger.changes
    if changes is not None:
        files, unread = (tuple(file for file in kind if changes.of(file.path) != ()) for kind in (files, unread))
        unchanged = len(found.files) + len(found.unread) - len(files) - len(unread)
        skipped = {**skipped, **({UNCHANGED: unchanged} if unchanged else {})}
    results = list(work(files, setup)) if work else [from_disk(file, setup, look or examine) for file in files]
    results += [_refused(file) for file in unread]
    return _report(results, setup, (*found.problems, *discover.refusals(unread)), skipped)


def _beside(setup: Setup) -> frozenset[str]:
    """The records kept beside the scripts, which are no scripts: they hold the very words they excuse."""
    kept = (setup.ledger.baseline_file, setup.ledger.waivers_file)
    paths = (setup.settings.baseline, setup.settings.waivers, *(each.path for each in kept if each is not None))
    return frozenset(os.path.realpath(path) for path in paths if path is not None)


def check_scripts(scripts: Iterable[Script], setup: Setup, look: Look | None = None) -> Report:
    """Check texts that are in memory already, such as standard input."""
    return reported([(look or examine)(script, setup) for script in scripts], setup)


def reported(results: Iterable[Examined], setup: Setup) -> Report:
    """The report on texts that have been checked one by one."""
    return _report(results, setup, (), {})


def from_disk(file: discover.FoundFile, setup: Setup, look: Look) -> Examined:
    """Read one file and look at it. What cannot be read is a problem of that file."""
    try:
        # What is no plain file (a pipe, a device) does not say how much it holds, so reading has an end too.
        with file.path.open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            data = stream.read(LARGEST_FILE + 1) if size <= LARGEST_FILE else b""
    except OSError as error:
        return _unread(file.shown, Problem(file.shown, f"cannot read this file: {error.strerror or error}"))
    if max(size, len(data)) > LARGEST_FILE:
        message = f"this file is larger than the {LARGEST_FILE // 1_000_000} MB that are read"
        return _unread(file.shown, Problem(file.shown, message, "split it, or leave it out with `exclude`"))
    return look(Script(file.shown, data, file.path), setup)


def _refused(file: discover.FoundFile) -> Examined:
    """The record of a file that was not opened; ``discover.refusals`` tells why, of many at once."""
    return replace(_unread(file.shown, Problem(file.shown, readers.refusal(file.shown).message)), problems=())


def examine(script: Script, setup: Setup) -> Examined:
    """Check one text. A failure of our own becomes a problem of this file, so that the others are checked."""
    examined = _tried(script, setup)
    record = replace(examined.record, sha256=sha256(script.data).hexdigest())
    return replace(examined, record=record, path=script.path)


def _tried(script: Script, setup: Setup) -> Examined:
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
    found = result.findings
    if any(finding.fixes for finding in found):
        from scriptlint import fixing

        found = fixing.written(document, found)
    findings = placed(triage.decide(found, document, _names(setup), setup.levels), document.source, lines)
    if setup.ledger.changes is not None:
        findings = _unchanged(findings, script, document, setup)
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
        sections=tuple((_path_of(section), facts) for section, facts in inferred.sections.items()),
        not_applied=result.not_applied,
        unread=tuple(map(str, document.unread)),
    )
    text = _quoted(document, views, lines, result, setup) if setup.quote else ()
    return Examined(record, findings, tuple(problems), document, inferred, result.trace, result.private, text=text)


def _path_of(section: tuple[str, ...]) -> str:
    from scriptlint import quoting

    return " > ".join(map(quoting.clean, section))


def _quoted(
    document: Document, views: list[TextView], lines: LineIndex, result: engine.LintResult, setup: Setup
) -> tuple[Quoted, ...]:
    """The text with all that may be personal struck out, whatever rules, guards and context say of it."""
    from scriptlint import quoting
    from scriptlint.verbs import detect

    masking = set(setup.ruleset.masking)
    private = [*result.private, *(entry.span for entry in result.trace if entry.rule in masking)]
    seen = ((index, Span(entity.start, entity.end)) for index, entity in detect.read(views))
    return quoting.quoted(document, lines, private, seen)


def _unchanged(findings: tuple[Finding, ...], script: Script, document: Document, setup: Setup) -> tuple[Finding, ...]:
    """Label what an edit did not touch, in files whose lines are the lines that git counts."""
    changes = setup.ledger.changes
    hunks = changes.of(script.path) if changes is not None and script.path is not None else None
    if hunks is None:
        return findings
    try:
        if script.data.decode(document.encoding).removeprefix("\ufeff") != document.source:
            return findings
    except (UnicodeDecodeError, LookupError):
        return findings
    whole = frozenset(name for name, matcher in setup.ruleset.matchers.items() if matcher.whole)
    return changed.label(findings, changed.touched(document.source, hunks), whole)


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
                import difflib

                from scriptlint import quoting

                near = difflib.get_close_matches(value, known, n=1)
                meant = f'did you mean "{near[0]}"?' if near else f"known are {', '.join(known)}"
                message = f'front matter says {key} is "{quoting.clean(value)}", which is unknown and not used'
                problems.append(Problem(script.shown, message, meant, severity="note"))
        usable = tuple(dict.fromkeys(value for value in values if value in known))
        if usable:
            facts[key] = Fact(usable, "front matter")
    return Context({**facts, **setup.given.facts}), problems


def resolver(ruleset: RuleSet) -> Callable[[str], tuple[str, ...]]:
    """What rule names in comments and records stand for; raises KeyError, with the nearest known name or nothing."""

    def resolve_name(name: str) -> tuple[str, ...]:
        try:
            return packs.resolve(ruleset, name)
        except packs.UnknownRule as error:
            near = _MEANT.search(str(error))
            raise KeyError(near[1] if near else "") from None

    return resolve_name


def _names(setup: Setup) -> triage.Names:
    return triage.Names(resolver(setup.ruleset), running(setup), locked(setup))


def running(setup: Setup) -> frozenset[str]:
    """The rules whose findings a run can have."""
    return frozenset(setup.ruleset.rules) - {name for name, level in setup.levels.items() if level is Level.OFF}


def locked(setup: Setup) -> frozenset[str]:
    """The rules that nothing but a waiver silences."""
    return setup.ruleset.locked


def unchecked(file: discover.FoundFile, message: str, hint: str = "") -> Examined:
    """What is known of a file that could not be examined."""
    return replace(_unread(file.shown, Problem(file.shown, message, hint)), path=file.path)


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
    settled = ledger.settle(
        setup.ledger,
        tuple(finding for result in done for finding in result.findings),
        {result.record.path: result.path for result in done},
        day=setup.as_of,
        running=running(setup),
        locked=locked(setup),
        records=tuple(result.record for result in done),
    )
    return Report(
        findings=settled.findings,
        problems=(
            *setup.ruleset.problems,
            *setup.notes,
            *found,
            *(problem for result in done for problem in result.problems),
            *settled.notes,
        ),
        files=tuple(result.record for result in done),
        rules=len(setup.ruleset.rules),
        fingerprint=setup.ruleset.fingerprint,
        version=__version__,
        as_of=setup.as_of.isoformat(),
        lang=setup.settings.lang,
        skipped=skipped,
        rulebook=LazySequence(lambda: rulebook(setup)),  # most reports show none of it
        texts={result.record.path: result.text for result in done if result.text},
    )


def rulebook(setup: Setup) -> tuple[RuleRecord, ...]:
    """The rules of a run as reports explain them, those about our own comments among them."""
    records = [
        RuleRecord.of(rule, setup.ruleset.clauses(rule), setup.levels.get(rule.id, rule.level))
        for rule in setup.ruleset.rules.values()
    ]
    for name, title in triage.OWN_RULES.items():
        level = setup.levels.get(name, Level.WARNING)
        advice = Verdict.ADVICE
        records.append(RuleRecord(name, title, triage.FAMILY, advice, Level.WARNING, level, title, Text("")))
    return tuple(sorted(records, key=lambda record: record.id))


def with_flags(settings: Settings, **flags: object) -> Settings:
    """The settings with what the command line says instead; a flag that is None or empty says nothing."""
    said = {name: value for name, value in flags.items() if value not in (None, (), "", False)}
    places = {
        name: position for name, position in settings.places.items() if name.split(".")[0].replace("-", "_") not in said
    }
    if "encoding" in said:
        said["encodings"] = ()
    return replace(settings, places=places, **said)  # type: ignore[arg-type]
