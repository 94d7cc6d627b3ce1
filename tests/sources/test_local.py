"""Local links: exact names, index pages, fragments, and never outside the root."""

import errno
import os
import sys
from collections.abc import Callable, Collection
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from linkcheck.extract.api import Extraction
from linkcheck.model import Check, FailureKind
from linkcheck.sources import formats
from linkcheck.sources.anchors import anchor_reader, anchors_in
from linkcheck.sources.local import Folders, look

AT = "2026-11-24T12:00:00Z"
NEEDS_LINKS = pytest.mark.skipif(sys.platform == "win32", reason="making links needs a privilege on Windows")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    for name in (
        "README.md", "LICENSE", "docs/token.md", "docs/Guide.md", "docs/install.html", "docs/a b ü.md", "docs/logo.png",
        "api/readme.md", "blog/index.html", "blog/2017/post.md", "empty/sub/x.bin",
    ):  # fmt: skip
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("# Getting started\n\n## Über uns\n\n<a name='x'></a>\n", encoding="utf-8")
    (tmp_path / "outside.md").write_text("secret")
    return folder


def seen(root: Path, path: str, *fragments: str) -> Check:
    return look(f"file://{path}", root=root, at=AT, fragments=fragments)


@pytest.mark.parametrize(
    ("path", "final"),
    [
        ("/README.md", "/README.md"),
        ("/docs/a%20b%20%C3%BC.md", "/docs/a%20b%20%C3%BC.md"),
        ("/docs/a b ü.md?raw=true", "/docs/a%20b%20%C3%BC.md"),
        ("/docs/../LICENSE", "/LICENSE"),
        ("/docs/%2e%2e/LICENSE", "/LICENSE"),
        ("/docs/x%2F..%2F..%2FLICENSE", None),
        ("/docs%2F..%2FLICENSE", "/LICENSE"),
        ("//docs///token.md", "/docs/token.md"),
        ("/", "/README.md"),
        ("/api", "/api/readme.md"),
        ("/api/", "/api/readme.md"),
        ("/blog/", "/blog/index.html"),
        ("/empty/", "/empty"),
        ("/docs/logo.png", "/docs/logo.png"),
    ],
)
def test_what_is_there_is_found_by_its_decoded_path(root: Path, path: str, final: str | None) -> None:
    check = look(f"file://{path}" if not path.startswith("//") else f"file:///{path[1:]}", root=root, at=AT)

    assert (check.exists, check.final_url) == ((True, f"file://{final}") if final else (False, None))
    assert check.at == AT


@pytest.mark.parametrize(
    ("path", "nearest"),
    [
        ("/docs/tokens.md", "/docs/token.md"),
        ("/docs/guide.md", "/docs/Guide.md"),
        ("/DOCS/Guide.md", "/docs/Guide.md"),
        ("/docs/token", "/docs/token.md"),
        ("/docs/install", "/docs/install.html"),
        ("/docs/install.md", "/docs/install.html"),
        ("/docs/token.md/", "/docs/token.md"),
        ("/dosc/tokne.md", "/docs/token.md"),
        ("/docs/post.md", None),
        ("/blog/post.md", "/blog/2017/post.md"),
        ("/api/token.md", "/docs/token.md"),
        ("/docs/api/token.md", "/docs/token.md"),
        ("/docs/token.md/more", None),
        ("/nothing/like/it", None),
        ("/docs/README.md", None),
        ("/docs/Token.md%00", "/docs/token.md"),
        ("/docs/" + "x" * 5000, None),
        ("/docs/" + "x/" * 5000, None),
        ("/docs/%ff%fe.md", None),
        ("/docs%5Ctoken.md", None),
        ("/C:/Windows/win.ini", None),
    ],
)
def test_what_is_missing_is_named_with_what_may_be_meant(root: Path, path: str, nearest: str | None) -> None:
    check = seen(root, path)

    assert check.exists is False
    assert check.nearest == nearest
    assert check.failure is None


@pytest.mark.parametrize("path", ["/..%2Foutside.md", "/docs/..%2F..%2Foutside.md", "/%2e%2e%2Fsite/README.md"])
def test_nothing_outside_the_root_is_looked_at(root: Path, path: str) -> None:
    check = seen(root, path)

    assert check.exists is None
    assert check.failure is not None
    assert check.failure.kind is FailureKind.POLICY
    assert "--root-dir" in check.failure.message


@NEEDS_LINKS
def test_links_do_not_lead_out_of_the_root(root: Path) -> None:
    (root / "out.md").symlink_to("../outside.md")
    (root / "up").symlink_to("..", target_is_directory=True)
    (root / "in.md").symlink_to("docs/token.md")
    (root / "gone.md").symlink_to("nowhere.md")
    (root / "self.md").symlink_to("self.md")

    assert seen(root, "/out.md").exists is None
    assert seen(root, "/up/outside.md").exists is None
    assert seen(root, "/up/nothing.md").exists is None
    assert seen(root, "/in.md").exists is True
    assert seen(root, "/gone.md").exists is False
    assert seen(root, "/self.md").exists is False


@NEEDS_LINKS
def test_the_root_may_be_a_link_itself(root: Path) -> None:
    (root.parent / "link").symlink_to(root, target_is_directory=True)

    assert seen(root.parent / "link", "/docs/token.md").exists is True


def test_a_folder_that_may_not_be_listed_is_not_judged(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refusing(path: Path) -> object:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", refusing)

    check = seen(root, "/docs/token.md")

    assert check.exists is None
    assert check.failure is not None
    assert check.failure.message == "cannot be looked up: Permission denied"


def test_fragments_are_looked_up_in_the_page_that_is_shown(root: Path) -> None:
    check = seen(root, "/api/", "getting-started", "nowhere")

    assert check.fragments["getting-started"].found is True
    assert check.fragments["nowhere"].found is False
    assert check.media_type == "text/markdown"


def test_of_a_file_without_anchors_nothing_is_said(root: Path) -> None:
    for path in ("/docs/logo.png", "/LICENSE", "/empty/"):
        assert seen(root, path, "page=3").fragments["page=3"].found is None


def test_a_missing_file_answers_no_fragments(root: Path) -> None:
    assert seen(root, "/docs/none.md", "x").fragments == {}


def test_a_binary_file_with_a_documents_name_has_no_anchors(root: Path) -> None:
    (root / "fake.md").write_bytes(b"\0\1\2")

    assert anchors_in(root / "fake.md") is None


def test_files_and_folders_are_read_once_a_run(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path] = []
    listed: list[object] = []
    scandir = os.scandir

    def counting(path: Path) -> object:
        listed.append(path)
        return scandir(path)

    def anchors_of(path: Path) -> Collection[str]:
        asked.append(path)
        return {"x"}

    monkeypatch.setattr(os, "scandir", counting)
    folders = Folders(root)
    for _ in range(3):
        look("file:///docs/token.md", root=root, at=AT, fragments=["x"], anchors_of=anchors_of, folders=folders)
        look("file:///docs/tokens.md", root=root, at=AT, folders=folders)

    assert sorted(map(str, listed)) == sorted({*map(str, listed)})
    assert asked == [root / "docs/token.md"] * 3


def test_where_very_many_are_missing_the_first_are_sought(root: Path) -> None:
    folders = Folders(root)

    checks = [look(f"file:///docs/token.md{n}", root=root, at=AT, folders=folders) for n in range(1000)]
    elsewhere = look("file:///blog/Index.html", root=root, at=AT, folders=folders)

    assert all(check.exists is False for check in checks)
    assert [n for n, check in enumerate(checks) if check.nearest] == list(range(200))
    assert elsewhere.nearest == "/blog/index.html"


def test_the_anchor_reader_remembers_the_last_files(root: Path) -> None:
    anchors_of = anchor_reader(most=2)

    first = anchors_of(root / "README.md")

    assert first is not None
    assert "getting-started" in first
    assert anchors_of(root / "README.md") is first
    anchors_of(root / "api/readme.md")
    anchors_of(root / "blog/index.html")
    assert anchors_of(root / "README.md") is not first


def test_an_extractor_that_fails_is_named_and_its_file_has_no_known_anchors(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def extract(*_: object) -> Extraction:
        raise RuntimeError("a bug")

    theirs = structs.replace(formats.extractors()["markdown"], extract=extract)
    monkeypatch.setattr(formats, "extractor_of", lambda _: theirs)
    told = list[str]()

    def hear(plugin: str, answer: Callable[[], Extraction]) -> Extraction | None:
        with pytest.raises(RuntimeError):
            answer()
        told.append(plugin)
        return None

    check = look("file:///README.md", root=root, at="", fragments=["x"], anchors_of=anchor_reader(hear))

    assert check.fragments["x"].found is None
    assert told == ["text/markdown"]


@settings(deadline=None)  # the first odd name loads every extractor
@given(st.text())
def test_no_path_raises_or_escapes(tmp_path_factory: pytest.TempPathFactory, path: str) -> None:
    folder = tmp_path_factory.getbasetemp()

    check = seen(folder, f"/{path}")

    assert check.exists in {True, False, None}
    check.nearest and check.nearest.encode()
