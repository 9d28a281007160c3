-- +goose Up

-- The first day on which the rules let the branch vote on a person, whatever the papers
-- are: the forecast reads it. A store of before has none until the next act, or until the
-- days are drawn anew; the day is then that of the age.
ALTER TABLE admission_file ADD COLUMN vote_from DATE;

-- The forecast reads all open files of a subtree from this index alone.
CREATE INDEX admission_file_forecast ON admission_file
  (realm, unit_no, stage, since, birth_date, certificate_until, papers_until, vote_from);

-- How long files usually stand on each step, by base organization and by competent
-- committee: marks of the spread of all waits that ended within three years, in days.
-- A job draws them anew; nothing else rests on them.
CREATE TABLE forecast_pace (
  realm INTEGER NOT NULL,
  unit_no INTEGER NOT NULL,
  stage TEXT NOT NULL,
  cases INTEGER NOT NULL,
  days TEXT NOT NULL,
  drawn_on DATE NOT NULL,
  PRIMARY KEY (realm, unit_no, stage)
);
