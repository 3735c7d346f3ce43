"""The rule reference: a page of Markdown for each rule, made from the packs, and an index by family.

A page says the same as ``explain`` and the help in reports, in Chinese and English. It depends on nothing but the
packs: neither on the day nor on settings, so that it changes only when a rule does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from scriptlint import rulehelp
from scriptlint.language.ruleset import RuleSet
from scriptlint.model.finding import Clause
from scriptlint.model.report import RuleRecord
from scriptlint.model.rule import FAMILIES, Applies, Example, Instrument, Rule
from scriptlint.rulehelp import WORDS, plain

MADE = "<!-- Made from the rule packs by `make docs`; change the rule, not this page. -->"
"""The first line of every page that is made here, so that a page whose rule is gone can be told from others."""
_FAMILY_NAMES: Mapping[str, tuple[str, str]] = {
    "return-claim": ("收益宣传", "Return claims"),
    "risk-warning": ("风险提示", "Risk warnings"),
    "jargon": ("专业术语", "Jargon"),
    "privacy": ("客户隐私", "Privacy"),
    "conduct": ("行为规范", "Conduct"),
}
_LEVELS = {"error": "错误", "warning": "警告", "info": "提示"}
_STATUS = {"stable": "正式", "preview": "试行，用 `--preview` 启用", "retired": "已停用"}
_STATUS_EN = {"stable": "stable", "preview": "preview, runs with `--preview`", "retired": "retired"}
_SPEAKERS = {"institution": "机构", "customer": "客户", "any": "任何人", "third": "第三方", "unknown": "不明"}
_VERIFIED = {"V1": "已核对原文", "V2": "已与转载文本核对", "V3": "未核对原文"}
_KINDS = (
    ("fail", "报", "Found"),
    ("pass", "不报", "Not found"),
    ("known-miss", "已知漏报", "Known misses"),
    ("known-alarm", "已知误报", "Known false alarms"),
)


def pages(ruleset: RuleSet) -> dict[str, str]:
    """Every page by its path below the folder of the reference."""
    made = {f"{name}.md": page(ruleset, rule) for name, rule in ruleset.all_rules.items()}
    return {"index.md": index(ruleset), **made}


def index(ruleset: RuleSet) -> str:
    """All rules, by family."""
    lines = [
        MADE, "", "# 规则一览 Rules", "",
        "每条规则一页：报告什么、依据哪一条、怎么改、正反例。判定的意思：", "",
        "A page for each rule: what it reports, the clause, how to put it right, examples. The verdicts:", "",
    ]  # fmt: skip
    lines += [f"- {WORDS['zh'][verdict]} · {WORDS['en'][verdict]}" for verdict in _VERDICTS]
    rules = list(ruleset.all_rules.values())
    families = [*FAMILIES, *sorted({rule.family for rule in rules} - set(FAMILIES))]
    lines += ["", "| 类别 Family | 规则 Rules |", "| --- | --- |"]
    for family in families:
        zh, en = _family(family)
        count = sum(rule.family == family for rule in rules)
        lines.append(f"| [{zh} {en}](#{family}) | {count} |")
    for family in families:
        zh, en = _family(family)
        lines += ["", f'<a id="{family}"></a>', "", f"## {zh} {en}", ""]
        lines += ["| 规则 Rule | | | 判定 Verdict |", "| --- | --- | --- | --- |"]
        for rule in rules:
            if rule.family == family:
                extra = {"preview": "（试行）", "retired": "（已停用）"}.get(rule.status, "")
                name = rule.id.split("/", 1)[1]
                link = f"[`{name}`]({rule.id}.md)"
                title = f"{_cell(rule.title.zh)}{extra}"
                lines.append(f"| {link} | {title} | {_cell(rule.title.get('en'))} | {rule.verdict} |")
    return "\n".join(lines) + "\n"


_VERDICTS = ("violation", "evidence", "review", "advice")


def page(ruleset: RuleSet, rule: Rule) -> str:
    """One rule."""
    record = RuleRecord.of(rule, ruleset.clauses(rule), rule.level)
    blocks = [
        MADE,
        f"# {plain(rule.title.zh)}",
        f"*{plain(rule.title.get('en'))}*",
        _facts(rule),
        "## 报告什么 What it reports",
        plain(rulehelp.summary(record, "zh")),
        f"*{plain(rulehelp.summary(record, 'en'))}*",
        "## 依据 Why",
        "\n".join(_why(ruleset, rule)),
    ]
    if rule.note:
        blocks.append(plain(rule.note))
    if rule.suggest.zh:
        blocks += ["## 怎么改 How to put it right", plain(rulehelp.advice(record, "zh"))]
        if rule.suggest.en:
            blocks.append(f"*{plain(rulehelp.advice(record, 'en'))}*")
    blocks += _examples(rule.examples)
    guards = [ruleset.guards[name] for name in rule.guards if name in ruleset.guards]
    if guards:
        blocks.append("## 何时不报 Silent when")
        named = zip(rule.guards, guards, strict=False)
        blocks.append(
            "\n".join(f"- `{name}` {plain(guard.title_zh)} · {plain(guard.title_en)}" for name, guard in named)
        )
    blocks.append("## 确需保留 Where the words must stay")
    blocks.append(rulehelp.silence(record, WORDS["zh"]))
    return "\n\n".join(blocks) + "\n"


def _facts(rule: Rule) -> str:
    family = _family(rule.family)
    level = rule.level.word
    rows = [
        ("规则 Rule", f"`{rule.id}`"),
        ("类别 Family", f"{family[0]} `{rule.family}`"),
        ("判定 Verdict", f"{WORDS['zh'][str(rule.verdict)]} · {WORDS['en'][str(rule.verdict)]}"),
        ("默认级别 Level", f"{_LEVELS.get(level, level)} `{level}`"),
        ("状态 Status", f"{_STATUS.get(rule.status, rule.status)} · {_STATUS_EN.get(rule.status, rule.status)}"),
        ("锁定 Locked", f"{WORDS['zh']['locked']} · {WORDS['en']['locked']}" if rule.locked else ""),
        ("弱提示 Hint", "只在文中另有问题时才报 · counts only beside another finding" if rule.hint else ""),
        ("适用 Applies to", _applies(rule.applies)),
        ("说话人 Speaker", "、".join(f"{_SPEAKERS.get(name, name)} `{name}`" for name in rule.speakers)),
        ("让位于 Yields to", ", ".join(f"`{name}`" for name in rule.yields_to)),
        ("旧名 Old names", ", ".join(f"`{name}`" for name in rule.aliases)),
        ("写法 Verb", f"`{rule.verb}`"),
    ]
    first, *others = [f"| {name} | {_piped(value)} |" for name, value in rows if value]
    return "\n".join([first, "| --- | --- |", *others])


def _applies(applies: Applies) -> str:
    parts = [
        f"{said} `{key}={','.join(values)}`"
        for said, table in (("仅限 only", applies.only), ("不适用于 never", applies.never))
        for key, values in table.items()
    ]
    return "; ".join(parts) or "所有文本 every text"


def _why(ruleset: RuleSet, rule: Rule) -> Iterator[str]:
    clauses = ruleset.clauses(rule)
    if not clauses:
        yield f"{WORDS['zh']['practice']} · {WORDS['en']['practice']}"
    for basis, clause in zip((each for each in rule.basis if each.source in ruleset.instruments), clauses, strict=True):
        instrument = ruleset.instruments[basis.source]
        about = next((known.about for known in instrument.clauses if known.clause == basis.clause), "")
        yield f"- {_linked(clause)}" + (f"：{plain(about)}" if about and clause.clause else "")
        yield f"  <br>{_dates(instrument)}"


def _linked(clause: Clause) -> str:
    name = plain(clause.text())
    return f"[{name}]({clause.url})" if clause.url else name


def _dates(instrument: Instrument) -> str:
    parts = [f"{instrument.in_force.isoformat()} 起施行" if instrument.in_force else "未定施行日期"]
    if instrument.ends:
        parts.append(f"{instrument.ends.isoformat()} 止")
    parts.append(f"`{instrument.id}` {_VERIFIED.get(instrument.verified, instrument.verified)}")
    return "，".join(parts)


def _examples(examples: Sequence[Example]) -> Iterator[str]:
    if examples:
        yield "## 例子 Examples"
    for kind, zh, en in _KINDS:
        chosen = [example for example in examples if example.expect == kind]
        if chosen:
            yield f"### {zh} {en}"
            yield "\n".join(f"- {_example(example)}" for example in chosen)


def _example(example: Example) -> str:
    text = rulehelp.marked(example, "<b>", "</b>")
    text = "<br>".join(line.strip() for line in text.strip().splitlines())
    facts = [f"{key}={','.join(values)}" for key, values in example.context.items()]
    facts += [f"format={example.format}"] if example.format != "plain" else []
    return f"{text} `{' '.join(facts)}`" if facts else text


def _family(name: str) -> tuple[str, str]:
    return _FAMILY_NAMES.get(name, (name, name))


def _cell(text: str) -> str:
    return _piped(plain(text))


def _piped(text: str) -> str:
    """Text for a cell of a table, in which a bar would end it even in code."""
    return text.replace("\\|", "|").replace("|", "\\|")
