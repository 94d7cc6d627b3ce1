-- Which links are pages of a site to be read, and which have been; the frontier of a run that follows.

CREATE TABLE page (                     -- a link that may be read when it is answered
    run         TEXT NOT NULL,
    link        INTEGER NOT NULL REFERENCES link,
    identity    INTEGER NOT NULL,       -- hash of the address without session ids; one page each
    depth       INTEGER NOT NULL,       -- links away from its source
    chain       INTEGER NOT NULL,       -- of these, in a row, between addresses of its own shape
    is_list     INTEGER NOT NULL,       -- a sitemap that an index or robots.txt names
    PRIMARY KEY (run, link)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX page_by_identity ON page (run, identity);

CREATE TABLE visit (                    -- a page that has been read
    run         TEXT NOT NULL,
    identity    INTEGER NOT NULL,       -- of where it was found in the end, or of what it calls canonical
    link        INTEGER REFERENCES link,
    document    INTEGER NOT NULL,
    digest      TEXT,                   -- of its visible text
    is_alias    INTEGER NOT NULL,       -- it only says that this is its address, too
    anchors     BLOB,                   -- [what fragments may name]; NULL where that cannot be told
    PRIMARY KEY (run, identity)
) STRICT, WITHOUT ROWID;

CREATE INDEX visit_by_digest ON visit (run, digest) WHERE digest IS NOT NULL AND is_alias = 0;
