"""What a person is told who names nothing to check."""

EXAMPLES = """\
linkcheck needs something to check. For example:
  linkcheck check article.md                    one article
  linkcheck check docs/ --offline               a folder: files, headings, lost targets; no network
  linkcheck check https://example.org/story     a page
  linkcheck check - --as markdown < draft.txt   standard input
  linkcheck check --help                        every option\
"""
