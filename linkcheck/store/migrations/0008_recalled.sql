-- Pages that were not asked anew: what an earlier run has read of them counts, and is not written down again.

CREATE TABLE recalled (
    run         TEXT NOT NULL,
    document    INTEGER NOT NULL,       -- its seq in this run
    home        TEXT NOT NULL,          -- the run that has read it,
    place       INTEGER NOT NULL,       -- and its seq there
    shift       INTEGER NOT NULL,       -- what is to be added to the seqs of its references there
    ends        INTEGER NOT NULL,       -- the seq after its last reference
    PRIMARY KEY (run, document)
) STRICT, WITHOUT ROWID;

CREATE INDEX recalled_by_home ON recalled (home, place, run);

CREATE TABLE relies (                   -- the homes of a run's recalled documents, each once
    run         TEXT NOT NULL,
    home        TEXT NOT NULL,
    PRIMARY KEY (run, home)
) STRICT, WITHOUT ROWID;
