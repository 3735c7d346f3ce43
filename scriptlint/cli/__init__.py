"""The commands: arguments in, text and exit code out. One module a command, loaded when it is called."""

from __future__ import annotations

import gc
import os
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from scriptlint import __version__
from scriptlint.cli import _io

_COMMANDS = {
    "baseline": "Count old findings, so that only new ones fail a build.",
    "check": "Check scripts and report findings.",
    "compare": "Compare two reports: new, fixed, still open.",
    "config": "Show the settings that hold for a file.",
    "coverage": "Show which clauses the rules rest on, and which have none.",
    "explain": "Explain a rule, or what was tried on a line.",
    "extract": "Show the text of a file exactly as it is checked.",
    "init": "Write a settings file to start from.",
    "review": "Write the findings into a copy of a file, as comments.",
    "rules": "List the rules.",
    "schema": "Print the JSON Schema of rule files, settings or reports.",
    "score": "Measure precision and recall on labelled scripts.",
    "stats": "Show how a folder of reports develops.",
    "test-rules": "Test rules by their own examples.",
    "verify": "Make the check of a manifest anew and say what differs.",
    "waivers": "Keep approved exceptions that expire.",
}


class _Lazy(click.Group):
    """A group that knows its commands by name and imports only the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"scriptlint.cli.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            import difflib

            near = difflib.get_close_matches(args[0], _COMMANDS, n=1)
            hint = f' Did you mean "{near[0]}"?' if near else f" Commands are {', '.join(_COMMANDS)}."
            ctx.fail(f'No such command "{args[0]}".{hint}')
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        # Asking each command for its own words would import them all.
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="%(prog)s %(version)s")
def group() -> None:
    """Check what a financial institution says to its customers.

    Exit codes: 0 clean, 1 findings at or above the fail level, 2 the call, the settings or a rule is wrong,
    3 something could not be read.
    """


def main(args: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code. Nothing but the code and what is printed leaves here."""
    gc.disable()  # what is loaded at the start stays, so that looking for what can go finds nothing; see `_session`
    _io.prepare()
    try:
        result: Any = group.main(args=args, prog_name="scriptlint", standalone_mode=False)
    except click.exceptions.Abort:
        return 130
    except click.ClickException as error:
        error.show()
        return 2
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if os.environ.get("SCRIPTLINT_DEBUG"):
            raise
        what = f"internal error: {type(error).__name__}: {error}"
        _io.err(f"{what}; please report it (SCRIPTLINT_DEBUG=1 shows where)")
        return 2
    finally:
        _io.finish()
        if args is not None:  # who calls this from a program goes on
            gc.unfreeze()
        gc.enable()
    return result if isinstance(result, int) else 0
