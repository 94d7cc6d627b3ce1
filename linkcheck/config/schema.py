"""The JSON Schema of a `[linkcheck]` table, for editors."""

from typing import Any

import msgspec

from linkcheck.config.config import Config
from linkcheck.config.keys import keys
from linkcheck.config.values import DURATION, HOST_DURATIONS, SIZE


def json_schema() -> dict[str, Any]:
    """Give the JSON Schema of a `[linkcheck]` table."""
    made = msgspec.json.schema(Config)
    duration = {"type": ["number", "string", "null"], "pattern": f"^{DURATION.pattern}$"}
    properties = made["$defs"]["Config"]["properties"]
    for name, key in keys().items():
        if key.is_duration:
            words = "".join(f"{word}|" for word in key.choices)
            properties[name] = {part: properties[name][part] for part in ("description", "default")} | duration
            properties[name]["pattern"] = f"^(?:{words}{DURATION.pattern})$" if words else duration["pattern"]
        elif key.is_size:
            about = {part: properties[name][part] for part in ("description", "default")}
            properties[name] = about | {"type": ["integer", "string"], "pattern": f"^{SIZE.pattern}$", "minimum": 1}
    made["$defs"]["HostSettings"]["properties"] |= dict.fromkeys(HOST_DURATIONS, duration)
    return made
