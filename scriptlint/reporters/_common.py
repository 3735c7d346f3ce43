"""What several machine formats say alike: a finding in lines, a problem in one, and what marks a finding for good."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha256

from scriptlint.model.finding import Finding, Problem
from scriptlint.model.report import Report

_WORDS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "basis": "依据: ",
        "suggest": "建议: ",
        "place": "位置: ",
        "hint": "提示: ",
        "evasion": "（文字中有插入、隐藏或变形的字符）",
        "preview": "（试行规则）",
        "usage": "设置或规则有误",
        "unread": "未能检查",
        "note": "说明",
        "counts": "共检查 {files} 个文件，{rules} 条规则；错误 {error}，警告 {warning}，提示 {info}；未能读全 {unread}",
        "comma": "；",
    },
    "en": {
        "basis": "basis: ",
        "suggest": "suggestion: ",
        "place": "place: ",
        "hint": "hint: ",
        "evasion": " (characters were inserted, hidden or altered in these words)",
        "preview": " (preview rule)",
        "usage": "settings or rules wrong",
        "unread": "not checked",
        "note": "note",
        "counts": "{files} files checked with {rules} rules; {error} errors, {warning} warnings, {info} infos;"
        " {unread} not read whole",
        "comma": "; ",
    },
}


def words(lang: str) -> Mapping[str, str]:
    """The labels of a language."""
    return _WORDS["en" if lang == "en" else "zh"]


def said(wording: Mapping[str, str], lang: str) -> str:
    """A wording in a language, or in Chinese where there is none."""
    return wording.get(lang) or wording.get("zh", "")


def explained(finding: Finding, lang: str, *, place: bool = True) -> list[str]:
    """What a person should read about a finding: the message, the place as the format names it, clauses, advice."""
    labels = words(lang)
    message = said(finding.message, lang)
    message += labels["evasion"] if finding.evasion else ""
    message += labels["preview"] if finding.preview else ""
    lines = [message]
    if place and finding.locator:
        lines.append(labels["place"] + finding.locator)
    if finding.basis:
        lines.append(labels["basis"] + labels["comma"].join(clause.text() for clause in finding.basis))
    suggestion = said(finding.suggestion, lang)
    if suggestion:
        lines.append(labels["suggest"] + suggestion)
    return lines


def told(problem: Problem, lang: str) -> list[str]:
    """A problem in lines: what it is, and what to do about it."""
    labels = words(lang)
    lines = [f"{labels.get(problem.severity, problem.severity)}: {problem.message}"]
    if problem.hint:
        lines.append(labels["hint"] + problem.hint)
    return lines


def counts(report: Report) -> str:
    """The run in one line, what was not read among it."""
    levels = Counter(finding.level.word for finding in report.open_findings())
    states = Counter(record.state for record in report.files)
    return words(report.lang)["counts"].format(
        files=len(report.files) - states["unread"],
        rules=report.rules,
        unread=states["unread"] + states["partial"],
        **{level: levels[level] for level in ("error", "warning", "info")},
    )


def numbered(report: Report) -> Iterator[tuple[Finding, int]]:
    """Every finding, and the how-manieth of its rule, file and words it is. Moved lines change neither."""
    seen: Counter[tuple[str, ...]] = Counter()
    for finding in report.findings:
        seen[finding.identity] += 1
        yield finding, seen[finding.identity]


def digest(*parts: str) -> str:
    """A short fixed name for some texts."""
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def on_command_line(problem: Problem) -> bool:
    """True when a problem stands in no file: a flag names what does not exist."""
    return problem.path.startswith("--")
