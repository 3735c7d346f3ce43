"""Measures how well findings agree with scripts that people have labelled."""

from scriptlint.accuracy.labels import PARTS, Corpus, Label, LabelError, Labelled, load, misplaced, parse
from scriptlint.accuracy.score import Alarm, Claim, Miss, RuleTally, Score, Tally, score

__all__ = [
    "PARTS",
    "Alarm",
    "Claim",
    "Corpus",
    "Label",
    "LabelError",
    "Labelled",
    "Miss",
    "RuleTally",
    "Score",
    "Tally",
    "load",
    "misplaced",
    "parse",
    "score",
]
