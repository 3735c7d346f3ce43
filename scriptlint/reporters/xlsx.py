"""A workbook for those who decide about findings: a list to filter with a column for decisions, a summary that counts
them, and the files with what was not read. Texts are written as texts, whatever they begin with.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from scriptlint.model.context import CONTEXT_VALUES, Context
from scriptlint.model.finding import Finding
from scriptlint.model.report import Report
from scriptlint.model.rule import FAMILIES
from scriptlint.reporters import _common
from scriptlint.reporters._html.words import LEVELS
from scriptlint.reporters._options import PLAIN, Options
from scriptlint.reporters._xlsxbook import Book, height
from scriptlint.reporters._xlsxwords import COLUMNS, DECISIONS

KIND = "binary"
NEEDS = ("xlsxwriter", "xlsx")
_MOST = 1_000_000
"""Rows a sheet may hold; Excel's own limit is a little higher."""
_CENTRED = ("number", "level", "decision")
_INK = {"error": "#A5301F", "warning": "#8A5E00", "info": "#2F5F8C"}
_FILL = {"error": "#FBEAE7", "warning": "#FBF1DA", "info": "#E8F0F7"}


def render(report: Report, options: Options = PLAIN) -> bytes:  # noqa: ARG001
    """The workbook."""
    return _Book(report).made()


class _Book(Book):
    """The sheets of one workbook."""

    def made(self) -> bytes:
        """Write all sheets. The summary comes first, the list is what opens."""
        summary = self.book.add_worksheet(self.own["summary"])
        listing = self.book.add_worksheet(self.own["findings"])
        files = self.book.add_worksheet(self.own["files"])
        self._listing(listing)
        self._summary(summary)
        self._files(files)
        if self.report.problems:
            self._problems(self.book.add_worksheet(self.own["problems"]))
        self.book.close()
        return self.data.getvalue()

    # -- the list -----------------------------------------------------------------------------------------

    def _listing(self, sheet: Any) -> None:
        found = self.report.findings[:_MOST]
        heads = [(self.own[name], room) for name, room in COLUMNS]
        self.table(sheet, heads, len(found))
        sheet.freeze_panes(1, 5)
        names = [name for name, _ in COLUMNS]
        sheet.print_area(0, 0, max(len(found), 1), names.index("remark"))
        for row, finding in enumerate(found, 1):
            values = self._values(row, finding)
            sheet.set_row(row, height([(str(values.get(name, "")), room) for name, room in COLUMNS]))
            level = finding.level.word
            settled = finding.status.state != "open"
            for column, name in enumerate(names):
                look: dict[str, object] = {"text_wrap": True, "bottom": 1, "bottom_color": "#D9D9D9"}
                if settled:
                    look["font_color"] = "#7F7F7F"
                elif name == "level":
                    look |= {"font_color": _INK[level], "bg_color": _FILL[level], "bold": True}
                look |= {"align": "center"} if name in _CENTRED else {"indent": 1}
                if name in ("decision", "remark"):
                    look["bg_color"] = "#FFFDF3"
                self.put(sheet, row, column, values.get(name, ""), **look)
        if found:
            self._decisions(sheet, names.index("decision"), len(found))
        sheet.activate()

    def _values(self, row: int, finding: Finding) -> dict[str, object]:
        words = self.words
        state, reason = finding.status.state, finding.status.reason
        place = f"{finding.start.line}:{finding.start.column}" if finding.span else words["whole"]
        message = words.said(finding.message)
        message += f"（{words['evasion']}）" if finding.evasion and words.lang == "zh" else ""
        message += f" ({words['evasion']})" if finding.evasion and words.lang == "en" else ""
        return {
            "number": row,
            "level": words[f"one_{finding.level.word}"],
            "family": words.get(f"family_{finding.family}", finding.family),
            "file": finding.path,
            "place": finding.locator or place,
            "excerpt": finding.excerpt,
            "message": message,
            "suggestion": words.said(finding.suggestion),
            "basis": "\n".join(clause.text() for clause in finding.basis) or words["practice"],
            "verdict": words[f"verdict_{finding.verdict}"],
            "status": words.get(f"status_{state}", state),
            "reason": reason if state in ("open", "suppressed", "waived") else "",
            "rule": finding.rule + (f"\n{self.titles[finding.rule]}" if self.titles.get(finding.rule) else ""),
        }

    def _decisions(self, sheet: Any, column: int, rows: int) -> None:
        choices = list(DECISIONS[self.words.lang])
        sheet.data_validation(
            1,
            column,
            rows,
            column,
            {
                "validate": "list",
                "source": choices,
                "input_title": self.own["decision"],
                "input_message": self.own["decision_help"],
                "error_title": self.own["decision"],
                "error_message": self.own["decision_wrong"],
            },
        )
        for choice, (ink, fill) in zip(
            choices, (("#595959", "#E7E6E6"), ("#A5301F", "#FBEAE7"), ("#2F5F8C", "#E8F0F7")), strict=True
        ):
            look = self.book.add_format({"font_color": ink, "bg_color": fill, "bold": True})
            rule = {"type": "cell", "criteria": "==", "value": f'"{choice}"', "format": look}
            sheet.conditional_format(1, column, rows, column, rule)

    # -- the summary --------------------------------------------------------------------------------------

    def _summary(self, sheet: Any) -> None:
        report, words, own = self.report, self.words, self.own
        self.page(sheet)
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 5, 13)
        self.put(sheet, 0, 0, words["title"], bold=True, font_size=16)
        sheet.set_row(0, 26)
        self.put(sheet, 1, 0, _common.counts(report))
        self.put(sheet, 2, 0, words["disclaimer"], font_color="#7F7F7F")
        row = self._matrix(sheet, 4)
        row = self._tally(sheet, row + 1)
        short = sum(record.state in ("unread", "partial") for record in report.files)
        facts: list[tuple[str, object]] = [
            (words["as_of"], report.as_of),
            (words["version"], report.version),
            (words["rules"], report.rules),
            (words["fingerprint"], report.fingerprint),
            (words["files"], len(report.files)),
            (own["not_whole"], short),
        ]
        if len(report.findings) > _MOST:
            facts.append((own["left_out"], len(report.findings) - _MOST))
        row += 1
        for name, value in facts:
            alarm = (
                {"font_color": _INK["error"], "bold": True}
                if value and name in (own["not_whole"], own["left_out"])
                else {}
            )
            self.put(sheet, row, 0, name, font_color="#7F7F7F")
            self.put(sheet, row, 1, value, align="left", **alarm)
            row += 1

    def _matrix(self, sheet: Any, row: int) -> int:
        """Open findings by family and level."""
        words = self.words
        counts = Counter((each.family, each.level.word) for each in self.report.open_findings())
        families = [*FAMILIES, *sorted({family for family, _ in counts} - set(FAMILIES))]
        head = {"bold": True, "bottom": 1}
        for column, name in enumerate(
            (words["family"], *(words[f"level_{level}"] for level in LEVELS), self.own["total"])
        ):
            self.put(sheet, row, column, name, **head, align="left" if not column else "right")
        for family in families:
            row += 1
            numbers = [counts[family, level] for level in LEVELS]
            self.put(sheet, row, 0, words.get(f"family_{family}", family))
            self._numbers(sheet, row, numbers)
        row += 1
        self.put(sheet, row, 0, self.own["total"], bold=True, top=1)
        self._numbers(
            sheet, row, [sum(counts[family, level] for family in families) for level in LEVELS], bold=True, top=1
        )
        return row + 1

    def _numbers(self, sheet: Any, row: int, numbers: Sequence[int], **look: object) -> None:
        for column, (level, number) in enumerate(zip(LEVELS, numbers, strict=True), 1):
            ink = _INK[level] if number else "#A6A6A6"
            self.put(sheet, row, column, number, font_color=ink, align="right", **look)
        self.put(sheet, row, len(LEVELS) + 1, sum(numbers), align="right", **look)

    def _tally(self, sheet: Any, row: int) -> int:
        """What has been decided so far, counted by the workbook itself as people fill it in."""
        total = min(len(self.report.findings), _MOST)
        self.put(sheet, row, 0, self.own["decided"], bold=True, bottom=1)
        self.put(sheet, row, 1, "", bottom=1)
        if not total:
            return row + 1
        letter = chr(ord("A") + [name for name, _ in COLUMNS].index("decision"))
        cells = f"'{self.own['findings']}'!${letter}$2:${letter}${total + 1}"
        for choice in DECISIONS[self.words.lang]:
            row += 1
            self.put(sheet, row, 0, choice)
            sheet.write_formula(row, 1, f'=COUNTIF({cells},"{choice}")', self.format(align="right"), 0)
        row += 1
        self.put(sheet, row, 0, self.own["undecided"])
        sheet.write_formula(row, 1, f"=COUNTBLANK({cells})", self.format(align="right"), total)
        return row + 1

    # -- files and problems -------------------------------------------------------------------------------

    def _files(self, sheet: Any) -> None:
        words, own = self.words, self.own
        open_ = Counter((each.path, each.level.word) for each in self.report.open_findings())
        settled = Counter(each.path for each in self.report.findings if each.status.state != "open")
        heads = [(words["file"], 44.0), (words["state"], 12.0)]
        heads += [(words[f"level_{level}"], 8.0) for level in LEVELS]
        heads += [(words["settled"], 12.0), (words["unread_parts"], 44.0), (words["context"], 46.0)]
        heads += [
            (own["not_applied"], 34.0),
            (words["format"], 10.0),
            (own["encoding"], 11.0),
            (own["characters"], 9.0),
        ]
        heads.append(("SHA-256", 20.0))
        files = self.report.files[:_MOST]
        self.table(sheet, heads, len(files))
        for row, record in enumerate(files, 1):
            bad = record.state in ("unread", "partial")
            values: list[object] = [record.path, words[f"state_{record.state}"]]
            values += [open_[record.path, level] for level in LEVELS]
            values += [settled[record.path], "\n".join(record.unread), self._context(record.context)]
            kept_out = (record.not_applied or {}).items()
            values.append(
                "\n".join(
                    words["not_applied"].format(key=words.get(f"key_{key}", key), count=len(rules))
                    for key, rules in kept_out
                )
            )
            values += [record.format, record.encoding, record.characters, record.sha256]
            sheet.set_row(
                row, height([(str(value), room) for value, (_, room) in zip(values[:9], heads, strict=False)])
            )
            for column, value in enumerate(values):
                look: dict[str, object] = {"text_wrap": column < 9, "bottom": 1, "bottom_color": "#D9D9D9"}
                if bad and column in (1, 6):
                    look |= {"font_color": _INK["error"], "bg_color": _FILL["error"]}
                elif value == 0:
                    look["font_color"] = "#A6A6A6"
                self.put(sheet, row, column, value, **look)

    def _context(self, context: Context) -> str:
        words = self.words
        lines = []
        for key in CONTEXT_VALUES:
            fact = context.get(key)
            if fact.origin == "default":
                continue
            values = ", ".join(map(words.value, fact.values)) or words["unknown"]
            origin = words.get(f"origin_{fact.origin}", fact.origin)
            why = f" ({origin}{words['colon']}{fact.reason})" if fact.reason else f" ({origin})" if fact.values else ""
            lines.append(f"{words[f'key_{key}']}{words['colon']}{values}{why}")
        return "\n".join(lines)

    def _problems(self, sheet: Any) -> None:
        words, own = self.words, self.own
        heads = ((own["kind"], 14.0), (own["place"], 44.0), (own["message"], 80.0), (own["hint"], 60.0))
        problems = self.report.problems[:_MOST]
        self.table(sheet, heads, len(problems))
        for row, problem in enumerate(problems, 1):
            kind = words.get(f"problem_{problem.severity}", problem.severity)
            alarm = {} if problem.severity == "note" else {"font_color": _INK["error"]}
            values: Iterable[str] = (kind, problem.place(), problem.message, problem.hint)
            sheet.set_row(row, height([(value, room) for value, (_, room) in zip(values, heads, strict=True)]))
            for column, value in enumerate(values):
                self.put(sheet, row, column, value, text_wrap=True, **(alarm if column == 0 else {}))
