"""What a person is told: the commands' helps, and examples for who names nothing to check."""

STDIN = "\0"
"""How a source `-` passes the parser of the command line."""

CHECK = """Check, report, exit (the default command).

A SOURCE is a file, a folder, a pattern, a web address, or `-` for standard input. For example:

linkcheck check article.md

linkcheck check docs/ --offline --fail-on error,unreachable

linkcheck check article.md --output json=links.json --output markdown=report.md

What follows `--` is a SOURCE, whatever it is called:

linkcheck check --offline -- *.md
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

SAVE = """Have pages archived that are alive and have no good capture of late.

Without --yes it lists them and asks for nothing. Saving needs the keys of https://archive.org/account/s3.php in the
environment, in LINKCHECK_SECRET_IA_ACCESS and LINKCHECK_SECRET_IA_SECRET.

linkcheck save article.md

linkcheck save article.md --yes
"""

MARK = """Keep what a person has seen of a link: a page behind a wall that programs cannot pass.

Reports say so with its date. It lapses when the link answers otherwise than it did, or when its day comes.

linkcheck mark https://example.org/page alive --note "opened it in a browser" --until 2027-06-30
"""

TRENDS = """Show how the links fared: shares by verdict over time, how old they got, which hosts lose most.

linkcheck trends

linkcheck trends --format csv > trends.csv
"""

EXPORT = """Write every check that the history has, a row each, for people who analyse.

linkcheck export --format csv -o checks.csv
"""

MERGE = """Put histories together, such as those of several CI jobs; the order does not matter.

linkcheck merge one.sqlite two.sqlite -o both.sqlite
"""

PRUNE = """Take old runs out of the history; what is known of every link stays, and so does its standing.

The last run stays whole, the last of each site that is followed, and what can be gone on with. `runs` and `trends`
still tell of the others; `report` cannot show them any more.

linkcheck prune --keep-days 400 --dry-run

linkcheck prune --keep-days 400
"""

BASELINE = """Write down what fails today, so that `check --baseline` fails only for what is not in it.

linkcheck baseline create

linkcheck check docs/ --baseline linkcheck-baseline.json
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
