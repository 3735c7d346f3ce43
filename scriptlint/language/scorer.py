"""A small scorer for ways of saying things that no phrase covers: a sum of weights over runs of characters.

The weights are data of a pack (``rules/<pack>/models/<name>.json``), trained by ``benchmarks/scorer/train.py`` on the
project's own labelled sentences. The same text has the same score everywhere: weights are whole numbers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

LONGEST_RUN = 4
"""Characters in the longest run that is looked at."""
_LEFT_OUT = re.compile(r"[\s\"'“”‘’「」『』()\[\]<>*_#|]+")
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")


def runs(text: str) -> frozenset[str]:
    """What the scorer sees of a folded text: every run of one to four characters, all numbers alike."""
    plain = "^" + _NUMBER.sub("0", _LEFT_OUT.sub("", text)) + "$"
    return frozenset(
        plain[start : start + length]
        for length in range(1, LONGEST_RUN + 1)
        for start in range(len(plain) - length + 1)
    )


@dataclass(frozen=True, slots=True)
class Scorer:
    """Weights in thousandths; a score above 0 means that the training data would call the text an offence."""

    bias: int
    weights: Mapping[str, int]

    def score(self, text: str) -> int:
        """The score of a folded sentence, in thousandths of log odds."""
        weights = self.weights
        return self.bias + sum(weights.get(run, 0) for run in runs(text))


def read(data: bytes) -> Scorer:
    """A scorer from the bytes of a model file. Raises ValueError when they are none."""
    try:
        loaded = json.loads(data)
        return Scorer(int(loaded["bias"]), {str(run): int(weight) for run, weight in loaded["weights"].items()})
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a model: {error}") from None
