-- By what the machine that has begun a history, or was told to use it, knows it again.

CREATE TABLE identity (
    value   TEXT PRIMARY KEY            -- 128 random bits, in hex
) STRICT, WITHOUT ROWID;

INSERT INTO identity SELECT lower(hex(randomblob(16)));
