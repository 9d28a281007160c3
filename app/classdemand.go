package app

import (
	"context"

	"ketnap/access"
	"ketnap/class"
	"ketnap/date"
	"ketnap/org"
	"ketnap/store"
)

// A ClassDemandLine is how many people of a unit's subtree need a class.
type ClassDemandLine struct {
	Unit org.Unit
	class.Headcount
}

// A ClassDemand is who needs the class of a kind under a unit, as the register and the
// units' own proposals tell.
type ClassDemand struct {
	Unit   org.Unit
	Line   []org.Unit
	Kind   class.Kind
	Today  date.Date
	Lines  []ClassDemandLine // of the units directly below
	Total  class.Headcount
	People []class.Place // by how long they can wait; none where the actor sees no files
	Names  bool          // the actor sees people of the unit (SEC-08)
}

// ClassDemand reckons who needs the class of a kind under a unit. Names are given to whom
// may see the files: the propaganda board learns them from the lists that units send.
func (a *App) ClassDemand(ctx context.Context, who Actor, unit string, kind class.Kind) (d ClassDemand, err error) {
	err = a.read(ctx, who, access.SeeClass, func(r *reading) error {
		u, line, err := r.unit(ctx, unit)
		if err != nil {
			return err
		}
		d = ClassDemand{Unit: u, Kind: kind, Today: r.Today, Names: who.may(access.SeeFile, r.Today, line)}
		if d.Line, err = r.LineUnits(ctx, u.No); err != nil {
			return err
		}
		found, err := r.classDemand(ctx, u, d.Line, kind, nil)
		if err != nil {
			return err
		}
		d.Total = class.Count(persons(found.people))
		for _, child := range found.children {
			if people := found.of(string(child.Code)); len(people) > 0 {
				d.Lines = append(d.Lines, ClassDemandLine{Unit: child, Headcount: class.Count(persons(people))})
			}
		}
		if d.Names {
			d.People = found.people
		}
		return nil
	})
	return d, err
}

// A classDemanded is the demand under a unit while it is worked with.
type classDemanded struct {
	people   []class.Place
	children []org.Unit // open party units directly below
	rows     map[string]store.FileRow
	named    map[string][]store.NamedRow // by file
	nos      map[string]org.UnitNo
}

// of returns the people of a unit directly below.
func (d classDemanded) of(base string) []class.Place {
	var out []class.Place
	for _, p := range d.people {
		if p.Base == base {
			out = append(out, p)
		}
	}
	return out
}

func persons(places []class.Place) []class.Person {
	out := make([]class.Person, len(places))
	for i, p := range places {
		out[i] = p.Person
	}
	return out
}

// classDemand reads the demand under a unit in a number of statements that does not grow
// with the people. Who is proposed in one of the surveys, or of the unit's own accord,
// counts as asked for.
func (r *reading) classDemand(ctx context.Context, u org.Unit, line []org.Unit, kind class.Kind, surveys []string) (d classDemanded, err error) {
	named, err := r.NamedLearners(ctx, r.Scope, u.No, kind, append([]string{""}, surveys...))
	if err != nil {
		return d, err
	}
	d.named = map[string][]store.NamedRow{}
	var ids []string
	for _, n := range named {
		if d.named[n.File] == nil {
			ids = append(ids, n.File)
		}
		d.named[n.File] = append(d.named[n.File], n)
	}
	rows, err := r.ClassFiles(ctx, r.Scope, u.No, kind, ids)
	if err != nil {
		return d, err
	}
	candidates, err := r.classCandidates(ctx, rows, kind, d.named)
	if err != nil {
		return d, err
	}
	if d.children, err = r.classChildren(ctx, u.No); err != nil {
		return d, err
	}
	kinds, bases, err := r.classBases(ctx, u, line, d.children, rows)
	if err != nil {
		return d, err
	}
	d.rows, d.nos = map[string]store.FileRow{}, map[string]org.UnitNo{}
	for i := range candidates {
		candidates[i].Kind = kinds[rows[i].Unit]
		d.rows[rows[i].ID], d.nos[rows[i].ID] = rows[i], rows[i].Unit
	}
	for _, p := range class.Demand(kind, candidates, r.Today) {
		base := bases[d.nos[p.File]]
		d.people = append(d.people, class.Place{Person: p, Base: string(base.Code), BaseName: base.Name})
	}
	return d, nil
}

// classCandidates are what a class asks of the rows of the register, in their order.
func (r *reading) classCandidates(ctx context.Context, rows []store.FileRow, kind class.Kind, named map[string][]store.NamedRow) ([]class.Candidate, error) {
	places, err := r.FileLearners(ctx, registerIDs(rows))
	if err != nil {
		return nil, err
	}
	out := make([]class.Candidate, len(rows))
	for i, f := range rows {
		c := class.Candidate{File: f.ID, Name: f.Name, Birth: f.Birth, Sex: string(f.Sex), Unit: string(f.UnitCode), UnitName: f.UnitName,
			Stage: f.Stage, Since: f.Since, Certificate: f.CertificateUntil, Ceremony: f.AdmittedOn, Asked: len(named[f.ID]) > 0}
		for _, l := range places[f.ID] {
			c.Going = c.Going || l.Kind == kind && l.ClassState.Going() && l.State.On()
			c.Learned = c.Learned || l.Kind == class.NewMember && !l.Certified.IsZero()
		}
		out[i] = c
	}
	return out, nil
}

// classChildren are the units directly below that are open today.
func (r *reading) classChildren(ctx context.Context, no org.UnitNo) ([]org.Unit, error) {
	all, err := r.Children(ctx, no)
	var out []org.Unit
	for _, u := range all {
		if u.OpenOn(r.Today) && u.Type != org.Board && u.Side() == org.PartySide {
			out = append(out, u)
		}
	}
	return out, err
}

// classBases says of each unit of the rows under which unit directly below u it stands, u
// itself for its own people, and of which kind it is: its own, or the nearest above.
func (r *reading) classBases(ctx context.Context, u org.Unit, line, children []org.Unit, rows []store.FileRow) (map[org.UnitNo]org.Kind, map[org.UnitNo]org.Unit, error) {
	var above org.Kind
	for _, x := range line {
		if above == "" {
			above = x.Kind
		}
	}
	var roots []org.UnitNo
	byNo := map[org.UnitNo]org.Unit{u.No: u}
	for _, c := range children {
		roots, byNo[c.No] = append(roots, c.No), c
	}
	owners, err := r.Owners(ctx, roots)
	if err != nil {
		return nil, nil, err
	}
	seen := map[org.UnitNo]bool{}
	var nos []org.UnitNo
	for _, f := range rows {
		if !seen[f.Unit] {
			seen[f.Unit] = true
			nos = append(nos, f.Unit)
		}
	}
	units, err := r.UnitsByNo(ctx, nos)
	if err != nil {
		return nil, nil, err
	}
	kinds, bases := map[org.UnitNo]org.Kind{}, map[org.UnitNo]org.Unit{}
	for _, x := range units {
		base, ok := byNo[owners[x.No]]
		if !ok {
			base = u
		}
		bases[x.No], kinds[x.No] = base, x.Kind
		for _, k := range []org.Kind{base.Kind, above} {
			if kinds[x.No] == "" {
				kinds[x.No] = k
			}
		}
	}
	return kinds, bases, nil
}
