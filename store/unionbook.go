package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"ketnap/admission"
	"ketnap/date"
	"ketnap/internal/sqldb"
	"ketnap/org"
)

// A UnionTrace is the days by which a register counts one file for the union that
// introduced its person. A zero day did not come.
type UnionTrace struct {
	Unit       org.UnitNo // the one asked about, under which the file lies
	By         admission.Introducer
	Introduced date.Date
	Certified  date.Date // the certificate of the awareness class
	Decided    date.Date
	Ceremony   date.Date
}

// UnionTraces reads from the register, for party units with their subtrees, every file
// that a union introduced. It is for counting: no name is in it.
func (t *Tx) UnionTraces(ctx context.Context, party []org.UnitNo) ([]UnionTrace, error) {
	var out []UnionTrace
	err := inChunks(ints(party), func(part []int) error {
		q := &query{}
		q.and(`f.realm = ` + q.arg(Realm))
		within(q, `c.ancestor_no`, part)
		b := unionTracer{}
		err := t.Query(ctx, `SELECT c.ancestor_no, f.id, f.decided_on, f.admitted_on, a.id, a.act, a.on_day, a.detail FROM unit_closure c
			CROSS JOIN admission_file f CROSS JOIN admission_act a WHERE `+q.conditions()+` AND f.unit_no = c.unit_no AND a.realm = f.realm AND a.file_id = f.id
			AND a.act IN ('introduce', 'certify', 'void') ORDER BY c.ancestor_no, f.id, a.seq`, q.args, b.row)
		out = append(out, b.finish()...)
		return err
	})
	return out, err
}

// unionTracer gathers the acts of one file after the other.
type unionTracer struct {
	out  []UnionTrace
	file string
	now  UnionTrace
	acts []admission.Act
}

func (b *unionTracer) row(r sqldb.Row) error {
	var file, detail string
	var next UnionTrace
	var kept, a admission.Act
	if err := r.Scan(&next.Unit, &file, &next.Decided, &next.Ceremony, &kept.ID, &kept.Code, &kept.On, &detail); err != nil {
		return err
	}
	if err := json.Unmarshal([]byte(detail), &a); err != nil {
		return fmt.Errorf("act %s: %w", kept.ID, err)
	}
	a.ID, a.Code, a.On = kept.ID, kept.Code, kept.On
	if file != b.file || next.Unit != b.now.Unit {
		b.finish()
		b.file, b.now, b.acts = file, next, nil
	}
	b.acts = append(b.acts, a)
	return nil
}

// finish draws the trace of the file at hand and returns all so far.
func (b *unionTracer) finish() []UnionTrace {
	var taken []string
	for _, a := range b.acts {
		if a.Code == admission.Void {
			taken = append(append(taken, a.ActID), a.Falls...)
		}
	}
	for _, a := range b.acts {
		switch {
		case slices.Contains(taken, a.ID):
		case a.Code == admission.Introduce:
			b.now.By, b.now.Introduced = a.By, a.On
		case a.Code == admission.Certify:
			if b.now.Certified = a.Issued; a.Issued.IsZero() {
				b.now.Certified = a.On
			}
		}
	}
	if b.now.By == admission.YouthUnion || b.now.By == admission.TradeUnion {
		b.out = append(b.out, b.now)
	}
	b.acts, b.now.By = nil, ""
	return b.out
}
