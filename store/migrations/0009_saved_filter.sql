-- +goose Up

-- Lists of files that an account comes back to: the query of the address by name. At most
-- one of an account is the one with which its list opens.
CREATE TABLE saved_filter (
  account_id TEXT NOT NULL REFERENCES account (id),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  query TEXT NOT NULL,
  opens BOOLEAN NOT NULL,
  made_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (account_id, id)
);
CREATE UNIQUE INDEX saved_filter_name ON saved_filter (account_id, name);

-- The board: of each stage the first by the day they are due.
CREATE INDEX admission_file_board ON admission_file (realm, stage, next_due, id);
-- The list in order of the day since which files stand where they stand; who left when.
CREATE INDEX admission_file_since ON admission_file (realm, since, id);
-- Those whom nobody helps, in order of name.
CREATE INDEX admission_file_alone ON admission_file (realm, sort_given, sort_rest, id) WHERE helper = '';
-- The register of those who left.
CREATE INDEX admission_file_left ON admission_file (realm, since, id) WHERE stage IN ('removed', 'withdrawn', 'closed');

-- Who read, printed and took away people's data, by day, found without walking the chains.
CREATE INDEX audit_use ON audit (at, stream, seq) WHERE "right" IN ('file.see', 'identity.see');
