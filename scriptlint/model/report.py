"""Everything a reporter may show about one run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from scriptlint.model.context import Context
from scriptlint.model.document import Role, Scope
from scriptlint.model.finding import Clause, Finding, Problem
from scriptlint.model.record import dataclass, field
from scriptlint.model.rule import Example, Level, Rule, Text, Verdict
from scriptlint.model.span import OffsetMap, Position


@dataclass(frozen=True, slots=True)
class FileRecord:
    """One file of a run: what it was taken for and what was checked."""

    path: str
    format: str
    encoding: str
    characters: int
    segments: int
    state: str
    """``checked``, ``partial``, ``empty`` or ``unread``."""
    context: Context
    sections: tuple[tuple[str, Context], ...] = ()
    """Contexts of sections that differ from the document's, by heading path."""
    not_applied: Mapping[str, tuple[str, ...]] | None = None
    """Rules that did not apply because a context value is unknown, by context key."""
    unread: tuple[str, ...] = ()
    """What the file holds and nobody read (an image, an encrypted part), each with its place if known."""
    sha256: str = ""
    """Digest of the bytes that were read, for a manifest."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """One segment of a text as a report may show it: personal data is struck out, at equal length."""

    text: str
    offsets: OffsetMap
    """Where it stands in the source, so that a finding's span can be found in it."""
    place: Position
    scope: Scope
    role: Role = Role.UNKNOWN
    section: tuple[str, ...] = ()
    label: str = ""
    record: int | None = None
    locator: str = ""


@dataclass(frozen=True, slots=True)
class RunPoint:
    """One run in a series of runs, for a trend. What counts are findings that stand in the text and nobody excused."""

    name: str
    as_of: str
    fingerprint: str
    files: int
    levels: Mapping[str, int]
    """Findings by ``error``, ``warning`` and ``info``."""
    families: Mapping[str, int]
    score: float | None
    """Mean score of the documents, 0 to 100; None when none was read."""
    family_scores: Mapping[str, float | None]
    new: int | None = None
    """As against the run before; None for the first."""
    fixed: int | None = None


@dataclass(frozen=True, slots=True)
class RuleRecord:
    """One rule that a run applied, as reports explain it. Wordings may hold ``{match}`` and other placeholders."""

    id: str
    title: Text
    family: str
    verdict: Verdict
    default: Level
    """The level that its verdict calls for."""
    level: Level
    """The level its findings have in this run; ``OFF`` when the settings silence it."""
    message: Text
    suggest: Text
    basis: tuple[Clause, ...] = ()
    note: str = ""
    preview: bool = False
    hint: bool = False
    aliases: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    locked: bool = False

    @staticmethod
    def of(rule: Rule, clauses: tuple[Clause, ...], level: Level) -> RuleRecord:
        """A rule with the clauses it rests on and the level it has in this run."""
        return RuleRecord(
            id=rule.id,
            title=rule.title,
            family=rule.family,
            verdict=rule.verdict,
            default=rule.level,
            level=level,
            message=rule.message,
            suggest=rule.suggest,
            basis=clauses,
            note=rule.note,
            preview=rule.status == "preview",
            hint=rule.hint,
            aliases=rule.aliases,
            examples=rule.examples,
            locked=rule.locked,
        )

    @property
    def pack(self) -> str:
        """The pack it comes from; ``scriptlint`` for the rules about our own comments."""
        return self.id.split("/", 1)[0]


@dataclass(frozen=True, slots=True)
class Report:
    """The result of one run. Findings are sorted; problems come in the order of their files."""

    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    files: tuple[FileRecord, ...]
    rules: int
    fingerprint: str
    """Digest of the rule set that was used."""
    version: str
    as_of: str
    lang: str = "zh"
    skipped: Mapping[str, int] = field(default_factory=dict)
    """Files in walked folders that were left out, by suffix; ``excluded`` for those a glob left out."""
    rulebook: Sequence[RuleRecord] = ()
    """Every rule that was applied, by full name."""
    history: tuple[RunPoint, ...] = ()
    """Earlier runs and this one, oldest first, where the caller asked for them."""
    texts: Mapping[str, tuple[Quoted, ...]] = field(default_factory=dict)
    """What was checked, by path, where a format shows it."""

    def open_findings(self) -> Iterable[Finding]:
        """Findings that nothing silences."""
        return (finding for finding in self.findings if finding.status.state == "open")


def exit_code(report: Report, fail_level: Level) -> int:
    """0 clean, 1 open findings at or above ``fail_level``, 2 call, settings or rule wrong, 3 something unread."""
    severities = {problem.severity for problem in report.problems}
    if "unread" in severities:
        return 3
    if "usage" in severities:
        return 2
    return int(any(finding.level >= fail_level for finding in report.open_findings()))
