"""How things are said: folding, patterns, the vocabulary of concepts, sentences and guards."""

from scriptlint.language.compiler import Compiler, GlossaryEntry, Words, unknown, words_of
from scriptlint.language.guards import Cleared, Condition, Guard, Place, Surroundings, clears
from scriptlint.language.hits import Hit, Language
from scriptlint.language.matching import Match, Matcher, Passage
from scriptlint.language.pattern import Node
from scriptlint.language.scan import Scanner
from scriptlint.language.scorer import Around, Scorer
from scriptlint.language.view import TextView
from scriptlint.language.vocabulary import Definition, Vocabulary

__all__ = [
    "Around",
    "Cleared",
    "Compiler",
    "Condition",
    "Definition",
    "GlossaryEntry",
    "Guard",
    "Hit",
    "Language",
    "Match",
    "Matcher",
    "Node",
    "Passage",
    "Place",
    "Scanner",
    "Scorer",
    "Surroundings",
    "TextView",
    "Vocabulary",
    "Words",
    "clears",
    "unknown",
    "words_of",
]
