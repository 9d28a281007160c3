-- +goose Up

-- The duty of a file that is due first, which need not be its next step: the lists of
-- terms and the reminders read it. A store of before holds the next step until the next
-- act, or until the days are drawn anew.
ALTER TABLE admission_file ADD COLUMN press_act TEXT NOT NULL DEFAULT '';
ALTER TABLE admission_file ADD COLUMN press_who TEXT NOT NULL DEFAULT '';
ALTER TABLE admission_file ADD COLUMN press_rule TEXT NOT NULL DEFAULT '';
ALTER TABLE admission_file ADD COLUMN press_due DATE;
UPDATE admission_file SET press_act = next_act, press_who = next_who, press_rule = next_rule, press_due = next_due;
DROP INDEX admission_file_due;
CREATE INDEX admission_file_press ON admission_file (realm, press_due, unit_no, press_who);
