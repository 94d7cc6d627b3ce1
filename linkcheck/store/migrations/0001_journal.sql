-- What was read, asked and answered. Rows are added, never changed; what a run concludes stands beside what it saw.

CREATE TABLE run (
    id      TEXT PRIMARY KEY,           -- time-ordered
    info    BLOB NOT NULL               -- RunInfo, as it began
) STRICT, WITHOUT ROWID;

CREATE TABLE link (
    id      INTEGER PRIMARY KEY,
    url     TEXT NOT NULL UNIQUE,       -- canonical, without fragment
    host    TEXT NOT NULL               -- empty for a local file
) STRICT;

CREATE TABLE document (
    run     TEXT NOT NULL REFERENCES run,
    seq     INTEGER NOT NULL,
    value   BLOB NOT NULL,              -- DocumentRow
    PRIMARY KEY (run, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE reference (
    run         TEXT NOT NULL,
    seq         INTEGER NOT NULL,       -- over the whole run, in document order
    document    INTEGER NOT NULL,
    link        INTEGER REFERENCES link,
    fragment    TEXT,                   -- asked of the link
    value       BLOB NOT NULL,          -- Planned
    PRIMARY KEY (run, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX reference_by_document ON reference (run, document, seq);
CREATE INDEX reference_by_link ON reference (run, link, fragment) WHERE link IS NOT NULL;

CREATE TABLE asked (                    -- the links of a run, once all documents have been read
    run         TEXT NOT NULL,
    place       INTEGER NOT NULL,       -- the first reference's seq
    link        INTEGER NOT NULL REFERENCES link,
    host        TEXT NOT NULL,
    turn        INTEGER NOT NULL,       -- the order of asking, in which hosts take turns
    PRIMARY KEY (run, place)
) STRICT, WITHOUT ROWID;

CREATE INDEX asked_by_turn ON asked (run, host = '', turn);
CREATE UNIQUE INDEX asked_by_link ON asked (run, link);
CREATE INDEX asked_by_host ON asked (run, host, place);

CREATE TABLE observation (
    run         TEXT NOT NULL,
    link        INTEGER NOT NULL REFERENCES link,
    seq         INTEGER NOT NULL,       -- the last one of a run counts
    value       BLOB,                   -- Check; NULL when it was not asked
    findings    BLOB NOT NULL,          -- [Finding] of the detectors
    PRIMARY KEY (run, link, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE lookup (
    run         TEXT NOT NULL,
    link        INTEGER NOT NULL REFERENCES link,
    target      TEXT NOT NULL,          -- ISO date; empty: the latest
    archive     TEXT NOT NULL,
    value       BLOB NOT NULL,          -- Lookup
    PRIMARY KEY (run, link, target, archive)
) STRICT, WITHOUT ROWID;

CREATE TABLE judged_link (
    run         TEXT NOT NULL,
    link        INTEGER NOT NULL REFERENCES link,
    value       BLOB NOT NULL,          -- LinkOpinion
    PRIMARY KEY (run, link)
) STRICT, WITHOUT ROWID;

CREATE TABLE judged_reference (
    run         TEXT NOT NULL,
    seq         INTEGER NOT NULL,
    value       BLOB NOT NULL,          -- ReferenceOpinion
    PRIMARY KEY (run, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE conclusion (               -- a run that has none was interrupted
    run         TEXT PRIMARY KEY REFERENCES run,
    info        BLOB NOT NULL,          -- RunInfo, as it ended
    summary     BLOB NOT NULL
) STRICT, WITHOUT ROWID;
