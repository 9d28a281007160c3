-- +goose Up

-- How the papers of an organization name it. What is not set is drawn from its type.
CREATE TABLE letterhead (
  unit_no INTEGER PRIMARY KEY REFERENCES unit (no),
  name TEXT NOT NULL,
  symbol TEXT NOT NULL,
  place TEXT NOT NULL,
  title TEXT NOT NULL,
  signer TEXT NOT NULL
);

-- The terms of committees: outgoing numbers run from 01 within one (PAPER-08).
CREATE TABLE committee_term (
  unit_no INTEGER NOT NULL REFERENCES unit (no),
  from_on DATE NOT NULL,
  PRIMARY KEY (unit_no, from_on)
);

-- The last number taken of a kind within a term.
CREATE TABLE number_series (
  unit_no INTEGER NOT NULL REFERENCES unit (no),
  kind TEXT NOT NULL,
  term_on DATE NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (unit_no, kind, term_on)
);

-- Issued papers. content is the document as data (document.Document), never drawn again;
-- a paper whose act was voided is voided and keeps its number.
CREATE TABLE paper (
  realm INTEGER NOT NULL,
  id TEXT NOT NULL,
  unit_no INTEGER NOT NULL,
  code TEXT NOT NULL,
  kind TEXT NOT NULL,
  term_on DATE NOT NULL,
  number INTEGER NOT NULL,
  symbol TEXT NOT NULL,
  file_id TEXT NOT NULL,
  act_id TEXT NOT NULL,
  meeting_id TEXT NOT NULL,
  on_day DATE NOT NULL,
  title TEXT NOT NULL,
  state TEXT NOT NULL,
  content TEXT NOT NULL,
  hash TEXT NOT NULL,
  issued_at TIMESTAMPTZ NOT NULL,
  issued_by TEXT NOT NULL,
  PRIMARY KEY (realm, id)
);
CREATE INDEX paper_file ON paper (realm, file_id, issued_at);
CREATE INDEX paper_meeting ON paper (realm, meeting_id, number);
CREATE INDEX paper_unit ON paper (realm, unit_no, term_on, kind, number);

-- The files of an issued paper, as they were made on that day.
CREATE TABLE paper_print (
  realm INTEGER NOT NULL,
  paper_id TEXT NOT NULL,
  format TEXT NOT NULL,
  hash TEXT NOT NULL,
  bytes BYTEA NOT NULL,
  PRIMARY KEY (realm, paper_id, format)
);
