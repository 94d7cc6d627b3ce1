-- Documents as they were read, once however often, where a run was asked to keep them.

CREATE TABLE source (
    sha256  TEXT PRIMARY KEY,           -- of the stored bytes, in hex
    value   BLOB NOT NULL               -- these bytes, in zlib's format
) STRICT, WITHOUT ROWID;
