"""Makes the address of a page that cannot exist beside another, and compares what a site shows there. Pure.

A site that shows the same for both has no page at the address that was asked (Bar-Yossef et al. 2004, "Sic transit
gloria telae"; the likeness is that of FABLE, IMC 2023: 5-word shingles, Jaccard 0.9).
"""

from collections.abc import Sequence
from hashlib import sha256
from string import ascii_lowercase
from urllib.parse import parse_qsl, unquote, urlencode

from linkcheck import uri
from linkcheck.words import tokens

SAME = 0.9
"""Jaccard of the shingles of two texts from which on they are the same page."""


def sibling_of(url: str, seed: str) -> str | None:
    """Give an address in the same directory that nobody has made; None for a site's root, which has no siblings.

    It has the ending of the last segment, and digits where that has only digits; where the path is a script that is
    told by its query what to show, the query differs instead. All links of one directory have the same sibling.
    """
    parts = uri.parse(url)
    if parts is None or parts.scheme not in uri.WEB:
        return None
    directory, slash, last = parts.path.rpartition("/")
    closing = ""
    if not last and directory:
        directory, slash, last = directory.rpartition("/")
        closing = "/"
    start = parts.href[: len(parts.href) - len(parts.fragment) - bool(parts.fragment)]
    base = start.partition("?")[0][: -len(parts.path)]
    if parts.query and (asked := _asked(parts.query, seed)):
        return f"{base}{parts.path}?{asked}"
    if not last:
        return None
    name, dot, ending = last.rpartition(".")
    if not dot or not ending.isalnum() or len(ending) > _LONGEST_ENDING or not any(map(str.isalpha, ending)):
        name, dot, ending = last, "", ""
    shape = "1" if name.isdecimal() else "a"
    return f"{base}{directory}{slash}{_random(shape, f'{seed} {base}{directory} {ending}')}{dot}{ending}{closing}"


def likeness(words: Sequence[str], others: Sequence[str]) -> float:
    """Give the Jaccard index of the 5-word shingles of two texts, 0 to 1; two texts without words are the same."""
    return jaccard(shingles(words, _SHINGLE), shingles(others, _SHINGLE))


def shingles(words: Sequence[str], size: int) -> frozenset[int]:
    """Give every run of so many words, hashed; of a shorter text the whole."""
    if len(words) <= size:
        return frozenset({hash(tuple(words))} if words else ())
    return frozenset(map(hash, zip(*(words[start:] for start in range(size)), strict=False)))


def jaccard(a: frozenset[int], b: frozenset[int]) -> float:
    """Give how much two sets have in common, 0 to 1."""
    union = len(a | b)
    return len(a & b) / union if union else 1.0


def words_without_address(text: str, url: str) -> list[str]:
    """Give the words of a text, but those that repeat the address at which it stands, as many error pages do."""
    parts = uri.parse(url)
    said = {url, parts.path, unquote(parts.path), parts.path.rpartition("/")[2]} if parts else {url}
    for address in sorted(said, key=len, reverse=True):
        if len(address) > _SHORTEST:
            text = text.replace(address, " ")
    return tokens(text.casefold())[:_MOST_WORDS]


def _asked(query: str, seed: str) -> str | None:
    """Change the parameter of a query that names a page; None where none does."""
    pairs = parse_qsl(query, keep_blank_values=True)[:_MOST_PARAMETERS]
    telling = [name for name, value in pairs if value and name.lower() in _NAMING]
    if not telling:
        return None
    chosen = telling[0]
    shape = "1" if dict(pairs)[chosen].isdecimal() else "a"
    return urlencode([(name, _random(shape, f"{seed} {chosen}") if name == chosen else value) for name, value in pairs])


def _random(shape: str, seed: str) -> str:
    digest = sha256(seed.encode("utf-8", "replace")).digest()
    if shape == "1":
        return "9" + str(int.from_bytes(digest[:5], "big")).zfill(11)[:11]
    return "".join(ascii_lowercase[byte % 26] for byte in digest[:_LETTERS])


_SHINGLE = 5
_LETTERS = 25
_LONGEST_ENDING = 5
_SHORTEST = 2
_MOST_WORDS = 20_000
_MOST_PARAMETERS = 50
_NAMING = frozenset(
    """id p pid page_id pageid aid article articleid article_id story storyid story_id newsid news_id nid itemid item
    item_id postid post_id docid doc title name slug v video t topic tid threadid page file path q url entry
    content contentid key""".split()
)
"""Query parameters that say which page is meant."""
