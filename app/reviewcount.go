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
	youth, err := r.YouthOf(ctx, nos, r.Today.Year()) // the units' own counts take members in (UNI-03)
	if err != nil {
		return nil, err
	}
	learning, err := r.InClass(ctx, nos)
	if err != nil {
		return nil, err
	}
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
					c.Counted, c.Origin = &n, source.FromUnion
				}
			case l == source.SentToClass:
				n := stageSum(stages[no], source.CertificateValid.Stages()) + learning[no] // who has learned was sent
				c.Counted, c.Origin = &n, source.FromClass
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
