"""A document can be as damaged as it likes: it is a value in the report, and the run goes on."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run, run

__all__ = ["run"]

DEEP = 50_000
LD = '<!doctype html><title>A</title><script type="application/ld+json">%s</script><a href="http://a.test/">a</a>'
DIGITS = "9" * 5_000
DOCUMENTS = {
    "lone surrogates in JSON-LD.html": LD % r'{"@type":"Article","headline":"A\ud800","author":{"name":"J \udc00 D"}}',
    "deep JSON-LD.html": LD % ('{"a":' * DEEP),
    "deep whole JSON-LD.html": LD % ("[" * DEEP + "]" * DEEP),
    "digits in JSON-LD.html": LD % f'{{"@type":"Article","datePublished":{DIGITS},"headline":{DIGITS}}}',
    "exponent in JSON-LD.html": LD % '{"@type":"Article","datePublished":1e999999,"headline":-1E999999}',
    "deep tags.html": "<div>" * DEEP + "<a href='http://a.test/'>a</a>",
    "references.html": f"<p>&#{DIGITS}; &#x{DIGITS}; &#xd800; &#0; <a href='http://a.test/&#{DIGITS};'>a</a>",
    "dates.html": "<time datetime='99999-99-99T99:99'>0000-00-00</time><a href='http://a.test/'>a</a>",
    "surrogates in YAML.md": '---\ntitle: "\\ud800"\nauthor: "\\udc00 x"\noriginal: "http://a.test/\\ud800"\n---\n\n[a](b)\n',
    "deep YAML.md": f"---\na: {'[' * DEEP}\n---\n\n[a](b)\n",
    "indented YAML.md": "---\n" + "".join(f"{' ' * at}a:\n" for at in range(400)) + "---\n\n[a](b)\n",
    "date in YAML.md": "---\ndate: 99999-13-45\npublished: 0000-00-00\n---\n\n[a](b)\n",
    "digits in YAML.md": f"---\ndate: {DIGITS}\ntitle: {DIGITS}\n---\n\n[a](b)\n",
    "aliases in YAML.md": "---\na: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\ntitle: *c\n---\n\n[a](b)\n",
    "deep TOML.md": f"+++\na = {'[' * DEEP}\n+++\n\n[a](b)\n",
    "date in TOML.md": "+++\ndate = 9999-99-99\ntitle = 1\n+++\n\n[a](b)\n",
    "digits in TOML.md": f"+++\ndate = {DIGITS}\n+++\n\n[a](b)\n",
    "names of no file.md": "[y](b%ff.md) [n](a%00b.md) [s](a%ED%A0%80.md#%ff) [l](" + "a" * 5_000 + ")\n",
    "ports.md": f"[a](http://a.test:{DIGITS}/) [b](http://[::1) [c](http://[{DIGITS}]/) [d](http://{DIGITS}.{DIGITS}/)\n",
    "deep quotes.md": "> " * DEEP + "[a](b)\n",
    "deep lists.md": "- " * 5_000 + "[a](b)\n",
    "deep emphasis.md": "*" * DEEP + "[a](b)" + "*" * DEEP + "\n",
    "NUL.md": "a\n" * 5_000 + "[a](b\0c) \0\n",
    "surrogates.jsonl": '{"url":"http://a.test/\\ud800","title":"\\udfff"}\n{"url":"\\ud800"}\n',
    "deep.jsonl": '{"url":' * DEEP + "\n",
    "digits.jsonl": f'{{"url":"http://a.test/","date":{DIGITS}}}\n',
    "deep.ipynb": '{"cells":[' * DEEP,
    "surrogates.ipynb": r'{"cells":[{"cell_type":"markdown","source":["[a\ud800](http://a.test/\ud800)"]}],"nbformat":4}',
    "version.ipynb": f'{{"cells":[],"nbformat":{DIGITS}}}',
    "deep.har": '{"log":{"entries":[' * 20_000,
    "surrogates.har": r'{"log":{"entries":[{"request":{"url":"http://a.test/\ud800"},"startedDateTime":"\ud800"}]}}',
    "deep.org": "".join(f"{'*' * depth} a\n" for depth in range(1, 2_000)) + "[[http://a.test/][a]]\n",
    "deep.tex": "{" * DEEP + r"\url{http://a.test/}",
    "deep.bib": "@a{b, title={" + "{" * DEEP,
    "deep.rst": "".join(f"{' ' * depth}a\n" for depth in range(3_000)) + "`a <http://a.test/>`_\n",
    "deep.adoc": "".join(f"{'*' * depth} a\n" for depth in range(1, 2_000)) + "http://a.test/[a]\n",
    "deep.wiki": "{{a|" * DEEP,
    "deep.mdx": "<A b={" * DEEP + "[a](b)",
    "field.csv": "url,title\nhttp://a.test/," + '"' * DEEP + "\n",
    "deep.xml": "<rss>" + "<a>" * DEEP,
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_bad_document_is_a_value_in_the_report(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(DOCUMENTS[name], encoding="utf-8")

    checked = run(name, "--offline", "--no-store", "--format", "json")
    listed = run("extract", name, "--format", "json")

    assert "Traceback" not in checked.err + listed.err
    assert checked.code in {0, 1}, checked.err
    assert listed.code == 0
    assert [one["path"] for one in checked.report["documents"]] == [name]
    assert not any("failed" in note for note in checked.report["run"]["notes"])
