"""A page that was saved from a newspaper's system: its buttons and menus are no links that it has lost."""

from pathlib import Path

from tests.cli.conftest import Run

HEAD = "<!doctype html><title>Minister Resigns</title>"
CANONICAL = '<link rel="canonical" href="https://paper.example/2017/02/14/minister-resigns">'
BODY = """
<header><a href="#">Sport</a><a href="#menu">Menu</a></header>
<article><h1>Minister Resigns</h1>
<p>The minister <a href="#">has resigned after it became known</a> that he had spoken. <a href="#comments">12</a></p>
<a href="#" data-toggle="dropdown">Share this</a> <a href="javascript:print()">Print</a>
<p>Related article: <a href="#">Adviser Accused of Discussing Sanctions</a></p>
{entries}
</article>
"""
ENTRIES = "\n".join(f'<div><a href="#post-{number}">10:{number % 60:02}</a> News.</div>' for number in range(400))


def test_the_lost_links_of_a_saved_page_are_found_and_nothing_else(tmp_path: Path, run: Run) -> None:
    page = tmp_path / "story.html"
    page.write_text(HEAD + CANONICAL + BODY.format(entries=ENTRIES), encoding="utf-8")

    result = run("check", str(page), "--offline", "--no-store")

    assert result.code == 1
    assert result.out.count("✗ placeholder") == 2
    assert "missing-fragment" not in result.out
    assert "405 controls or parts of the page itself (-v lists)" in result.out
    assert len(result.out.splitlines()) < 40


def test_of_a_page_that_states_no_address_missing_parts_are_errors(tmp_path: Path, run: Run) -> None:
    page = tmp_path / "guide.html"
    page.write_text(HEAD + "<p><a href='#instal'>Install</a><h2 id=install>Install</h2>", encoding="utf-8")

    result = run("check", str(page), "--offline", "--no-store", "--format", "json")

    assert result.code == 1
    assert "missing-fragment" in result.out


def test_built_pages_in_a_folder_answer_for_their_own_parts(tmp_path: Path, run: Run) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "guide.html").write_text(
        HEAD + CANONICAL + "<p><a href='#instal'>Install</a><h2 id=install>Install</h2>", encoding="utf-8"
    )

    result = run("check", str(tmp_path / "site"), "--offline", "--no-store", "--format", "json")

    assert result.code == 1
    assert "missing-fragment" in result.out


def test_pictures_above_the_folder_of_a_saved_page_stand_at_its_address(tmp_path: Path, run: Run) -> None:
    page = tmp_path / "story.html"
    page.write_text(HEAD + CANONICAL + "<p><img src='../../../img/x.jpg'><img src='/img/y.jpg'>", encoding="utf-8")

    result = run("check", str(page), "--offline", "--no-store", "--format", "json")

    assert '"https://paper.example/img/x.jpg"' in result.out
    assert '"https://paper.example/img/y.jpg"' in result.out
