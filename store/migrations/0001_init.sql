-- +goose Up

-- Units of both trees. Inside, a unit is its small number; outside, its code. Lists are
-- paged by code_key, the bytes of the code: texts sort differently on the two engines.
CREATE TABLE unit (
  no INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  code TEXT NOT NULL UNIQUE,
  code_key BYTEA NOT NULL UNIQUE,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  kind TEXT NOT NULL DEFAULT '',
  tree TEXT NOT NULL,
  parent_no INTEGER REFERENCES unit (no),
  beside_no INTEGER REFERENCES unit (no),
  opened_on DATE,
  closed_on DATE
);
CREATE INDEX unit_parent_no ON unit (parent_no, code_key);

-- Dated links upward: the tree of any past day (REORG-08).
CREATE TABLE unit_parent (
  unit_no INTEGER NOT NULL REFERENCES unit (no),
  parent_no INTEGER REFERENCES unit (no),
  from_on DATE NOT NULL,
  to_on DATE,
  PRIMARY KEY (unit_no, from_on)
);

-- Today's tree as pairs; a unit is its own ancestor at depth 0.
CREATE TABLE unit_closure (
  ancestor_no INTEGER NOT NULL REFERENCES unit (no),
  unit_no INTEGER NOT NULL REFERENCES unit (no),
  depth INTEGER NOT NULL,
  PRIMARY KEY (ancestor_no, unit_no)
);
CREATE INDEX unit_closure_up ON unit_closure (unit_no, depth, ancestor_no);

CREATE TABLE unit_word (
  word BYTEA NOT NULL,
  unit_no INTEGER NOT NULL REFERENCES unit (no),
  PRIMARY KEY (word, unit_no)
);

-- Dated head counts: official_members, committee_members, standing_members, members, youth (VOT-02).
CREATE TABLE unit_count (
  unit_no INTEGER NOT NULL REFERENCES unit (no),
  kind TEXT NOT NULL,
  from_on DATE NOT NULL,
  value INTEGER NOT NULL,
  PRIMARY KEY (unit_no, kind, from_on)
);

-- Posts over time: who was head on a day is a fact that the rating needs.
CREATE TABLE post (
  id TEXT PRIMARY KEY,
  unit_no INTEGER NOT NULL REFERENCES unit (no),
  title TEXT NOT NULL,
  name TEXT NOT NULL,
  head BOOLEAN NOT NULL,
  from_on DATE NOT NULL,
  to_on DATE
);
CREATE INDEX post_unit ON post (unit_no, from_on);

CREATE TABLE account (
  id TEXT PRIMARY KEY,
  login TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  password TEXT NOT NULL,
  must_change BOOLEAN NOT NULL,
  disabled BOOLEAN NOT NULL,
  lang TEXT NOT NULL DEFAULT 'vi',
  created_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE account_grant (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account (id),
  role TEXT NOT NULL,
  unit_no INTEGER NOT NULL REFERENCES unit (no),
  from_on DATE NOT NULL,
  to_on DATE
);
CREATE INDEX account_grant_account ON account_grant (account_id);
CREATE INDEX account_grant_unit ON account_grant (unit_no);

CREATE TABLE session (
  token TEXT PRIMARY KEY,
  account_id TEXT REFERENCES account (id),
  data BYTEA NOT NULL,
  expires_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX session_expires ON session (expires_at);

CREATE TABLE login_attempt (
  id TEXT PRIMARY KEY,
  failures INTEGER NOT NULL,
  since TIMESTAMPTZ NOT NULL
);

CREATE TABLE api_token (
  id TEXT PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  account_id TEXT NOT NULL REFERENCES account (id),
  created_at TIMESTAMPTZ NOT NULL,
  expires_at TIMESTAMPTZ NOT NULL,
  revoked_at TIMESTAMPTZ
);

CREATE TABLE idempotency (
  account_id TEXT NOT NULL REFERENCES account (id),
  id TEXT NOT NULL,
  request TEXT NOT NULL,
  status INTEGER NOT NULL,
  body BYTEA NOT NULL,
  created_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (account_id, id)
);
CREATE INDEX idempotency_created ON idempotency (created_at);

-- The record of acts: a chain per stream. The hash covers every column.
CREATE TABLE audit (
  stream TEXT NOT NULL,
  seq INTEGER NOT NULL,
  at TIMESTAMPTZ NOT NULL,
  actor TEXT NOT NULL,
  "right" TEXT NOT NULL,
  object TEXT NOT NULL,
  unit TEXT NOT NULL,
  "before" TEXT NOT NULL,
  "after" TEXT NOT NULL,
  rules TEXT NOT NULL,
  request TEXT NOT NULL,
  prev TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (stream, seq)
);

-- checked is the seq that the last checkpoint recorded.
CREATE INDEX audit_at ON audit (at, stream, seq);

CREATE TABLE audit_head (
  stream TEXT PRIMARY KEY,
  seq INTEGER NOT NULL,
  hash TEXT NOT NULL,
  checked INTEGER NOT NULL
);

-- Dated settings, and rows of the calendar laid over the one in the binary (CAL-05).
CREATE TABLE setting (
  id TEXT NOT NULL,
  from_on DATE NOT NULL,
  value TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (id, from_on)
);

CREATE TABLE holiday (
  on_day DATE PRIMARY KEY,
  off BOOLEAN NOT NULL,
  name TEXT NOT NULL,
  source TEXT NOT NULL,
  announced_on DATE
);

-- A candidate's file. What stands after next_act is drawn from the acts, so that
-- lists, tasks and the search for stuck files read one row a file.
CREATE TABLE admission_file (
  realm INTEGER NOT NULL,
  id TEXT NOT NULL,
  unit_no INTEGER NOT NULL REFERENCES unit (no),
  name TEXT NOT NULL,
  birth_date DATE NOT NULL,
  sex TEXT NOT NULL,
  sort_given BYTEA NOT NULL,
  sort_rest BYTEA NOT NULL,
  stage TEXT NOT NULL,
  since DATE,
  version INTEGER NOT NULL,
  opened_at TIMESTAMPTZ NOT NULL,
  last_on DATE,
  helper TEXT NOT NULL,
  certificate_until DATE,
  papers_until DATE,
  answer_due DATE,
  decided_on DATE,
  admitted_on DATE,
  next_act TEXT NOT NULL,
  next_who TEXT NOT NULL,
  next_rule TEXT NOT NULL,
  next_due DATE,
  PRIMARY KEY (realm, id)
);
CREATE INDEX admission_file_unit ON admission_file (realm, unit_no, stage, sort_given, sort_rest, id);
CREATE INDEX admission_file_stage ON admission_file (realm, stage, sort_given, sort_rest, id);
CREATE INDEX admission_file_name ON admission_file (realm, sort_given, sort_rest, id);
CREATE INDEX admission_file_next ON admission_file (realm, unit_no, next_who, next_due);

CREATE TABLE admission_word (
  realm INTEGER NOT NULL,
  word BYTEA NOT NULL,
  file_id TEXT NOT NULL,
  PRIMARY KEY (realm, word, file_id)
);

-- Acts are only ever added. A void is an act that names the act it voids.
CREATE TABLE admission_act (
  realm INTEGER NOT NULL,
  file_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  id TEXT NOT NULL,
  act TEXT NOT NULL,
  on_day DATE,
  number TEXT NOT NULL,
  detail TEXT NOT NULL,
  rule_set TEXT NOT NULL,
  rules TEXT NOT NULL,
  line TEXT NOT NULL,
  actor TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (realm, file_id, seq)
);
CREATE UNIQUE INDEX admission_act_id ON admission_act (realm, id);

-- Figures of a unit's whole subtree. period is 0 for a state of now, else year*100+month.
CREATE TABLE counter (
  realm INTEGER NOT NULL,
  unit_no INTEGER NOT NULL,
  period INTEGER NOT NULL,
  indicator TEXT NOT NULL,
  slot INTEGER NOT NULL,
  value INTEGER NOT NULL,
  PRIMARY KEY (realm, unit_no, period, indicator, slot)
);

-- Documents in and out. fields holds the letter as read and corrected; text, as it came.
CREATE TABLE document (
  id TEXT PRIMARY KEY,
  unit_no INTEGER NOT NULL REFERENCES unit (no),
  direction TEXT NOT NULL,
  state TEXT NOT NULL,
  symbol TEXT NOT NULL,
  subject TEXT NOT NULL,
  issued_on DATE,
  fields TEXT NOT NULL,
  text TEXT NOT NULL,
  version INTEGER NOT NULL,
  entered_at TIMESTAMPTZ NOT NULL,
  entered_by TEXT NOT NULL,
  confirmed_at TIMESTAMPTZ,
  confirmed_by TEXT NOT NULL
);
CREATE INDEX document_unit ON document (unit_no, entered_at);

-- What the reader proposes of a document: a task, a target or a ceiling, each decided by a person.
CREATE TABLE proposal (
  document_id TEXT NOT NULL REFERENCES document (id),
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL,
  clause TEXT NOT NULL,
  state TEXT NOT NULL,
  fields TEXT NOT NULL,
  PRIMARY KEY (document_id, seq)
);

CREATE TABLE task (
  id TEXT PRIMARY KEY,
  document_id TEXT REFERENCES document (id),
  file_id TEXT,
  clause TEXT NOT NULL,
  unit_no INTEGER NOT NULL REFERENCES unit (no),
  role TEXT NOT NULL,
  text TEXT NOT NULL,
  due_on DATE,
  repeat TEXT NOT NULL,
  state TEXT NOT NULL,
  done_on DATE,
  done_by TEXT NOT NULL,
  evidence TEXT NOT NULL,
  version INTEGER NOT NULL
);
CREATE INDEX task_unit ON task (unit_no, state, due_on);
CREATE INDEX task_document ON task (document_id, clause);
CREATE INDEX task_file ON task (file_id);

-- Targets are never edited: a new figure is a new row, the last one counts.
CREATE TABLE target (
  id TEXT PRIMARY KEY,
  unit_no INTEGER NOT NULL REFERENCES unit (no),
  year INTEGER NOT NULL,
  indicator TEXT NOT NULL,
  seq INTEGER NOT NULL,
  state TEXT NOT NULL,
  min_value INTEGER NOT NULL,
  max_value INTEGER,
  document_id TEXT REFERENCES document (id),
  clause TEXT NOT NULL,
  set_on DATE NOT NULL,
  set_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  UNIQUE (unit_no, year, indicator, seq)
);
CREATE INDEX target_year ON target (year, indicator, unit_no);

CREATE TABLE ceiling (
  id TEXT PRIMARY KEY,
  document_id TEXT NOT NULL REFERENCES document (id),
  clause TEXT NOT NULL,
  unit_no INTEGER NOT NULL REFERENCES unit (no),
  year INTEGER NOT NULL,
  denies TEXT NOT NULL,
  condition TEXT NOT NULL,
  in_force_on DATE NOT NULL
);
CREATE INDEX ceiling_year ON ceiling (year, unit_no);

-- "Has source" as people judged it (TGT-26); the latest of the highest level counts.
CREATE TABLE source_judgement (
  id TEXT PRIMARY KEY,
  unit_no INTEGER NOT NULL REFERENCES unit (no),
  year INTEGER NOT NULL,
  level INTEGER NOT NULL,
  has_source BOOLEAN NOT NULL,
  reason TEXT NOT NULL,
  judged_on DATE NOT NULL,
  judged_by TEXT NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX source_judgement_unit ON source_judgement (unit_no, year);
