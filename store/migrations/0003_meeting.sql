-- +goose Up

-- Meetings of a branch, a base committee or a standing committee. sheet is what was typed,
-- letter by letter, so that a draft loses nothing; a recorded meeting is never changed.
CREATE TABLE meeting (
  realm INTEGER NOT NULL,
  id TEXT NOT NULL,
  unit_no INTEGER NOT NULL REFERENCES unit (no),
  body TEXT NOT NULL,
  state TEXT NOT NULL,
  on_day DATE,
  version INTEGER NOT NULL,
  sheet TEXT NOT NULL,
  entered_at TIMESTAMPTZ NOT NULL,
  entered_by TEXT NOT NULL,
  recorded_at TIMESTAMPTZ,
  recorded_by TEXT NOT NULL,
  confirmed TEXT NOT NULL,
  PRIMARY KEY (realm, id)
);
CREATE INDEX meeting_unit ON meeting (realm, unit_no, on_day);

-- A point of the agenda: one candidate, one question. act_id and more_id are the acts that
-- it became when the meeting was recorded.
CREATE TABLE meeting_item (
  realm INTEGER NOT NULL,
  meeting_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  file_id TEXT NOT NULL,
  act TEXT NOT NULL,
  file_version INTEGER NOT NULL,
  detail TEXT NOT NULL,
  act_id TEXT,
  more_id TEXT,
  PRIMARY KEY (realm, meeting_id, seq)
);
CREATE INDEX meeting_item_file ON meeting_item (realm, file_id);
