"""scriptlint: a compliance-aware linter for what a financial institution says to its customers."""

__version__ = "0.1.0"
