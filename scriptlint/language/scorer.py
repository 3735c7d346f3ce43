"""A small scorer for ways of saying things that no phrase covers: weights over runs of characters, read in context.

A sentence is scored by the runs of one to three characters in it, by the words around it (what the customer asked,
the sentence before and the one after) and by its circumstances: what kind of text it stands in, about what, where.
The labels compete for it: what is a promise is not pressure as well. What else stands in the document then counts
too, as it does for a person: the same doubtful sentence weighs more in a script that is full of them than in a sober
notice. The weights are data of a pack (``rules/<pack>/models/<name>.json``), trained by ``benchmarks/scorer/train.py``
on the project's own labelled sentences.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence

from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass

LONGEST_RUN = 3
"""Characters in the longest run that is looked at."""
ASKED, BESIDE = 40, 25
"""Characters that are looked at of what the customer said last, and of the sentences before and after."""
_LEFT_OUT = lazy_re(r"[\s\"'“”‘’「」『』()\[\]<>*_#|]+")
_NUMBER = lazy_re(r"[0-9]+(?:[.,][0-9]+)*")
TABLES = ("words", "asked", "before", "after", "circumstances")
"""What is looked at, each with weights of its own."""
OFFENDS = "offends"
"""The name of the model of documents in which anything is wrong."""
_PLAIN = "circumstances"
"""The table whose weights add up as they are; those of the others shrink with the number of runs."""


@dataclass(frozen=True, slots=True)
class Around:
    """What surrounds a sentence, folded: the customer's words just before it, the sentences beside it, and circumstances."""

    asked: str = ""
    before: str = ""
    after: str = ""
    circumstances: tuple[str, ...] = ()


def runs(text: str) -> frozenset[str]:
    """What the scorer sees of a folded text: every run of one to three characters, all numbers alike."""
    plain = "^" + _NUMBER.sub("0", _LEFT_OUT.sub("", text)) + "$"
    return frozenset(
        plain[start : start + length]
        for length in range(1, LONGEST_RUN + 1)
        for start in range(len(plain) - length + 1)
    )


def pairs(text: str) -> frozenset[str]:
    """What it sees of the words around: every run of two characters."""
    return frozenset(text[start : start + 2] for start in range(len(text) - 1))


def sounds(texts: Iterable[str]) -> frozenset[str]:
    """What it sees of a whole document: every run of two characters in its folded texts, all numbers alike."""
    return frozenset[str]().union(*(pairs(_NUMBER.sub("0", _LEFT_OUT.sub("", text))) for text in texts))


def beside(around: Around) -> Mapping[str, Iterable[str]]:
    """What it sees around a sentence, by table."""
    return {
        "asked": pairs(around.asked[-ASKED:]),
        "before": pairs(around.before[-BESIDE:]),
        "after": pairs(around.after[:BESIDE]),
        "circumstances": around.circumstances,
    }


Row = Sequence[int]
Sums = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Scorer:
    """A trained model for several labels, of which a sentence has at most one.

    ``tables`` give for each thing seen its thousandths for each label. ``wholes`` do so for documents, by the pairs of
    characters in them, with the bias under the empty string: ``offends`` for those with anything wrong, others for what
    only a whole document can lack, such as a warning. ``document`` holds for each label how the score of a sentence and
    the ``signals`` of its document come together.
    """

    labels: tuple[str, ...]
    biases: tuple[int, ...]
    tables: Mapping[str, Mapping[str, Row]]
    wholes: Mapping[str, Mapping[str, int]]
    document: Mapping[str, Sequence[float]]

    def surroundings(self, around: Around) -> Sums:
        """What speaks for each label before a word of the sentence is read."""
        total: list[float] = list(self.biases)
        for name, seen in beside(around).items():
            for label, value in enumerate(self._sum(name, seen)):
                total[label] += value
        return tuple(total)

    def alone(self, text: str, surroundings: Sums) -> Sums:
        """Log odds of each label for a folded sentence by itself in its surroundings."""
        return log_odds([(a + b) / 1000 for a, b in zip(self._sum("words", runs(text)), surroundings, strict=True)])

    def whole(self, name: str, seen: frozenset[str]) -> float:
        """Log odds that a document with these ``sounds`` is of the kind that ``name`` says."""
        weights = self.wholes[name]
        found = [weight for sound in seen if (weight := weights.get(sound)) is not None]
        return (weights[""] + sum(found) / math.sqrt(len(found) or 1)) / 1000

    def most_of(self, name: str, texts: Sequence[str]) -> int:
        """Which of the folded texts speaks most for the document being of that kind."""
        weights = self.wholes[name]
        sums = [sum(weights.get(sound, 0) for sound in sounds([text])) for text in texts]
        return sums.index(max(sums))

    def together(self, label: str, scores: Sequence[Sums], tone: float) -> list[float]:
        """Log odds of one label for each sentence of a document, given its tone and the scores of its sentences alone."""
        number = self.labels.index(label)
        bias, *factors = self.document[label]
        return [
            bias + sum(factor * value for factor, value in zip(factors, row, strict=True))
            for row in signals(number, scores, tone)
        ]

    def _sum(self, table: str, seen: Iterable[str]) -> Sums:
        weights = self.tables[table]
        found = [row for name in seen if (row := weights.get(name)) is not None]
        if not found:
            return (0.0,) * len(self.labels)
        shrink = 1.0 if table == _PLAIN else math.sqrt(len(found))
        return tuple(sum(column) / shrink for column in zip(*found, strict=True))


def log_odds(scores: Sequence[float]) -> Sums:
    """Log odds of each label against all others together, none of them included, from scores relative to none."""
    powers = [math.exp(max(-30.0, min(30.0, score))) for score in scores]
    whole = 1 + sum(powers)
    return tuple(math.log(power / (whole - power)) for power in powers)


def signals(label: int, scores: Sequence[Sequence[float]], tone: float) -> list[tuple[float, ...]]:
    """What speaks for each sentence of a document.

    Its own score; the strongest, the three strongest, the mean and the sum of the others'; the tone of the document.
    """
    shares = [_share(max(score)) for score in scores]
    whole, count = sum(shares), max(len(shares) - 1, 1)
    strongest = sorted(shares, reverse=True)[:4]
    rows: list[tuple[float, ...]] = []
    for score, share in zip(scores, shares, strict=True):
        # The strongest of the others: all but this one, if it is among them.
        best = list(strongest)
        best.remove(share if share in best else best[-1])
        others = max(whole - share, 0.0)
        rows.append(
            (score[label], best[0] if best else 0.0, sum(best[:3]) / 3, others / count, math.log1p(others), tone)
        )
    return rows


def _share(score: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def read(data: bytes) -> Scorer:
    """A scorer from the bytes of a model file. Raises ValueError when they are none."""
    try:
        loaded = json.loads(data)
        labels = tuple(str(label) for label in loaded["labels"])
        tables: dict[str, dict[str, list[int]]] = {name: loaded["tables"][name] for name in TABLES}
        document = {label: [float(factor) for factor in loaded["document"][label]] for label in labels}
        biases = tuple(int(bias) for bias in loaded["biases"])
        wholes = {
            str(name): {str(sound): int(weight) for sound, weight in weights.items()}
            for name, weights in loaded["wholes"].items()
        }
        if OFFENDS not in wholes or any("" not in weights for weights in wholes.values()):
            raise ValueError("a model of documents needs a bias, and one must be of those that offend")
        if any(len(row) != len(labels) for table in tables.values() for row in (biases, *table.values())):
            raise ValueError("whatever is seen must have one weight for each label")
        if any(len(row) != 1 + len(signals(0, [[0.0]], 0.0)[0]) for row in document.values()):
            raise ValueError("a label must have one factor for each signal of the document")
        return Scorer(labels, biases, tables, wholes, document)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a model: {error}") from None
