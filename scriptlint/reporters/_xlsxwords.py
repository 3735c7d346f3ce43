"""What only the workbook says, in each language, and the columns of its list."""

from __future__ import annotations

from collections.abc import Mapping

COLUMNS = (
    ("number", 6), ("level", 8), ("family", 11), ("file", 27), ("place", 10), ("excerpt", 26), ("message", 34),
    ("suggestion", 32), ("basis", 38), ("decision", 10), ("remark", 22), ("verdict", 10), ("status", 11),
    ("reason", 18), ("rule", 26),
)  # fmt: skip
"""The columns of the list with their widths."""
DECISIONS: Mapping[str, tuple[str, str, str]] = {
    "zh": ("误报", "确认", "豁免"),
    "en": ("false alarm", "confirmed", "waive"),
}
WORDS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "summary": "概览", "findings": "问题", "files": "文件", "problems": "未检查内容", "number": "编号",
        "level": "级别", "family": "类别", "file": "文件", "place": "位置", "excerpt": "原文", "message": "问题",
        "suggestion": "建议", "basis": "依据", "decision": "决定", "remark": "意见", "verdict": "判定",
        "status": "状态", "reason": "状态说明", "rule": "规则", "total": "合计", "decided": "人工决定",
        "undecided": "未决定", "not_whole": "没有读全的文件", "left_out": "放不下的问题", "encoding": "编码",
        "characters": "字数", "not_applied": "没有检查的规则", "kind": "种类", "hint": "办法",
        "decision_help": "误报：不是问题。确认：要改。豁免：是问题，但获准保留。",
        "decision_wrong": "请从 误报、确认、豁免 中选择。",
    },
    "en": {
        "summary": "Summary", "findings": "Findings", "files": "Files", "problems": "Not checked", "number": "No.",
        "level": "Level", "family": "Family", "file": "File", "place": "Place", "excerpt": "Words",
        "message": "Finding", "suggestion": "Suggestion", "basis": "Basis", "decision": "Decision",
        "remark": "Remark", "verdict": "Verdict", "status": "Status", "reason": "Why", "rule": "Rule",
        "total": "Total", "decided": "Decided by people", "undecided": "not yet", "not_whole": "Files not read whole",
        "left_out": "Findings that do not fit", "encoding": "Encoding", "characters": "Characters",
        "not_applied": "Rules not applied", "kind": "Kind", "hint": "Cure",
        "decision_help": "False alarm: no offence. Confirmed: to be changed. Waive: an offence that may stay.",
        "decision_wrong": "Choose false alarm, confirmed or waive.",
    },
}  # fmt: skip
