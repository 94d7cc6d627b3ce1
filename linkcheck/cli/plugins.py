"""`linkcheck plugins` and `linkcheck explain`: what there is, and what a rule means."""

from difflib import get_close_matches

from linkcheck import registry
from linkcheck.cli.gate import BESIDE_LINKS, OF_DOCUMENTS
from linkcheck.errors import UsageError
from linkcheck.judge import SEVERITY
from linkcheck.model import ABOUT, Verdict

_FAMILIES = {"extract": "Formats read", "detect": "Rules", "archives": "Archives", "render": "Reports"}


def plugins() -> None:
    """List formats, rules, archives and reports, those of third parties included."""
    for family, title in _FAMILIES.items():
        print(f"{title}:")
        for name in registry.names(family):
            about = registry.load(family, name).about if family == "detect" else ""
            print(f"  {name:<20} {about}".rstrip())


def explain(rule: str, /) -> None:
    """Say what a rule or verdict means, and how much it matters."""
    rules = registry.names("detect")
    verdicts = [verdict.value for verdict in Verdict]
    if rule in verdicts:
        verdict = Verdict(rule)
        severity = SEVERITY.get(verdict)
        print(f"{rule}: {ABOUT[verdict]}")
        print(f"severity: {severity}" if severity else "not a finding")
    elif rule in rules:
        plugin = registry.load("detect", rule)
        print(f"{plugin.rule}: {plugin.about}")
        print(f"severity: {plugin.severity}" + (f"; speaks for: {plugin.suggests}" if plugin.suggests else ""))
    elif rule in (others := OF_DOCUMENTS | BESIDE_LINKS):
        print(f"{rule}: {others[rule]}")
    else:
        known = [*rules, *verdicts, *OF_DOCUMENTS, *BESIDE_LINKS]
        near = get_close_matches(rule, known, n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are: {', '.join(known)}"
        raise UsageError(f"there is no rule or verdict {rule!r}; {hint}")
    print(f'change it in the config:  [linkcheck.severity]  {rule} = "note"')
