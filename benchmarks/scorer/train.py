"""Train the scorers of the cn pack on the project's own labelled sentences, and measure them on others.

    python benchmarks/scorer/train.py              cross-validate and print
    python benchmarks/scorer/train.py --write      write rules/cn/models/*.json too

Sentences come from ``sentences/*.tsv`` (a family or ``ok``, a tab, the sentence) and from the develop part of the corpus.
The check part is never looked at. Plain logistic regression over runs of characters, in a fixed order: the same data
give the same weights on every machine.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from scriptlint import accuracy, packs, readers
from scriptlint.language import TextView
from scriptlint.language.fold import fold
from scriptlint.language.scorer import runs
from scriptlint.model.document import Role
from scriptlint.verbs.scored import pieces

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parent / "accuracy" / "cn"
MODELS = HERE.parents[1] / "rules" / "cn" / "models"
FAMILIES = ("return-claim", "conduct")
EPOCHS, RATE, DECAY = 12, 0.3, 2e-5
LEAST_OFTEN = 3
"""A run seen in fewer sentences than this says nothing about the next text."""
KEPT = 12_000
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with the families it offends against (none when it is fine) and the group it came from."""

    text: str
    families: frozenset[str]
    group: str


def from_lists() -> Iterator[Sentence]:
    """Sentences that were written as such."""
    for path in sorted((HERE / "sentences").glob("*.tsv")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            label, tab, text = line.partition("\t")
            if not tab or label not in (*FAMILIES, "ok"):
                raise SystemExit(f"{path.name}:{number}: write a family or ok, a tab and a sentence")
            families = frozenset() if label == "ok" else frozenset({label})
            # Neighbouring lines are alike, so they stay in one fold.
            yield Sentence(fold(text.strip()).text.rstrip("。!?;, "), families, f"{path.name}:{number // 10}")


def from_corpus() -> Iterator[Sentence]:
    """The sentences of the develop part, by what is labelled in them."""
    ruleset = packs.load([packs.find_rules_dir()], as_of=date(2026, 11, 24))
    corpus = accuracy.parse((CORPUS / "labels.yaml").read_text("utf-8")).only("develop")
    for script in corpus.scripts:
        document = readers.read(script.name, (CORPUS / script.name).read_bytes())
        for segment in document.segments:
            if segment.role in (Role.CUSTOMER, Role.THIRD):
                continue
            view = TextView(segment, ruleset.language)
            for piece in pieces(view):
                place = segment.to_source(view.to_text(piece))
                families = frozenset(
                    name
                    for label in script.labels
                    if label.span.overlaps(place)
                    for name in (label.family, *label.also)
                    if name in FAMILIES
                )
                yield Sentence(view.folded[piece.start : piece.end], families, script.name.rsplit("-", 1)[0])


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of runs, and of every text."""

    bias: float
    weights: dict[str, float]

    def score(self, seen: frozenset[str]) -> float:
        """Log odds that a text with these runs offends."""
        return self.bias + sum(self.weights.get(run, 0.0) for run in seen)


def train(samples: Sequence[tuple[frozenset[str], bool]]) -> Model:
    """Fit a model. Adaptive steps, decay towards nothing, a fixed order."""
    often = Counter(run for seen, _ in samples for run in seen)
    known = [sorted(run for run in seen if often[run] >= LEAST_OFTEN) for seen, _ in samples]
    answers = [answer for _, answer in samples]
    weights: dict[str, float] = {}
    steps: dict[str, float] = {}
    bias, order = 0.0, list(range(len(samples)))
    dice = random.Random(20261124)
    for _ in range(EPOCHS):
        dice.shuffle(order)
        for index in order:
            seen = known[index]
            # Long sentences have many runs; scaled so that each sentence weighs alike.
            total = bias + sum(weights.get(run, 0.0) for run in seen)
            wrong = 1 / (1 + math.exp(-max(-30.0, min(30.0, total)))) - answers[index]
            bias -= 0.01 * wrong
            for run in seen:
                step = steps.get(run, 1e-8) + wrong * wrong
                steps[run] = step
                old = weights.get(run, 0.0)
                weights[run] = old - RATE * (wrong / math.sqrt(step) * 0.1 + DECAY * old)
    return Model(bias, weights)


def small(model: Model) -> Model:
    """The model with only its heaviest weights."""
    heaviest = sorted(model.weights.items(), key=lambda item: (-abs(item[1]), item[0]))[:KEPT]
    return Model(model.bias, dict(heaviest))


def validated(sentences: Sequence[Sentence], family: str) -> list[tuple[float, bool, Sentence]]:
    """Every sentence with the score of a model that has not seen its group, best first."""
    groups = sorted({sentence.group for sentence in sentences})
    random.Random(7).shuffle(groups)
    fold_of = {group: number % FOLDS for number, group in enumerate(groups)}
    seen = [runs(sentence.text) for sentence in sentences]
    usable = [family in s.families or not s.families for s in sentences]
    scored: list[tuple[float, bool, Sentence]] = []
    for number in range(FOLDS):
        inside = [
            (seen[i], family in s.families) for i, s in enumerate(sentences) if usable[i] and fold_of[s.group] != number
        ]
        model = small(train(inside))
        scored.extend(
            (model.score(seen[i]), family in s.families, s)
            for i, s in enumerate(sentences)
            if usable[i] and fold_of[s.group] == number
        )
    return sorted(scored, key=lambda item: -item[0])


def report(family: str, scored: Sequence[tuple[float, bool, Sentence]]) -> None:
    """Print precision and recall at several limits."""
    print(f"{family}: {sum(right for _, right, _ in scored)} of {len(scored)} sentences offend")
    for limit in (0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0):
        above = [right for score, right, _ in scored if score >= limit]
        found = sum(above)
        total = sum(right for _, right, _ in scored)
        if above:
            print(f"  from {limit:.1f}: precision {found / len(above):.3f}, recall {found / total:.3f} ({len(above)})")


def main() -> int:
    """Cross-validate each family; write the models with ``--write``."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write rules/cn/models/*.json")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show the N worst errors of each sort")
    options = parser.parse_args()
    sentences = [*from_lists(), *from_corpus()]
    for family in FAMILIES:
        scored = validated(sentences, family)
        report(family, scored)
        for score, _, sentence in [item for item in scored if not item[1]][: options.errors]:
            print(f"    alarm {score:.2f} {sentence.group} {sentence.text}")
        for score, _, sentence in [item for item in reversed(scored) if item[1]][: options.errors]:
            print(f"    miss {score:.2f} {sentence.group} {sentence.text}")
        if options.write:
            samples = [
                (runs(s.text), family in s.families) for s in sentences if family in s.families or not s.families
            ]
            model = small(train(samples))
            weights = {run: round(1000 * weight) for run, weight in sorted(model.weights.items())}
            data = {"bias": round(1000 * model.bias), "weights": {run: w for run, w in weights.items() if w}}
            MODELS.mkdir(exist_ok=True)
            (MODELS / f"{family}.json").write_text(json.dumps(data, ensure_ascii=False, indent=0) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
