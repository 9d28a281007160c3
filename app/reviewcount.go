package app

import (
	"context"

	"ketnap/admission"
	"ketnap/org"
	"ketnap/source"
	"ketnap/store"
)

// layerCounts counts the layers of TGT-23 for units, each with its subtree, as they are
// today: of files by the counters, of people without a file by what is known of the units.
func (r *reading) layerCounts(ctx context.Context, units []org.Unit) (map[org.UnitNo][]source.Count, error) {
	nos := numbers(units)
	stages, err := r.StageTable(ctx, store.Realm, nos)
	if err != nil {
		return nil, err
	}
	expired, err := r.ExpiredCertificates(ctx, nos, r.Today)
	if err != nil {
		return nil, err
	}
	youth, from, err := r.youthOf(ctx, nos)
	if err != nil {
		return nil, err
	}
	sent := r.sentToClass(nos)
	out := make(map[org.UnitNo][]source.Count, len(units))
	for _, no := range nos {
		counts := make([]source.Count, 0, len(source.Layers()))
		for _, l := range source.Layers() {
			c := source.Count{Layer: l}
			switch of := l.Stages(); {
			case of != nil:
				n := stageSum(stages[no], of)
				if l == source.CertificateValid {
					n = max(n-expired[no], 0)
				}
				c.Counted, c.Origin = &n, source.FromRegister
			case l == source.UnionAge:
				if n, ok := youth[no]; ok {
					c.Counted, c.Origin = &n, from
				}
			case l == source.SentToClass:
				if n, ok := sent[no]; ok {
					c.Counted, c.Origin = &n, source.FromClass
				}
			}
			c.Value = c.Counted
			counts = append(counts, c)
		}
		out[no] = counts
	}
	return out, nil
}

func stageSum(of map[string]int, stages []admission.Stage) (n int) {
	for _, s := range stages {
		n += of[string(s)]
	}
	return n
}

// youthOf returns how many young people who are no members party units have, and whose
// number that is. A unit of which nobody said it is absent.
func (r *reading) youthOf(ctx context.Context, nos []org.UnitNo) (map[org.UnitNo]int, source.Origin, error) {
	all, err := r.CountsOn(ctx, nos, r.Today)
	if err != nil {
		return nil, source.Unknown, err
	}
	out := map[org.UnitNo]int{}
	for no, counts := range all {
		if n, ok := counts[org.Youth]; ok {
			out[no] = n
		}
	}
	return out, source.FromUnit, nil
}

// sentToClass returns how many people of units were sent to the awareness class. Files
// begin with the certificate and no list of learners is kept, so of no unit it is known.
func (r *reading) sentToClass([]org.UnitNo) map[org.UnitNo]int { return nil }
