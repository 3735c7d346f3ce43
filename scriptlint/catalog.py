"""A rule set as pages and tables for people, and as JSON Schema for editors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scriptlint import registry, rulehelp, triage
from scriptlint.language.ruleset import RuleSet
from scriptlint.model.rule import Basis, Example, Instrument, Rule, Text
from scriptlint.packs import schema

_VERIFIED = {
    "V1": {"zh": "已核对原文", "en": "text read at the issuer's site"},
    "V2": {"zh": "已与转载文本核对", "en": "text read in a copy"},
    "V3": {"zh": "未核对原文", "en": "text not read"},
}
_WORDS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "family": "类别",
        "verdict": "判定",
        "verb": "动词",
        "level": "级别",
        "status": "状态",
        "locked": "锁定",
        "locked_yes": "不能调低、关闭、屏蔽或列入基线，只能登记豁免",
        "file": "文件",
        "applies": "适用",
        "only": "仅限",
        "never": "不适用于",
        "speaker": "说话人",
        "everything": "所有文本",
        "basis": "依据",
        "practice": "行业惯例，没有条款",
        "message": "提示",
        "suggest": "建议",
        "guards": "以下情形不报",
        "examples": "示例",
        "aliases": "旧名",
        "yields": "让位于",
        "note": "备注",
        "in_force": "{date} 起施行",
        "ended": "{date} 止",
        "inactive": "本次检查日不启用",
        "own": "检查脚本里的屏蔽注释；不属于任何规则包，也不能被屏蔽。",
    },
    "en": {
        "family": "family",
        "verdict": "verdict",
        "verb": "verb",
        "level": "level",
        "status": "status",
        "locked": "locked",
        "locked_yes": "cannot be lowered, switched off, suppressed or baselined; only a waiver silences it",
        "file": "file",
        "applies": "applies to",
        "only": "only",
        "never": "never",
        "speaker": "speaker",
        "everything": "every text",
        "basis": "basis",
        "practice": "practice of the trade, no clause",
        "message": "message",
        "suggest": "suggestion",
        "guards": "silent when",
        "examples": "examples",
        "aliases": "old names",
        "yields": "yields to",
        "note": "note",
        "in_force": "in force since {date}",
        "ended": "until {date}",
        "inactive": "not active on the day of this check",
        "own": "About suppression comments in scripts; belongs to no pack and cannot be suppressed.",
    },
}


def page(ruleset: RuleSet, name: str, lang: str) -> str:
    """Everything a person should know about one rule, given by its full name."""
    words = _WORDS["en" if lang == "en" else "zh"]
    if name in triage.OWN_RULES:
        return f"{name}  {triage.OWN_RULES[name].get(lang)}\n\n{words['own']}\n"
    rule = ruleset.all_rules[name]
    lines = [f"{rule.id}  {rule.title.get(lang)}", ""]
    facts = [
        (words["family"], rule.family),
        (words["verdict"], _verdict(rule, lang)),
        (words["level"], rule.level.word),
        (words["verb"], rule.verb),
        (words["status"], rule.status),
        (words["locked"], words["locked_yes"] if rule.locked else ""),
        (words["file"], rule.path),
        (words["applies"], _applies(rule, words)),
        (words["speaker"], ", ".join(rule.speakers)),
        (words["aliases"], ", ".join(rule.aliases)),
        (words["yields"], ", ".join(rule.yields_to)),
    ]
    lines += [f"{key}: {value}" for key, value in facts if value]
    if name in ruleset.inactive:
        lines.append(f"{words['inactive']}: {ruleset.inactive[name]}")
    lines += ["", f"{words['basis']}:"]
    lines += [f"  {line}" for line in _basis(ruleset, rule, lang, words)]
    lines += ["", f"{words['message']}: {rule.message.get(lang)}", f"{words['suggest']}: {rule.suggest.get(lang)}"]
    guards = list(_guards(ruleset, rule, lang))
    if guards:
        lines += ["", f"{words['guards']}:", *(f"  {guard}" for guard in guards)]
    lines += ["", f"{words['examples']}:"]
    lines += [f"  {example.expect}: {marked(example)}{_with(example)}" for example in rule.examples]
    if rule.note:
        lines += ["", f"{words['note']}: {rule.note}"]
    return "\n".join(lines) + "\n"


def _verdict(rule: Rule, lang: str) -> str:
    """The verdict, and what it means as reports and the reference say it."""
    said = rulehelp.WORDS["en" if lang == "en" else "zh"][str(rule.verdict)]
    return said if lang == "en" else f"{rule.verdict} {said}"


def _applies(rule: Rule, words: Mapping[str, str]) -> str:
    parts = [
        f"{words[kind]} {key}={','.join(values)}"
        for kind, table in (("only", rule.applies.only), ("never", rule.applies.never))
        for key, values in table.items()
    ]
    return "; ".join(parts) or words["everything"]


def _basis(ruleset: RuleSet, rule: Rule, lang: str, words: Mapping[str, str]) -> Iterator[str]:
    if not rule.basis:
        yield words["practice"]
    for basis in rule.basis:
        instrument = ruleset.instruments.get(basis.source)
        if instrument is None:
            yield f"{basis.source} {basis.clause}".strip()
            continue
        yield _clause(instrument, basis) + _dates(instrument, lang, words)
        if instrument.url:
            yield f"  {instrument.url}"


def _clause(instrument: Instrument, basis: Basis) -> str:
    number = f"({instrument.number})" if instrument.number else ""
    # As in findings: a clause number that nobody has read is not printed.
    clause = f" {basis.clause}" if basis.clause and instrument.verified in ("V1", "V2") else ""
    return f"{instrument.id} 《{instrument.title}》{number}{clause}"


def _dates(instrument: Instrument, lang: str, words: Mapping[str, str]) -> str:
    parts = []
    if instrument.in_force:
        parts.append(words["in_force"].format(date=instrument.in_force.isoformat()))
    if instrument.ends:
        parts.append(words["ended"].format(date=instrument.ends.isoformat()))
    parts.append(f"{instrument.verified} {_VERIFIED.get(instrument.verified, {}).get(lang, '')}".strip())
    return f" [{'; '.join(parts)}]"


def _guards(ruleset: RuleSet, rule: Rule, lang: str) -> Iterator[str]:
    matcher = ruleset.matchers.get(rule.id)
    default = ruleset.default_guards if matcher is not None and matcher.guarded else ()
    for name in dict.fromkeys((*rule.guards, *default)):
        guard = ruleset.guards[name]
        yield f"{name}  {Text(guard.title_zh, guard.title_en).get(lang)}"


def marked(example: Example) -> str:
    """An example on one line, with ``[[ ]]`` around what must be found."""
    parts: list[str] = []
    position = 0
    for mark in example.marks:
        parts += [example.text[position : mark.start], "[[", example.text[mark.start : mark.end], "]]"]
        position = mark.end
    return "".join([*parts, example.text[position:]]).replace("\n", "\\n")


def _with(example: Example) -> str:
    parts = [f"{key}={','.join(values)}" for key, values in example.context.items()]
    if example.format != "plain":
        parts.append(f"format={example.format}")
    return f"  ({' '.join(parts)})" if parts else ""


def table(ruleset: RuleSet, lang: str) -> str:
    """The selected rules, one a line: name, level, verdict, title."""
    rules = list(ruleset.rules.values())
    widest = max((len(rule.id) for rule in rules), default=0)
    lines = [f"{rule.id:<{widest}}  {rule.family:<12}  {rule.verdict!s:<9}  {rule.title.get(lang)}" for rule in rules]
    return "".join(f"{line}\n" for line in lines)


def data(ruleset: RuleSet, name: str) -> dict[str, Any]:
    """One rule as plain values."""
    rule = ruleset.all_rules[name]
    return {
        "id": rule.id,
        "title": {"zh": rule.title.zh, "en": rule.title.en},
        "family": rule.family,
        "verdict": str(rule.verdict),
        "level": rule.level.word,
        "verb": rule.verb,
        "status": rule.status,
        "locked": rule.locked,
        "active": name not in ruleset.inactive,
        "applies": {
            "only": {key: list(values) for key, values in rule.applies.only.items()},
            "never": {key: list(values) for key, values in rule.applies.never.items()},
        },
        "speakers": list(rule.speakers),
        "basis": [_basis_data(ruleset, basis) for basis in rule.basis],
        "message": {"zh": rule.message.zh, "en": rule.message.en},
        "suggest": {"zh": rule.suggest.zh, "en": rule.suggest.en},
        "unless": list(rule.guards),
        "aliases": list(rule.aliases),
        "examples": {
            kind: sum(example.expect == kind for example in rule.examples)
            for kind in ("fail", "pass", "known-miss", "known-alarm")
        },
        "path": rule.path,
    }


def _basis_data(ruleset: RuleSet, basis: Basis) -> dict[str, str]:
    instrument = ruleset.instruments.get(basis.source)
    read = instrument is not None and instrument.verified in ("V1", "V2")
    return {
        "source": basis.source,
        "title": instrument.title if instrument else "",
        "number": instrument.number if instrument else "",
        "clause": basis.clause if read else "",
        "verified": instrument.verified if instrument else "",
    }


def rule_schema() -> dict[str, Any]:
    """The shape of a rule file with the parameters of every verb, as JSON Schema."""
    verbs = {key: registry.load("scriptlint.verbs", name).SCHEMA for key, name in schema.verb_keys().items()}
    return schema.rule_schema(verbs)
