"""References where they stand, for rules that look at nothing else."""

from linkcheck.detect.api import Mention
from linkcheck.model import Claim, DocumentRow, Reference, Role, Span

MOSCOW = (
    "https://www.themoscowtimes.com/2017/02/14/trump-security-advisor-michael-flynn-resigns-amid-claims-of-"
    "inappropriate-talks-with-russian-ambassador-a57137"
)
HEADLINE = "Trump Security Advisor Michael Flynn Resigns Amid Claims of 'Inappropriate' Talks With Russian Ambassador"
OTHER = "Top Russian Officials Call Flynn Resignation 'Russophobic Paranoia'"


def mention(
    text: str,
    url: str | None,
    *,
    role: Role = Role.RELATED,
    title: str | None = HEADLINE,
    originals: tuple[Claim, ...] = (Claim("original", MOSCOW, "original link", 45),),
) -> Mention:
    """A link in line 41 of an article that has its original's URL in line 45."""
    titles = (Claim("title", title, "H1", 3),) if title else ()
    document = DocumentRow(
        path="article.md", media_type="text/markdown", title=title, claims=(*titles, *originals), original=MOSCOW
    )
    reference = Reference(raw=url or "#", span=Span(0, 0, 41, 22), element="link", text=text, role=role)
    return Mention(reference=reference, url=url, link=url, document=document)
