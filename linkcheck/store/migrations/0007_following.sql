-- What a run that follows must know of itself to be gone on with.

CREATE TABLE step (                     -- a document that has been taken up: a source, or a page of the site
    run         TEXT NOT NULL,
    document    INTEGER NOT NULL,
    is_source   INTEGER NOT NULL,
    repeating   INTEGER NOT NULL,       -- how many of its links go round in circles
    forbidden   BLOB NOT NULL,          -- {origin: how many of its links robots.txt lets programs not follow}
    PRIMARY KEY (run, document)
) STRICT, WITHOUT ROWID;

CREATE TABLE arrival (                  -- what became of a page that came
    run         TEXT NOT NULL,
    link        INTEGER NOT NULL REFERENCES link,
    word        TEXT NOT NULL,          -- Arrival
    cut         TEXT,                   -- where it was found, if it was larger than is read of one
    PRIMARY KEY (run, link)
) STRICT, WITHOUT ROWID;

CREATE TABLE rules (                    -- the robots.txt of a site, as it was answered
    run         TEXT NOT NULL,
    origin      TEXT NOT NULL,
    value       BLOB NOT NULL,          -- Robots, as told
    PRIMARY KEY (run, origin)
) STRICT, WITHOUT ROWID;
