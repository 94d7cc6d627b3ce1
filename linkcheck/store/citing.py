"""What a run knows of one link: what it looked like, and what is concluded of it."""

from linkcheck.judge import LinkOpinion
from linkcheck.model import Check
from linkcheck.store.coding import decoder
from linkcheck.store.database import Database
from linkcheck.store.rows import LOOK


def last_look(database: Database, run: str, link: int) -> tuple[Check | None, LinkOpinion | None]:
    """Give what a run saw of a link last, and what it concludes, as far as it is written down."""
    seen = database.all(LOOK, run, link)
    concluded = database.all("SELECT value FROM judged_link WHERE run = ? AND link = ?", run, link)
    check = _check(seen[0][0]) if seen and seen[0][0] else None
    return check, _opinion(concluded[0][0]) if concluded else None


_check = decoder(Check)
_opinion = decoder(LinkOpinion)
