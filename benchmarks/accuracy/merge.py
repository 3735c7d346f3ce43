"""Add labels written by hand, without offsets, to labels/: python benchmarks/accuracy/merge.py PART.yaml [--check]

Labels are kept in a file for each writer: what stands before the first ``-`` of a script's name. A part maps file names to {kind, product, scene, part, findings, tempting, ignore}. A finding gives its family and its
exact quote; this script looks the quote up, and asks for `nth` (counted from 1) where it stands more than once.
With --check nothing is written.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent / "cn"
FAMILIES = ("return-claim", "risk-warning", "jargon", "privacy", "conduct")
KINDS = ("sales-script", "notice", "chat-template", "transcript", "marketing", "sms")
PRODUCTS = (
    "deposit", "wealth-management", "fund", "insurance", "loan", "credit-card", "securities", "precious-metal", "general",
)  # fmt: skip
PARTS = ("develop", "check")
HEAD = "# Labels of scripts in the folder above. The guide is benchmarks/accuracy/README.md.\n"


class Plain(yaml.SafeDumper):
    """Writes every value out: labels are read by people, and aliases are not allowed in them."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True


def placed(name: str, text: str, item: dict[str, Any], key: str, errors: list[str]) -> int:
    """Where a quote stands, in code points; -1 with a message when that cannot be told."""
    quote, nth = str(item.get(key, "")), int(item.get("nth", 0))
    starts = [index for index in range(len(text)) if text.startswith(quote, index)] if quote else []
    if not starts:
        errors.append(f"{name}: does not contain {key} {quote!r}")
    elif len(starts) > 1 and not 1 <= nth <= len(starts):
        errors.append(f"{name}: {quote!r} stands {len(starts)} times; give nth: 1 to {len(starts)}")
    else:
        return starts[nth - 1 if nth else 0]
    return -1


def complete(name: str, entry: dict[str, Any], errors: list[str]) -> dict[str, Any]:
    """One file's labels with ids and offsets."""
    path = HERE / name
    if not path.is_file():
        errors.append(f"{name}: no such file in {HERE}")
        return entry
    text = path.read_bytes().decode("utf-8")
    for key, known in (("kind", KINDS), ("product", PRODUCTS), ("part", PARTS)):
        if entry.get(key) not in known:
            errors.append(f"{name}: {key} must be one of {', '.join(known)}, not {entry.get(key)!r}")
    if not entry.get("scene"):
        errors.append(f"{name}: scene is missing")
    done: dict[str, Any] = {key: entry.get(key) for key in ("kind", "product", "scene", "part")}
    findings = []
    for number, item in enumerate(entry.get("findings") or [], 1):
        if item.get("family") not in FAMILIES:
            errors.append(f"{name}: unknown family {item.get('family')!r}")
        if item.get("family") == "risk-warning" and not item.get("missing"):
            errors.append(f"{name}: a risk-warning label says what is missing")
        start = placed(name, text, item, "quote", errors)
        kept = {key: item[key] for key in ("severity", "why", "difficulty", "missing", "also") if item.get(key)}
        findings.append(
            {
                "id": f"{path.stem}-{number}",
                "family": item.get("family"),
                "quote": item["quote"],
                "start": start,
                **kept,
            }
        )
    done["findings"] = findings
    for key in ("tempting", "ignore"):
        items = [
            {**{k: v for k, v in item.items() if k != "nth"}, "start": placed(name, text, item, "text", errors)}
            for item in entry.get(key) or []
        ]
        if items:
            done[key] = items
    return done


def main() -> int:
    """Merge the parts named on the command line; 1 when something is wrong with them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", nargs="+", type=Path)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    errors: list[str] = []
    added: dict[str, dict[str, Any]] = {}
    for part in options.part:
        for name, entry in yaml.safe_load(part.read_text("utf-8"))["files"].items():
            added.setdefault(name.split("-")[0], {})[name] = complete(name, entry, errors)
    print("\n".join(errors) if errors else f"{sum(map(len, added.values()))} files labelled rightly")
    if errors or options.check:
        return int(bool(errors))
    for writer, files in added.items():
        target = HERE / "labels" / f"{writer}.yaml"
        known = yaml.safe_load(target.read_text("utf-8"))["files"] if target.exists() else {}
        labels = {"files": dict(sorted({**known, **files}.items()))}
        written = yaml.dump(labels, Dumper=Plain, allow_unicode=True, sort_keys=False, width=1000)
        target.write_text(HEAD + written, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
