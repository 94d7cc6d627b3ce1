"""The command line: which commands there are, and what happens when one goes wrong."""

import sys

import cyclopts
from cyclopts import App

from linkcheck import __version__
from linkcheck.cli import usage
from linkcheck.cli.exits import Exit
from linkcheck.errors import LinkcheckError

app = App(
    name="linkcheck",
    version=__version__,
    help="Find out what became of every link in an article, with evidence, and what to print instead.",
    help_epilogue="Exit codes: 0 clean, 1 findings, 2 usage or nothing could be read, 3 incomplete, 130 interrupted.",
    result_action="return_value",
)
_COMMANDS = {
    "check": ("linkcheck.cli.check:check", usage.CHECK),
    "extract": ("linkcheck.cli.extract:extract", usage.EXTRACT),
    "tui": ("linkcheck.cli.tui:tui", usage.TUI),
    "report": ("linkcheck.cli.report:report", usage.REPORT),
    "demo": ("linkcheck.cli.demo:demo", usage.DEMO),
    "plugins": ("linkcheck.cli.plugins:plugins", "List formats, rules, archives and reports."),
    "explain": ("linkcheck.cli.plugins:explain", "Say what a rule means."),
}
for _order, (_name, (_where, _about)) in enumerate(_COMMANDS.items()):
    app.command(_where, name=_name, help=_about, sort_key=_order)
settings = App(name="config", help="Show the settings, or their JSON Schema.")
settings.command("linkcheck.cli.settings:show", name="show")
settings.command("linkcheck.cli.settings:schema", name="schema")
app.command(settings)

_FIRST_WORDS = frozenset({*_COMMANDS, "config", "-h", "--help", "--version"})


def run(tokens: list[str] | None = None) -> None:
    """Run one command and exit with its code."""
    sys.exit(main(sys.argv[1:] if tokens is None else tokens))


def main(tokens: list[str]) -> int:
    """Run one command; `check` is the default one. An exception of ours becomes a sentence and exit code 2."""
    if not tokens or tokens[0] not in _FIRST_WORDS:
        tokens = ["check", *tokens]
    words = [usage.STDIN if word == "-" else word for word in tokens]  # a lone hyphen would be taken for an option
    try:
        code = app(words, exit_on_error=False, print_error=True)
    except cyclopts.CycloptsError:
        return Exit.USAGE
    except LinkcheckError as error:
        print(f"linkcheck: {error}", file=sys.stderr)
        return Exit.USAGE
    except BrokenPipeError:
        sys.stderr.close()
        return Exit.CLEAN
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    return code if isinstance(code, int) else Exit.CLEAN
