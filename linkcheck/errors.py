"""Every exception linkcheck raises on purpose.

A bad link, document, plug-in or archive answer is a *value* in the report; an exception means that *we*, or the
person who called us, must change something. The tree::

    LinkcheckError
    ├── UsageError            exit 2: the command line or the config asks for something impossible
    │   ├── ConfigError       a key, its type, or the file it stands in
    │   ├── GitError          there is no git that can be run, or it is too old
    │   └── RepositoryError   a Git repository that cannot be read, or not safely
    ├── SourceError           a source that cannot be read; the other sources are still checked
    │   └── SizeError         one that is larger than `max-file-size`
    ├── OutputError           a report that cannot be written
    ├── EvidenceError         a recording that cannot be written, read or believed
    └── StoreError            a history file that cannot be used
        ├── DamageError       one that can never be used again
        └── StrangeError      one that may be a stranger's
"""


class LinkcheckError(Exception):
    """Base of all; `str()` is one sentence for a person, with the remedy."""


class UsageError(LinkcheckError):
    """The command line asks for something that cannot be done."""


class ConfigError(UsageError):
    """A config file, environment variable or option holds something that cannot be used."""


class GitError(UsageError):
    """There is no git that can be run, or it is too old."""


class RepositoryError(UsageError):
    """A Git repository cannot be read, or not safely."""


class SourceError(LinkcheckError):
    """A source cannot be read."""


class SizeError(SourceError):
    """A source is larger than `max-file-size`."""


class OutputError(LinkcheckError):
    """A report cannot be written."""


class EvidenceError(LinkcheckError):
    """A recording of a run cannot be written, read or believed."""


class StoreError(LinkcheckError):
    """The history file cannot be opened, read or written."""


class DamageError(StoreError):
    """The history file is damaged."""


class StrangeError(StoreError):
    """The history file was found, and nobody has vouched for it."""
