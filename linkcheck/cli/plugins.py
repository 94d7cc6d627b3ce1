"""`linkcheck plugins` and `linkcheck explain`: what there is, and what a rule means."""

from linkcheck import registry
from linkcheck.errors import UsageError

_FAMILIES = {"extract": "Formats read", "detect": "Rules", "archives": "Archives", "render": "Reports"}


def plugins() -> None:
    """List formats, rules, archives and reports, those of third parties included."""
    for family, title in _FAMILIES.items():
        print(f"{title}:")
        for name in registry.names(family):
            about = registry.load(family, name).about if family == "detect" else ""
            print(f"  {name:<20} {about}".rstrip())


def explain(rule: str, /) -> None:
    """Say what a rule means, how much it matters, and which verdict it speaks for."""
    if rule not in registry.names("detect"):
        raise UsageError(f"there is no rule {rule!r}; there are: {', '.join(registry.names('detect'))}")
    plugin = registry.load("detect", rule)
    print(f"{plugin.rule}: {plugin.about}")
    print(f"severity: {plugin.severity}" + (f"; speaks for: {plugin.suggests}" if plugin.suggests else ""))
    print(f'change it in the config:  [linkcheck.severity]  {plugin.rule} = "note"')
