"""What a detector is: one rule that looks at a check and has an opinion."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from msgspec import Struct

from linkcheck.model import (
    Check,
    Cited,
    Conversation,
    DocumentRow,
    Finding,
    Outline,
    PageFacts,
    Reference,
    Response,
    Role,
    Severity,
    Verdict,
)


class Page(Struct, frozen=True, eq=False):
    """The page that was fetched, alive until it has been judged; equal to none but itself."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    text: str
    """The visible text, whitespace folded."""
    is_free: bool | None = None
    """What the page says of its being free to read; None where it says nothing."""
    facts: PageFacts = PageFacts()
    headings: tuple[str, ...] = ()
    """The first headings of the three upper levels, in order."""
    is_noindex: bool = False
    """Whether it asks search engines to leave it out."""
    is_script: bool = False
    """Whether a script builds it, so that hardly a word is in the markup."""
    is_dated: bool = False
    """Whether it says when it was published, as articles do."""
    is_whole: bool = True
    """Whether all of it was read."""
    outline: Callable[[], Outline] = Outline
    """Take the page apart, at the first call: for those who look closely."""
    elements: Callable[[frozenset[str]], Iterable["Element"]] = lambda _: ()
    """Yield the start tags of these names at the beginning of the markup."""


class Element(NamedTuple):
    """A start tag."""

    name: str
    attributes: Mapping[str, str]
    """By name in lower case; character references are decoded."""


class Citation(Struct, frozen=True, kw_only=True):
    """How one document cites the link."""

    role: Role
    text: str = ""
    """The anchor text."""
    cited: Cited | None = None
    at: datetime | None = None
    """The instant that captures should be near to."""


class Context(Struct, frozen=True, kw_only=True):
    """What a detector may know beyond the check."""

    url: str
    """The link as planned."""
    page: Page | None = None
    citations: Callable[[], tuple[Citation, ...]] = tuple
    """Look up who cites the link, at the first call; nothing outside a run."""
    before: Callable[[], Check | None] = lambda: None
    """Look up what was seen of the link when it was last alive, before this run, at the first call."""
    page_of: Callable[[Response], Page] | None = None
    """Read another response as this page was read."""
    seed: str = ""
    """What random letters are made of, so that they are the same for all links of a run."""
    has_archives: bool = False
    """Whether archives may be asked."""
    rdap: str = ""
    """The RDAP service that may be asked since when a domain is registered; empty where none may."""
    is_deep: bool = False
    """Whether the person wants everything to be compared that can be."""


class Then(Struct, frozen=True, kw_only=True):
    """What a page was called when it was cited."""

    names: tuple[str, ...]
    """Title, H1, og:title of a capture."""
    at: str
    """Its Memento-Datetime."""
    days: int
    """From the citation to it; negative is earlier."""
    uri_m: str


class Mention(Struct, frozen=True, kw_only=True):
    """A reference where it stands, for rules that need no page."""

    reference: Reference
    url: str | None
    """Absolute, fragment included; None where there is none."""
    link: str | None
    """The canonical URL that is checked."""
    document: DocumentRow
    facts: PageFacts | None = None
    """What is known of the page that was found there; None where there is none that can be compared."""
    then: Then | None = None
    """What it was called when it was cited; None where no capture tells, or nothing made anybody ask."""
    is_there: bool = True
    """Whether the page was seen; False where it is lost, or nobody can tell."""


class Detector(Struct, frozen=True, kw_only=True):
    """A plug-in of this family.

    `detect` looks at a check; `probe` asks, and only `when` what was found so far calls for it; `mention` looks at a
    reference where it stands.
    """

    rule: str
    severity: Severity
    """The default; the config may say otherwise."""
    about: str
    """One sentence for `linkcheck plugins` and `linkcheck explain`."""
    suggests: Verdict | None = None
    """The verdict that a finding of this rule speaks for; for `alive`, a finding says that nothing is to be changed."""
    detect: Callable[[Check, Context], Iterator[Finding]] | None = None
    probe: Callable[[Check, Context], Conversation[Sequence[Finding]]] | None = None
    when: Callable[[Sequence[Finding], Check, Context], bool] | None = None
    compares: bool = False
    """Whether `probe` compares pages that answer with their captures: it waits until all that is lost has had its turn
    with the archives."""
    mention: Callable[[Mention], Iterator[Finding]] | None = None
    why: str = ""
    """Why it matters, for `linkcheck explain`; further sentences."""
    example: str = ""
    """One case, for `linkcheck explain`."""
