"""A small scorer for ways of saying things that no phrase covers: weights over runs of characters, read in context.

A sentence is scored by the runs of one to three characters in it and by its circumstances: what kind of text it
stands in, about what, where, and who spoke before. What else stands in the document then counts too, as it does for a
person: the same doubtful sentence weighs more in a script that is full of them than in a sober notice. The weights are data of a pack (``rules/<pack>/models/<name>.json``), trained by ``benchmarks/scorer/train.py``
on the project's own labelled sentences.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

LONGEST_RUN = 3
"""Characters in the longest run that is looked at."""
_LEFT_OUT = re.compile(r"[\s\"'“”‘’「」『』()\[\]<>*_#|]+")
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")


def runs(text: str) -> frozenset[str]:
    """What the scorer sees of a folded text: every run of one to three characters, all numbers alike."""
    plain = "^" + _NUMBER.sub("0", _LEFT_OUT.sub("", text)) + "$"
    return frozenset(
        plain[start : start + length]
        for length in range(1, LONGEST_RUN + 1)
        for start in range(len(plain) - length + 1)
    )


@dataclass(frozen=True, slots=True)
class Scorer:
    """A trained model for several labels. ``weights`` gives for each run its thousandths for each label, and
    ``circumstances`` for each circumstance.

    ``document`` holds for each label how the score of a sentence and the ``signals`` of its document come together.
    """

    labels: tuple[str, ...]
    biases: tuple[int, ...]
    weights: Mapping[str, Sequence[int]]
    circumstances: Mapping[str, Sequence[int]]
    document: Mapping[str, Sequence[float]]

    def alone(self, text: str, circumstances: Iterable[str] = ()) -> tuple[float, ...]:
        """Log odds of each label for a folded sentence by itself, in its circumstances."""
        found = [weights for run in runs(text) if (weights := self.weights.get(run)) is not None]
        beside = [weights for name in circumstances if (weights := self.circumstances.get(name)) is not None]
        shrink = math.sqrt(len(found) or 1)
        return tuple(
            (bias + sum(row[label] for row in found) / shrink + sum(row[label] for row in beside)) / 1000
            for label, bias in enumerate(self.biases)
        )

    def together(self, label: str, scores: Sequence[Sequence[float]]) -> list[float]:
        """Log odds of one label for each sentence of a document, given the scores of all its sentences alone."""
        number = self.labels.index(label)
        bias, *factors = self.document[label]
        return [
            bias + sum(factor * value for factor, value in zip(factors, signals(number, index, scores), strict=True))
            for index in range(len(scores))
        ]


def signals(label: int, index: int, scores: Sequence[Sequence[float]]) -> tuple[float, ...]:
    """What speaks for a sentence: its own score; the strongest, the three strongest, the mean and the sum of the others'."""
    others = [_share(max(score)) for place, score in enumerate(scores) if place != index] or [0.0]
    strongest = sorted(others, reverse=True)
    return (
        scores[index][label],
        strongest[0],
        sum(strongest[:3]) / 3,
        sum(others) / len(others),
        math.log1p(sum(others)),
    )


def _share(score: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def read(data: bytes) -> Scorer:
    """A scorer from the bytes of a model file. Raises ValueError when they are none."""
    try:
        loaded = json.loads(data)
        labels = tuple(str(label) for label in loaded["labels"])
        weights: dict[str, list[int]] = loaded["weights"]
        circumstances: dict[str, list[int]] = loaded["circumstances"]
        document = {label: [float(factor) for factor in loaded["document"][label]] for label in labels}
        biases = tuple(int(bias) for bias in loaded["biases"])
        if any(len(row) != len(labels) for row in (*weights.values(), *circumstances.values(), biases)):
            raise ValueError("a run must have one weight for each label")
        if any(len(row) != 1 + len(signals(0, 0, [[0.0]])) for row in document.values()):
            raise ValueError("a label must have one factor for each signal of the document")
        return Scorer(labels, biases, weights, circumstances, document)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a model: {error}") from None
