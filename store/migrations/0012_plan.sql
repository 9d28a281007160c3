-- +goose Up

-- Figures beyond the whole of one year: a term, a quarter, a part ("trong đó"), a share of
-- members (TGT-01, TGT-04). Every older row is a figure of a whole year.
ALTER TABLE target ADD COLUMN until_year INTEGER NOT NULL DEFAULT 0;
ALTER TABLE target ADD COLUMN quarter INTEGER NOT NULL DEFAULT 0;
ALTER TABLE target ADD COLUMN part TEXT NOT NULL DEFAULT '';
ALTER TABLE target ADD COLUMN per_year BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE target ADD COLUMN percent INTEGER NOT NULL DEFAULT 0;
ALTER TABLE target ADD COLUMN base_on DATE;
ALTER TABLE target ADD COLUMN base_members INTEGER NOT NULL DEFAULT 0;
-- The symbol of a document that is not kept here (TGT-09).
ALTER TABLE target ADD COLUMN symbol TEXT NOT NULL DEFAULT '';

-- What unit and superior say to each other about a figure (TGT-08).
CREATE TABLE target_move (
  id TEXT PRIMARY KEY,
  unit_no INTEGER NOT NULL REFERENCES unit (no),
  year INTEGER NOT NULL,
  indicator TEXT NOT NULL,
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL,
  figure_seq INTEGER NOT NULL,
  min_value INTEGER,
  max_value INTEGER,
  reason TEXT NOT NULL,
  made_on DATE NOT NULL,
  made_by TEXT NOT NULL,
  UNIQUE (unit_no, year, indicator, seq)
);

-- The plan of a unit: its figures stand in target, its measures below it (TGT-02).
CREATE TABLE unit_plan (
  unit_no INTEGER NOT NULL REFERENCES unit (no),
  year INTEGER NOT NULL,
  state TEXT NOT NULL,
  version INTEGER NOT NULL,
  written_by TEXT NOT NULL,
  written_on DATE NOT NULL,
  submitted_by TEXT NOT NULL,
  submitted_on DATE,
  answered_by TEXT NOT NULL,
  answered_on DATE,
  note TEXT NOT NULL,
  PRIMARY KEY (unit_no, year)
);

CREATE TABLE plan_measure (
  id TEXT PRIMARY KEY,
  unit_no INTEGER NOT NULL REFERENCES unit (no),
  year INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  version INTEGER NOT NULL,
  text TEXT NOT NULL,
  owner TEXT NOT NULL,
  due_on DATE NOT NULL,
  origin TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  added_by TEXT NOT NULL,
  added_on DATE NOT NULL,
  settled_by TEXT NOT NULL,
  settled_on DATE,
  UNIQUE (unit_no, year, seq)
);
