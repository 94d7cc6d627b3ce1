"""Robust Links: a link that carries its archived copy along (https://robustlinks.mementoweb.org/spec/). Pure."""

from html import escape

from linkcheck import uri
from linkcheck.model import WRONG_PAGE, Memento, ReferenceRow
from linkcheck.render.escape import plain
from linkcheck.render.triage import copy_of, replacement_of


def robust_link(row: ReferenceRow) -> str | None:
    """Give the HTML of a reference with its capture; None where there is no capture that shows what was cited.

    The link leads to the live page, or to the capture where that is what a reader should get.
    """
    original, memento = row.url, _capture(row)
    if memento is None or original is None or uri.scheme_of(original) not in uri.WEB:
        return None
    date = memento.datetime[:10]
    replacement = replacement_of(row)
    if replacement == memento.uri_m:
        attributes = {"href": memento.uri_m, "data-originalurl": original, "data-versiondate": date}
    else:
        live = replacement or original
        attributes = {
            "href": live,
            "data-originalurl": original,
            "data-versionurl": memento.uri_m,
            "data-versiondate": date,
        }
    told = " ".join(f'{name}="{escape(plain(value))}"' for name, value in attributes.items())
    return f"<a {told}>{escape(plain(row.text) or plain(original))}</a>"


def _capture(row: ReferenceRow) -> Memento | None:
    if any(finding.rule == WRONG_PAGE for finding in row.findings):
        return None
    return copy_of(row)
