"""``scriptlint init``: a settings file to start from."""

from __future__ import annotations

from pathlib import Path

import click

from scriptlint import config
from scriptlint.cli import _io

TEMPLATE = """\
# Settings of scriptlint. Every key is optional; what is commented out shows the default or an example.
# 每一项都可以省略。查看某个文件实际采用的设置:scriptlint config show FILE

# Families (return-claim, risk-warning, jargon, privacy, conduct), packs (cn) or rules to apply or leave out.
# 要启用或停用的类别、规则包或规则
# select: [return-claim, privacy]
# ignore: [jargon]

# Whether rules in preview take part. 是否启用试行规则
# preview: true

# Whether text that tracked changes take out (Word) is checked too. 是否检查修订中已删除的文字
# deletions: true

# Lowest level that fails a check: error, warning or info. 达到哪一级即视为不通过
fail-level: error

# Level of single rules or families: error, warning, info or off. 单独调整级别
# levels:
#   jargon: "off"

# Language of messages: zh or en. 提示语言
lang: zh

# Reports, the first on the screen, others NAME=FILE; files are relative to this file. 输出格式，可以同时输出多种
# format: [text, "sarif=scriptlint.sarif"]

# Files to leave out when folders are searched. 不检查的文件
# exclude: ["archive/**", "*.draft.md"]

# What the scripts are, where the files do not say so themselves. 按目录指定语境
# contexts:
#   - {files: "sms/**", kind: sms, product: [fund]}
#   - {files: "training/**", kind: training, audience: staff}

# Encoding of older files; UTF-8 and GB18030 are detected. 旧文件的编码
# encodings:
#   - {files: "hk/**", encoding: big5}

# Workbooks in which each column is a script; in others each row is one. 每列为一条话术的表格（默认每行一条）
# scripts-in-columns: ["stages/*.xlsx"]

# Names of speakers your transcripts use, beside the common ones. 对话中的称呼
# speakers:
#   institution: [小安]
#   customer: [来电人]

# Old findings that fail nothing; make it with: scriptlint baseline create. 存量问题清单
# baseline: .scriptlint-baseline.json

# Approved exceptions with an expiry; begin it with: scriptlint waivers add. 经批准的豁免
# waivers: waivers.yaml

# Folders with rule packs of your own. 自有规则包
# rules-paths: [compliance/rules]
"""


@click.command("init")
@click.argument("folder", default=".")
def command(folder: str) -> int:
    """Write a commented .scriptlint.yaml into FOLDER. A file that is there already is never overwritten."""
    target = Path(folder) / config.FILE_NAMES[0]
    for name in config.FILE_NAMES:
        if (Path(folder) / name).exists():
            raise click.UsageError(f'"{Path(folder) / name}" exists already and is not overwritten')
    _io.write_file(target, TEMPLATE)
    _io.out(f"{target}\n")
    return 0
