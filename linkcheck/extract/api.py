"""What an extractor is: one input format, read into references."""

from collections.abc import Callable, Sequence

from msgspec import Struct

from linkcheck.model import Claim, Document, Passage, PlacedFinding, Reference


class Wanted(Struct, frozen=True):
    """What the person wants to have extracted."""

    include_code: bool = False
    """Links in code spans and code blocks, too."""
    passages: bool = False
    """The text itself, too: only for documents that are to be compared with others."""
    column: str | None = None
    """Of data: the column, or the key (dotted where it lies deeper), that holds the URL; None where its name tells."""


class Extraction(Struct, frozen=True, kw_only=True):
    """All that one document says."""

    references: Sequence[Reference]
    """In document order, outer before inner."""
    findings: tuple[PlacedFinding, ...] = ()
    """What is wrong with the document itself, e.g. `undefined-reference`."""
    claims: tuple[Claim, ...] = ()
    """What the document says of itself, strongest first within a field: title, author, published, original ..."""
    opening: tuple[tuple[int, str], ...] = ()
    """Line and plain text of the first 12 blocks that have any, headings included: where bylines and dates stand."""
    anchors: tuple[str, ...] = ()
    """Every id, anchor name and heading slug that a fragment may name, in order."""
    passages: tuple[Passage, ...] = ()
    """The text, where it was wanted and the format gives it."""


class Extractor(Struct, frozen=True, kw_only=True):
    """A plug-in of this family."""

    media_types: tuple[str, ...]
    suffixes: tuple[str, ...]
    """File name endings with the dot, in lower case."""
    about: str = ""
    """What is read, in one line."""
    extract: Callable[[Document, Wanted], Extraction]
    """Never raises on any text."""
    decoded: Callable[[str, str], str] = lambda raw, _: raw
    """(raw destination, element) -> the URL that it means by the rules of the syntax; by default just what it says."""
    in_folders: bool = True
    """Whether a folder's files with these endings are taken without being named."""
    is_data: bool = False
    """Whether a destination is a whole cell or value, whatever it says; then an untrusted base URL could carry away
    what a file holds, and is not used."""
    knows_anchors: bool = True
    """Whether `anchors` are all that a fragment may name; else no fragment of such a document is called missing."""
    signature: bytes = b""
    """What stands within the first 1,024 bytes where the format is no text; `extract` then reads `source`, and `text`
    is empty."""
    needs: str = ""
    """The module of a library without which this format cannot be read."""
    extra: str = ""
    """The extra of this distribution that brings it."""
