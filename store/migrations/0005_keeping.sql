-- +goose Up

-- Where the paper itself lies and who keeps it: never its text (SEC-06).
CREATE TABLE paper_keeping (
  realm INTEGER NOT NULL,
  file_id TEXT NOT NULL,
  code TEXT NOT NULL,
  place TEXT NOT NULL,
  keeper TEXT NOT NULL,
  since_on DATE NOT NULL,
  noted_by TEXT NOT NULL,
  noted_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (realm, file_id, code)
);

-- The register of files that were lent to be read, and of those handed over (RPT-37, LAW-22).
CREATE TABLE lending (
  realm INTEGER NOT NULL,
  id TEXT NOT NULL,
  file_id TEXT NOT NULL,
  unit_no INTEGER NOT NULL,
  kind TEXT NOT NULL,
  taker TEXT NOT NULL,
  taker_unit TEXT NOT NULL,
  reason TEXT NOT NULL,
  on_day DATE NOT NULL,
  due_on DATE,
  back_on DATE,
  noted_by TEXT NOT NULL,
  noted_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (realm, id)
);
CREATE INDEX lending_file ON lending (realm, file_id, on_day);
CREATE INDEX lending_unit ON lending (realm, unit_no, on_day);

-- Scans, where the administrator allows them.
CREATE TABLE attachment (
  realm INTEGER NOT NULL,
  id TEXT NOT NULL,
  file_id TEXT NOT NULL,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  format TEXT NOT NULL,
  size INTEGER NOT NULL,
  hash TEXT NOT NULL,
  bytes BYTEA NOT NULL,
  added_by TEXT NOT NULL,
  added_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (realm, id)
);
CREATE INDEX attachment_file ON attachment (realm, file_id, added_at);
