-- What was learnt about documents from their originals, and the targets that were recovered there.

CREATE TABLE document_text (            -- kept only where an original, or lost targets, call for a comparison
    run         TEXT NOT NULL,
    document    INTEGER NOT NULL,
    value       BLOB NOT NULL,          -- [Passage]
    PRIMARY KEY (run, document)
) STRICT, WITHOUT ROWID;

CREATE TABLE recovered (
    run         TEXT NOT NULL,
    reference   INTEGER NOT NULL,       -- its seq
    value       BLOB NOT NULL,          -- Recovered
    PRIMARY KEY (run, reference)
) STRICT, WITHOUT ROWID;

CREATE TABLE found_link (               -- recovered targets, which are links of the run, though no reference names them
    run         TEXT NOT NULL,
    document    INTEGER NOT NULL,
    link        INTEGER NOT NULL REFERENCES link,
    PRIMARY KEY (run, document, link)
) STRICT, WITHOUT ROWID;

CREATE TABLE remark (                   -- what the comparison with the original says of a document
    run         TEXT NOT NULL,
    document    INTEGER NOT NULL,
    value       BLOB NOT NULL,          -- Remark
    PRIMARY KEY (run, document)
) STRICT, WITHOUT ROWID;

CREATE TABLE remark_on_reference (      -- findings about references that a look elsewhere has brought
    run         TEXT NOT NULL,
    reference   INTEGER NOT NULL,
    value       BLOB NOT NULL,          -- [Finding]
    PRIMARY KEY (run, reference)
) STRICT, WITHOUT ROWID;
