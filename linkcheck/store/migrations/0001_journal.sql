-- What was read, asked and answered. Rows are added, never changed; what a run concludes stands beside what it saw.

CREATE TABLE run (
    id      TEXT PRIMARY KEY,           -- time-ordered
    task    TEXT NOT NULL,              -- digest of what it was to check, so that it can be resumed
    manner  TEXT NOT NULL,              -- digest of how it asked and looked: checks of another manner are not reused
    process TEXT NOT NULL,              -- HOST:PID of who began it
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
    path    TEXT NOT NULL,
    digest  TEXT NOT NULL,              -- of the bytes as stored; empty where they were not read
    value   BLOB NOT NULL,              -- DocumentRow
    PRIMARY KEY (run, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX document_by_path ON document (path, run);

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

CREATE TABLE observation (
    id          INTEGER PRIMARY KEY,    -- the last one of a link in a run counts
    run         TEXT NOT NULL,
    link        INTEGER NOT NULL REFERENCES link,
    is_final    INTEGER NOT NULL,       -- 0 where the link looked bad, and was to be asked once more
    value       BLOB,                   -- Check; NULL when it was not asked
    findings    BLOB NOT NULL           -- [Finding] of the detectors
) STRICT;

CREATE INDEX observation_by_link ON observation (link, run, is_final);

CREATE TABLE carried (                  -- links that were not due: what an earlier run saw counts
    run         TEXT NOT NULL,
    link        INTEGER NOT NULL REFERENCES link,
    observation INTEGER NOT NULL REFERENCES observation,
    PRIMARY KEY (run, link)
) STRICT, WITHOUT ROWID;

CREATE TABLE lookup (
    run         TEXT NOT NULL,
    link        INTEGER NOT NULL REFERENCES link,
    target      TEXT NOT NULL,          -- ISO date; empty: the latest
    archive     TEXT NOT NULL,
    value       BLOB NOT NULL,          -- Lookup
    PRIMARY KEY (run, link, target, archive)
) STRICT, WITHOUT ROWID;

CREATE INDEX lookup_by_link ON lookup (link, target, archive, run);

CREATE TABLE judged_link (
    run         TEXT NOT NULL,
    link        INTEGER NOT NULL REFERENCES link,
    value       BLOB NOT NULL,          -- LinkOpinion
    PRIMARY KEY (run, link)
) STRICT, WITHOUT ROWID;

CREATE INDEX judged_link_by_link ON judged_link (link, run);

CREATE TABLE judged_reference (
    run         TEXT NOT NULL,
    seq         INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    value       BLOB NOT NULL,          -- ReferenceOpinion
    PRIMARY KEY (run, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX judged_reference_by_fingerprint ON judged_reference (fingerprint, run);

CREATE TABLE mark (                     -- what a person has seen
    id          INTEGER PRIMARY KEY,
    url         TEXT NOT NULL,          -- canonical, as in link
    value       BLOB NOT NULL           -- Mark
) STRICT;

CREATE INDEX mark_by_url ON mark (url);

CREATE TABLE conclusion (               -- a run that has none was interrupted
    run         TEXT PRIMARY KEY REFERENCES run,
    info        BLOB NOT NULL,          -- RunInfo, as it ended
    summary     BLOB NOT NULL
) STRICT, WITHOUT ROWID;
