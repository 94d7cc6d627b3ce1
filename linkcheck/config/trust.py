"""The trust classes: what a config may set that nobody vouches for."""

from enum import StrEnum


class Trust(StrEnum):
    """How far a setting of an untrusted config counts; declared beside each setting of `Config`.

    A setting that only says how documents are read (a layout, index files, extensions) is FREE; one that names a file
    or folder is INSIDE. What reaches the network, the disk or another program, or makes the verdict milder by trusting
    somebody else, is NEVER: that is also the class of a setting that declares none.
    """

    FREE = "free"
    AT_MOST = "no more than the default"
    AT_LEAST = "no less than the default"
    INSIDE = "inside the folder"
    REPORTS = "below reports/"
    REMAP = "http(s) to a file inside the folder"
    BASE_URL = "http(s), and not with data"
    HOSTS = "slower and stricter"
    NEVER = "never"


MEANING = {
    Trust.FREE: "Every value that is valid.",
    Trust.AT_MOST: "A value that is no larger than the default.",
    Trust.AT_LEAST: "A value that is no smaller than the default.",
    Trust.INSIDE: "A path to a file or folder below the config's own folder, symbolic links resolved; no web address.",
    Trust.REPORTS: "FORMAT=PATH, where PATH lies below `reports/` beside the config and has no part that begins with "
    "a dot.",
    Trust.REMAP: "Only web addresses are led elsewhere, and only to a relative path that stays inside the folder.",
    Trust.BASE_URL: "An http(s) URL; not together with `as` or `column`, and not for CSV and JSON, where whole values "
    "become links.",
    Trust.HOSTS: "Of `hosts`: fewer requests at once, longer intervals and shorter time-outs than without the config; "
    "no headers, no accepted statuses.",
    Trust.NEVER: "No value but the default.",
}
"""What each class allows, for people."""
