"""BibTeX: entries, fields, and what they say of the source."""

import pytest

from linkcheck.extract.api import Wanted
from linkcheck.extract.bibtex import decoded, extract
from linkcheck.model import Cited, Document, Reference
from tests.cost import is_linear


def read(text: str) -> tuple[Reference, ...]:
    document = Document(name="x.bib", media_type="text/x-bibtex", source=text.encode(), text=text)
    return extract(document, Wanted()).references


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@misc{k, url = {http://a.test/x}}", [("url", "http://a.test/x")]),
        ('@misc{k, url = "http://a.test/x"}', [("url", "http://a.test/x")]),
        ("@MISC(k, URL={ http://a.test/x })", [("url", "http://a.test/x")]),
        (r"@misc{k, url = {\url{http://a.test/x}}}", [("url", "http://a.test/x")]),
        (r"@misc{k, howpublished = {\url{http://a.test/x}}}", [("url", "http://a.test/x")]),
        (r"@misc{k, note = {see \href{http://a.test/x}{y}, http://b.test}}", [
            ("link", "http://a.test/x"), ("bare", "http://b.test")]),
        ("@article{k, doi = {10.1000/182}}", [("doi", "10.1000/182")]),
        ("@article{k, doi = {https://doi.org/10.1000/182}}", [("doi", "https://doi.org/10.1000/182")]),
        ("@article{k, doi = {unknown}}", []),
        ("@article{k, eprint={1701.00001}, archivePrefix={arXiv}}", [("eprint", "1701.00001")]),
        ("@article{k, eprint={123}, eprinttype={jstor}}", []),
        ("@article{k, author = {A}, url = {http://a.test/a=b,c}}", [("url", "http://a.test/a=b,c")]),
        ("@article{k, abstract = {braces {in} {{deep}} text}, url = {http://a.test}}", [("url", "http://a.test")]),
        ("http://no.test\n@comment{http://no.test}\n@string{s = {http://no.test}}", []),
        ("@misc{a, url={http://a.test}}@misc{b, url={http://b.test}}", [
            ("url", "http://a.test"), ("url", "http://b.test")]),
        ("@misc{broken, url={http://a.test}\n@misc{b, url={http://b.test}}", [
            ("url", "http://a.test"), ("url", "http://b.test")]),
        ("@misc{k, month = jan # {~1}, year = 2017, url={http://a.test}}", [("url", "http://a.test")]),
        ("@misc{k, title={Open, url={http://a.test}\n@misc{b, url={http://b.test}}", [
            ("url", "http://a.test"), ("url", "http://b.test")]),
        ('@misc{k, url = "http://" # "a.test/x", doi = base # "/x", title={T}}', []),
        ("@misc{k, url={http://a.test/x http://b.test/y}}", [("bare", "http://a.test/x"), ("bare", "http://b.test/y")]),
        ("@misc{k, url={www.a.test/x}, pdf={:x.pdf:PDF}, link={chapter.pdf}}", [("url", "www.a.test/x")]),
        ("@misc{k, title={an @ sign, mail a@b.test}, url={http://a.test}}", [("url", "http://a.test")]),
    ],
)  # fmt: skip
def test_links_of_bibtex(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.element, one.raw) for one in read(text)] == expected


def test_every_reference_bears_what_its_entry_says() -> None:
    (one,) = read(
        """@online{k,
  url = {http://a.test/x\\_y},
  title = {On {Links} and \\"Osterreich},
  author = {Doe, Jane and Roe, Richard},
  date = {2017-02-14},
  urldate = {2018-03-01},
}"""
    )

    assert one.text == "On Links and Österreich"
    assert one.cited == Cited(
        title="On Links and Österreich",
        author="Doe, Jane; Roe, Richard",
        published="2017-02-14",
        accessed="2018-03-01",
    )
    assert decoded(one.raw, one.element) == "http://a.test/x_y"
    assert (one.span.line, one.span.column) == (2, 3)


def test_eprints_are_at_arxiv() -> None:
    assert decoded("1701.00001", "eprint") == "https://arxiv.org/abs/1701.00001"
    assert decoded("hep-th/9901001", "eprint") == "https://arxiv.org/abs/hep-th/9901001"


def test_values_that_go_on_with_one_that_is_never_closed_take_linear_time() -> None:
    assert is_linear(lambda size: read("@a{k, " + "a={x} # {" * size), 1 << 13)
