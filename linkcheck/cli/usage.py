"""What a person is told: the commands' helps, and examples for who names nothing to check."""

STDIN = "\0"
"""How a source `-` passes the parser of the command line."""

CHECK = """Check, report, exit (the default command).

A SOURCE is a file, a folder, a pattern, a web address, or `-` for standard input. For example:

linkcheck check article.md

linkcheck check docs/ --offline --fail-on error,unreachable

linkcheck check article.md --output json=links.json --output markdown=report.md
"""

EXTRACT = """List the references with place, role and destination as written; no network.

linkcheck extract article.md

linkcheck extract docs/ --format json
"""

TUI = """The same run, interactively: watch it, look at the evidence, open and copy what to print instead.

Needs a terminal; ? shows every key. Leaving ends the run; what is known by then is kept in the history.

linkcheck tui article.md
"""

REPORT = """Show a stored run again, in any format; nothing is asked anew.

linkcheck report last --format markdown > report.md
"""

HISTORY = """Look back at one URL: each check, its verdict, where it stood, and what had changed.

linkcheck history https://example.org/page
"""

DEMO = """See it work: check a built-in article against a built-in web that rots; no network.

It leaves the article and its reports in reports/demo, and exits with 0 when everything was judged as staged.
"""

EXAMPLES = """\
linkcheck needs something to check. For example:
  linkcheck check article.md                    one article
  linkcheck check docs/ --offline               a folder: files, headings, lost targets; no network
  linkcheck check https://example.org/story     a page
  linkcheck check - --as markdown < draft.txt   standard input
  linkcheck check --help                        every option
  linkcheck demo                                see it work, without network\
"""
