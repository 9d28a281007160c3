-- +goose Up

-- Classes: who holds them, when and where, and the decision that opened them. host is who
-- teaches, for rules differ; version guards against two who change the same class.
CREATE TABLE class (
  realm INTEGER NOT NULL,
  id TEXT NOT NULL,
  unit_no INTEGER NOT NULL REFERENCES unit (no),
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  host TEXT NOT NULL,
  place TEXT NOT NULL,
  from_on DATE,
  to_on DATE,
  half_days INTEGER NOT NULL,
  seats INTEGER NOT NULL,
  state TEXT NOT NULL,
  number TEXT NOT NULL,
  decided_on DATE,
  decided_by TEXT NOT NULL,
  proposal_id TEXT,
  head TEXT NOT NULL,
  registrar TEXT NOT NULL,
  monitor TEXT NOT NULL,
  note TEXT NOT NULL,
  version INTEGER NOT NULL,
  entered_at TIMESTAMPTZ NOT NULL,
  entered_by TEXT NOT NULL,
  PRIMARY KEY (realm, id)
);
CREATE INDEX class_unit ON class (realm, unit_no, kind, from_on);

-- People on the list of a class. file_id is empty for a person without an admission file.
-- certified_on is the day of the certificate that came of the class.
CREATE TABLE class_learner (
  realm INTEGER NOT NULL,
  class_id TEXT NOT NULL,
  id TEXT NOT NULL,
  file_id TEXT,
  unit_no INTEGER NOT NULL REFERENCES unit (no),
  name TEXT NOT NULL,
  sort_given BYTEA NOT NULL,
  sort_rest BYTEA NOT NULL,
  birth_date DATE,
  sex TEXT NOT NULL,
  need TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  replaces TEXT,
  acknowledged_on DATE,
  certified_on DATE,
  PRIMARY KEY (realm, class_id, id)
);
CREATE INDEX class_learner_unit ON class_learner (realm, unit_no, class_id);
CREATE INDEX class_learner_file ON class_learner (realm, file_id);

-- A survey of the units: how many need a class of a kind, where and when they would go.
CREATE TABLE class_survey (
  realm INTEGER NOT NULL,
  id TEXT NOT NULL,
  unit_no INTEGER NOT NULL REFERENCES unit (no),
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  number TEXT NOT NULL,
  question TEXT NOT NULL,
  due_on DATE,
  state TEXT NOT NULL,
  issued_on DATE,
  closed_on DATE,
  version INTEGER NOT NULL,
  entered_at TIMESTAMPTZ NOT NULL,
  entered_by TEXT NOT NULL,
  PRIMARY KEY (realm, id)
);
CREATE INDEX class_survey_unit ON class_survey (realm, unit_no, state);

-- What a unit answers beside the names: when and where it would go, and how many people
-- without a file it has, by the groups of CLS-17.
CREATE TABLE class_answer (
  realm INTEGER NOT NULL,
  survey_id TEXT NOT NULL,
  unit_no INTEGER NOT NULL REFERENCES unit (no),
  state TEXT NOT NULL,
  place TEXT NOT NULL,
  season TEXT NOT NULL,
  staff INTEGER NOT NULL,
  pupils INTEGER NOT NULL,
  students INTEGER NOT NULL,
  workers INTEGER NOT NULL,
  note TEXT NOT NULL,
  sent_on DATE,
  version INTEGER NOT NULL,
  entered_at TIMESTAMPTZ NOT NULL,
  entered_by TEXT NOT NULL,
  PRIMARY KEY (realm, survey_id, unit_no)
);

-- People whom their unit proposes for a class: in the answer to a survey, or, with an empty
-- survey_id, without being asked. A person stands once in a survey (the key holds it).
CREATE TABLE class_named (
  realm INTEGER NOT NULL,
  kind TEXT NOT NULL,
  survey_id TEXT NOT NULL,
  file_id TEXT NOT NULL,
  unit_no INTEGER NOT NULL REFERENCES unit (no),
  need TEXT NOT NULL,
  named_on DATE NOT NULL,
  named_by TEXT NOT NULL,
  PRIMARY KEY (realm, kind, survey_id, file_id)
);
CREATE INDEX class_named_unit ON class_named (realm, unit_no, kind);

-- A proposal to the standing committee: sheet holds its options as they were typed and,
-- from the day it was decided, what each covered and which was chosen.
CREATE TABLE class_proposal (
  realm INTEGER NOT NULL,
  id TEXT NOT NULL,
  unit_no INTEGER NOT NULL REFERENCES unit (no),
  kind TEXT NOT NULL,
  survey_id TEXT,
  title TEXT NOT NULL,
  number TEXT NOT NULL,
  on_day DATE,
  state TEXT NOT NULL,
  sheet TEXT NOT NULL,
  decision TEXT NOT NULL,
  decided_on DATE,
  decided_by TEXT NOT NULL,
  version INTEGER NOT NULL,
  entered_at TIMESTAMPTZ NOT NULL,
  entered_by TEXT NOT NULL,
  PRIMARY KEY (realm, id)
);
CREATE INDEX class_proposal_unit ON class_proposal (realm, unit_no, state);
