"""The command line: which commands there are, and what happens when one goes wrong."""

import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from difflib import get_close_matches
from io import TextIOWrapper
from pathlib import Path

import cyclopts
from cyclopts import App

from linkcheck import __version__, userinfo
from linkcheck.cli import usage
from linkcheck.cli.exits import Exit
from linkcheck.cli.terminal import give_up, is_gone
from linkcheck.errors import LinkcheckError
from linkcheck.render.escape import message, uncommanding, verbatim

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
    "history": ("linkcheck.cli.past:history", usage.HISTORY),
    "runs": ("linkcheck.cli.runs:runs", "List the runs that the history has, newest first."),
    "mark": ("linkcheck.cli.mark:mark", usage.MARK),
    "trends": ("linkcheck.cli.trends:trends", usage.TRENDS),
    "export": ("linkcheck.cli.export:export", usage.EXPORT),
    "merge": ("linkcheck.cli.merge:merge", usage.MERGE),
    "prune": ("linkcheck.cli.prune:prune", usage.PRUNE),
    "save": ("linkcheck.cli.save:save", usage.SAVE),
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

baseline = App(name="baseline", help=usage.BASELINE)
for _name in ("create", "update", "prune"):
    baseline.command(f"linkcheck.cli.baseline:{_name}", name=_name)
app.command(baseline)

_ALIASES = {"help": "--help", "-V": "--version"}
_FIRST_WORDS = frozenset({*_COMMANDS, "config", "baseline", "-h", "--help", "--version"})


def run() -> None:
    """Run one command and exit with its code, whatever the standard streams are."""
    _leave_folders_off_path()
    with _writable_streams():
        code = main(sys.argv[1:])
        try:
            sys.stderr.flush()
        except OSError:
            give_up(sys.stderr)  # else Python would try again, and end with a code of its own
        sys.exit(code)


def main(tokens: list[str]) -> int:
    """Run one command; `check` is the default one. What goes wrong is a sentence on stderr, and exit code 2."""
    tokens = [_ALIASES.get(tokens[0], tokens[0]), *tokens[1:]] if tokens else ["check"]
    if tokens[0] not in _FIRST_WORDS:
        near = get_close_matches(tokens[0], _FIRST_WORDS, n=1)
        if near and tokens[0].isalpha() and not Path(tokens[0]).exists():
            return _refused(f"there is no command or file {tokens[0]!r}; did you mean `linkcheck {near[0]}`?")
        tokens = ["check", *tokens]
    if file := _option_or_file(tokens):
        return _refused(
            f"{file!r} is an option, or a file that is here: write ./{file} for the file, or -- before the names of"
            " files and after the options"
        )
    words = [usage.STDIN if word == "-" else word for word in tokens]  # a lone hyphen would be taken for an option
    try:
        code = app(words, exit_on_error=False, print_error=False)
    except cyclopts.CycloptsError as error:
        said = str(error).rstrip(".")
        return _refused(f"{said}{' ' if said.endswith('?') else '; '}`linkcheck --help` lists what there is")
    except LinkcheckError as error:
        return _refused(str(error))
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except OSError as error:
        return _cut_off(error, Exit.CLEAN)
    except Exception:  # noqa: BLE001 - the exit code of a crash must not be that of findings
        for line in traceback.format_exc().splitlines():  # the message may hold what a page or document says
            print(uncommanding(verbatim(line)), file=sys.stderr)
        return _refused("this is a bug in linkcheck; please report it with the lines above")
    return _flushed(code if isinstance(code, int) else Exit.CLEAN)


def _option_or_file(tokens: list[str]) -> str | None:
    """Return an argument that looks like an option and is the name of a file here; None where `--` tells them apart.

    A file in a stranger's repository may be called `--config=evil.md`, and `*` or a pre-commit hook names it. One may
    be called `--`, too, and come from another pattern of the shell: then what stands before it is looked at as well.
    """
    if "--" in tokens:
        if not os.path.lexists("--"):
            return None
        tokens = tokens[: tokens.index("--")]
    return next((one for one in tokens if one.startswith("-") and one != "-" and os.path.lexists(one)), None)


def _flushed(code: int) -> int:
    """Write what stdout still holds; the code stays what it is when nobody reads to the end."""
    try:
        sys.stdout.flush()
    except OSError as error:
        return _cut_off(error, code)
    return code


def _refused(sentence: str) -> Exit:
    """Say what was wrong, with nothing in it that could steer a terminal."""
    with suppress(OSError):  # a terminal may be gone
        print(f"linkcheck: {message(userinfo.hidden(sentence))}", file=sys.stderr)
    return Exit.USAGE


def _cut_off(error: OSError, code: int) -> int:
    """End when stdout cannot take the report: quietly when its reader has gone, as after `| head`."""
    has_reader = not is_gone(error, sys.stdout)
    give_up(sys.stdout)
    if not has_reader:
        return code
    return _refused(f"the report cannot be written to standard output: {error.strerror or error}")


def _leave_folders_off_path() -> None:
    """Take no program from the working directory, which may be a stranger's: neither git nor the browser of the TUI."""
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    os.environ["PATH"] = os.pathsep.join(folder for folder in folders if Path(folder).is_absolute())
    os.environ["NODEFAULTCURRENTDIRECTORYINEXEPATH"] = "1"  # Windows looks there all the same, but for this


@contextmanager
def _writable_streams() -> Iterator[None]:
    """Replace standard streams that are closed, and let no character be one that an encoding cannot write."""
    with ExitStack() as stack:
        for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
            stream = getattr(sys, name)
            if stream is None:
                setattr(sys, name, stack.enter_context(open(os.devnull, mode, encoding="utf-8")))  # noqa: PTH123 - os.devnull is a name, not a path
            elif mode == "w" and isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        yield
