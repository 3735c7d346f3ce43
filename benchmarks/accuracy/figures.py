"""What the rules reach on the project's own corpus, what changed since the last published figures, and docs/accuracy.md.

    python benchmarks/accuracy/figures.py            print the difference on both parts
    python benchmarks/accuracy/figures.py --write    publish: figures.json and docs/accuracy.md

The develop part is for writing rules, the check part for measuring them. Labels are named by script and words.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from baseline import scored as scored_by_keywords

from scriptlint import accuracy, run
from scriptlint.cli import score as scoring
from scriptlint.config import Settings

HERE = Path(__file__).resolve().parent
LABELS = HERE / "cn" / "labels"
FIGURES = HERE / "figures.json"
PAGE = HERE.parents[1] / "docs" / "accuracy.md"
DAY = date(2026, 11, 24)
"""The day whose rules are measured, so that figures do not change by themselves."""
MEANING = {
    "develop": "Rules were written from these scripts and the scorer was trained on them: they show the fit, no more.",
    "check": "No rule was written from these scripts and the scorer was not trained on them. Limits of scores and which "
    "rules are hints were chosen with an eye on these figures, so new scripts may do somewhat worse.",
}
KINDS = {
    "sales-script": {"script"},
    "notice": {"notice"},
    "chat-template": {"chat"},
    "transcript": {"chat", "script", "collection"},
    "marketing": {"ad", "page", "video", "push"},
    "sms": {"sms", "push", "collection"},
}
"""What a labelled kind may be inferred as; a transcript is a chat or a call."""
PRODUCTS = {
    "wealth-management": {"wm", "trust", "pf", "amplan", "struct_deposit"},
    "fund": {"fund", "mmf", "pf", "amplan"},
    "insurance": {"ins", "ins_newtype", "ins_health"},
    "loan": {"loan"},
    "credit-card": {"card", "loan"},
    "securities": {"sec", "fut", "pf"},
    "deposit": {"deposit", "struct_deposit", "bond_gov"},
    "precious-metal": {"metal"},
    "general": set(),
}


def measured(part: str, setup: run.Setup) -> dict[str, Any]:
    """The figures of one part, of scriptlint and of the keyword lists."""
    score, problems = scoring.measure(str(LABELS), setup, part=part)
    if problems:
        raise SystemExit("\n".join(f"{problem.place()}: {problem.message}" for problem in problems))
    keywords = scored_by_keywords(LABELS, part)
    return {**scoring.data(score, verbose=True), "keywords": scoring.data(keywords, verbose=False)}


def kept(figures: Mapping[str, Any]) -> dict[str, Any]:
    """The part of the figures that is kept to compare with: per family and rule, and what is missed or wrong."""
    return {
        "all": figures["all"],
        "families": figures["families"],
        "rules": {name: [rule["right"], rule["alarms"]] for name, rule in figures["rules"].items()},
        "misses": sorted(f"{miss['script']}: {miss['family']}: {miss['quote']}" for miss in figures["misses"]),
        "alarms": sorted(f"{alarm['script']}: {alarm['rule']}: {alarm['words']}" for alarm in figures["alarms"]),
    }


def difference(part: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    """What a change of rules did to one part, in lines."""
    yield f"{part}:"
    before = {**old.get("families", {}), **({"all": old["all"]} if "all" in old else {})}
    for name, tally in {**new["families"], "all": new["all"]}.items():
        was = before.get(name, {"f1": 0.0, "clean_alarms_per_10k": 0.0})
        alarms = f"{was['clean_alarms_per_10k']:.1f} -> {tally['clean_alarms_per_10k']:.1f}"
        yield f"  {name:<13} F1 {was['f1']:.3f} -> {tally['f1']:.3f}   alarms/10k clean {alarms}"
    for title, key in (("missed", "misses"), ("alarm", "alarms")):
        now, then = Counter(new[key]), Counter(old.get(key, ()))
        yield from (f"  new {title}: {line}" for line in sorted((now - then).elements()))
        yield from (f"  no longer {title}: {line}" for line in sorted((then - now).elements()))


def entries() -> dict[str, Any]:
    """What the labels say of each script."""
    listed: dict[str, Any] = {}
    for file in sorted(LABELS.glob("*.yaml")):
        listed.update(yaml.load(file.read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))["files"])
    return listed


def confusion(setup: run.Setup) -> dict[str, list[str]]:
    """For kind and product: what scripts of each labelled value are inferred as."""
    listed = entries()
    tables: dict[str, list[str]] = {}
    for key, meanings in (("kind", KINDS), ("product", PRODUCTS)):
        counts: dict[str, Counter[str]] = {name: Counter() for name in meanings}
        right = 0
        for name, entry in listed.items():
            examined = run.examine(run.Script(name, (LABELS.parent / name).read_bytes()), setup)
            assert examined.context is not None
            known = {value for context in _contexts(examined) for value in context.values(key)}
            counts[entry[key]].update(sorted(known) or ["unknown"])
            right += bool(known & meanings[entry[key]]) or not (known or meanings[entry[key]])
        rows = [f"{right} of {len(listed)} right.", "", "| labelled | inferred |", "| --- | --- |"]
        for name, found in counts.items():
            rows.append(f"| {name} | {', '.join(f'{value} {count}' for value, count in found.most_common())} |")
        tables[key] = rows
    return tables


def _contexts(examined: run.Examined) -> Iterator[Any]:
    assert examined.context is not None
    yield examined.context.document
    yield from examined.context.sections.values()


def page(parts: Mapping[str, Mapping[str, Any]], tables: Mapping[str, list[str]], count: Counter[str]) -> str:
    """docs/accuracy.md."""
    lines = [
        "# Accuracy",
        "",
        "Written by `python benchmarks/accuracy/figures.py --write`; do not edit.",
        "",
        f"The corpus in `benchmarks/accuracy/cn` holds {sum(count.values())} scripts in our own words: "
        f"{count['develop']} to develop the rules with and {count['check']} to check them. The contexts are inferred, "
        "never given. A finding meets a label of the same family when they share a character; "
        "alarms are counted on clean scripts, per 10 000 characters.",
        "",
        "The keyword list is `benchmarks/accuracy/baseline.py`: banned words, number patterns, words a text must have.",
    ]
    for part, figures in parts.items():
        clean = f"{figures['clean_scripts']} of {figures['scripts']} scripts are clean"
        lines += ["", f"## {part} part", "", f"{clean} ({figures['clean_characters']} characters). {MEANING[part]}", ""]
        lines += [
            "| family | precision | recall | F1 | alarms | keyword list: F1 | alarms |",
            "| --- | --: | --: | --: | --: | --: | --: |",
        ]
        for name, tally in {**figures["families"], "**all**": figures["all"]}.items():
            words = {**figures["keywords"]["families"], "**all**": figures["keywords"]["all"]}[name]
            shares = " | ".join(f"{tally[key]:.3f}" for key in ("precision", "recall", "f1"))
            alarms = f"{tally['clean_alarms_per_10k']:.1f} | {words['f1']:.3f} | {words['clean_alarms_per_10k']:.1f}"
            lines.append(f"| {name} | {shares} | {alarms} |")
    lines += ["", "## Rules", "", "Findings that are right, and false alarms, in the two parts together.", ""]
    lines += ["| rule | right | alarms | precision |", "| --- | --: | --: | --: |"]
    rules: dict[str, list[int]] = {}
    for figures in parts.values():
        for name, rule in figures["rules"].items():
            tally = rules.setdefault(name, [0, 0])
            tally[0] += rule["right"]
            tally[1] += rule["alarms"]
    for name, (good, bad) in sorted(rules.items()):
        share = f"{good / (good + bad):.2f}" if good + bad else "-"
        lines.append(f"| {name} | {good} | {bad} | {share} |")
    for key, rows in tables.items():
        lines += ["", f"## {key.capitalize()} as inferred", "", *rows]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Print the differences; publish with ``--write``."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write figures.json and docs/accuracy.md")
    options = parser.parse_args()
    setup = run.prepare(Settings(), DAY)
    parts = {part: measured(part, setup) for part in accuracy.PARTS}
    old = json.loads(FIGURES.read_text("utf-8")) if FIGURES.is_file() else {}
    new = {part: kept(figures) for part, figures in parts.items()}
    for part in parts:
        print("\n".join(difference(part, old.get(part, {}), new[part])))
    if options.write:
        FIGURES.write_text(json.dumps(new, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
        listed = entries()
        count = Counter(entry["part"] for entry in listed.values())
        PAGE.write_text(page(parts, confusion(setup), count), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
