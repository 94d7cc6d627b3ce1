"""The report for Wikipedia editors: each citation that needs it, corrected, to be pasted over the old one.

Only the archived copy, its date and the URL's state are touched (`archive-url`, `archive-date`, `url-status`, by the
names of the citation's own wiki), and dates are written as the page writes them. The state is the verdict's:
`dead soft-404` are dead, `drifted` is deviated, `usurped` usurped, `moved` live; a blocked or unreachable page has
none, so that its citation is only named. What stands under `{{cbignore}}` is named, never changed. An address that is
there but for a stray character, or a missing scheme, is written in full.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, TextIO

from msgspec import structs

import linkcheck
from linkcheck.citations import WIKIS, meaning_of, normal, wiki_of, written_date
from linkcheck.model import DocumentRow, Memento, ReferenceRow, Report, Verdict
from linkcheck.render.api import Renderer, Style
from linkcheck.render.counting import minute
from linkcheck.render.escape import plain
from linkcheck.render.triage import copy_of, main_finding


def render(report: Report, out: TextIO, style: Style) -> None:  # noqa: ARG001 - all renderers are called alike
    """Write one comment and, where it can be corrected, one citation for each reference with a finding."""
    run = report.run
    when = run.finished or run.started
    out.write(f"{_comment(f'linkcheck {linkcheck.__version__}, run {run.id}, {minute(when)}')}\n")
    out.writelines(f"{_comment(note)}\n" for note in run.notes)
    today = date.fromisoformat(when[:10])
    for document in report.documents():
        order = next((claim.value for claim in document.claims if claim.field == "date-style"), None)
        is_first = True
        for row in report.references(document.path):
            if row.findings:
                if is_first:
                    out.write(f"\n{_comment(document.path)}\n")
                    is_first = False
                out.writelines(f"{line}\n" for line in _entry(row, document, order, today))


def _entry(row: ReferenceRow, document: DocumentRow, order: str | None, today: date) -> Iterator[str]:
    main = main_finding(row)
    why = main.message if main else row.reason.text
    state = STATES.get(row.verdict)
    yield ""
    yield _comment(f"line {row.line}: {row.verdict.value}: {why}")
    if document.media_type not in _WIKITEXT:
        yield _comment(f"{row.raw}: the document is no wikitext; --as wikitext reads it as such")
    elif row.cited and row.cited.citation == "":
        yield _comment(f"{row.raw}: bots are asked to leave this citation alone (cbignore)")
    elif stray := next((one for one in row.findings if one.meant), None):
        yield _comment(stray.message)
        spelt = _spelt(row, stray.meant or row.raw)
        yield (spelt.cited.citation if spelt.cited else None) or _bare(spelt)
    elif state is None:
        yield _comment(f"{row.raw}: {main.next if main else 'look at it yourself'}")
    else:
        address = next((one.evidence.get("checked") for one in row.findings if one.rule == _NO_SCHEME), None)
        spelt = _spelt(row, str(address)) if address else row
        yield from _advice(row, spelt, state, order, today)


def _spelt(row: ReferenceRow, address: str) -> ReferenceRow:
    """Give a reference with another address, in its citation, too."""
    cited = row.cited
    if cited and cited.citation:
        cited = structs.replace(cited, citation=_respelt(cited.citation, row.raw, _value(address)))
    return structs.replace(row, raw=address, cited=cited)


def _respelt(citation: str, raw: str, address: str) -> str:
    """Write another address where a citation has its URL; a title or a copy's address may hold the same words."""
    code, template, language = _parsed(citation)
    holding = [one for one in template.params if raw in str(one.value)] if template else []
    if not holding:
        return citation

    def likeness(parameter: Any) -> tuple[bool, bool]:
        is_url = language is not None and meaning_of(normal(str(parameter.name)), language) == "url"
        return is_url, str(parameter.value).strip() == raw

    own = max(holding, key=likeness)
    own.value = str(own.value).replace(raw, address, 1)
    return str(code)


def _advice(row: ReferenceRow, spelt: ReferenceRow, state: str, order: str | None, today: date) -> Iterator[str]:
    """Give the correction, and beside it what a person must do: all of it, where nothing is to be corrected."""
    citation = spelt.cited.citation if spelt.cited else None
    written = _corrected(spelt, citation, state, order, today) if citation else _link(spelt, state, order, today)
    copy = copy_of(row)
    if written in {row.cited.citation if row.cited else None, _bare(row)}:
        yield from (_comment(one.next) for one in row.findings if one.next)
        return
    if copy and not copy.validated and _value(copy.uri_m) in written and not (row.cited and row.cited.archive_url):
        yield _comment(f"look at the capture first: {copy.note or 'nobody has validated it'}")
    yield written


def _corrected(row: ReferenceRow, citation: str, state: str, order: str | None, today: date) -> str:
    """Give a citation template with the parameters that say where the copy is and what became of the URL."""
    code, template, language = _parsed(citation)
    if language is None:  # `{{dead link}}` or `{{webarchive}}` with a URL of its own
        return citation
    given = {normal(str(parameter.name)): str(parameter.name).strip() for parameter in template.params}
    wiki = WIKIS[language]

    def name_of(meaning: str) -> str:
        """Give the parameter that the citation already has for this, else the one that its wiki prefers."""
        own = (name for key, name in given.items() if meaning_of(key, language) == meaning)
        return next(own, wiki.names[meaning][0])

    is_archived = bool(row.cited and row.cited.archive_url)
    copy = copy_of(row)
    if copy and not is_archived and state != "live":
        _put(template, name_of("archive-url"), _value(copy.uri_m))
        _put(template, name_of("archive-date"), _day(copy, order or wiki.order, language))
        is_archived = True
    said = row.cited.url_status if row.cited else None
    status = wiki.status.get(state, "")
    is_decided = state == "dead" and said == "usurped"  # an editor keeps its URL from readers, and was right
    if status and is_archived and (state != "live" or said) and said != state and not is_decided:
        own = name_of("status")
        if language == "en" and normal(own) != "url-status":  # `deadurl` and its kin are no longer understood there
            template.remove(own)
            own = "url-status"
        value = state if normal(own) == "url-status" else status
        _put(template, own, value.replace("{today}", written_date(today, order or wiki.order, language)))
    text = str(code)
    if not is_archived and state in {"dead", "usurped"} and language == "en" and said != "dead":
        return f"{text}{_dead_link(today)}"
    return text


def _parsed(citation: str) -> tuple[Any, Any, str | None]:
    """Give a citation as code, the template in it, and whose wiki's that is; None where it is none."""
    import mwparserfromhell  # noqa: PLC0415 - it is slow to import and only needed here

    code = mwparserfromhell.parse(citation, skip_style_tags=True)
    template = next(iter(code.filter_templates(recursive=False)), None)
    if template is None:
        return code, None, None
    given = [normal(str(parameter.name)) for parameter in template.params]
    return code, template, wiki_of(normal(str(template.name)), given)


def _put(template: Any, name: str, value: str) -> None:
    """Set a parameter, spaced as the others are; a new one goes to the end."""
    parameters = template.params
    for parameter in parameters:
        if str(parameter.name).strip() == name:
            old = str(parameter.value)
            tail = old[len(old.rstrip()) :]
            parameter.value = f"{old[: len(old) - len(old.lstrip())] if old.strip() else ''}{value}{tail}"
            return
    named = [parameter for parameter in parameters if parameter.showkey]
    last = parameters[-1]
    model = named[-2] if len(named) > 1 else last
    key, model_value, end = str(model.name), str(model.value), str(last.value)
    lead = key[: len(key) - len(key.lstrip())]
    gap = " " if key != key.rstrip() else ""
    after = model_value[: len(model_value) - len(model_value.lstrip())]
    between = model_value[len(model_value.rstrip()) :] if len(named) > 1 else ""
    tail = end[len(end.rstrip()) :]
    last.value = f"{end.rstrip()}{between}"
    parameters.append(type(last)(f"{lead}{name}{gap}", f"{after}{value}{tail}", showkey=True))


def _link(row: ReferenceRow, state: str, order: str | None, today: date) -> str:
    """Give a link without a template, and the templates that say the same of it; those that it has stay."""
    written = _bare(row)
    if state == "live":
        return written
    if state == "usurped":
        written = f"{{{{usurped|1={written}}}}}"
    if row.cited and row.cited.archive_url:
        copy_url, day = row.cited.archive_url, row.cited.archive_date
        shown = f" |date={written_date(date.fromisoformat(day[:10]), order or 'dmy', 'en')}" if day else ""
        return f"{written} {{{{webarchive |url={_value(copy_url)}{shown}}}}}"
    copy = copy_of(row)
    if copy:
        return f"{written} {{{{webarchive |url={_value(copy.uri_m)} |date={_day(copy, order or 'dmy', 'en')}}}}}"
    is_marked = row.cited is not None and row.cited.url_status == "dead"
    return f"{written}{_dead_link(today)}" if state == "dead" and not is_marked else written


def _bare(row: ReferenceRow) -> str:
    """Give a link without a template as it stands."""
    raw, text = _value(row.raw), plain(row.text).replace("]", "&#93;")
    return f"[{raw} {text}]" if row.element == "link" and text else f"[{raw}]" if row.element == "link" else raw


def _day(memento: Memento, order: str, language: str) -> str:
    return written_date(date.fromisoformat(memento.datetime[:10]), order, language)


def _dead_link(today: date) -> str:
    month = WIKIS["en"].months.split()[today.month - 1]
    return f"{{{{dead link |date={month} {today.year} |fix-attempted=yes}}}}"


def _value(url: str) -> str:
    """Make a URL harmless as a parameter: what would end it there is percent-encoded."""
    kept = _MAGIC.sub("\x00\\1\x01", plain(url))
    kept = _ENDS.sub(lambda sign: f"%{ord(sign[0]):02X}", kept)
    return kept.replace("\x00", "{{").replace("\x01", "}}")


def _comment(text: str) -> str:
    """Give a comment; two hyphens in a row could end it."""
    return f"<!-- {plain(text).replace('--', '- -').replace('>', '&gt;')} -->"


STATES = {
    Verdict.ALIVE: "live",
    Verdict.MOVED: "live",
    Verdict.DRIFTED: "deviated",
    Verdict.SOFT_404: "dead",
    Verdict.DEAD: "dead",
    Verdict.USURPED: "usurped",
}
"""What Wikipedia calls a verdict (https://en.wikipedia.org/wiki/Template:Cite_web#csdoc_url-status)."""
_NO_SCHEME = "missing-scheme"
_WIKITEXT = frozenset({"text/x-wiki", "text/mediawiki"})
_ENDS = re.compile(r"[|\[\]{}<>\"\s]")
_MAGIC = re.compile(r"\{\{([!=])\}\}")

PLUGIN = Renderer(media_type="text/x-wiki", suffix=".wiki", render=render)
