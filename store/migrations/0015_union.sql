-- +goose Up

-- The yearly instruction of a union to its base unions to count their young people (UNI-02).
CREATE TABLE union_campaign (
  id TEXT PRIMARY KEY,
  unit_no INTEGER NOT NULL REFERENCES unit (no),
  year INTEGER NOT NULL,
  symbol TEXT NOT NULL,
  issued_on DATE NOT NULL,
  due_on DATE NOT NULL,
  text TEXT NOT NULL,
  entered_at TIMESTAMPTZ NOT NULL,
  entered_by TEXT NOT NULL,
  closed_on DATE,
  closed_by TEXT NOT NULL,
  UNIQUE (unit_no, year)
);

-- The answer of each union that was asked: sheet is what was typed, letter by letter;
-- figures are the numbers once they were submitted.
CREATE TABLE union_count (
  campaign_id TEXT NOT NULL REFERENCES union_campaign (id),
  unit_no INTEGER NOT NULL REFERENCES unit (no),
  state TEXT NOT NULL,
  version INTEGER NOT NULL,
  sheet TEXT NOT NULL,
  figures TEXT NOT NULL,
  submitted_on DATE,
  submitted_by TEXT NOT NULL,
  returned_on DATE,
  returned_by TEXT NOT NULL,
  returned_why TEXT NOT NULL,
  reminded_on DATE,
  reminders INTEGER NOT NULL,
  PRIMARY KEY (campaign_id, unit_no)
);
CREATE INDEX union_count_unit ON union_count (unit_no);

-- Resolutions that introduce people to the Party, and the people, with what the branch
-- made of each (UNI-05, DOC-51).
CREATE TABLE union_resolution (
  realm INTEGER NOT NULL,
  id TEXT NOT NULL,
  unit_no INTEGER NOT NULL REFERENCES unit (no),
  number TEXT NOT NULL,
  on_day DATE NOT NULL,
  present INTEGER NOT NULL,
  votes_for INTEGER NOT NULL,
  entered_at TIMESTAMPTZ NOT NULL,
  entered_by TEXT NOT NULL,
  PRIMARY KEY (realm, id)
);
CREATE INDEX union_resolution_unit ON union_resolution (realm, unit_no, on_day);
CREATE TABLE union_person (
  realm INTEGER NOT NULL,
  id TEXT NOT NULL,
  resolution_id TEXT NOT NULL,
  unit_no INTEGER NOT NULL REFERENCES unit (no),
  branch_no INTEGER NOT NULL REFERENCES unit (no),
  on_day DATE NOT NULL,
  name TEXT NOT NULL,
  birth_date DATE NOT NULL,
  sex TEXT NOT NULL,
  state TEXT NOT NULL,
  file_id TEXT,
  decided_on DATE,
  decided_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (realm, id)
);
CREATE INDEX union_person_branch ON union_person (realm, branch_no, state);
CREATE INDEX union_person_unit ON union_person (realm, unit_no, on_day);
CREATE INDEX union_person_file ON union_person (realm, file_id);

-- Movements by which people can be judged (UNI-09); the evidence itself lies elsewhere.
CREATE TABLE union_movement (
  id TEXT PRIMARY KEY,
  unit_no INTEGER NOT NULL REFERENCES unit (no),
  name TEXT NOT NULL,
  from_on DATE NOT NULL,
  to_on DATE NOT NULL,
  people INTEGER NOT NULL,
  result TEXT NOT NULL,
  evidence TEXT NOT NULL,
  kept TEXT NOT NULL,
  entered_at TIMESTAMPTZ NOT NULL,
  entered_by TEXT NOT NULL
);
CREATE INDEX union_movement_unit ON union_movement (unit_no, from_on);
CREATE TABLE union_part (
  realm INTEGER NOT NULL,
  movement_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  role TEXT NOT NULL,
  result TEXT NOT NULL,
  PRIMARY KEY (realm, movement_id, person_id)
);
CREATE INDEX union_part_person ON union_part (realm, person_id);

-- Working sessions of a committee with unions (UNI-11, UNI-12). The figures are those of
-- the day of the session and never change.
CREATE TABLE union_session (
  id TEXT PRIMARY KEY,
  unit_no INTEGER NOT NULL REFERENCES unit (no),
  on_day DATE NOT NULL,
  chair TEXT NOT NULL,
  problems TEXT NOT NULL,
  youth INTEGER,
  introduced INTEGER NOT NULL,
  admitted INTEGER NOT NULL,
  entered_at TIMESTAMPTZ NOT NULL,
  entered_by TEXT NOT NULL
);
CREATE INDEX union_session_by_unit ON union_session (unit_no, on_day);
CREATE TABLE union_session_unit (
  session_id TEXT NOT NULL REFERENCES union_session (id),
  unit_no INTEGER NOT NULL REFERENCES unit (no),
  PRIMARY KEY (session_id, unit_no)
);
CREATE INDEX union_session_by_union ON union_session_unit (unit_no);
CREATE TABLE union_conclusion (
  session_id TEXT NOT NULL REFERENCES union_session (id),
  seq INTEGER NOT NULL,
  text TEXT NOT NULL,
  owner TEXT NOT NULL,
  due_on DATE,
  done_on DATE,
  done_by TEXT NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (session_id, seq)
);

-- How often a committee works with its unions, by its own rules, from a day on.
CREATE TABLE union_session_rule (
  unit_no INTEGER NOT NULL REFERENCES unit (no),
  from_on DATE NOT NULL,
  months INTEGER NOT NULL,
  source TEXT NOT NULL,
  PRIMARY KEY (unit_no, from_on)
);

-- The official yearly rating of a union, as people decided it; the last row of a year counts.
CREATE TABLE union_rating (
  id TEXT PRIMARY KEY,
  unit_no INTEGER NOT NULL REFERENCES unit (no),
  year INTEGER NOT NULL,
  level TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  decided_on DATE NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL,
  recorded_by TEXT NOT NULL
);
CREATE INDEX union_rating_unit ON union_rating (unit_no, year);

-- That a union gave its opinion on a candidate, never what it says (UNI-14).
CREATE TABLE union_opinion (
  realm INTEGER NOT NULL,
  id TEXT NOT NULL,
  file_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  number TEXT NOT NULL,
  on_day DATE NOT NULL,
  agrees BOOLEAN NOT NULL,
  remarks BOOLEAN NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL,
  recorded_by TEXT NOT NULL,
  PRIMARY KEY (realm, id)
);
CREATE INDEX union_opinion_file ON union_opinion (realm, file_id);
