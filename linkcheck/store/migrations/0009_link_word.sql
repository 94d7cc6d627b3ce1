-- What is said of a link that was not asked is mostly what the run before has said of it, to the letter.

ALTER TABLE judged_link RENAME TO link_word;
ALTER TABLE link_word ADD COLUMN as_of TEXT;    -- the run that has said the same first; then the value is empty

CREATE VIEW judged_link AS              -- where damage has taken what a word repeats, there is none
SELECT one.run, one.link, CASE WHEN one.as_of IS NULL THEN one.value ELSE (
    SELECT value FROM link_word AS said WHERE said.run = one.as_of AND said.link = one.link
) END AS value FROM link_word AS one WHERE one.as_of IS NULL OR EXISTS (
    SELECT 1 FROM link_word AS said WHERE said.run = one.as_of AND said.link = one.link
);

DROP INDEX asked_by_turn;               -- what these two say can be had from others, and each costs every night
DROP INDEX visit_by_digest;
