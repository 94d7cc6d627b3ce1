"""Whatever a run went through, its replay goes through the same; and what is no whole recording is refused."""

import gzip
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from linkcheck.demo.server import refusing
from tests.archive_server import Capture, Fault
from tests.archive_server import serving as archive
from tests.cli.conftest import Run
from tests.cli.test_check import toml, write
from tests.cli.test_evidence import record, recorded, warc_of, world
from tests.cli.test_streams import surroundings
from tests.web import Page, staged

__all__ = ["recorded"]


def replayed(tmp_path: Path, run: Run, first: str, code: int) -> None:
    again = run("--replay", str(warc_of(tmp_path)))

    assert again.out == first
    assert again.code == code, again.err
    assert "byte for byte" in again.err


def test_many_links_at_once_with_hosts_that_are_down_slow_or_want_rest(tmp_path: Path, run: Run) -> None:
    calls = dict.fromkeys(("429", "flaky"), 0)

    class Moody(dict[str, Page]):
        def get(self, name: str, default: Page | None = None) -> Page:  # type: ignore[override]
            host = name.partition("/")[0]
            if host in {"busy.org", "flaky.org"}:
                key = "429" if host == "busy.org" else "flaky"
                calls[key] += 1
                if calls[key] in {2, 3, 5}:
                    return Page(429, headers={"retry-after": "0"}) if key == "429" else Page(503)
            return Page() if int("0" + name[-1]) % 4 else Page(404, "gone") if default is None else default

    with staged(Moody()) as web, refusing() as port:
        hosts = ("a.org", "b.org", "busy.org", "flaky.org")
        urls = [web.url(f"{host}/{number}") for number in range(20) for host in hosts]
        urls += [f"http://down.org:{port}/{number}" for number in range(20)]
        write(tmp_path, "".join(f"[{n}]({url}#here)\n\n" for n, url in enumerate(urls)))
        first = run(
            "article.md", *web.options(*hosts), "--resolve", f"down.org:{port}:127.0.0.1", "--no-store", "--no-archive",
            "--host-interval", "0", "--evidence", "evidence", "--format", "json",
        )  # fmt: skip

    assert any(link["check"]["inferred"] for link in first.report["links"])
    assert any(link["check"]["attempts"] > 1 for link in first.report["links"])
    replayed(tmp_path, run, first.out, 1)


def test_a_run_out_of_time(tmp_path: Path, run: Run) -> None:
    with staged({"slow.org/1": Page(429, headers={"retry-after": "30"})}) as web:
        write(tmp_path, f"[x]({web.url('slow.org/1')}) [y]({web.url('slow.org/2')})\n")
        first = run(
            "article.md", *web.options("slow.org"), "--no-store", "--no-archive", "--max-time", "1s", "--retries", "0",
            "--evidence", "evidence", "--format", "json",
        )  # fmt: skip

    assert not first.report["run"]["complete"]
    replayed(tmp_path, run, first.out, first.code)


@pytest.mark.parametrize("faults", [(), (Fault.ERROR,), (Fault.RATE_LIMIT,), (Fault.SILENCE,)])
def test_an_archive_that_answers_late_or_not_at_all(tmp_path: Path, run: Run, faults: tuple[Fault, ...]) -> None:
    with staged({}) as web, archive([]) as wayback:
        wayback.faults.update(faults)
        wayback.captures.append(Capture("20170211080000", web.url("paper.org/a")))
        write(tmp_path, f"February 14, 2017\n\n[a]({web.url('paper.org/a')}) [b]({web.url('paper.org/b')})\n")
        write(tmp_path, f"[linkcheck.archives.wayback]\n{toml(wayback.endpoints)}", "staged.toml")
        first = run(
            "article.md", "--config", "staged.toml", "--archive-order", "wayback", *web.options("paper.org"),
            "--no-store", "--retries", "0", "--timeout", "2", "--evidence", "evidence", "--format", "json",
        )  # fmt: skip

    replayed(tmp_path, run, first.out, 1)


@pytest.mark.parametrize("faults", [(), (Fault.ERROR,)])
def test_a_search_for_an_original_that_is_not_stated(tmp_path: Path, run: Run, faults: tuple[Fault, ...]) -> None:
    title, slug = "Minister Resigns Over Secret Talks", "paper.org/2017/minister-resigns-over-secret-talks"
    text = "".join(f"<p>He told {n} people in {n} towns again that no talks had been held.</p>" for n in range(30))
    story = f"<title>{title}</title><h1>{title}</h1>{text}"
    pages = {slug: Page(body=story), "paper.org/other": Page()}
    with staged(pages) as web, archive([], *faults) as wayback:
        listed = f"<urlset><url><loc>{web.url(slug)}</loc></url></urlset>"
        pages["paper.org/sitemap.xml"] = Page(body=listed)
        lost = "According to the [report of the committee](#) he had been warned.\n\n"
        paragraphs = text.replace("<p>", "").replace("</p>", "\n\n")
        write(tmp_path, f"# {title}\n\n{lost}{paragraphs}Related article: [Other]({web.url('paper.org/other')})\n")
        write(tmp_path, f"[linkcheck.archives.wayback]\n{toml(wayback.endpoints)}", "staged.toml")
        first = run(
            "article.md", "--config", "staged.toml", "--archive-order", "wayback", *web.options("paper.org"),
            "--no-store", "--retries", "0", "--host-interval", "0", "--evidence", "evidence", "--format", "json",
        )  # fmt: skip

    (said,) = first.report["documents"][0]["findings"]
    assert (said["rule"], said["evidence"]["guess"]) == ("no-original-stated", web.url(slug))
    assert said["evidence"].get("was_heard", True) is not bool(faults)
    replayed(tmp_path, run, first.out, 1)


def test_pages_standard_input_and_sources_that_cannot_be_read(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    with staged({"paper.org/story": Page(body="<title>T</title><a href=/x>x</a> <a href='#'>lost</a>")}) as web:
        (tmp_path / "binary.md").write_bytes(b"\x00\x01" * 1000)
        write(tmp_path, "[x](#)\n", "docs/\N{LATIN SMALL LETTER A WITH DIAERESIS}.txt")
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=BytesIO(b"[stdin](#)\n")))
        sources = ("-", web.url("paper.org/story"), web.url("paper.org/none"), "binary.md", "docs", "nowhere.md")
        first = run(
            *sources, *web.options("paper.org"), "--no-store", "--no-archive", "--retries", "0",
            "--evidence", "evidence", "--format", "json",
        )  # fmt: skip
    assert first.code == 3

    replayed(tmp_path, run, first.out, 3)


@pytest.mark.skipif(os.name != "posix", reason="is about signals")
def test_a_run_that_was_interrupted(tmp_path: Path, run: Run) -> None:
    pages = {f"paper.org/{n}": Page() for n in range(3)}
    with staged({**pages, "rest.org/1": Page(429, headers={"retry-after": "40"})}) as web:
        urls = [*(web.url(name) for name in pages), web.url("rest.org/1"), web.url("paper.org/none")]
        write(tmp_path, "".join(f"[x]({url})\n\n" for url in urls))
        options = [
            *web.options("paper.org", "rest.org"), "--no-store", "--no-archive", "--retries", "0",
            "--evidence", "evidence", "--format", "json", "--progress",
        ]  # fmt: skip
        with subprocess.Popen(
            [sys.executable, "-m", "linkcheck", "article.md", *options], cwd=tmp_path, text=True,
            env=surroundings(tmp_path, {}), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        ) as process:  # fmt: skip
            assert process.stderr
            while "left alone" not in (line := process.stderr.readline()) and "429" not in line:
                assert line, "it never waited"
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=120)
    assert process.returncode == 130, err

    replayed(tmp_path, run, out, 130)


def test_the_same_recording_can_be_replayed_again_and_again(tmp_path: Path, run: Run) -> None:
    write(tmp_path, "[x](#) [y](there.md)\n")
    first = run("article.md", "--offline", "--no-store", "--evidence", "evidence", "--format", "json")
    for _ in range(2):
        replayed(tmp_path, run, first.out, 1)
    assert run("--replay", str(warc_of(tmp_path)), "--format", "text", "--fail-on", "never").code == 0


def foreign() -> bytes:
    out = BytesIO()
    writer = WARCWriter(out, gzip=True)
    headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    record = writer.create_warc_record(
        "http://a.test/", "response", payload=BytesIO(b"<p>hello"), length=8, http_headers=headers
    )
    writer.write_record(record)
    return out.getvalue()


def forged(whole: bytes, old: bytes, new: bytes) -> bytes:
    """Change something within, record by record, digests left as they were."""
    return b"".join(gzip.compress(member.replace(old, new)) for member in members(whole))


def members(whole: bytes) -> list[bytes]:
    import zlib  # noqa: PLC0415 - for this test alone

    found = []
    while whole:
        inflator = zlib.decompressobj(31)
        found.append(inflator.decompress(whole))
        whole = inflator.unused_data
    return found


DAMAGES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "empty": (lambda _: b"", "no recording of linkcheck"),
    "text": (lambda _: b"# Hello\n\n" * 100, "cannot be read as a WARC"),
    "noise": (lambda _: bytes(range(256)) * 40, "cannot be read as a WARC"),
    "gzip of text": (lambda _: gzip.compress(b"hello"), "cannot be read as a WARC"),
    "foreign": (lambda _: foreign(), "no recording of linkcheck"),
    "endless line": (lambda _: gzip.compress(b"WARC/1.1\r\n" + b"A" * (9 << 20)), "headers take more than 8 MB"),
    "endless headers": (
        lambda _: gzip.compress(b"WARC/1.1\r\n" + b"A: b\r\n" * (9 << 18)),
        "headers take more than 8 MB",
    ),
    "cut in the middle": (lambda whole: whole[: len(whole) // 2], ""),
    "without its end": (lambda whole: whole[: whole.rindex(b"\x1f\x8b\x08")], "breaks off"),
    "flipped": (lambda whole: whole[: len(whole) // 2] + b"\xff\xff\xff" + whole[len(whole) // 2 + 3 :], ""),
    "forged": (lambda whole: forged(whole, b"[x](#)", b"[y](#)"), ""),
    "forged tape": (lambda whole: forged(whole, b'["run","run"', b'["run","ran"'), ""),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_what_is_no_whole_recording_is_refused_in_a_sentence(tmp_path: Path, run: Run, name: str) -> None:
    write(tmp_path, "[x](#) [y](there.md)\n")
    run("article.md", "--offline", "--no-store", "--evidence", "evidence")
    damage, words = DAMAGES[name]
    other = tmp_path / "other.warc.gz"
    other.write_bytes(damage(warc_of(tmp_path).read_bytes()))

    result = run("--replay", "other.warc.gz")

    assert result.code == 2
    assert not result.out
    assert "other.warc.gz" in result.err
    assert words in result.err
    assert result.err.count("\n") == 1
    assert "Traceback" not in result.err


def test_a_recording_that_was_changed_is_not_believed(tmp_path: Path, run: Run) -> None:
    write(tmp_path, "[x](#)\n")
    run("article.md", "--offline", "--no-store", "--evidence", "evidence")
    warc = warc_of(tmp_path)
    warc.write_bytes(warc.read_bytes() + gzip.compress(b""))

    result = run("--replay", str(warc))

    assert result.code == 2
    assert "was changed after it was recorded" in result.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--replay", "none.warc.gz"), "there is no such file"),
        (("--replay", "."), "cannot be read"),
        (("article.md", "--replay", "x.warc.gz"), "brings its own sources"),
        (("--replay", "x.warc.gz", "--timeout", "3"), "--timeout cannot be said"),
        (("--replay", "x.warc.gz", "--evidence", "more"), "--evidence cannot be said"),
    ],
)
def test_wrong_usage_is_said(tmp_path: Path, run: Run, arguments: tuple[str, ...], words: str) -> None:
    write(tmp_path, "[x](#)\n")

    result = run(*arguments)

    assert result.code == 2
    assert words in result.err


def test_evidence_that_cannot_be_written_is_said_before_anything_is_asked(tmp_path: Path, run: Run) -> None:
    write(tmp_path, "[x](#)\n")
    write(tmp_path, "in the way", "evidence")

    result = run("article.md", "--offline", "--no-store", "--evidence", "evidence")

    assert result.code == 2
    assert "choose another --evidence" in result.err
    assert not result.out


def test_evidence_is_no_source(tmp_path: Path, run: Run) -> None:
    write(tmp_path, "[x](#)\n")
    for _ in range(2):
        result = run(".", "--offline", "--no-store", "--evidence", "evidence", "--format", "json")
        write(tmp_path, "[y](#)\n", "evidence/notes.md")
        assert [one["path"] for one in result.report["documents"]] == ["article.md"]


def test_a_replay_leaves_no_trace_in_the_history(tmp_path: Path, run: Run) -> None:
    (tmp_path / ".git").mkdir()
    write(tmp_path, "[x](#)\n")
    first = run("article.md", "--offline", "--evidence", "evidence", "--format", "json")
    (tmp_path / ".linkcheck" / "history.sqlite").unlink()

    replayed(tmp_path, run, first.out, 1)
    assert not (tmp_path / ".linkcheck" / "history.sqlite").exists()


def test_a_replay_asks_no_resolver_and_opens_no_socket(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    with world(tmp_path) as web:
        first = record(run, web, "--format", "json")

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a replay is offline")

    monkeypatch.setattr("linkcheck.fetch.onion.wire_named", refuse)
    monkeypatch.setattr("linkcheck.fetch.nameservers.asking", refuse)
    monkeypatch.setattr("anyio.connect_tcp", refuse)

    assert json.loads(run("--replay", str(warc_of(tmp_path))).out) == first.report


def test_what_was_known_before_is_known_in_the_replay(tmp_path: Path, run: Run) -> None:
    (tmp_path / ".git").mkdir()
    with staged({"paper.org/a": Page(), "paper.org/b": Page(500)}) as web:
        write(tmp_path, f"[a]({web.url('paper.org/a')}) [b]({web.url('paper.org/b')}) [c]({web.url('paper.org/c')})\n")
        options = (*web.options("paper.org"), "--no-archive", "--retries", "0", "--format", "json")
        run("article.md", *options)
        first = run("article.md", *options, "--evidence", "evidence")
    (tmp_path / ".linkcheck" / "history.sqlite").unlink()
    links = {one["url"]: one for one in first.report["links"]}

    assert links[web.url("paper.org/a")]["reason"]["text"] == "200 OK"  # evidence rests on no earlier check
    assert any(one["standing"] for one in links.values())
    replayed(tmp_path, run, first.out, 1)


def test_lost_targets_that_were_found_again(tmp_path: Path, run: Run) -> None:
    cited, story = "the report of the water board", "The River Came Back, and Nobody Was Asked"
    words = f"The river rose by two metres in a night, says {cited}, and fell again by noon, as if nothing had been."
    linked = words.replace(cited, f"<a href=/report>{cited}</a>")
    more = "More was not known on that day, and more was not said, by anybody who had seen the water."
    with staged(
        {
            "paper.org/2017/02/14/river": Page(
                body=f"<title>{story}</title><h1>{story}</h1><p>{linked}</p><p>{more}</p>"
            ),
            "paper.org/report": Page(body="<title>The report of the water board</title><p>Two metres.</p>"),
        }
    ) as web:
        original = web.url("paper.org/2017/02/14/river")
        text = words.replace(cited, f"[{cited}](#)")
        write(tmp_path, f"# {story}\n\nFebruary 14, 2017\n\n{text}\n\nOriginal url: <{original}>\n")
        first = run(
            "article.md", *web.options("paper.org"), "--no-archive", "--no-store", "--retries", "0",
            "--format", "json", "--evidence", "evidence",
        )  # fmt: skip

    found = [one["url"] for row in first.report["references"] for one in row["rescues"] if one["kind"] == "recovered"]
    assert found == [web.url("paper.org/report")]
    replayed(tmp_path, run, first.out, first.code)


def test_a_site_that_was_followed(tmp_path: Path, run: Run) -> None:
    def page(*paths: str) -> Page:
        return Page(
            body=f"<title>{paths}</title><p>Some words.</p>" + "".join(f"<a href={one}>{one}</a> " for one in paths)
        )

    pages = {f"site.org/{n}": page(f"/{2 * n}", f"/{2 * n + 1}#x", "/gone") for n in range(1, 16)}
    pages["site.org/robots.txt"] = Page(body="User-agent: *\nDisallow: /7\n", headers={"content-type": "text/plain"})
    with staged({**pages, "site.org/1": page("/2", "/3", "/gone")}) as web:
        first = run(
            web.url("site.org/1"), "--recurse", *web.options("site.org"), "--no-store", "--no-archive",
            "--retries", "0", "--host-interval", "0", "--evidence", "evidence", "--format", "json",
        )  # fmt: skip

    assert first.report["summary"]["documents"] > 10
    replayed(tmp_path, run, first.out, 1)


def test_evidence_is_of_a_whole_run(tmp_path: Path, run: Run) -> None:
    write(tmp_path, "[x](#)\n")

    result = run("article.md", "--offline", "--resume", "--evidence", "evidence")
    assert result.code == 2
    assert "leave --resume out" in result.err


def test_what_was_not_new_is_not_new_in_the_replay(tmp_path: Path, run: Run) -> None:
    (tmp_path / ".git").mkdir()
    write(tmp_path, "[x](#)\n")
    options = ("--offline", "--fail-when", "new", "--format", "json")
    assert run("article.md", *options).code == 1
    first = run("article.md", *options, "--evidence", "evidence")
    (tmp_path / ".linkcheck" / "history.sqlite").unlink()

    assert first.code == 0
    replayed(tmp_path, run, first.out, 0)
    assert run("--replay", str(warc_of(tmp_path)), "--fail-on", "placeholder").code == 1


@pytest.mark.parametrize("how", ["baseline", "since"])
def test_what_a_run_compared_itself_with_need_not_be_at_hand(how: str, tmp_path: Path, run: Run) -> None:
    write(tmp_path, "[x](#) [y](nowhere.md)\n")
    assert run("article.md", "--offline").code == 1
    assert run("baseline", "create").code == 0
    for command in ("init", "add article.md", "-c user.name=a -c user.email=b commit -m x"):
        subprocess.run(["git", *command.split()], cwd=tmp_path, check=True, capture_output=True)
    options = {"baseline": ["--baseline", "linkcheck-baseline.json"], "since": ["--since", "HEAD"]}[how]
    first = run("article.md", "--offline", "--no-store", *options, "--evidence", "evidence", "--format", "json")
    assert first.code == 0, first.err
    (tmp_path / "linkcheck-baseline.json").unlink()
    (tmp_path / ".git").rename(tmp_path / "elsewhere")

    replayed(tmp_path, run, first.out, 0)


def test_what_a_registry_said_is_said_again(tmp_path: Path, run: Run) -> None:
    told = {"ldhName": "a.org", "events": [{"eventAction": "registration", "eventDate": "2021-05-06T07:08:09Z"}]}
    sale = Page(body="<title>a.org</title><h1>This domain is for sale</h1><p>Buy this domain.")
    registry = Page(body=json.dumps(told), headers={"content-type": "application/rdap+json"})
    with staged({"a.org/1": sale, "a.org/2": sale, "a.org/domain/a.org": registry}) as web:
        write(tmp_path, f"[x]({web.url('a.org/1')}) [y]({web.url('a.org/2')})\n")
        first = run(
            "article.md", *web.options("a.org"), "--no-store", "--no-archive", "--published", "2017-02-14", "--rdap",
            "--rdap-service", web.url("a.org"), "--evidence", "evidence", "--format", "json",
        )  # fmt: skip

    assert "registered on 2021-05-06" in first.report["links"][0]["reason"]["text"]
    replayed(tmp_path, run, first.out, 1)
