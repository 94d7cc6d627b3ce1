"""What a person names, and what is read for it."""

import errno
import os
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck import uri
from linkcheck.errors import ConfigError
from linkcheck.sources.api import Found, Unreadable
from linkcheck.sources.files import find, repository_of, root_of, url_of

NEEDS_LINKS = pytest.mark.skipif(sys.platform == "win32", reason="making links needs a privilege on Windows")


def lay(folder: Path, files: Mapping[str, str] | list[str]) -> Path:
    """Write files, each with its folders."""
    contents = files if isinstance(files, Mapping) else dict.fromkeys(files, "# text\n")
    for name, text in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def names(folder: Path, *arguments: str, **options: object) -> list[str]:
    """Give the names of what is found, which must all be readable."""
    found = list(find(arguments, directory=folder, **options))  # type: ignore[arg-type]  # test shorthand
    assert not [each for each in found if isinstance(each, Unreadable)]
    return [each.name for each in found]


def trouble(folder: Path, *arguments: str, **options: object) -> str:
    """Give the message of the only trouble, where nothing else is found."""
    (found,) = find(arguments, directory=folder, **options)  # type: ignore[arg-type]  # test shorthand
    assert isinstance(found, Unreadable)
    return found.message


def test_a_folder_gives_its_documents_sorted_at_every_depth(tmp_path: Path) -> None:
    lay(
        tmp_path,
        ["b.md", "a/z.html", "a/b/c.txt", "a.MARKDOWN", "x.mdx", "y.htm", "pic.png", "code.py", ".github/c.md"],
    )

    assert names(tmp_path, ".") == [".github/c.md", "a/b/c.txt", "a/z.html", "a.MARKDOWN", "b.md", "x.mdx", "y.htm"]


def test_a_named_file_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    lay(tmp_path, ["notes", "a[1].md", "docs/x.rst"])

    (found,) = find(["notes"], directory=tmp_path)

    assert found == Found(
        name="notes", path=tmp_path / "notes", url="file:///notes", root=tmp_path.resolve(), is_named=True
    )
    assert names(tmp_path, "a[1].md", "./docs/x.rst") == ["a[1].md", "docs/x.rst"]


def test_names_are_as_given_and_relative_below_the_working_directory(tmp_path: Path) -> None:
    lay(tmp_path, ["work/docs/a.md", "beside/b.md"])
    work = tmp_path / "work"

    assert names(work, str(work / "docs")) == ["docs/a.md"]
    assert names(work, "../beside/b.md", "../beside") == ["../beside/b.md"]
    assert names(work, str(tmp_path / "beside")) == [(tmp_path / "beside/b.md").as_posix()]


def test_a_file_met_by_two_names_is_read_once(tmp_path: Path) -> None:
    lay(tmp_path, ["docs/a.md", "docs/b.md"])

    found = names(tmp_path, "docs/b.md", "docs", "./docs/../docs/b.md", str(tmp_path / "docs/a.md"), "docs/*.md")

    assert found == ["docs/b.md", "docs/a.md"]


def test_standard_input_and_pages_of_the_web_are_sources(tmp_path: Path) -> None:
    stdin, page, broken = find(["-", "HTTPS://A.test/x y#z", "-", "https://a b/"], directory=tmp_path)

    assert stdin == Found(name="-", root=tmp_path.resolve(), is_named=True)
    assert page == Found(name="HTTPS://A.test/x y#z", url="https://a.test/x%20y", is_named=True)
    assert isinstance(broken, Unreadable)
    assert broken.message == "https://a b/: is not a valid URL; correct it"


@pytest.mark.parametrize("argument", ["ftp://a.test/x.md", "file:///etc/passwd", "gopher://a", "git+ssh://a.test/x"])
def test_only_http_and_https_are_read(tmp_path: Path, argument: str) -> None:
    assert trouble(tmp_path, argument).startswith(f"{argument}: only http and https pages can be read;")
    assert root_of([argument, "docs"], directory=tmp_path) == tmp_path


@pytest.mark.parametrize(
    ("argument", "name"),
    [
        ("http://me:s3cret@a.test/x", "http://***@a.test/x"),
        ("https:me:s3cret@a.test/x", "https://***@a.test/x"),
        ("https://me:a:s3cret@@a.test/x@y:z", "https://***@a.test/x@y:z"),
        ("http:\\\\me:s3cret@a.test", "http://***@a.test/"),
        ("http://:s3cret@a.test/", "http://***@a.test/"),
        ("http://me@a.test/x:y@z", "http://***@a.test/x:y@z"),
        ("http://a.test:80/@x", "http://a.test:80/@x"),
        ("http://me:s3cret@a b/", "http://***@a b/"),
        ("ftp://me:s3cret@a.test/", "ftp://***@a.test/"),
    ],
)
def test_a_password_is_not_shown(tmp_path: Path, argument: str, name: str) -> None:
    (found,) = find([argument], directory=tmp_path)

    assert found.name == name
    assert "s3cret" not in (found.message if isinstance(found, Unreadable) else found.name)


class TestRoot:
    def test_it_is_the_folder_without_a_repository(self, tmp_path: Path) -> None:
        lay(tmp_path, ["docs/deep/a.md"])

        (in_folder,) = find(["docs"], directory=tmp_path)
        (named,) = find(["docs/deep/a.md"], directory=tmp_path)

        assert isinstance(in_folder, Found)
        assert isinstance(named, Found)
        assert (in_folder.root, in_folder.url) == (tmp_path / "docs", "file:///deep/a.md")
        assert (named.root, named.url) == (tmp_path / "docs/deep", "file:///a.md")

    def test_it_is_the_repository_from_within(self, tmp_path: Path) -> None:
        lay(tmp_path, [".git/HEAD", "docs/a.md"])

        (found,) = find(["docs/a.md"], directory=tmp_path)

        assert isinstance(found, Found)
        assert (found.root, found.url) == (tmp_path, "file:///docs/a.md")
        assert repository_of(tmp_path / "docs") == tmp_path

    def test_the_option_is_stronger(self, tmp_path: Path) -> None:
        lay(tmp_path, [".git/HEAD", "site/docs/a.md", "b.md"])

        inside, outside = find(["site", "b.md"], directory=tmp_path, root_dir=Path("site"))

        assert isinstance(inside, Found)
        assert inside.url == "file:///docs/a.md"
        assert isinstance(outside, Unreadable)
        assert "lies outside --root-dir" in outside.message

    @pytest.mark.parametrize("root_dir", ["nope", "b.md", "a\0b"])
    def test_the_option_must_name_a_folder(self, tmp_path: Path, root_dir: str) -> None:
        lay(tmp_path, ["b.md"])

        with pytest.raises(ConfigError, match=r"^--root-dir: there is no folder "):
            root_of(["b.md"], directory=tmp_path, root_dir=Path(root_dir))

    def test_it_holds_all_sources_so_that_an_address_means_one_file(self, tmp_path: Path) -> None:
        lay(tmp_path, ["one/.git/HEAD", "one/a.md", "two/a.md"])

        found = [each for each in find(["one", "two/a.md"], directory=tmp_path) if isinstance(each, Found)]

        assert [each.url for each in found] == ["file:///one/a.md", "file:///two/a.md"]
        assert root_of(["one/a.md"], directory=tmp_path) == tmp_path / "one"

    @given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1), min_size=1))
    def test_an_address_leads_back_to_the_file_and_is_its_own_key(self, parts: list[str]) -> None:
        path = "/".join(part for part in parts if part not in {".", ".."}) or "a"

        url = url_of(Path("/root", path), Path("/root"))

        assert uri.local_path(url) == f"/{path}"
        assert uri.key(url) == url


class TestIgnored:
    def test_rules_of_every_folder_hold_below_it(self, tmp_path: Path) -> None:
        lay(
            tmp_path,
            {
                ".git/info/exclude": "private.md\n",
                ".gitignore": "# comment\n\n/build/\n*.tmp.md\n!keep.tmp.md\nnode_modules/\ndocs/*/draft.md\n",
                "docs/.gitignore": "old.md\n!a.tmp.md\n/only-here.md\n",
                **dict.fromkeys(
                    [
                        "build/a.md",
                        "docs/build/a.md",
                        "x.tmp.md",
                        "keep.tmp.md",
                        "docs/a.tmp.md",
                        "docs/b.tmp.md",
                        "node_modules/p/README.md",
                        "docs/x/node_modules/p/README.md",
                        "docs/draft.md",
                        "docs/x/draft.md",
                        "docs/x/y/draft.md",
                        "old.md",
                        "docs/old.md",
                        "docs/x/old.md",
                        "docs/only-here.md",
                        "docs/x/only-here.md",
                        "docs/private.md",
                    ],
                    "text",
                ),
            },
        )

        kept = ["docs/a.tmp.md", "docs/build/a.md", "docs/draft.md", "docs/x/only-here.md", "docs/x/y/draft.md"]
        assert names(tmp_path, ".") == [*kept, "keep.tmp.md", "old.md"]
        assert names(tmp_path, "docs") == kept
        assert names(tmp_path / "docs", "x") == ["x/only-here.md", "x/y/draft.md"]

    def test_nothing_in_an_ignored_folder_is_taken_back(self, tmp_path: Path) -> None:
        lay(tmp_path, {".gitignore": "out/\n!out/keep.md\n", "out/keep.md": "", "a.md": ""})

        assert names(tmp_path, ".") == ["a.md"]

    def test_a_folder_or_file_that_is_named_is_read_although_ignored(self, tmp_path: Path) -> None:
        lay(
            tmp_path,
            {".git/HEAD": "", ".gitignore": "out/\n", "out/a.md": "", "out/.gitignore": "b.md", "out/b.md": ""},
        )

        assert names(tmp_path, "out") == ["out/a.md"]
        assert names(tmp_path, "out/b.md") == ["out/b.md"]

    def test_lines_that_are_no_patterns_spoil_nothing(self, tmp_path: Path) -> None:
        lay(tmp_path, {".gitignore": "!\n\\\n[\n***\\\n\ufeff\nb.md\r\n", "a.md": "", "b.md": ""})

        assert names(tmp_path, ".") == ["a.md"]

    def test_the_person_may_leave_out_more(self, tmp_path: Path) -> None:
        lay(tmp_path, ["a.md", "docs/a.md", "docs/x/b.md", "vendor/c.md"])

        assert names(tmp_path, ".", exclude_path=["docs/**/b.md", "/vendor"]) == ["a.md", "docs/a.md"]
        assert names(tmp_path, "docs", "vendor/c.md", exclude_path=["docs/x", "vendor/"]) == ["docs/a.md"]

    def test_what_we_write_is_never_a_source(self, tmp_path: Path) -> None:
        lay(tmp_path, ["a.md", "report.md", "reports/a.md", ".linkcheck/x.md", ".git/y.md"])
        ours = [Path("report.md"), tmp_path / "reports"]

        assert names(tmp_path, ".", ours=ours) == ["a.md"]
        assert trouble(tmp_path, "report.md", ours=ours).startswith("report.md: is written by linkcheck itself")
        assert "is written by linkcheck itself" in trouble(tmp_path, "reports/a.md", ours=ours)
        assert "is written by linkcheck itself" in trouble(tmp_path, ".linkcheck", ours=ours)


class TestPattern:
    @pytest.mark.parametrize(
        ("pattern", "expected"),
        [
            ("*.md", ["a.md", "b.md"]),
            ("**/*.md", ["a.md", "b.md", "docs/c.md", "docs/x/d.md"]),
            ("docs/**", ["docs/c.md", "docs/x/d.md"]),
            ("docs/**/x/*.md", ["docs/x/d.md"]),
            ("d*/[c-e].md", ["docs/c.md"]),
            ("[!a].md", ["b.md"]),
            ("docs/x/*.ods", ["docs/x/e.ods"]),
            ("?.md", ["a.md", "b.md"]),
            ("./docs/*", ["docs/c.md"]),
        ],
    )
    def test_it_gives_the_documents_that_match(self, tmp_path: Path, pattern: str, expected: list[str]) -> None:
        lay(tmp_path, ["a.md", "b.md", "docs/c.md", "docs/logo.png", "docs/x/d.md", "docs/x/e.ods", "docs/out/f.md"])
        lay(tmp_path, {".git/HEAD": "", ".gitignore": "out/\n"})

        assert names(tmp_path, pattern) == expected

    def test_many_stars_take_no_time(self, tmp_path: Path) -> None:
        lay(tmp_path, ["/".join("abcdefghijklmnopqrstuvwxyz") + ".md"])

        assert "no document matches" in trouble(tmp_path, "/".join(["**"] * 40) + "/nothing.md")

    def test_one_without_matches_says_so(self, tmp_path: Path) -> None:
        assert trouble(tmp_path, "*.md") == "*.md: no document matches the pattern; check it, or name a folder"


class TestTrouble:
    def test_a_missing_file_offers_the_nearest(self, tmp_path: Path) -> None:
        lay(tmp_path, ["docs/guide.md", "README.md"])

        assert trouble(tmp_path, "docs/giude.md") == (
            "docs/giude.md: there is no such file or folder; did you mean docs/guide.md?"
        )
        assert "did you mean docs?" in trouble(tmp_path, "dosc/guide.md")
        assert "did you mean docs?" in trouble(tmp_path, "dosc/*.md")
        assert trouble(tmp_path, "zzz").endswith("check the name")

    def test_a_folder_without_documents_says_what_it_wants(self, tmp_path: Path) -> None:
        lay(tmp_path, ["pics/a.png"])

        message = trouble(tmp_path, "pics")

        assert message.startswith("pics: the folder holds no documents (")
        assert "markdown" in message

    @pytest.mark.parametrize("argument", ["x" * 5000, "a\0b", "\udcff.md", "\ud800", "", "a/b/c"])
    def test_impossible_names_are_no_crash(self, tmp_path: Path, argument: str) -> None:
        trouble(tmp_path, argument).encode()

    def test_a_folder_that_may_not_be_listed_is_named(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        lay(tmp_path, ["a.md", "shut/b.md"])
        scandir = os.scandir

        def refusing(path: Path) -> object:
            if path == tmp_path / "shut":
                raise PermissionError(errno.EACCES, "Permission denied", str(path))
            return scandir(path)

        monkeypatch.setattr(os, "scandir", refusing)

        assert list(find(["."], directory=tmp_path))[1:] == [
            Unreadable("shut", "shut: the folder cannot be listed; give this user the right")
        ]


@NEEDS_LINKS
class TestLinks:
    def test_circles_end(self, tmp_path: Path) -> None:
        lay(tmp_path, ["docs/a.md"])
        (tmp_path / "docs/again").symlink_to(tmp_path, target_is_directory=True)
        (tmp_path / "docs/self.md").symlink_to("self.md")

        assert names(tmp_path, ".") == ["docs/a.md"]

    def test_a_link_counts_where_its_file_is_not_met_otherwise(self, tmp_path: Path) -> None:
        lay(tmp_path, [".git/HEAD", "README.md", "docs/b.md"])
        (tmp_path / "docs/a.md").symlink_to("../README.md")

        assert names(tmp_path, "docs") == ["docs/a.md", "docs/b.md"]
        assert names(tmp_path, ".") == ["README.md", "docs/b.md"]

    def test_a_link_out_of_the_root_is_left_alone_in_folders(self, tmp_path: Path) -> None:
        lay(tmp_path, ["secret.md", "docs/a.md"])
        (tmp_path / "docs/b.md").symlink_to("../secret.md")

        assert names(tmp_path, "docs") == ["docs/a.md"]
        assert names(tmp_path, "docs/b.md") == ["docs/b.md"]

    def test_a_named_folder_may_be_a_link(self, tmp_path: Path) -> None:
        lay(tmp_path, ["real/a.md"])
        (tmp_path / "link").symlink_to("real", target_is_directory=True)

        assert names(tmp_path, "link") == ["link/a.md"]

    def test_a_link_to_nothing_says_so(self, tmp_path: Path) -> None:
        (tmp_path / "a.md").symlink_to("gone.md")

        assert trouble(tmp_path, "a.md") == "a.md: is a link to a file that is not there; correct the link"
