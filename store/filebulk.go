package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/person"
)

// A BulkFile is a whole file with its history, already judged act by act.
type BulkFile struct {
	File  admission.File
	State FileState
	Name  person.Name
}

// Columns of the tables that hold a file.
const (
	fileInsert = `realm, id, unit_no, name, birth_date, sex, sort_given, sort_rest,
		stage, since, version, opened_at, last_on, helper, certificate_until, papers_until, answer_due, decided_on,
		admitted_on, next_act, next_who, next_rule, next_due, press_act, press_who, press_rule, press_due, vote_from`
	wordInsert = `realm, word, file_id`
	actInsert  = `realm, file_id, seq, id, act, on_day, number, detail, rule_set, rules, line, actor, actor_name, recorded_at`
)

// BulkFiles writes many files of one unit's subtree in one go. It needs a permit to open
// files; the gate gives it on the unit that takes the load. Counters are the caller's.
func (t *Tx) BulkFiles(ctx context.Context, p access.Permit, files []BulkFile, at date.Instant) error {
	if err := t.mayLoad(ctx, p, files); err != nil {
		return err
	}
	for _, table := range []struct {
		name, columns string
		rows          func(BulkFile, func(...any) error) error
	}{
		{"admission_file", fileInsert, func(b BulkFile, add func(...any) error) error { return add(fileRow(b.File, b.Name, b.State, at)...) }},
		{"admission_act", actInsert, addActs},
	} {
		in := t.inserter(table.name, table.columns)
		add := func(row ...any) error { return in.add(ctx, row...) }
		for _, b := range files {
			if err := table.rows(b, add); err != nil {
				return fmt.Errorf("bulk load into %s: %w", table.name, err)
			}
		}
		if err := in.flush(ctx); err != nil {
			return fmt.Errorf("bulk load into %s: %w", table.name, err)
		}
	}
	return t.insertWords(ctx, files)
}

// insertWords writes the words of many names, those of one word together: scattered over
// the index they would touch a page each.
func (t *Tx) insertWords(ctx context.Context, files []BulkFile) error {
	type word struct{ text, file string }
	var words []word
	for _, b := range files {
		for _, w := range person.Words(b.File.Name) {
			words = append(words, word{w, b.File.ID})
		}
	}
	slices.SortFunc(words, func(a, b word) int { return cmp.Or(cmp.Compare(a.text, b.text), cmp.Compare(a.file, b.file)) })
	in := t.inserter("admission_word", wordInsert)
	for _, w := range words {
		if err := in.add(ctx, Realm, []byte(w.text), w.file); err != nil {
			return fmt.Errorf("bulk load into admission_word: %w", err)
		}
	}
	return in.flush(ctx)
}

func addActs(b BulkFile, add func(...any) error) error {
	for i, a := range b.File.Acts {
		row, err := actRow(b.File.ID, i+1, a)
		if err != nil {
			return err
		}
		if err := add(row...); err != nil {
			return err
		}
	}
	return nil
}

// mayLoad makes sure that a permit reaches the units of all files.
func (t *Tx) mayLoad(ctx context.Context, p access.Permit, files []BulkFile) error {
	if !p.Allows(access.OpenFile, p.Unit()) {
		return errPermit
	}
	var units []int
	for _, b := range files {
		if b.State.Unit != p.Unit() {
			units = append(units, int(b.State.Unit))
		}
	}
	slices.Sort(units)
	return inChunks(slices.Compact(units), func(part []int) error {
		a := args{p.Unit()}
		n := 0
		text := `SELECT count(*) FROM unit_closure WHERE ancestor_no = $1 AND unit_no IN ` + in(&a, part)
		if err := t.QueryRow(ctx, text, a...).Scan(&n); err != nil {
			return err
		}
		if n != len(part) {
			return errPermit
		}
		return nil
	})
}

func fileRow(f admission.File, name person.Name, st FileState, at date.Instant) []any {
	given, rest := person.SortKeys(name)
	return []any{Realm, f.ID, int(st.Unit), f.Name, f.Birth, f.Sex, given, rest, f.Stage, f.Since, f.Version, at,
		f.Last, f.Helper, st.Brief.CertificateUntil, st.Brief.PapersUntil, st.Brief.AnswerDue, f.Decided, f.Ceremony,
		st.Next.Act, st.Next.Who, st.Next.Rule, st.Next.Due, st.Press.Act, st.Press.Who, st.Press.Rule, st.Press.Due, st.Vote}
}

func actRow(file string, seq int, a admission.Act) ([]any, error) {
	detail, err := json.Marshal(a)
	if err != nil {
		return nil, fmt.Errorf("act of file %s: %w", file, err)
	}
	return []any{Realm, file, seq, a.ID, a.Code, a.On, a.Number, string(detail), a.RuleSet, strings.Join(a.Rules, " "),
		a.Line, a.Actor, a.ActorName, a.Recorded}, nil
}
