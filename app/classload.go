package app

import (
	"context"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/class"
	"ketnap/date"
	"ketnap/store"
)

// certificateMonths is how long a certificate is valid (DL-20).
const certificateMonths = 60

// LoadClass enters a class of the past with the people of a unit's subtree whose
// certificates were issued between two days, at most as many as it has seats. It is for
// what an office brings along from before; only the system may. It returns the class and
// how many people stand on its list.
func (a *App) LoadClass(ctx context.Context, who Actor, unit string, c class.Class, from, to date.Date) (id string, n int, err error) {
	id = newID()
	err = a.write(ctx, who, atCode(ctx, access.ManageClass, access.SeeClass, unit), func(w *writing) (record, error) {
		if err := topOnly(who); err != nil {
			return record{}, err
		}
		rows, err := w.StageFiles(ctx, access.ScopeOfPermit(w.Permit), w.Permit.Unit(), admission.Stages())
		if err != nil {
			return record{}, err
		}
		var people []store.LearnerRow
		for _, f := range rows {
			if f.CertificateUntil.Before(from.AddMonths(certificateMonths)) || f.CertificateUntil.After(to.AddMonths(certificateMonths)) || c.Seats > 0 && len(people) >= c.Seats {
				continue
			}
			people = append(people, store.LearnerRow{UnitNo: f.Unit, Learner: class.Learner{ID: newID(), Class: id, File: f.ID, Name: f.Name, Birth: f.Birth, Sex: string(f.Sex),
				Unit: string(f.UnitCode), UnitName: f.UnitName, Need: class.NoCertificate, State: class.Attending, Acknowledged: c.From}})
		}
		n = len(people)
		c.ID, c.Version, c.Unit = id, 1, unit
		row := store.ClassRow{Class: c, UnitNo: w.Permit.Unit(), EnteredAt: w.At, EnteredBy: w.who.Name}
		if err := w.SaveClass(ctx, w.Permit, row); err != nil {
			return record{}, err
		}
		return record{object: "class/" + id, rules: "CLS-02", after: map[string]any{"title": c.Title, "people": n}}, w.SaveLearners(ctx, w.Permit, id, people)
	})
	return id, n, err
}

// LogClassExport is LogExport for the list of a class, which who sees classes may take
// along (SEC-08).
func (a *App) LogClassExport(ctx context.Context, who Actor, what, unit string, people int) error {
	return a.write(ctx, who, atCode(ctx, access.SeeClass, access.SeeClass, unit), func(*writing) (record, error) {
		return record{object: "export/" + what, after: map[string]int{"people": people}, rules: "SEC-03 LAW-16"}, nil
	})
}
