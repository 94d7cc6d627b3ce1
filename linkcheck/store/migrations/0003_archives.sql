-- What archives said of a link is asked for across runs.

CREATE INDEX IF NOT EXISTS lookup_by_link ON lookup (link, target, archive, run);
