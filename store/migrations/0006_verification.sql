-- +goose Up
-- Steps of the verification of a file: who is verified, where it was asked, what came of
-- it. They are only ever added; where a request stands is drawn from them and from the
-- acts under which they stand. detail holds no answer (ADM-45).
CREATE TABLE verification_step (
  realm INTEGER NOT NULL,
  file_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  request_id TEXT NOT NULL,
  act_id TEXT NOT NULL,
  on_day DATE NOT NULL,
  number TEXT NOT NULL,
  detail TEXT NOT NULL,
  actor TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  recorded_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (realm, file_id, seq)
);
