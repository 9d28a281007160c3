-- +goose Up

-- How far the rehearsal of a draft has come: what is counted so far holds for the open
-- files of all units up to cursor_no. run is another one each time it begins anew, so
-- that a step of an earlier one changes nothing. Gone when the draft is applied or given up.
CREATE TABLE rehearsal (
  change_id TEXT PRIMARY KEY,
  run TEXT NOT NULL,
  on_day DATE NOT NULL,
  book TEXT NOT NULL,
  total INTEGER NOT NULL,
  looked INTEGER NOT NULL,
  kept INTEGER NOT NULL,
  cursor_no INTEGER NOT NULL,
  done BOOLEAN NOT NULL,
  begun_at TIMESTAMPTZ NOT NULL,
  stepped_at TIMESTAMPTZ NOT NULL,
  FOREIGN KEY (change_id) REFERENCES rule_change (id)
);

-- Exact counts of each unit with open files, so that everybody's share can be added up.
CREATE TABLE rehearsal_unit (
  realm INTEGER NOT NULL,
  change_id TEXT NOT NULL,
  unit_no INTEGER NOT NULL,
  files INTEGER NOT NULL,
  affected INTEGER NOT NULL,
  late INTEGER NOT NULL,
  PRIMARY KEY (realm, change_id, unit_no)
);

CREATE TABLE rehearsal_rule (
  realm INTEGER NOT NULL,
  change_id TEXT NOT NULL,
  unit_no INTEGER NOT NULL,
  rule TEXT NOT NULL,
  files INTEGER NOT NULL,
  PRIMARY KEY (realm, change_id, unit_no, rule)
);

-- The first of the files that differ, without their names.
CREATE TABLE rehearsal_row (
  realm INTEGER NOT NULL,
  change_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  unit_no INTEGER NOT NULL,
  file_id TEXT NOT NULL,
  stage TEXT NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY (realm, change_id, seq)
);
