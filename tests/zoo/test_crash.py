"""A run that is killed again and again, at any moment, comes to the end that it would have come to undisturbed."""

import asyncio
import io
import json
import random
import re
import signal
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import AsyncExitStack, closing
from pathlib import Path
from typing import Any

import trustme

from linkcheck import registry
from linkcheck.model import FailureKind
from linkcheck.render.api import Style
from linkcheck.store import Database, report, runs
from tests.servers import naming
from tests.zoo.row import Place
from tests.zoo.table import ZOO
from tests.zoo.tour import ZONE

KILLS = 20
ROOT = Path(__file__).parents[2]
_MOODY = re.compile("-once$|-then-|^429-|-drips$|-stalls$|^speaks-|-alerts$")
ROWS = tuple(
    row
    for row in ZOO
    if not (_MOODY.search(row.name) or row.word.failure in {FailureKind.TIMEOUT_READ, FailureKind.TIMEOUT_CONNECT})
)
"""All but those who answer otherwise the second time, since a question that was cut off changes what comes later, and
those of whom it depends on the time how much is heard.
"""


class Killer:
    """Says how long the next visitor may live, at random, and how many have been killed."""

    def __init__(self, seed: int, *, kills: int) -> None:
        self._random = random.Random(seed)
        self._kills = kills
        self.killed = 0

    def patience(self) -> float | None:
        """Give seconds; None when there has been enough killing."""
        return self._random.uniform(0, 1.5) if self.killed < self._kills else None


def test_a_run_that_is_killed_ends_like_one_that_was_not(tmp_path: Path) -> None:
    seed = random.randrange(10**6)
    whole = asyncio.run(visited(tmp_path / "undisturbed", Killer(seed, kills=0)))
    killer, rounds = Killer(seed, kills=KILLS), 0

    while killer.killed < KILLS:
        rounds += 1
        folder = tmp_path / str(rounds)
        ended = asyncio.run(visited(folder, killer))

        assert list(differences(whole, ended)) == [], f"seed {seed}"
        assert_each_is_asked_once(folder / "history.sqlite")


def assert_each_is_asked_once(history: Path) -> None:
    """No look is lost, none is doubled: each link has one final look, and at most one that was to be followed by it."""
    with closing(sqlite3.connect(history)) as sql:
        runs = sql.execute("SELECT run, count(*) FROM conclusion GROUP BY run").fetchall()
        looks = Counter(sql.execute("SELECT link, is_final FROM observation").fetchall())
        asked = {link for (link,) in sql.execute("SELECT link FROM asked")}
        references = sql.execute("SELECT count(*), count(DISTINCT seq) FROM reference").fetchone()
    assert len(runs) == 1
    assert {link for link, is_final in looks if is_final} == asked
    assert set(looks.values()) == {1}
    assert references[0] == references[1]


async def visited(folder: Path, killer: Killer) -> dict[str, Any]:
    """Open the zoo, and visit it; whoever is killed is followed by another, until one comes home."""
    folder.mkdir()  # noqa: ASYNC240 - nobody waits meanwhile
    authority = trustme.CA()
    certificate = folder / "authority.pem"
    authority.cert_pem.write_to_path(str(certificate))
    links = [f"- [{row.name}](<{row.link}>)" for row in ROWS]
    links += [f"- [{number}](<http://down.zoo.test/{number}>) [here]({number}.md)" for number in range(5)]
    (folder / "zoo.md").write_text("# The zoo\n\n" + "\n".join(links), encoding="utf-8")
    (folder / "more.md").write_text("# More\n\n[lost](#) [zoo](zoo.md#the-zoo) [no](zoo.md#none)", encoding="utf-8")
    async with AsyncExitStack() as stack:
        ports = {
            row.name: await stack.enter_async_context(row.den(Place(row.host, authority))) for row in ROWS if row.den
        }
        names = await stack.enter_async_context(naming(ZONE))
        resolve = [f"{row.host}:{port}:127.0.0.1:{ports[row.name]}" for row in ROWS if row.den for port in (80, 443)]
        options = {
            "timeout": 10,
            "connect-timeout": 5,
            "retries": 1,
            "host-interval": 0,
            "host-patience": 1,
            "sources": ["zoo.md", "more.md"],
            "resolve": [*resolve, "down.zoo.test:80:127.0.0.1:1"],
            "archive": False,
            "engine": "httpx",
            "control-hosts": ["control.zoo.net"],
            "resume": True,
            "concurrency": 16,
        }
        wanted = {
            "certificate": str(certificate),
            "names": names.port,
            "folder": str(folder),
            "options": options,
        }
        while True:
            await visit(json.dumps(wanted), killer)
            if (told := concluded(folder)) is not None:  # it may have been killed after its end
                return told


def concluded(folder: Path) -> dict[str, Any] | None:
    """Give the report of the run, once it has come to its end; None before."""
    with closing(Database(folder / "history.sqlite")) as database:
        if not list(runs(database)):
            return None
        out = io.StringIO()
        registry.load("render", "json").render(report(database, "last"), out, Style())
    told: dict[str, Any] = timeless(json.loads(out.getvalue()))
    return told


async def visit(wanted: str, killer: Killer) -> None:
    """Send one visitor, and kill it if it takes too long."""
    visitor = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.zoo.visitor", wanted, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert visitor.stdout
    await visitor.stdout.readline()
    seconds = killer.patience()
    if seconds is not None:
        try:
            await asyncio.wait_for(visitor.wait(), seconds)
        except TimeoutError:
            visitor.send_signal(signal.SIGKILL)
    code = await visitor.wait()
    assert code in {0, -signal.SIGKILL}
    killer.killed += code != 0


TIMES = frozenset({"at", "started", "finished", "elapsed_ms", "since"})
NOT_COMPARED = frozenset({"id", "requests", "address", "config_digest"})
"""A run's name; what was sent but whose answer was lost is sent again; a connection that is closed tells no address;
the zoo has other ports each time.
"""


def timeless(value: Any) -> Any:
    """Leave out times, which are never the same twice."""
    if isinstance(value, dict):
        return {key: timeless(one) for key, one in value.items() if key not in TIMES | NOT_COMPARED}
    if isinstance(value, list):
        return [timeless(one) for one in value]
    return re.sub(r"(?<=127\.0\.0\.1@)\d+", "PORT", value) if isinstance(value, str) else value


def differences(one: Any, other: Any, place: str = "") -> Iterator[str]:
    """Name what differs, as one would look it up."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        for key in one:
            yield from differences(one[key], other[key], f"{place}.{key}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, pair in enumerate(zip(one, other, strict=True)):
            yield from differences(*pair, f"{place}[{number}]")
    elif one != other:
        yield f"{place}: {one!r} {other!r}"
