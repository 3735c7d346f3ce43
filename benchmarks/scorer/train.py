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
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from scriptlint import accuracy, context, packs, readers
from scriptlint.language import TextView
from scriptlint.language.fold import fold
from scriptlint.language.scorer import runs, signals
from scriptlint.model.context import Context
from scriptlint.verbs.scored import circumstances, counts, pieces

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parent / "accuracy" / "cn"
MODEL = HERE.parents[1] / "rules" / "cn" / "models" / "offences.json"
LABELS = ("return-claim", "conduct", "privacy")
LEAST_OFTEN = 2
"""A run seen in fewer sentences than this says nothing about the next text."""
KEPT = 16_000
"""Runs that are kept in the model: the heaviest."""
STRENGTH = 10.0
"""How closely the weights follow the sentences; from cross-validation."""
BESIDE = 0.3
"""How large a circumstance is beside the runs of a sentence: small, so that words decide."""
IN_SCRIPTS = 3.0
"""How much more a sentence of a script weighs than one that was written alone."""
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with the families it offends against (none when it is fine), its script and its scene."""

    text: str
    labels: frozenset[str]
    script: str
    scene: str
    circumstances: tuple[str, ...] = ()


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


def from_corpus() -> Iterator[Sentence]:
    """The sentences of the develop part, by what is labelled in them."""
    ruleset = packs.load([packs.find_rules_dir()], as_of=date(2026, 11, 24))
    corpus = accuracy.load(CORPUS / "labels").only("develop")
    for script in corpus.scripts:
        document = readers.read(script.name, (CORPUS / script.name).read_bytes())
        inferred = context.infer(document, ruleset, Context()).document
        for before, segment in zip((None, *document.segments), document.segments, strict=False):
            if not counts(segment):
                continue
            beside = circumstances(segment, before, inferred)
            view = TextView(segment, ruleset.language)
            for piece in pieces(view):
                place = segment.to_source(view.to_text(piece))
                labels = frozenset(
                    name
                    for label in script.labels
                    if label.span.overlaps(place)
                    for name in (label.family, *label.also)
                    if name in LABELS
                )
                text = view.folded[piece.start : piece.end]
                yield Sentence(text, labels, script.name, script.name.rsplit("-", 1)[0], beside)


class Weights:
    """The weights of runs for each label, fitted to some sentences."""

    def __init__(self, seen: Sequence[frozenset[str]], sentences: Sequence[Sentence]) -> None:
        often = Counter(run for runs_ in seen for run in runs_)
        self.known = {run: n for n, run in enumerate(sorted(r for r, count in often.items() if count >= LEAST_OFTEN))}
        beside = sorted({name for sentence in sentences for name in sentence.circumstances})
        self.beside = {name: len(self.known) + n for n, name in enumerate(beside)}
        matrix = self.matrix(seen, sentences)
        self.biases: list[float] = []
        self.columns: list[Any] = []
        weights = np.array([IN_SCRIPTS if sentence.script else 1.0 for sentence in sentences])
        for label in LABELS:
            answers = np.array([label in sentence.labels for sentence in sentences])
            fitted = LogisticRegression(C=STRENGTH, max_iter=1000).fit(matrix, answers, sample_weight=weights)
            self.biases.append(float(fitted.intercept_[0]))
            self.columns.append(fitted.coef_[0])
        heaviness = np.max(np.abs(np.array(self.columns)), axis=0)[: len(self.known)]
        heaviest = np.argsort(-heaviness, kind="stable")[:KEPT]
        kept = set(heaviest.tolist())
        self.kept = {run: n for run, n in self.known.items() if n in kept}

    def matrix(self, seen: Sequence[frozenset[str]], sentences: Sequence[Sentence]) -> Any:
        rows = [(i, self.known[run]) for i, runs_ in enumerate(seen) for run in sorted(runs_) if run in self.known]
        often = np.maximum(np.bincount([i for i, _ in rows], minlength=len(seen)), 1)
        values = [1 / np.sqrt(often[i]) for i, _ in rows]
        besides = [(i, self.beside[name]) for i, one in enumerate(sentences) for name in one.circumstances]
        rows += besides
        values += [BESIDE] * len(besides)
        shape = (len(seen), len(self.known) + len(self.beside))
        return csr_matrix((values, ([i for i, _ in rows], [j for _, j in rows])), shape=shape)

    def scores(self, seen: frozenset[str], beside: Sequence[str]) -> tuple[float, ...]:
        """As ``Scorer.alone``: log odds of each label."""
        around = [self.beside[name] for name in beside if name in self.beside]
        found = [self.kept[run] for run in seen if run in self.kept]
        shrink = float(np.sqrt(len(found) or 1))
        return tuple(
            bias + float(column[found].sum()) / shrink + BESIDE * float(column[around].sum())
            for bias, column in zip(self.biases, self.columns, strict=True)
        )


def folds(groups: Sequence[str]) -> Mapping[str, int]:
    """The fold of each scene."""
    names = sorted(set(groups))
    random.Random(7).shuffle(names)
    return {name: number % FOLDS for number, name in enumerate(names)}


def unseen(sentences: Sequence[Sentence], seen: Sequence[frozenset[str]]) -> list[tuple[float, ...]]:
    """The scores of every sentence by weights that were fitted without its scene."""
    fold_of = folds([sentence.scene for sentence in sentences])
    result: list[tuple[float, ...]] = [()] * len(sentences)
    for number in range(FOLDS):
        inside = [i for i, sentence in enumerate(sentences) if fold_of[sentence.scene] != number]
        weights = Weights([seen[i] for i in inside], [sentences[i] for i in inside])
        for i, sentence in enumerate(sentences):
            if fold_of[sentence.scene] == number:
                result[i] = weights.scores(seen[i], sentence.circumstances)
    return result


def in_documents(
    sentences: Sequence[Sentence], alone: Sequence[tuple[float, ...]], label: int
) -> tuple[Any, list[int]]:
    """The signals of every sentence that stands in a script, and which sentences these are."""
    scripts: dict[str, list[int]] = {}
    for i, sentence in enumerate(sentences):
        if sentence.script:
            scripts.setdefault(sentence.script, []).append(i)
    rows, numbers = [], []
    for members in scripts.values():
        scores = [alone[i] for i in members]
        for place, i in enumerate(members):
            rows.append(signals(label, place, scores))
            numbers.append(i)
    return np.array(rows), numbers


def main() -> int:
    """Cross-validate each label on the scripts; write the model with ``--write``."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the model")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show the N worst errors of each sort")
    options = parser.parse_args()
    sentences = [*from_lists(), *from_corpus()]
    seen = [runs(sentence.text) for sentence in sentences]
    alone = unseen(sentences, seen)
    fold_of = folds([sentence.scene for sentence in sentences])
    factors: dict[str, list[float]] = {}
    for number, label in enumerate(LABELS):
        rows, members = in_documents(sentences, alone, number)
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
        write(Weights(seen, sentences), factors)
    return 0


def report(label: str, scores: Any, answers: Any) -> None:
    """Print precision and recall at several limits."""
    print(f"{label}: {int(answers.sum())} of {len(answers)} sentences of scripts offend")
    for limit in np.arange(-1.5, 2.6, 0.5):
        above = answers[scores >= limit]
        if len(above):
            print(
                f"  from {limit:4.1f}: precision {above.mean():.3f}, recall {above.sum() / answers.sum():.3f} ({len(above)})"
            )


def write(weights: Weights, factors: Mapping[str, Sequence[float]]) -> None:
    """Write the model file: whole numbers, in a fixed order."""
    rows = {
        run: [round(1000 * float(column[n])) for column in weights.columns] for run, n in sorted(weights.kept.items())
    }
    beside = {
        name: [round(1000 * BESIDE * float(column[n])) for column in weights.columns]
        for name, n in sorted(weights.beside.items())
    }
    data = {
        "labels": list(LABELS),
        "biases": [round(1000 * bias) for bias in weights.biases],
        "circumstances": beside,
        "document": factors,
        "weights": rows,
    }
    MODEL.parent.mkdir(exist_ok=True)
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    MODEL.write_text(text.replace("],", "],\n") + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
