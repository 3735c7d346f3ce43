"""The tool of a SARIF log: scriptlint itself, and its rule packs as extensions with their rules."""

from __future__ import annotations

from typing import Any

from scriptlint import rulehelp
from scriptlint.model.report import Report, RuleRecord
from scriptlint.model.rule import Level, Verdict
from scriptlint.reporters import _common

LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note"}

_OWN = "scriptlint"
# How sure a finding is: a violation is in the words, the rest needs somebody who knows more.
_PRECISION = {Verdict.VIOLATION: "high", Verdict.EVIDENCE: "medium", Verdict.REVIEW: "medium", Verdict.ADVICE: "medium"}
_SEVERITY = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "recommendation"}
_LONGEST = 1024
_NOTIFICATIONS = ("unread", "usage", "note")


class Tool:
    """Which component of the tool a rule is in, and where in it."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.packs: dict[str, list[RuleRecord]] = {_OWN: []}
        for rule in report.rulebook:
            self.packs.setdefault(rule.pack, []).append(rule)
        self._places = {
            rule.id: (pack, index) for pack, rules in self.packs.items() for index, rule in enumerate(rules)
        }
        self._extensions = [pack for pack in self.packs if pack != _OWN]

    def described(self) -> dict[str, Any]:
        """The ``tool`` of a run."""
        driver = {
            "name": "scriptlint",
            "version": self.report.version,
            "semanticVersion": self.report.version,
            "language": self._language(),
            "shortDescription": {"text": "A compliance linter for what a financial institution says to its customers"},
            "rules": [self._rule(rule) for rule in self.packs[_OWN]],
            "notifications": [self._notification(name) for name in _NOTIFICATIONS],
        }
        extensions = [
            {
                "name": pack,
                "version": self.report.fingerprint,
                "language": self._language(),
                "rules": [self._rule(rule) for rule in self.packs[pack]],
            }
            for pack in self._extensions
        ]
        return {"driver": driver, "extensions": extensions} if extensions else {"driver": driver}

    def reference(self, rule: str) -> dict[str, Any]:
        """Where the rule of a result is described; nothing for one that is not."""
        if rule not in self._places:
            return {}
        pack, index = self._places[rule]
        if pack == _OWN:
            return {"ruleIndex": index}
        return {"rule": {"id": rule, "index": index, "toolComponent": self._component(pack)}}

    def notification(self, severity: str) -> dict[str, Any]:
        """Where a kind of problem is described."""
        described = {"id": f"scriptlint/{severity}"}
        return {**described, "index": _NOTIFICATIONS.index(severity)} if severity in _NOTIFICATIONS else described

    def overrides(self) -> list[dict[str, Any]]:
        """The levels that the settings change."""
        changed = [rule for rule in self.report.rulebook if rule.level is not rule.default]
        return [
            {
                "descriptor": self._descriptor(rule),
                "configuration": {"level": LEVELS[rule.level]} if rule.level in LEVELS else {"enabled": False},
            }
            for rule in changed
        ]

    def _descriptor(self, rule: RuleRecord) -> dict[str, Any]:
        pack, index = self._places[rule.id]
        described: dict[str, Any] = {"id": rule.id, "index": index}
        return described if pack == _OWN else {**described, "toolComponent": self._component(pack)}

    def _component(self, pack: str) -> dict[str, Any]:
        return {"name": pack, "index": self._extensions.index(pack)}

    def _language(self) -> str:
        return "en-US" if self.report.lang == "en" else "zh-CN"

    def _notification(self, name: str) -> dict[str, Any]:
        # GitHub asks of these what it asks of rules.
        said = {"text": _common.words(self.report.lang)[name]}
        return {"id": f"scriptlint/{name}", "shortDescription": said, "fullDescription": said, "help": said}

    def _rule(self, rule: RuleRecord) -> dict[str, Any]:
        lang = self.report.lang
        tags = [rule.family, str(rule.verdict), f"pack/{rule.pack}", *(["preview"] if rule.preview else [])]
        described: dict[str, Any] = {
            "id": rule.id,
            "name": "".join(part.capitalize() for part in rule.id.split("/", 1)[-1].split("-")),
            "shortDescription": {"text": rule.title.get(lang)},
            "fullDescription": {"text": rulehelp.summary(rule, lang)[:_LONGEST]},
            "help": {"text": rulehelp.text(rule, lang), "markdown": rulehelp.markdown(rule, lang)},
            "defaultConfiguration": {"level": LEVELS.get(rule.default, "none")},
            "properties": {
                "tags": ["compliance", *tags],
                "precision": "low" if rule.hint or rule.preview else _PRECISION[rule.verdict],
                "problem.severity": _SEVERITY.get(rule.default, "recommendation"),
            },
        }
        if rule.aliases:
            described["deprecatedIds"] = [f"{rule.pack}/{alias}" for alias in rule.aliases]
        return described
