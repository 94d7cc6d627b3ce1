from io import StringIO

from linkcheck.cli.progress import Progress
from linkcheck.events import Checked, Doubted, Extracted, Planned, Waiting
from linkcheck.model import Verdict
from tests.fetch.fakes import FakeTime


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def listening(stream: StringIO, time: FakeTime) -> Progress:
    return Progress(stream, wanted=True, quiet=False, stopwatch=time.stopwatch, environ={"TERM": "xterm"})


def test_elsewhere_than_on_a_terminal_there_is_a_line_every_few_seconds() -> None:
    stream, time = StringIO(), FakeTime()
    progress = listening(stream, time)

    for done in range(1, 101):
        time.now = done / 10
        progress(Checked("http://a.org/", Verdict.ALIVE, done, 100))

    assert stream.getvalue().splitlines() == [
        "checked 50 of 100 links: 50 alive",
        "checked 100 of 100 links: 100 alive",
    ]


def test_a_dumb_terminal_gets_lines_and_no_escape_sequences() -> None:
    stream, time = Terminal(), FakeTime()
    progress = Progress(stream, wanted=True, quiet=False, stopwatch=time.stopwatch, environ={"TERM": "dumb"})

    time.now += 6
    progress(Checked("http://a.org/", Verdict.ALIVE, 1, 2))
    progress.say("a sentence")

    assert stream.getvalue() == "checked 1 of 2 links: 1 alive\na sentence\n"


def test_what_looks_bad_is_told_before_its_last_chance() -> None:
    stream, time = StringIO(), FakeTime()
    progress = listening(stream, time)

    time.now += 6
    progress(Doubted("a.org", 0.0, "404 Not Found", "http://a.org/x\x1b[31m", 3))

    assert "to be asked again at the end: 3 links" in stream.getvalue()
    assert "\x1b" not in stream.getvalue()


def test_a_long_pause_is_told_at_once_a_short_one_when_there_is_time() -> None:
    stream, time = StringIO(), FakeTime()
    progress = listening(stream, time)

    progress(Waiting("a.org", 1.0, "it answers 429"))
    progress(Waiting("b.org", 30.0, "it answers 429"))

    assert stream.getvalue() == "waiting 30 s for b.org: it answers 429\n"


def test_silence_has_a_name() -> None:
    stream, time = Terminal(), FakeTime()
    progress = listening(stream, time)

    time.now += 3
    progress(Waiting("a.org", 0.0, "no answer yet; 4 links are being asked"))

    assert stream.getvalue().endswith("waiting for a.org: no answer yet; 4 links are being asked")


def test_pages_of_a_site_are_counted_while_their_links_are_asked() -> None:
    stream, time = StringIO(), FakeTime()
    progress = listening(stream, time)

    progress(Extracted("http://a.org/", 3))
    progress(Planned(documents=1, references=3, links=3, to_fetch=3))
    progress(Checked("http://a.org/", Verdict.ALIVE, 1, 3))
    time.now += 6
    progress(Extracted("http://a.org/x", 5))
    progress(Checked("http://a.org/x", Verdict.ALIVE, 2, 8))

    assert stream.getvalue() == "checked 2 of 8 links on 2 pages: 2 alive\n"
