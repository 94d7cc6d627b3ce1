"""reStructuredText: docutils as the judge, then what it does not say."""

import pytest
from docutils import nodes
from docutils.core import publish_doctree

from linkcheck.extract.api import Extraction, Wanted
from linkcheck.extract.rst import decoded, extract
from linkcheck.model import Document, Role


def read(text: str, *, include_code: bool = False) -> Extraction:
    document = Document(name="x.rst", media_type="text/x-rst", source=text.encode(), text=text)
    return extract(document, Wanted(include_code=include_code))


def written(text: str) -> list[tuple[str, str, str]]:
    return [(one.element, one.raw, one.text) for one in read(text).references]


def test_arguments_of_directives_with_options_and_entries_of_a_toctree_are_read() -> None:
    text = """\
.. button-link:: https://a.test/
   :color: primary

.. toctree::
   :maxdepth: 1

   intro
   Outside <https://b.test/>
"""

    assert [(one.raw, one.span.line) for one in read(text).references] == [
        ("https://a.test/", 1),
        ("https://b.test/", 8),
    ]


SPECIFICATION = {
    "embedded URI": "See the `Python home page <https://www.python.org>`_ for info.\n",
    "embedded URI, anonymous": "See `this <https://www.python.org/a>`__ and `that <rel/b.html>`__.\n",
    "embedded alias": "`home <Python_>`_ is Python_.\n\n.. _Python: https://www.python.org/\n",
    "white space in a URI": "`x <https://www.python.org/a\n/b c>`_\n",
    "escaped underscore at the end": "`x <https://www.python.org/a\\_>`_\n",
    "URI alone": "`<https://www.python.org/only>`_\n",
    "simple reference": "External hyperlinks, like Python_.\n\n.. _Python: https://www.python.org/\n",
    "phrase reference": "Like `the home page`_.\n\n.. _the home page: https://www.python.org/\n",
    "names differ in case and space": "Like `The  Home\nPage`_.\n\n.. _the home page: https://www.python.org/\n",
    "quoted target": "`FAQ: a colon`_\n\n.. _`FAQ: a colon`: https://faq.test/\n",
    "escaped colon": "`FAQ: a colon`_\n\n.. _FAQ\\: a colon: https://faq.test/\n",
    "indirect targets": "one_ two_\n\n.. _one: two_\n.. _two: three_\n.. _three: https://three.test/\n",
    "chained targets": "one_ and two_\n\n.. _one:\n.. _two: https://two.test/\n",
    "long URL in two lines": "long_\n\n.. _long: https://long.test/a/very/\n   long/path\n",
    "anonymous, both spellings": "`a`__ b__\n\n.. __: https://anonymous.test/1\n__ https://anonymous.test/2\n",
    "internal target": "A clickable place_.\n\n.. _place:\n\nThe text.\n",
    "standalone": "See https://www.python.org, and (https://a.test/x).\n",
    "in angle brackets": "See <https://www.python.org/>.\n",
    "in a literal": "``https://no.test/`` and `code https://in.test/`\n",
    "literal block": "Example::\n\n   https://no.test/\n\nAfter https://yes.test/\n",
    "comment": ".. https://no.test/\n   https://no.test/2\n\nAfter https://yes.test/\n",
    "code": ".. code:: python\n\n   x = 'https://no.test/'\n\nAfter https://yes.test/\n",
    "note": ".. note:: https://note.test/\n   and `b <https://b.test/>`_\n\n   https://c.test/\n",
    "footnote": "Text [1]_.\n\n.. [1] See https://foot.test/\n",
    "citation": "Text [CIT2002]_.\n\n.. [CIT2002] See `x <https://cit.test/>`_\n",
    "substitution as a link": "|logo|_ x\n\n.. |logo| replace:: Logo\n.. _logo: https://logo.test/\n",
    "image with a target": ".. image:: picture.png\n   :alt: A picture\n   :target: https://target.test/\n",
    "image with a target by name": ".. image:: p.png\n   :target: there_\n\n.. _there: https://there.test/\n",
    "figure with a caption": ".. figure:: f.png\n   :target: https://t.test/\n\n   See `c <https://c.test/>`_.\n",
    "list": "- https://a.test/\n- `b <https://b.test/>`_\n\n  1. https://c.test/\n",
    "table": "=====  =====\nA_     B\n=====  =====\nx      https://b.test/\n=====  =====\n\n.. _A: https://a.test/\n",
    "underscore in a URL": "https://a.test/x_y_z and https://b.test/__init__.py\n",
    "words with underscores": "call my_function_name or __init__ or x_ (no target)\n",
    "section title": "Title with https://a.test/\n==========================\n\nText\n",
    "comment that looks like a target": ".. _no target here\n\nText https://a.test/\n",
    "escaped backquote": "\\`no <https://no.test/x>`_ https://a.test/\n",
}
"""From https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html, shortened."""


def as_docutils_reads(text: str) -> list[str]:
    tree = publish_doctree(text, settings_overrides={"report_level": 5, "_disable_config": True})
    found = []
    for node in tree.findall(lambda each: isinstance(each, (nodes.reference, nodes.image))):
        url = node.get("refuri") or node.get("uri")
        if url and not url.startswith("mailto:"):
            found.append(url)
    return sorted(found)


@pytest.mark.parametrize("what", SPECIFICATION)
def test_the_links_are_those_that_docutils_gives(what: str) -> None:
    text = SPECIFICATION[what]
    found = sorted(decoded(one.raw, one.element) for one in read(text).references if one.element != "target")

    assert found == as_docutils_reads(text)


def test_a_url_that_a_reader_sees_counts_where_docutils_passes_over_it() -> None:
    text = "**https://a.test/** and *https://b.test/*, https://c.test/x_(y)\n"

    assert as_docutils_reads(text) == ["https://c.test/x_(y"]
    assert [one.raw for one in read(text).references] == ["https://a.test/", "https://b.test/", "https://c.test/x_(y)"]


def test_a_link_by_name_stands_at_its_use_and_its_span_in_the_target() -> None:
    text = "See Python_ now.\n\n.. _Python: https://www.python.org/\n"
    (one,) = read(text).references

    assert (one.raw, one.text, one.element) == ("https://www.python.org/", "Python", "link")
    assert text[one.span.start : one.span.end] == one.raw
    assert (one.span.line, one.span.column) == (1, 5)


@pytest.mark.parametrize(
    ("text", "url", "words"),
    [
        (":pep:`8`", "https://peps.python.org/pep-0008/", "PEP 8"),
        (":PEP:`20#anchor`", "https://peps.python.org/pep-0020/#anchor", "PEP 20#anchor"),
        ("`8`:pep:", "https://peps.python.org/pep-0008/", "PEP 8"),
        (":pep-reference:`3107`", "https://peps.python.org/pep-3107/", "PEP 3107"),
        (":pep:`the guide <8>`", "https://peps.python.org/pep-0008/", "the guide"),
        (":rfc:`2822`", "https://datatracker.ietf.org/doc/html/rfc2822", "RFC 2822"),
        (
            ":RFC:`7089#section-4.1`",
            "https://datatracker.ietf.org/doc/html/rfc7089#section-4.1",
            "RFC 7089#section-4.1",
        ),
    ],
)
def test_roles_cite_standards_by_number(text: str, url: str, words: str) -> None:
    (one,) = read(f"As {text} says.\n").references

    assert decoded(one.raw, one.element) == url
    assert one.text == words
    assert f"As {text}"[one.span.start : one.span.end] == one.raw


@pytest.mark.parametrize(
    "text", [":pep:`8", ":pep:`eight`", ":pep:`<8`", ":rfc:`8>`", ":doc:`8`", ":pep:`१`", "``:pep:`8```"]
)
def test_what_is_no_number_of_a_standard_is_no_link(text: str) -> None:
    assert not read(f"As {text} says.\n").references


def test_fields_at_the_top_and_cells_of_tables_are_read() -> None:
    text = """PEP: 1
Discussions-To: https://a.test/1
Post-History: `07-Aug-2023 <https://a.test/2>`__,
              `08-Aug-2023 <https://a.test/3>`__

:Homepage: https://a.test/4

Title
=====

+-----------------------------+---+
| `grid <https://a.test/5>`__ | x |
+-----------------------------+---+

.. list-table::

   * - Name
     - `x <https://a.test/6>`__

.. csv-table:: T
   :header: a, b

   1, https://a.test/7

.. versionchanged:: 3.2
   `v <https://a.test/8>`__
"""

    assert [raw for _, raw, _ in written(text)] == [f"https://a.test/{number}" for number in range(1, 9)]


def test_a_target_that_nothing_uses_is_still_a_link() -> None:
    assert written(".. _unused: https://unused.test/\n") == [("target", "https://unused.test/", "unused")]


def test_raw_html_is_read() -> None:
    text = '.. raw:: html\n\n   <a href="https://a.test/?x&amp;y">text</a>\n\n.. raw:: latex\n\n   \\url{https://no.test}\n'

    assert written(text) == [("a", "https://a.test/?x&amp;y", "text")]
    assert decoded("https://a.test/?x&amp;y", "a") == "https://a.test/?x&y"


def test_code_counts_when_it_is_asked_for() -> None:
    text = "::\n\n   https://code.test/\n\n.. code-block:: sh\n\n   curl https://curl.test/\n"

    assert read(text).references == ()
    assert [one.raw for one in read(text, include_code=True).references] == [
        "https://code.test/",
        "https://curl.test/",
    ]


def test_the_document_says_what_it_is_called_and_by_whom() -> None:
    text = "The Title\n=========\n\n:Author: Jane Doe\n:Date: 2019-02-03\n\nText.\n\nPart\n----\n"

    said = {claim.field: (claim.value, claim.line) for claim in read(text).claims}

    assert said == {"title": ("The Title", 1), "author": ("Jane Doe", 4), "published": ("2019-02-03", 5)}


def test_roles_are_told_by_the_words_around() -> None:
    text = "Original url: `the story <https://a.test/s>`_\n\nSee also\n--------\n\n- `x <https://b.test/>`_\n"

    assert [one.role for one in read(text).references] == [Role.ORIGINAL, Role.RELATED]


@pytest.mark.parametrize(
    "text",
    [
        "Like this::\n\n    .. image:: no.png\n\n    __ https://no.test/\n\n`yes <https://yes.test/>`_\n",
        "1. Do this::\n\n       https://no.test/\n\n   or `that <https://yes.test/>`_.\n",
        "`long`__\n\n__ https://a.test/long\n   #part\n",
        ".. [#note]\n   See `a`_,\n   and `b\n   <https://b.test/>`_\n\n.. _a: https://a.test/\n\nText [#note]_\n",
        ".. note:: See `b\n   <https://b.test/>`_ here\n",
        ":field_: text\n\n.. _field: https://a.test/\n",
    ],
)
def test_what_the_documentation_of_docutils_showed(text: str) -> None:
    found = sorted(decoded(one.raw, one.element) for one in read(text).references if one.element != "target")

    assert found == as_docutils_reads(text)
