"""``python -m scriptlint`` is the same as ``scriptlint``."""

import sys

from scriptlint.cli import main

if __name__ == "__main__":
    sys.exit(main())
