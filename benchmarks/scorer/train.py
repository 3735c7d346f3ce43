"""Train the scorer of the cn pack on the project's own labelled sentences, and measure it on others.

    python benchmarks/scorer/train.py              cross-validate and print
    python benchmarks/scorer/train.py --write      write rules/cn/models/offences.json too

Sentences come from ``sentences/*.tsv`` (a label or ``ok``, a tab, the sentence) and from the develop part of the corpus.
The check part is never looked at. Needs scikit-learn: ``pip install -e '.[train]'``.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from scriptlint import accuracy, context, packs, readers
from scriptlint.language import TextView
from scriptlint.language.fold import fold
from scriptlint.language.scorer import OFFENDS, TABLES, Around, beside, log_odds, runs, signals, sounds
from scriptlint.model.context import Context
from scriptlint.verbs import scored

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parent / "accuracy" / "cn"
MODEL = HERE.parents[1] / "rules" / "cn" / "models" / "offences.json"
LABELS = ("return-claim", "conduct", "privacy")
WHOLES = (OFFENDS, "risk-warning")
"""What is learnt of whole scripts: that anything is wrong, and that a warning is missing."""
LEAST_OFTEN = {"words": 2, "asked": 3, "before": 3, "after": 3, "circumstances": 1}
"""What is seen in fewer sentences than this says nothing about the next text."""
KEPT = {"words": 16_000, "asked": 2_000, "before": 3_000, "after": 3_000, "whole": 6_000}
"""What is kept of each table in the model: the heaviest."""
IN_SCRIPTS_OFTEN = 4
"""A pair of characters seen in fewer scripts than this says nothing about the tone of the next."""
SCALE = {"words": 1.0, "asked": 0.5, "before": 0.3, "after": 0.3, "circumstances": 0.3}
"""How large each table is beside the words of a sentence: smaller, so that words decide. From cross-validation."""
STRENGTH = 10.0
"""How closely the weights follow the sentences; from cross-validation."""
IN_SCRIPTS = 3.0
"""How much more a sentence of a script weighs than one that was written alone."""
FOLDS = 4


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with the families it offends against (none when it is fine), its script and its scene."""

    text: str
    labels: frozenset[str]
    script: str
    scene: str
    around: Around = field(default_factory=Around)

    def seen(self) -> Mapping[str, Sequence[str]]:
        """What the scorer sees of it, by table, in a fixed order."""
        return {"words": sorted(runs(self.text))} | {name: sorted(seen) for name, seen in beside(self.around).items()}


def from_lists() -> Iterator[Sentence]:
    """Sentences that were written as such."""
    for path in sorted((HERE / "sentences").glob("*.tsv")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            label, tab, text = line.partition("\t")
            if not tab or label not in (*LABELS, "ok"):
                raise SystemExit(f"{path.name}:{number}: write {', '.join(LABELS)} or ok, a tab and a sentence")
            labels = frozenset() if label == "ok" else frozenset({label})
            # Neighbouring lines are alike, so they stay in one fold.
            yield Sentence(fold(text.strip()).text.rstrip("。!?;, "), labels, "", f"{path.name}:{number // 10}")


def from_examples() -> Iterator[Sentence]:
    """The sentences of the rules' own examples: what is marked in a failing one, and all of a passing one."""
    ruleset = packs.load([packs.find_rules_dir()], as_of=date(2026, 11, 24), preview=True)
    for rule in ruleset.all_rules.values():
        if rule.id.split("/")[1].startswith("scored-"):
            continue
        for example in rule.examples:
            if example.format not in ("", "plain") or example.expect not in ("fail", "pass"):
                continue
            for match in re.finditer("[^。！？!?；;\n]+", example.text):
                marked = any(mark.start < match.end() and match.start() < mark.end for mark in example.marks)
                if (marked and rule.family not in LABELS) or (example.marks and not marked):
                    continue
                labels = frozenset({rule.family}) if marked else frozenset[str]()
                yield Sentence(fold(match[0].strip()).text.rstrip(", "), labels, "", f"example {rule.id}")


def from_corpus(scripts: list[Script]) -> Iterator[Sentence]:
    """The sentences of the develop part, by what is labelled in them; the scripts as wholes are added to ``scripts``."""
    ruleset = packs.load([packs.find_rules_dir()], as_of=date(2026, 11, 24))
    corpus = accuracy.load(CORPUS / "labels").only("develop")
    for script in corpus.scripts:
        document = readers.read(script.name, (CORPUS / script.name).read_bytes())
        views = [TextView(segment, ruleset.language) for segment in document.segments]
        inferred = context.infer(document, ruleset, Context(), views).document
        families = frozenset(label.family for label in script.labels)
        scene = script.name.rsplit("-", 1)[0]
        scripts.append(Script(script.name, scene, sounds(view.folded for view in views), families))
        for said in scored.sentences(views, inferred):
            view = views[said.index]
            place = view.segment.to_source(view.to_text(said.place))
            labels = frozenset(
                name
                for label in script.labels
                if label.span.overlaps(place)
                for name in (label.family, *label.also)
                if name in LABELS
            )
            yield Sentence(said.text, labels, script.name, script.name.rsplit("-", 1)[0], said.around)


class Weights:
    """The weights of everything seen for each label, relative to those of sentences with none, fitted to some sentences."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        seen = [sentence.seen() for sentence in sentences]
        self.known: dict[str, dict[str, int]] = {}
        width = 0
        for table in TABLES:
            often = Counter(name for one in seen for name in one[table])
            names = sorted(name for name, count in often.items() if count >= LEAST_OFTEN[table])
            self.known[table] = {name: width + number for number, name in enumerate(names)}
            width += len(names)
        # A sentence with several labels stands for each of them in part.
        answers = [(i, LABELS.index(label)) for i, one in enumerate(sentences) for label in sorted(one.labels)]
        answers += [(i, len(LABELS)) for i, one in enumerate(sentences) if not one.labels]
        shares = [(IN_SCRIPTS if sentences[i].script else 1.0) / max(len(sentences[i].labels), 1) for i, _ in answers]
        matrix = self._matrix(seen, width)[[i for i, _ in answers]]
        fitted = LogisticRegression(C=STRENGTH, max_iter=1000).fit(
            matrix, np.array([answer for _, answer in answers]), sample_weight=np.array(shares)
        )
        weights = fitted.coef_[:-1] - fitted.coef_[-1]
        self.biases = [float(bias) for bias in fitted.intercept_[:-1] - fitted.intercept_[-1]]
        heaviness = np.max(np.abs(weights), axis=0)
        self.rows: dict[str, dict[str, list[float]]] = {}
        for table, known in self.known.items():
            names = sorted(known, key=lambda name, known=known: (-heaviness[known[name]], name))  # type: ignore[misc]
            kept = sorted(names[: KEPT.get(table)])
            self.rows[table] = {
                name: [SCALE[table] * float(column) for column in weights[:, known[name]]] for name in kept
            }

    def _matrix(self, seen: Sequence[Mapping[str, Sequence[str]]], width: int) -> Any:
        rows, columns, values = [], [], []
        for number, one in enumerate(seen):
            for table, known in self.known.items():
                found = [known[name] for name in one[table] if name in known]
                shrink = 1.0 if table == "circumstances" else float(np.sqrt(len(found) or 1))
                rows += [number] * len(found)
                columns += found
                values += [SCALE[table] / shrink] * len(found)
        return csr_matrix((values, (rows, columns)), shape=(len(seen), width))

    def scores(self, sentence: Sentence) -> tuple[float, ...]:
        """As ``Scorer.alone``: log odds of each label."""
        total = list(self.biases)
        for table, seen in sentence.seen().items():
            found = [row for name in seen if (row := self.rows[table].get(name)) is not None]
            shrink = 1.0 if table == "circumstances" else float(np.sqrt(len(found) or 1))
            for label in range(len(total)):
                total[label] += sum(row[label] for row in found) / shrink
        return log_odds(total)


def folds(groups: Sequence[str]) -> Mapping[str, int]:
    """The fold of each scene."""
    names = sorted(set(groups))
    random.Random(7).shuffle(names)
    return {name: number % FOLDS for number, name in enumerate(names)}


def unseen(sentences: Sequence[Sentence]) -> list[tuple[float, ...]]:
    """The scores of every sentence by weights that were fitted without its scene."""
    fold_of = folds([sentence.scene for sentence in sentences])
    result: list[tuple[float, ...]] = [()] * len(sentences)
    for number in range(FOLDS):
        weights = Weights([sentence for sentence in sentences if fold_of[sentence.scene] != number])
        for i, sentence in enumerate(sentences):
            if fold_of[sentence.scene] == number and sentence.script:
                result[i] = weights.scores(sentence)
    return result


@dataclass(frozen=True, slots=True)
class Script:
    """A script as a whole: what is heard in it, and which families are labelled in it."""

    name: str
    scene: str
    seen: frozenset[str]
    families: frozenset[str]

    def is_of(self, kind: str) -> bool:
        """True when the script is of the kind that a model of documents looks for."""
        return bool(self.families) if kind == OFFENDS else kind in self.families


class Whole:
    """The weights of pairs of characters for scripts of one kind, fitted to some scripts."""

    def __init__(self, scripts: Sequence[Script], kind: str) -> None:
        often = Counter(sound for script in scripts for sound in script.seen)
        known = {s: n for n, s in enumerate(sorted(s for s, count in often.items() if count >= IN_SCRIPTS_OFTEN))}
        rows, columns, values = [], [], []
        for number, script in enumerate(scripts):
            found = sorted(known[sound] for sound in script.seen if sound in known)
            rows += [number] * len(found)
            columns += found
            values += [1 / float(np.sqrt(len(found) or 1))] * len(found)
        matrix = csr_matrix((values, (rows, columns)), shape=(len(scripts), len(known)))
        answers = np.array([script.is_of(kind) for script in scripts])
        fitted = LogisticRegression(C=STRENGTH, max_iter=1000).fit(matrix, answers)
        weights = fitted.coef_[0]
        heaviest = sorted(known, key=lambda sound: (-abs(weights[known[sound]]), sound))[: KEPT["whole"]]
        self.weights = {sound: float(weights[known[sound]]) for sound in sorted(heaviest)}
        self.bias = float(fitted.intercept_[0])

    def of(self, script: Script) -> float:
        """As ``Scorer.whole``."""
        found = [self.weights[sound] for sound in script.seen if sound in self.weights]
        return self.bias + sum(found) / float(np.sqrt(len(found) or 1))


def unseen_wholes(scripts: Sequence[Script], kind: str, fold_of: Mapping[str, int]) -> Mapping[str, float]:
    """The score of each script by weights that were fitted without its scene."""
    result: dict[str, float] = {}
    for number in range(FOLDS):
        whole = Whole([script for script in scripts if fold_of[script.scene] != number], kind)
        result.update({script.name: whole.of(script) for script in scripts if fold_of[script.scene] == number})
    return result


def in_documents(
    sentences: Sequence[Sentence], alone: Sequence[tuple[float, ...]], tone: Mapping[str, float], label: int
) -> tuple[Any, list[int]]:
    """The signals of every sentence that stands in a script, and which sentences these are."""
    scripts: dict[str, list[int]] = {}
    for i, sentence in enumerate(sentences):
        if sentence.script:
            scripts.setdefault(sentence.script, []).append(i)
    rows, numbers = [], []
    for name, members in scripts.items():
        scores = [alone[i] for i in members]
        rows += signals(label, scores, tone[name])
        numbers += members
    return np.array(rows), numbers


def main() -> int:
    """Cross-validate each label on the scripts; write the model with ``--write``."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the model")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show the N worst errors of each sort")
    options = parser.parse_args()
    scripts: list[Script] = []
    sentences = [*from_lists(), *from_examples(), *from_corpus(scripts)]
    fold_of = folds([sentence.scene for sentence in sentences])
    tone = unseen_wholes(scripts, OFFENDS, fold_of)
    for kind in WHOLES:
        wholes = unseen_wholes(scripts, kind, fold_of) if kind != OFFENDS else tone
        answers = np.array([script.is_of(kind) for script in scripts])
        report(f"whole: {kind}", np.array([wholes[script.name] for script in scripts]), answers)
    alone = unseen(sentences)
    factors: dict[str, list[float]] = {}
    for number, label in enumerate(LABELS):
        rows, members = in_documents(sentences, alone, tone, number)
        answers = np.array([label in sentences[i].labels for i in members])
        part = np.array([fold_of[sentences[i].scene] for i in members])
        scores = np.zeros(len(members))
        for held in range(FOLDS):
            fitted = LogisticRegression(C=1.0, max_iter=1000).fit(rows[part != held], answers[part != held])
            scores[part == held] = fitted.decision_function(rows[part == held])
        report(label, scores, answers)
        order = np.argsort(-scores)
        for i in [i for i in order if not answers[i]][: options.errors]:
            print(f"    alarm {scores[i]:.2f} {sentences[members[i]].script} {sentences[members[i]].text}")
        for i in [i for i in order[::-1] if answers[i]][: options.errors]:
            print(f"    miss {scores[i]:.2f} {sentences[members[i]].script} {sentences[members[i]].text}")
        whole = LogisticRegression(C=1.0, max_iter=1000).fit(rows, answers)
        factors[label] = [round(float(value), 4) for value in (whole.intercept_[0], *whole.coef_[0])]
    if options.write:
        write(Weights(sentences), {kind: Whole(scripts, kind) for kind in WHOLES}, factors)
    return 0


def report(label: str, scores: Any, answers: Any) -> None:
    """Print precision and recall at several limits."""
    print(f"{label}: {int(answers.sum())} of {len(answers)} are such")
    for limit in np.arange(-1.5, 2.6, 0.5):
        above = answers[scores >= limit]
        if len(above):
            print(
                f"  from {limit:4.1f}: precision {above.mean():.3f}, recall {above.sum() / answers.sum():.3f} ({len(above)})"
            )


def write(weights: Weights, wholes: Mapping[str, Whole], factors: Mapping[str, Sequence[float]]) -> None:
    """Write the model file: whole numbers, in a fixed order."""
    data = {
        "labels": list(LABELS),
        "biases": [round(1000 * bias) for bias in weights.biases],
        "document": factors,
        "wholes": {
            kind: {"": round(1000 * whole.bias)}
            | {sound: round(1000 * weight) for sound, weight in whole.weights.items()}
            for kind, whole in wholes.items()
        },
        "tables": {
            table: {name: [round(1000 * value) for value in row] for name, row in rows.items()}
            for table, rows in weights.rows.items()
        },
    }
    MODEL.parent.mkdir(exist_ok=True)
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    MODEL.write_text(text.replace("],", "],\n") + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
