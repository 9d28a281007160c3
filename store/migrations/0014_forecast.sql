-- +goose Up

-- The first day on which the rules let the branch vote on a person, whatever the papers
-- are: the forecast reads it. A store of before has none until the next act, or until the
-- days are drawn anew; the day is then that of the age.
ALTER TABLE admission_file ADD COLUMN vote_from DATE;

-- The forecast reads all open files of a subtree from this index alone.
CREATE INDEX admission_file_forecast ON admission_file
  (realm, unit_no, stage, since, birth_date, certificate_until, papers_until, vote_from);

-- How long files take from each step to the decision, by base organization and by
-- competent committee, of those that came to it within three years: days, and how many of
-- a thousand are not through by then. A job draws them anew; nothing else rests on them.
CREATE TABLE forecast_pace (
  realm INTEGER NOT NULL,
  unit_no INTEGER NOT NULL,
  stage TEXT NOT NULL,
  cases INTEGER NOT NULL,
  marks TEXT NOT NULL,
  drawn_on DATE NOT NULL,
  PRIMARY KEY (realm, unit_no, stage)
);

-- Of each unit the duty that is due first, and whether any of its files has changed.
CREATE INDEX admission_file_duty ON admission_file (realm, unit_no, press_due, version);

-- Units that an account keeps at the top of the table of a committee.
CREATE TABLE table_pin (
  account_id TEXT NOT NULL REFERENCES account (id),
  unit_no INTEGER NOT NULL REFERENCES unit (no),
  PRIMARY KEY (account_id, unit_no)
);
