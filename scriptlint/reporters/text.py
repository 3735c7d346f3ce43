"""The report people read: place, level, rule and reason, the words with a mark below, clauses and advice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby

from scriptlint.model.context import CONTEXT_VALUES
from scriptlint.model.finding import SILENT, Finding, Problem, Tier
from scriptlint.model.report import FileRecord, Report
from scriptlint.model.rule import Level
from scriptlint.reporters._options import PLAIN, Options
from scriptlint.reporters._width import excerpt

KIND = "text"
_COLOURS = {"error": "31", "warning": "33", "info": "36", "bold": "1", "dim": "2"}

_WORDS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "basis": "依据:",
        "suggest": "建议:",
        "fix": "可改:",
        "related": "相关:",
        "hint": "提示:",
        "context": "语境:",
        "unknown": "未知",
        "not_applied": "{key} 未知，{count} 条规则未检查",
        "evasion": "（文字中有插入、隐藏或变形的字符）",
        "preview": "（试行规则）",
        "silenced": "已屏蔽:{reason}",
        "silenced_waived": "已豁免:{reason}",
        "silenced_baselined": "基线内的存量问题",
        "silenced_unsupported": "孤立的弱提示，不计入",
        "silenced_unchanged": "所在行没有改动",
        "noted": "注意:{reason}",
        "usage": "设置或规则有误",
        "unread": "未能检查",
        "note": "说明",
        "by_rule": "按规则统计",
        "by_family": "按类别统计",
        "files": "共检查 {count} 个文件，{rules} 条规则",
        "levels": "错误 {error}，警告 {warning}，提示 {info}",
        "suppressed": "已屏蔽 {count}",
        "waived": "已豁免 {count}",
        "baselined": "存量 {count}",
        "unchanged": "未改动处 {count}",
        "unsupported": "孤立的弱提示 {count}",
        "empty": "空文件 {count}",
        "partial": "只读出一部分 {count}",
        "unread_files": "未能读取 {count}",
        "skipped": "跳过 {count}({what})",
        "excluded": "按设置排除",
        "skipped_unchanged": "未改动",
        "no suffix": "无后缀",
        "disclaimer": "机器初筛，不构成法律意见或审批结论。",
        "comma": "；",
        "stop": "。",
        "origins": "flag=参数,front matter=文件头,settings=设置,inferred=推断,default=默认",
    },
    "en": {
        "basis": "basis:",
        "suggest": "suggestion:",
        "fix": "fix:",
        "related": "see:",
        "hint": "hint:",
        "context": "context:",
        "unknown": "unknown",
        "not_applied": "{key} unknown, so {count} rules not applied",
        "evasion": " (characters were inserted, hidden or altered in these words)",
        "preview": " (preview rule)",
        "silenced": "suppressed: {reason}",
        "silenced_waived": "waived: {reason}",
        "silenced_baselined": "known before, by the baseline",
        "silenced_unsupported": "a hint without support, not counted",
        "silenced_unchanged": "stands on lines that did not change",
        "noted": "note: {reason}",
        "usage": "settings or rules wrong",
        "unread": "not checked",
        "note": "note",
        "by_rule": "By rule",
        "by_family": "By family",
        "files": "{count} files checked with {rules} rules",
        "levels": "{error} errors, {warning} warnings, {info} infos",
        "suppressed": "{count} suppressed",
        "waived": "{count} waived",
        "baselined": "{count} known before",
        "unchanged": "{count} on unchanged lines",
        "unsupported": "{count} hints without support",
        "empty": "{count} empty",
        "partial": "{count} read in part",
        "unread_files": "{count} unread",
        "skipped": "{count} skipped ({what})",
        "excluded": "excluded",
        "skipped_unchanged": "unchanged",
        "no suffix": "no suffix",
        "disclaimer": "A machine's first screening: no legal advice and no approval.",
        "comma": "; ",
        "stop": ". ",
        "origins": "",
    },
}
_ALWAYS_KNOWN = "jurisdiction"
_FLAGS: Mapping[Tier, str] = {Tier.SAFE: "--fix", Tier.UNSAFE: "--fix --unsafe-fixes"}


def render(report: Report, options: Options = PLAIN) -> str:
    """The whole report as text for a terminal."""
    return _Text(report, options).render()


class _Text:
    """The working state of one rendering."""

    def __init__(self, report: Report, options: Options) -> None:
        self.report = report
        self.options = options
        self.words = _WORDS["en" if report.lang == "en" else "zh"]
        self.records = {record.path: record for record in report.files}

    def render(self) -> str:
        blocks = ["".join(f"{line}\n" for line in block) for block in self._blocks()]
        return "\n".join(block for block in blocks if block)

    def _blocks(self) -> Iterator[list[str]]:
        shown = [finding for finding in self.report.findings if finding.status.state == "open" or self.options.silenced]
        for path, findings in groupby(shown, key=lambda finding: finding.path):
            lines = [line for finding in findings for line in self._finding(finding)]
            record = self.records.get(path)
            if record is not None and not self.options.quiet:
                lines.append(self._context(record))
            yield lines
        yield [line for problem in self.report.problems for line in self._problem(problem)]
        if self.options.statistics:
            yield self._statistics()
        if not self.options.quiet:
            yield [self._summary()]

    # -- findings -----------------------------------------------------------------------------------------

    def _finding(self, finding: Finding) -> Iterator[str]:
        place = finding.path
        if finding.span is not None:
            place += f":{finding.start.line}:{finding.start.column}"
        place += f" ({finding.locator})" if finding.locator else ""
        message = self._said(finding.message)
        message += self.words["evasion"] if finding.evasion else ""
        message += self.words["preview"] if finding.preview else ""
        word = finding.level.word
        yield f"{self._paint('bold', place)}: {self._paint(word, word)} {finding.rule} {message}"
        if finding.span is not None and finding.line_text.strip():
            yield from self._marked(finding)
        state, reason = finding.status.state, finding.status.reason
        if state != "open":
            yield "  " + self.words.get(f"silenced_{state}", self.words["silenced"]).format(reason=reason)
        elif reason:
            yield "  " + self.words["noted"].format(reason=reason)
        for clause in finding.basis:
            yield f"  {self.words['basis']} {clause.text()}"
        suggestion = self._said(finding.suggestion)
        if suggestion:
            yield f"  {self.words['suggest']} {suggestion}"
        if finding.status.state == "open":
            for fix in finding.fixes:
                yield f"  {self.words['fix']} {self._said(fix.description)} ({_FLAGS[fix.tier]})"
        for related in finding.related:
            where = f"{finding.path}:{related.start.line}:{related.start.column}"
            yield f"  {self.words['related']} {where} {related.note}".rstrip()

    def _marked(self, finding: Finding) -> Iterator[str]:
        assert finding.span is not None
        same_line = finding.end.line == finding.start.line
        length = len(finding.span) if same_line else len(finding.line_text) - finding.line_offset
        shown = excerpt(finding.line_text, finding.line_offset, max(length, 0), cut=_is_cut(finding))
        yield f"  | {shown.text}"
        marks = self._paint(finding.level.word, "^" * shown.marked)
        yield f"  | {' ' * shown.before}{marks}"

    def _context(self, record: FileRecord) -> str:
        parts: list[str] = []
        for key in CONTEXT_VALUES:
            fact = record.context.get(key)
            if fact.values and fact.origin != "default":
                reason = f": {_short(fact.reason)}" if fact.reason else ""
                parts.append(f"{key}={','.join(fact.values)} ({self._origin(fact.origin)}{reason})")
            elif not fact.values and key != _ALWAYS_KNOWN:
                parts.append(f"{key}={self.words['unknown']}")
        for key, rules in (record.not_applied or {}).items():
            parts.append(self.words["not_applied"].format(key=key, count=len(rules)))
        return self._paint("dim", f"  {self.words['context']} {self.words['comma'].join(parts)}")

    def _origin(self, origin: str) -> str:
        names = dict(pair.split("=") for pair in self.words["origins"].split(",") if pair)
        return names.get(origin, origin)

    # -- the end of the report ----------------------------------------------------------------------------

    def _problem(self, problem: Problem) -> Iterator[str]:
        if problem.severity == "note" and self.options.quiet:
            return
        level = "warning" if problem.severity == "note" else "error"
        kind = self._paint(level, self.words.get(problem.severity, problem.severity))
        yield f"{problem.place()}: {kind}: {problem.message}"
        if problem.hint:
            yield f"  {self.words['hint']} {problem.hint}"

    def _statistics(self) -> list[str]:
        found = list(self.report.open_findings())
        lines: list[str] = []
        counts: tuple[tuple[str, Callable[[Finding], str]], ...] = (
            ("by_family", lambda finding: finding.family),
            ("by_rule", lambda finding: finding.rule),
        )
        for title, key in counts:
            lines.append(f"{self.words[title]}:")
            ranked = sorted(Counter(map(key, found)).items(), key=lambda item: (-item[1], item[0]))
            lines.extend(f"  {count:5d}  {name}" for name, count in ranked)
        return lines

    def _summary(self) -> str:
        report, words = self.report, self.words
        states = Counter(record.state for record in report.files)
        levels = Counter(finding.level for finding in report.open_findings())
        checked = sum(states[state] for state in ("checked", "partial", "empty"))
        parts = [
            words["files"].format(count=checked, rules=report.rules),
            words["levels"].format(error=levels[Level.ERROR], warning=levels[Level.WARNING], info=levels[Level.INFO]),
        ]
        silent = Counter(finding.status.state for finding in report.findings)
        counts = (
            *((state, silent[state]) for state in SILENT),
            ("empty", states["empty"]),
            ("partial", states["partial"]),
            ("unread_files", states["unread"]),
        )
        parts.extend(words[name].format(count=count) for name, count in counts if count)
        if report.skipped:
            named = {name: words.get(f"skipped_{name}", words.get(name, name)) for name in report.skipped}
            what = ", ".join(f"{named[name]} {count}" for name, count in report.skipped.items())
            parts.append(words["skipped"].format(count=sum(report.skipped.values()), what=what))
        return words["comma"].join(parts) + words["stop"] + words["disclaimer"]

    def _said(self, wording: Mapping[str, str]) -> str:
        return wording.get(self.report.lang) or wording.get("zh", "")

    def _paint(self, colour: str, text: str) -> str:
        return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m" if self.options.colour else text


def _is_cut(finding: Finding) -> bool:
    """True when the line was long and its beginning is left out already."""
    return finding.line_offset < finding.start.column - 1 and finding.line_text != finding.excerpt


def _short(reason: str, limit: int = 40) -> str:
    return reason if len(reason) <= limit else reason[: limit - 1] + "…"
