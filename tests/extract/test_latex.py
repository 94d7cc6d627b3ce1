r"""LaTeX: \url, \href, and what is not text."""

import pytest

from linkcheck.extract.api import Extraction, Wanted
from linkcheck.extract.latex import decoded, extract, plain
from linkcheck.model import Document


def read(text: str, *, include_code: bool = False) -> Extraction:
    document = Document(name="x.tex", media_type="text/x-tex", source=text.encode(), text=text)
    return extract(document, Wanted(include_code=include_code))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\url{http://a.test/x}", [("url", "http://a.test/x")]),
        (r"\url{ http://a.test/x }", [("url", "http://a.test/x")]),
        (r"\url|http://a.test/x|", [("url", "http://a.test/x")]),
        (r"\url{http://a.test/{x}y}", [("url", "http://a.test/{x}y")]),
        (
            r"\url{http://a.test/100%25} \url{http://b.test}",
            [("url", "http://a.test/100%25"), ("url", "http://b.test")],
        ),
        (r"\nolinkurl{http://a.test/x}", [("url", "http://a.test/x")]),
        (r"\urldef{\myurl}\url{http://a.test/x}", [("url", "http://a.test/x")]),
        (r"\urldef\myurl\url{http://a.test/x}", [("url", "http://a.test/x")]),
        (r"\href{http://a.test/x}{some \emph{text}}", [("link", "http://a.test/x")]),
        (r"\href[pdfnewwindow=true]{http://a.test/x}{text}", [("link", "http://a.test/x")]),
        ("\\href{http://a.test/x}\n  {text}", [("link", "http://a.test/x")]),
        (r"\href{http://a.test}{\url{http://b.test}}", [("link", "http://a.test"), ("url", "http://b.test")]),
        (r"\href{run:local.pdf}{x}", [("link", "run:local.pdf")]),
        (r"\href{http://a.test}{\nolinkurl{a.test}}", [("link", "http://a.test")]),
        (r"\doi{10.1000/182}", [("doi", "10.1000/182")]),
        ("see http://a.test/x.", [("bare", "http://a.test/x")]),
        (r"see http://a.test/x\_y\%20z, or", [("bare", r"http://a.test/x\_y\%20z")]),
        (r"see http://a.test/x\\ next", [("bare", "http://a.test/x")]),
        (r"{\tt http://a.test/x}", [("bare", "http://a.test/x")]),
        ("% http://a.test/x", []),
        (r"% \url{http://a.test/x}", []),
        (r"50\% \url{http://a.test/x}", [("url", "http://a.test/x")]),
        ("\\\\% \\url{http://a.test/x}", []),
        ("a % b\nhttp://a.test/x", [("bare", "http://a.test/x")]),
        (r"\verb|http://a.test/x| \verb+\url{http://b.test}+", []),
        ("\\begin{verbatim}\nhttp://a.test\n\\end{verbatim} http://b.test", [("bare", "http://b.test")]),
        ("\\begin{comment}\n\\url{http://a.test}\n\\end{comment}", []),
        (r"\urlstyle{same} \hrefx{http://a.test}", [("bare", "http://a.test")]),
        (r"\url{}", []),
        (r"\url", []),
        (r"\href{http://a.test", [("bare", "http://a.test")]),
        (r"\footnote{See \url{http://a.test}.}", [("url", "http://a.test")]),
    ],
)
def test_links_of_latex(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.element, one.raw) for one in read(text).references] == expected


@pytest.mark.parametrize(
    ("raw", "element", "meaning"),
    [
        (r"http://a.test/\%7Ex\#y\&z\_\~{}u", "link", "http://a.test/%7Ex#y&z_~u"),
        ("http://a.test/x\n  y", "url", "http://a.test/xy"),
        (r"\repo/issues\_x", "link", "{repo}/issues_x"),
        ("www.a.test/x", "url", "https://www.a.test/x"),
        ("a.org/x", "link", "https://a.org/x"),
        ("chapter.pdf", "link", "chapter.pdf"),
        ("10.1000/182", "doi", "https://doi.org/10.1000/182"),
        ("doi:10.1000/182", "doi", "https://doi.org/10.1000/182"),
        ("http://dx.doi.org/10.1000/182", "doi", "https://doi.org/10.1000/182"),
    ],
)
def test_what_is_written_is_understood(raw: str, element: str, meaning: str) -> None:
    assert decoded(raw, element) == meaning


def test_text_is_read_without_its_markup() -> None:
    assert plain(r"G\"{o}del, \'Etude \c{c}a: \textbf{bold}~x, 5\%").split() == [
        "Gödel,",
        "Étude",
        "ça:",
        "bold",
        "x,",
        "5%",
    ]


def test_the_document_says_what_it_is_called() -> None:
    claims = read("\\title{On \\emph{Links}}\n\\author{Jane Doe}\n\\date{14 February 2017}\n").claims

    assert [(one.field, one.value, one.line) for one in claims] == [
        ("title", "On Links", 1),
        ("author", "Jane Doe", 2),
        ("published", "14 February 2017", 3),
    ]


def test_code_counts_when_it_is_asked_for() -> None:
    text = "\\begin{lstlisting}\nhttp://a.test\n\\end{lstlisting}"

    assert [one.element for one in read(text, include_code=True).references] == ["code"]


def test_what_one_entry_of_a_bibliography_says_is_not_said_of_the_one_before() -> None:
    first, second = read(
        "\\begin{thebibliography}{9}\n\\bibitem{a} A, \\url{http://a.test}\n"
        "\\bibitem{b} B, \\url{http://b.test}, accessed 3 May 2019.\n\\end{thebibliography}"
    ).references

    assert first.cited is None
    assert second.cited is not None
    assert second.cited.accessed == "2019-05-03"
