-- +goose Up

-- Reviews of the source of a unit in a period (TGT-26): declared by the branch, confirmed
-- by the base, checked by the superior. They are only ever added; the last of a unit and
-- period stands. Whether there is source, and why not, is in the judgement.
CREATE TABLE source_review (
  id TEXT PRIMARY KEY,
  unit_no INTEGER NOT NULL REFERENCES unit (no),
  period TEXT NOT NULL,
  ends_on DATE NOT NULL,
  seq INTEGER NOT NULL,
  standing BOOLEAN NOT NULL,
  judgement_id TEXT NOT NULL REFERENCES source_judgement (id),
  reasons TEXT NOT NULL,
  evidence TEXT NOT NULL,
  despite TEXT NOT NULL,
  warnings INTEGER NOT NULL,
  UNIQUE (unit_no, period, seq)
);
CREATE INDEX source_review_period ON source_review (period, unit_no);
CREATE INDEX source_review_ends ON source_review (unit_no, ends_on);

CREATE TABLE source_review_layer (
  review_id TEXT NOT NULL REFERENCES source_review (id),
  layer TEXT NOT NULL,
  counted INTEGER,
  origin TEXT NOT NULL,
  value INTEGER,
  reason TEXT NOT NULL,
  PRIMARY KEY (review_id, layer)
);

-- Certificates that must last until the branch's vote, by their last good day.
CREATE INDEX admission_file_certificate ON admission_file (realm, certificate_until, unit_no)
  WHERE stage IN ('certified', 'applying', 'verifying', 'verified', 'held', 'ready');

-- Gatherings on admission and its sources, with their conclusions. What is corrected or
-- struck out says why; how it was before stands in the record of acts.
CREATE TABLE gathering (
  id TEXT PRIMARY KEY,
  unit_no INTEGER NOT NULL REFERENCES unit (no),
  version INTEGER NOT NULL,
  held_on DATE NOT NULL,
  kind TEXT NOT NULL,
  topic TEXT NOT NULL,
  led_by TEXT NOT NULL,
  invited INTEGER NOT NULL,
  attended INTEGER NOT NULL,
  entered_on DATE NOT NULL,
  entered_by TEXT NOT NULL,
  changed_on DATE,
  changed_by TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  voided BOOLEAN NOT NULL
);
CREATE INDEX gathering_unit ON gathering (unit_no, held_on);

-- A conclusion keeps its id, so that a plan may take it up as a measure.
CREATE TABLE gathering_conclusion (
  id TEXT PRIMARY KEY,
  gathering_id TEXT NOT NULL REFERENCES gathering (id),
  seq INTEGER NOT NULL,
  text TEXT NOT NULL,
  owner TEXT NOT NULL,
  due_on DATE,
  done_on DATE,
  done_by TEXT NOT NULL DEFAULT '',
  dropped BOOLEAN NOT NULL
);
CREATE INDEX gathering_conclusion_of ON gathering_conclusion (gathering_id, seq);

-- Obstacles of units with their remedies; obstacle_change has every form they had.
CREATE TABLE obstacle (
  id TEXT PRIMARY KEY,
  unit_no INTEGER NOT NULL REFERENCES unit (no),
  seq INTEGER NOT NULL,
  entered_on DATE NOT NULL,
  state TEXT NOT NULL,
  due_on DATE
);
CREATE INDEX obstacle_unit ON obstacle (unit_no, state, due_on);

CREATE TABLE obstacle_change (
  obstacle_id TEXT NOT NULL REFERENCES obstacle (id),
  seq INTEGER NOT NULL,
  text TEXT NOT NULL,
  remedy TEXT NOT NULL,
  owner TEXT NOT NULL,
  due_on DATE,
  state TEXT NOT NULL,
  note TEXT NOT NULL,
  changed_on DATE NOT NULL,
  changed_by TEXT NOT NULL,
  PRIMARY KEY (obstacle_id, seq)
);
