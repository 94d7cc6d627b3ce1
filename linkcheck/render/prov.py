"""Where the article comes from and what the run did, as W3C PROV-JSON (https://www.w3.org/submissions/prov-json/).

Documents, the originals that they state, what they link to and its archived copies are entities; the run is an
activity that used the documents and what it asked; linkcheck, authors and publishers are agents. A memento is a
specialization of the resource that it shows the past of; who says what of a document is an entity of its own.
"""

from collections.abc import Iterator
from typing import Any, TextIO, TypeAlias

import linkcheck
from linkcheck.model import ArchiveAnswer, Claim, DocumentRow, ReferenceRow, Report, RescueKind
from linkcheck.render.api import Renderer, Style
from linkcheck.render.json import encoded

Member: TypeAlias = tuple[str, dict[str, Any]]
"""An id, and what is said under it."""

PREFIXES = {
    "lc": "https://pypi.org/project/linkcheck-provenance/#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
}
_TOOL, _RUN, _REPORT = "lc:linkcheck", "lc:run", "lc:report"


def render(report: Report, out: TextIO, style: Style) -> None:  # noqa: ARG001 - all renderers are called alike
    """Write the document, one statement a line."""
    out.write(f'{{"prefix": {encoded(PREFIXES)}')
    for kind, members in _KINDS.items():
        separator = f',\n"{kind}": {{'
        for name, said in members(report):
            out.write(f'{separator}\n"{name}": {encoded(said)}')
            separator = ","
        if separator == ",":
            out.write("}")
    out.write("}\n")


def _entities(report: Report) -> Iterator[Member]:
    yield _REPORT, {"prov:type": _type("lc:Report"), "dcterms:identifier": report.run.id}
    for name, document in _documents(report):
        yield (
            name,
            _filled(
                {
                    "prov:type": _type("lc:Document"),
                    "prov:location": document.path,
                    "dcterms:format": document.media_type,
                    "lc:sha256": document.sha256,
                    "dcterms:title": document.title,
                    "dcterms:issued": document.published,
                }
            ),
        )
        if document.original:
            yield f"{name}-original", {"prov:type": _type("lc:Original"), "prov:location": document.original}
        for claim, said in _claims(name, document):
            yield (
                claim,
                _filled(
                    {
                        "prov:type": _type("lc:Claim"),
                        "lc:field": said.field,
                        "prov:value": said.value,
                        "lc:saidBy": said.said_by,
                        "lc:line": said.line,
                    }
                ),
            )
    for name, row in _references(report):
        yield (
            name,
            _filled(
                {
                    "prov:type": _type("lc:Link"),
                    "prov:location": row.url or row.raw,
                    "prov:label": row.text,
                    "lc:role": row.role.value,
                    "lc:verdict": row.verdict.value,
                    "lc:reason": row.reason.text,
                    "lc:line": row.line,
                    "lc:fingerprint": row.fingerprint,
                }
            ),
        )
        for position, memento in enumerate(row.mementos):
            yield (
                f"{name}-memento{position}",
                _filled(
                    {
                        "prov:type": _type("lc:Memento"),
                        "prov:location": memento.uri_m,
                        "prov:generatedAtTime": _instant(memento.datetime),
                        "lc:archive": memento.archive,
                        "lc:validated": memento.validated,
                    }
                ),
            )
        for position, rescue in enumerate(row.rescues):
            yield (
                f"{name}-rescue{position}",
                _filled(
                    {
                        "prov:type": _type(f"lc:{rescue.kind.value.capitalize()}"),
                        "prov:location": rescue.uri_m or rescue.url,
                        "lc:confidence": rescue.confidence,
                        "prov:label": rescue.message,
                    }
                ),
            )


def _activities(report: Report) -> Iterator[Member]:
    run = report.run
    yield (
        _RUN,
        _filled(
            {
                "prov:startTime": run.started,
                "prov:endTime": run.finished,
                "dcterms:identifier": run.id,
                "lc:engine": run.engine,
                "lc:userAgent": run.user_agent,
                "lc:configDigest": run.config_digest,
                "lc:complete": run.complete,
                "lc:offline": run.offline,
            }
        ),
    )


def _agents(report: Report) -> Iterator[Member]:
    version = linkcheck.__version__
    yield _TOOL, {"prov:type": _type("prov:SoftwareAgent"), "foaf:name": "linkcheck", "lc:version": version}
    for name, document in _documents(report):
        for agent, said in _speakers(name, document):
            kind = "prov:Person" if said.field == "author" else "prov:Organization"
            yield agent, {"prov:type": _type(kind), "foaf:name": said.value}


def _generations(report: Report) -> Iterator[Member]:
    run = report.run
    yield "_:made", {"prov:entity": _REPORT, "prov:activity": _RUN, "prov:time": run.finished or run.started}


def _uses(report: Report) -> Iterator[Member]:
    for name, document in _documents(report):
        if document.sha256:
            yield (
                f"_:read-{_local(name)}",
                {"prov:activity": _RUN, "prov:entity": name, "prov:time": report.run.started},
            )
    for name, row in _references(report):
        for archive in row.archives:
            if archive.answer is ArchiveAnswer.FOUND and archive.at and row.mementos:
                yield (
                    f"_:asked-{_local(name)}-{archive.archive}",
                    {"prov:activity": _RUN, "prov:entity": f"{name}-memento0", "prov:time": archive.at},
                )


def _associations(report: Report) -> Iterator[Member]:  # noqa: ARG001 - as the others
    yield "_:by", {"prov:activity": _RUN, "prov:agent": _TOOL}


def _derivations(report: Report) -> Iterator[Member]:
    for name, document in _documents(report):
        if document.original:
            yield (
                f"_:copied-{_local(name)}",
                {
                    "prov:generatedEntity": name,
                    "prov:usedEntity": f"{name}-original",
                    "prov:type": _type("prov:PrimarySource"),
                },
            )
        for claim, _ in _claims(name, document):
            yield f"_:said-{_local(claim)}", {"prov:generatedEntity": claim, "prov:usedEntity": name}


def _attributions(report: Report) -> Iterator[Member]:
    for name, document in _documents(report):
        for agent, said in _speakers(name, document):
            yield f"_:from-{_local(agent)}", {"prov:entity": name, "prov:agent": agent, "lc:saidBy": said.said_by}


def _influences(report: Report) -> Iterator[Member]:
    paths = {document.path: name for name, document in _documents(report)}
    for name, row in _references(report):
        yield (
            f"_:cites-{_local(name)}",
            {"prov:influencee": paths[row.document], "prov:influencer": name, "lc:role": row.role.value},
        )


def _specializations(report: Report) -> Iterator[Member]:
    for name, row in _references(report):
        for position in range(len(row.mementos)):
            memento = f"{name}-memento{position}"
            yield f"_:past-{_local(memento)}", {"prov:specificEntity": memento, "prov:generalEntity": name}


def _alternates(report: Report) -> Iterator[Member]:
    for name, row in _references(report):
        for position, rescue in enumerate(row.rescues):
            if rescue.kind is not RescueKind.MEMENTO:
                alternate = f"{name}-rescue{position}"
                yield f"_:instead-{_local(alternate)}", {"prov:alternate1": alternate, "prov:alternate2": name}


def _documents(report: Report) -> Iterator[tuple[str, DocumentRow]]:
    return ((f"lc:document{number}", row) for number, row in enumerate(report.documents(), 1))


def _references(report: Report) -> Iterator[tuple[str, ReferenceRow]]:
    return ((f"lc:reference{number}", row) for number, row in enumerate(report.references(), 1))


def _claims(name: str, document: DocumentRow) -> Iterator[tuple[str, Claim]]:
    return ((f"{name}-claim{number}", claim) for number, claim in enumerate(document.claims, 1))


def _speakers(name: str, document: DocumentRow) -> Iterator[tuple[str, Claim]]:
    """Give authors and publishers, each once, with who says so."""
    seen: set[tuple[str, str]] = set()
    for claim in document.claims:
        if claim.field in {"author", "publisher"} and (claim.field, claim.value) not in seen:
            seen.add((claim.field, claim.value))
            yield f"{name}-agent{len(seen)}", claim


def _filled(said: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value is not None and value != ""}


def _type(name: str) -> dict[str, str]:
    return {"$": name, "type": "prov:QUALIFIED_NAME"}


def _instant(text: str) -> dict[str, str]:
    return {"$": text, "type": "xsd:dateTime"}


def _local(name: str) -> str:
    return name.partition(":")[2]


_KINDS = {
    "entity": _entities,
    "activity": _activities,
    "agent": _agents,
    "wasGeneratedBy": _generations,
    "used": _uses,
    "wasAssociatedWith": _associations,
    "wasDerivedFrom": _derivations,
    "wasAttributedTo": _attributions,
    "wasInfluencedBy": _influences,
    "specializationOf": _specializations,
    "alternateOf": _alternates,
}

PLUGIN = Renderer(media_type="application/json", suffix=".json", render=render)
