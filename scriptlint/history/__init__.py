"""Runs over time, read from their JSON reports: what is new, what is fixed, and how the score of each document moves."""

from __future__ import annotations

from scriptlint.history.compare import STATES, Change, Comparison, compare, folder
from scriptlint.history.past import HistoryError, Past, Row, of_report, parse
from scriptlint.history.score import WEIGHTS, Score, average, scores
from scriptlint.history.trend import data, points

__all__ = [
    "STATES",
    "WEIGHTS",
    "Change",
    "Comparison",
    "HistoryError",
    "Past",
    "Row",
    "Score",
    "average",
    "compare",
    "data",
    "folder",
    "of_report",
    "parse",
    "points",
    "scores",
]
