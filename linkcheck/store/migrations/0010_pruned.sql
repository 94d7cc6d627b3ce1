-- Runs of which only that is left on which later ones rest.

CREATE TABLE pruned (
    run         TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE said_before (              -- what pruned runs have concluded of references, as far as it may be asked for
    fingerprint TEXT NOT NULL,
    run         TEXT NOT NULL,
    at          TEXT,                   -- when its link was checked; NULL where it has none
    value       BLOB NOT NULL,          -- ReferenceOpinion
    PRIMARY KEY (fingerprint, run)
) STRICT, WITHOUT ROWID;
