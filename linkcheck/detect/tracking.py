"""Query parameters that say where a reader came from, and nothing of the page. Pure."""

from linkcheck import uri

_BEGIN = (
    *("utm_", "fbclid", "gclid", "dclid", "msclkid", "yclid", "igshid", "mc_cid", "mc_eid", "ref_src", "_ga", "xtor"),
    *("cmpid", "gbraid", "wbraid", "twclid", "ttclid", "li_fat_id", "mkt_tok", "vero_id", "_hsenc", "_hsmi", "oly_"),
    *("pk_campaign", "pk_kwd", "mtm_", "at_campaign", "at_medium", "wt_mc", "wt.mc", "s_cid", "ncid", "ito", "srsltid"),
)
_WHOLE = frozenset({"ito", "ncid"})


def is_tracking(name: str) -> bool:
    """Tell a parameter by how its name begins."""
    lower = name.lower()
    return lower.startswith(_BEGIN) and not (lower[:3] == "ito" and lower not in _WHOLE)


def without_tracking(url: str) -> str:
    """Give the address without such parameters, everything else as it is written."""
    start, mark, rest = url.partition("?")
    query, hash_, fragment = rest.partition("#")
    kept = [pair for pair in query.split("&") if not is_tracking(pair.partition("=")[0])]
    return f"{start}{mark if kept else ''}{'&'.join(kept)}{hash_}{fragment}"


def tracked_by(url: str) -> tuple[str, ...]:
    """Give the names of such parameters in a URL."""
    parts = uri.parse(url)
    pairs = parts.query.split("&") if parts and parts.query else ()
    return tuple(name for pair in pairs if is_tracking(name := pair.partition("=")[0]))
