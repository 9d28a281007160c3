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
