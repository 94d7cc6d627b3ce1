"""The command line: which commands there are, and what happens when one goes wrong."""

import sys

import cyclopts
from cyclopts import App

from linkcheck import __version__
from linkcheck.cli.exits import Exit
from linkcheck.errors import LinkcheckError

app = App(
    name="linkcheck",
    version=__version__,
    help="Find out what became of every link in an article, with evidence, and what to print instead.",
    help_epilogue="Exit codes: 0 clean, 1 findings, 2 usage or nothing could be read, 3 incomplete, 130 interrupted.",
    result_action="return_value",
)
app.command("linkcheck.cli.check:check", name="check")
app.command("linkcheck.cli.extract:extract", name="extract")
app.command("linkcheck.cli.report:report", name="report")
app.command("linkcheck.cli.plugins:plugins", name="plugins")
app.command("linkcheck.cli.plugins:explain", name="explain")
settings = App(name="config", help="Show the settings, or their JSON Schema.")
settings.command("linkcheck.cli.settings:show", name="show")
settings.command("linkcheck.cli.settings:schema", name="schema")
app.command(settings)

_COMMANDS = frozenset({"check", "extract", "report", "plugins", "explain", "config"})
_OWN_FLAGS = frozenset({"-h", "--help", "--version"})


def run(tokens: list[str] | None = None) -> None:
    """Run one command and exit with its code."""
    sys.exit(main(sys.argv[1:] if tokens is None else tokens))


def main(tokens: list[str]) -> int:
    """Run one command; `check` is the default one. An exception of ours becomes a sentence and exit code 2."""
    if not tokens or (tokens[0] not in _COMMANDS and tokens[0] not in _OWN_FLAGS):
        tokens = ["check", *tokens]
    try:
        code = app(tokens, exit_on_error=False, print_error=True)
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
