-- +goose Up

-- What is kept of a person beside name, birth and sex. It stands in no list: only the
-- page of the file reads it, for a reason that the record of acts keeps (SEC-03, LAW-18).
CREATE TABLE person_identity (
  realm INTEGER NOT NULL,
  file_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  id_kind TEXT NOT NULL,
  id_number TEXT NOT NULL,
  birth_place TEXT NOT NULL,
  birth_list TEXT NOT NULL,
  birth_code TEXT NOT NULL,
  hometown TEXT NOT NULL,
  hometown_list TEXT NOT NULL,
  hometown_code TEXT NOT NULL,
  residence TEXT NOT NULL,
  residence_list TEXT NOT NULL,
  residence_code TEXT NOT NULL,
  ethnicity TEXT NOT NULL,
  religion TEXT NOT NULL,
  school_grade INTEGER NOT NULL,
  school_of INTEGER NOT NULL,
  professional TEXT NOT NULL,
  title TEXT NOT NULL,
  theory TEXT NOT NULL,
  languages TEXT NOT NULL,
  computing TEXT NOT NULL,
  occupation TEXT NOT NULL,
  occupation_group TEXT NOT NULL,
  changed_by TEXT NOT NULL,
  changed_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (realm, file_id)
);
CREATE INDEX person_identity_number ON person_identity (realm, id_number) WHERE id_number <> '';

-- A person's consent and its withdrawal, each a row of its own (LAW-06, LAW-08).
CREATE TABLE person_consent (
  realm INTEGER NOT NULL,
  file_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  withdrawn BOOLEAN NOT NULL,
  form TEXT NOT NULL,
  on_day DATE NOT NULL,
  note TEXT NOT NULL,
  noted_by TEXT NOT NULL,
  noted_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (realm, file_id, seq)
);

-- Entries laid over the list of religions that the program knows, from a day on (IDN-23).
CREATE TABLE religion (
  code TEXT NOT NULL,
  from_on DATE NOT NULL,
  name TEXT NOT NULL,
  closed BOOLEAN NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (code, from_on)
);

-- Who opened the data of a person, found without walking the chains.
CREATE INDEX audit_reading ON audit (object, at) WHERE "right" = 'identity.see';
