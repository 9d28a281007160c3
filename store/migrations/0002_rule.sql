-- +goose Up

-- What an administrator changed of the regulation, from a day on: a figure, a whole set,
-- whether a rule blocks, a day of the calendar, and the revocation of one of these.
-- Nothing is deleted; seq is the order in which drafts came into force.
CREATE TABLE rule_change (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  state TEXT NOT NULL,
  from_on DATE NOT NULL,
  to_on DATE,
  document TEXT NOT NULL,
  document_on DATE,
  reason TEXT NOT NULL,
  detail TEXT NOT NULL,
  version INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  made_at TIMESTAMPTZ NOT NULL,
  made_by TEXT NOT NULL,
  applied_at TIMESTAMPTZ,
  applied_by TEXT NOT NULL DEFAULT '',
  revoked_by TEXT NOT NULL DEFAULT ''
);
CREATE INDEX rule_change_made ON rule_change (made_at);

-- One row, whose token is another one after every change of rules or calendar: by it a
-- process knows, with one small read, that what it keeps in memory still holds. Until the
-- first change there is none.
CREATE TABLE rule_version (
  id INTEGER PRIMARY KEY,
  token TEXT NOT NULL
);

-- Terms of open files that were drawn anew because rules or calendar changed: both values.
CREATE TABLE deadline_change (
  realm INTEGER NOT NULL,
  file_id TEXT NOT NULL,
  rule TEXT NOT NULL,
  from_on DATE NOT NULL,
  changed_at TIMESTAMPTZ NOT NULL,
  was_due DATE,
  due DATE,
  because TEXT NOT NULL,
  PRIMARY KEY (realm, file_id, rule, from_on, changed_at),
  FOREIGN KEY (realm, file_id) REFERENCES admission_file (realm, id)
);
