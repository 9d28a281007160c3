-- +goose Up

-- What accounts are reminded of: a term of a file that comes near or has passed. kind says
-- which column of the file holds the day: step (next_due) or certificate (certificate_until).
-- The key keeps the same reminder from coming twice.
CREATE TABLE reminder (
  realm INTEGER NOT NULL,
  account_id TEXT NOT NULL,
  file_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  rule TEXT NOT NULL,
  due_on DATE NOT NULL,
  moment TEXT NOT NULL,
  id TEXT NOT NULL,
  made_on DATE NOT NULL,
  seen_at TIMESTAMPTZ,
  done_at TIMESTAMPTZ,
  PRIMARY KEY (realm, account_id, file_id, kind, rule, due_on, moment)
);
CREATE UNIQUE INDEX reminder_id ON reminder (realm, id);
CREATE INDEX reminder_account ON reminder (realm, account_id, done_at, due_on);
CREATE INDEX reminder_moment ON reminder (realm, moment, done_at, due_on);

-- The reminders that an account does not want; none where it wants all.
CREATE TABLE reminder_unwanted (
  account_id TEXT NOT NULL REFERENCES account (id),
  moment TEXT NOT NULL,
  PRIMARY KEY (account_id, moment)
);

-- The secret address under which an account's calendar is fetched; only its hash is kept.
CREATE TABLE calendar_feed (
  account_id TEXT PRIMARY KEY REFERENCES account (id),
  hash TEXT NOT NULL UNIQUE,
  names BOOLEAN NOT NULL,
  made_at TIMESTAMPTZ NOT NULL
);

-- Lists of what is due, across units.
CREATE INDEX admission_file_due ON admission_file (realm, next_due, unit_no, next_who);
