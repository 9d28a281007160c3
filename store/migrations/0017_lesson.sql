-- +goose Up

-- The half-days of a class: when they really are and, in first_on and first_half, when they
-- were planned first. Those that were called off stay, for the roll counts without them.
CREATE TABLE class_session (
  realm INTEGER NOT NULL,
  class_id TEXT NOT NULL,
  id TEXT NOT NULL,
  on_day DATE NOT NULL,
  half TEXT NOT NULL,
  first_on DATE,
  first_half TEXT NOT NULL,
  lesson TEXT NOT NULL,
  periods INTEGER NOT NULL,
  lecturer TEXT NOT NULL,
  state TEXT NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (realm, class_id, id)
);

-- The roll: one row for each learner and session of which it says something.
CREATE TABLE class_presence (
  realm INTEGER NOT NULL,
  class_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  learner_id TEXT NOT NULL,
  presence TEXT NOT NULL,
  PRIMARY KEY (realm, class_id, session_id, learner_id)
);

-- Marks of essays in tenths of a point. attempt 2 is the retake.
CREATE TABLE class_mark (
  realm INTEGER NOT NULL,
  class_id TEXT NOT NULL,
  learner_id TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  mark INTEGER NOT NULL,
  on_day DATE NOT NULL,
  PRIMARY KEY (realm, class_id, learner_id, attempt)
);

-- What a class has besides: version guards sessions, marks and results against two who
-- change them at once; the rest is for the report after the class.
CREATE TABLE class_course (
  realm INTEGER NOT NULL,
  class_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  summoned INTEGER NOT NULL,
  union_members INTEGER,
  cost BIGINT,
  remarks TEXT NOT NULL,
  PRIMARY KEY (realm, class_id)
);

-- Decisions that recognise completion: the first is for the class, others for those who
-- wrote again.
CREATE TABLE class_result (
  realm INTEGER NOT NULL,
  class_id TEXT NOT NULL,
  id TEXT NOT NULL,
  number TEXT NOT NULL,
  on_day DATE NOT NULL,
  signer TEXT NOT NULL,
  title TEXT NOT NULL,
  entered_at TIMESTAMPTZ NOT NULL,
  entered_by TEXT NOT NULL,
  PRIMARY KEY (realm, class_id, id)
);

-- What a decision froze of each learner. It is never changed.
CREATE TABLE class_outcome (
  realm INTEGER NOT NULL,
  class_id TEXT NOT NULL,
  learner_id TEXT NOT NULL,
  result_id TEXT NOT NULL,
  outcome TEXT NOT NULL,
  mark INTEGER,
  grade TEXT NOT NULL,
  attended INTEGER NOT NULL,
  periods INTEGER NOT NULL,
  PRIMARY KEY (realm, class_id, learner_id)
);

-- The register of certificates of a committee (sổ gốc), one book for each kind of class:
-- entries run on for ever and are only ever added. copy is 1, and one more for each time a
-- certificate was printed again under its number. content is the paper as it was issued.
CREATE TABLE class_certificate (
  realm INTEGER NOT NULL,
  id TEXT NOT NULL,
  unit_no INTEGER NOT NULL REFERENCES unit (no),
  kind TEXT NOT NULL,
  entry INTEGER NOT NULL,
  class_id TEXT NOT NULL,
  learner_id TEXT NOT NULL,
  learner_unit_no INTEGER NOT NULL REFERENCES unit (no),
  file_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  year INTEGER NOT NULL,
  copy INTEGER NOT NULL,
  on_day DATE NOT NULL,
  name TEXT NOT NULL,
  birth_date DATE,
  unit_name TEXT NOT NULL,
  class_title TEXT NOT NULL,
  mark INTEGER NOT NULL,
  grade TEXT NOT NULL,
  decision TEXT NOT NULL,
  decided_on DATE NOT NULL,
  content TEXT NOT NULL,
  hash TEXT NOT NULL,
  issued_at TIMESTAMPTZ NOT NULL,
  issued_by TEXT NOT NULL,
  PRIMARY KEY (realm, id)
);
CREATE UNIQUE INDEX class_certificate_entry ON class_certificate (realm, unit_no, kind, entry);
CREATE UNIQUE INDEX class_certificate_number ON class_certificate (realm, unit_no, kind, year, number, copy);
CREATE UNIQUE INDEX class_certificate_learner ON class_certificate (realm, class_id, learner_id, copy);
CREATE INDEX class_certificate_file ON class_certificate (realm, file_id);

-- Marks beside entries of the register: replaced, taken back. They are only ever added.
CREATE TABLE class_register_mark (
  realm INTEGER NOT NULL,
  certificate_id TEXT NOT NULL,
  mark TEXT NOT NULL,
  on_day DATE NOT NULL,
  reason TEXT NOT NULL,
  entered_at TIMESTAMPTZ NOT NULL,
  entered_by TEXT NOT NULL,
  PRIMARY KEY (realm, certificate_id)
);

-- Whether a certificate stands in the admission file of its learner: by which act, or why
-- not yet.
CREATE TABLE class_delivery (
  realm INTEGER NOT NULL,
  class_id TEXT NOT NULL,
  learner_id TEXT NOT NULL,
  act_id TEXT NOT NULL,
  reason TEXT NOT NULL,
  tried_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (realm, class_id, learner_id)
);
