"""`linkcheck plugins` and `linkcheck explain`: what there is, and what a rule means."""

from collections.abc import Iterator
from textwrap import fill

from linkcheck import registry
from linkcheck.cli.gate import BESIDE_LINKS, OF_DOCUMENTS
from linkcheck.detect.api import Detector
from linkcheck.errors import UsageError
from linkcheck.extract.api import Extractor
from linkcheck.hints import hint
from linkcheck.judge.headline import SEVERITY
from linkcheck.model import ABOUT, Verdict
from linkcheck.sources import formats

_FAMILIES = {"extract": "Formats read", "detect": "Rules", "archives": "Archives", "render": "Reports"}
_WIDTH = 100


def plugins() -> None:
    """List formats, rules, archives and reports, those of third parties included."""
    for family, title in _FAMILIES.items():
        print(f"{title}:")
        for name in registry.names(family):
            about = _about_format(registry.load(family, name)) if family == "extract" else ""
            about = registry.load(family, name).about if family == "detect" else about
            print(f"  {name:<20} {about}".rstrip())


def _about_format(extractor: Extractor) -> str:
    """Say which files a format takes, what it reads, and what is missing for it."""
    extra = formats.missing(extractor)
    parts = (" ".join(extractor.suffixes), extractor.about, extra and f"(not installed: the extra {extra!r})")
    return "  ".join(part for part in parts if part)


def explain(rule: str, /) -> None:
    """Say what a rule or verdict means, why it matters, what it rests on, and how to change its severity."""
    rules = registry.names("detect")
    verdicts = [verdict.value for verdict in Verdict]
    if rule in verdicts:
        verdict = Verdict(rule)
        severity = SEVERITY.get(verdict)
        print(f"{rule}: {ABOUT[verdict]}")
        print(f"severity: {severity}" if severity else "not a finding")
        if speakers := [name for name in rules if registry.load("detect", name).suggests is verdict]:
            print(f"rules that speak for it: {', '.join(speakers)}")
    elif rule in (others := OF_DOCUMENTS | BESIDE_LINKS):
        print(f"{rule}: {others[rule]}")
    elif rule not in rules:
        known = [*rules, *verdicts, *OF_DOCUMENTS, *BESIDE_LINKS]
        raise UsageError(f"there is no rule or verdict {rule!r}; {hint(rule, known)}")
    if rule in rules:
        plugin = registry.load("detect", rule)
        if rule not in verdicts:
            print(f"{plugin.rule}: {plugin.about}")
            print(f"severity: {plugin.severity}" + (f"; speaks for: {plugin.suggests}" if plugin.suggests else ""))
        for line in _told(plugin):
            print(fill(line, _WIDTH, subsequent_indent="  "))
    print(f'change it in the config:  [linkcheck.severity]  {rule} = "note"')
    print(f"or leave it out where it stands:  <!-- linkcheck: ignore {rule} - the reason until 2027-01-31 -->")


def _told(plugin: Detector) -> Iterator[str]:
    """Say why, what it looks at, and an example."""
    if plugin.why:
        yield f"why: {plugin.why}"
    looks = []
    if plugin.mention:
        looks.append("the reference as it is written")
    if plugin.detect:
        looks.append("the answer that came")
    if plugin.probe:
        looks.append("what it asks for itself, where something is suspected")
    yield f"looks at: {', '.join(looks)}"
    if plugin.example:
        yield f"example: {plugin.example}"
    yield "evidence and next step: in every report, with the finding (`-v` prints the notes, too)"
