package app

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"ketnap/access"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/store"
	"ketnap/union"
)

// A NewIntroduced is one person of a resolution: no more than a file is opened with.
type NewIntroduced struct {
	Branch string // code
	Name   string
	Birth  date.Date
	Sex    string
}

// branchesAtMost is how many branches a form offers.
const branchesAtMost = 2000

// An IntroducePage is what the form of a resolution needs.
type IntroducePage struct {
	Unit     org.Unit
	Party    org.Unit // beside it
	Branches []org.Unit
	Today    date.Date
}

// Introducing returns what the form of a union's resolution needs: to which branches it
// may introduce.
func (a *App) Introducing(ctx context.Context, who Actor, unit string) (p IntroducePage, err error) {
	err = a.read(ctx, who, access.RecordUnion, func(r *reading) error {
		p.Today = r.Today
		if p.Unit, err = r.union(ctx, unit); err != nil {
			return err
		}
		if _, ok := union.Introduces(p.Unit.Kind); !ok {
			return errs.E(errs.NotFound, "unit.none")
		}
		p.Branches, err = unionBranches(ctx, r.Tx, p.Unit)
		if err != nil || p.Unit.Beside == 0 {
			return err
		}
		p.Party, err = r.UnitByNo(ctx, p.Unit.Beside)
		return err
	})
	return p, err
}

// unionBranches are the open branches of the party unit beside a union.
func unionBranches(ctx context.Context, tx *store.Tx, u org.Unit) ([]org.Unit, error) {
	if u.Beside == 0 {
		return nil, nil
	}
	units, err := tx.Units(ctx, []org.UnitNo{u.Beside}, "", branchesAtMost)
	return slices.DeleteFunc(units, func(b org.Unit) bool { return !b.Type.IsBranch() || !b.ClosedOn.IsZero() }), err
}

// Introduce records a resolution of a union, which sends its people to branches of the
// party unit beside it (UNI-05, DOC-51). Fields of people end in their place, from 0. It
// returns the id, and fails with Conflict where the union introduced one of them before.
func (a *App) Introduce(ctx context.Context, who Actor, unit string, r union.Resolution, people []NewIntroduced) (id string, err error) {
	id = newID()
	var u org.Unit
	err = a.write(ctx, who, unionOrder(ctx, unit, &u), func(w *writing) (record, error) {
		if _, ok := union.Introduces(u.Kind); !ok {
			return record{}, errs.E(errs.Invalid, "union.introduce.not_yours").On("unit")
		}
		if field, err := r.Fault(w.Today); err != nil {
			return record{}, unionFault(field, err)
		}
		if len(people) == 0 || len(people) > union.MostAtOnce {
			return record{}, errs.E(errs.Invalid, "union.introduce.nobody").On("name-0")
		}
		rows, err := w.introduced(ctx, u, people)
		if err != nil {
			return record{}, err
		}
		row := store.UnionResolution{Resolution: r, ID: id, Unit: u.No, EnteredAt: w.At, EnteredBy: w.who.Name}
		row.Number = strings.TrimSpace(r.Number)
		return record{object: "union_resolution/" + id, after: map[string]any{"number": row.Number, "on": r.On, "people": len(rows)}, rules: "UNI-05 DOC-51"},
			w.AddUnionResolution(ctx, w.Permit, row, rows)
	})
	return id, err
}

// introduced checks the people of a resolution.
func (w *writing) introduced(ctx context.Context, u org.Unit, people []NewIntroduced) ([]store.UnionPerson, error) {
	branches, err := unionBranches(ctx, w.Tx, u)
	if err != nil {
		return nil, err
	}
	before, err := w.UnionPeople(ctx, store.UnionPersonFilter{Unit: u.No, States: []union.State{union.Sent, union.Taken}, Limit: maxIntroduced}, access.ScopeOfPermit(w.Permit))
	if err != nil {
		return nil, err
	}
	var rows []store.UnionPerson
	for i, n := range people {
		field := func(name string) string { return name + "-" + strconv.Itoa(i) }
		at := slices.IndexFunc(branches, func(b org.Unit) bool { return string(b.Code) == strings.TrimSpace(n.Branch) })
		if at < 0 {
			return nil, errs.E(errs.Invalid, "union.introduce.branch").On(field("branch"))
		}
		f, _, err := newFile(NewFile{Unit: n.Branch, Name: n.Name, Birth: n.Birth, Sex: n.Sex}, branches[at], w.Today)
		if err != nil {
			e := errs.As(err)
			if e.Kind == errs.Invalid {
				e.Field = field(e.Field)
			}
			return nil, e
		}
		row := store.UnionPerson{ID: newID(), Branch: branches[at].No, Name: f.Name, Birth: f.Birth, Sex: f.Sex}
		same := func(p store.UnionPerson) bool { return p.Name == row.Name && p.Birth == row.Birth && p.Sex == row.Sex }
		if slices.ContainsFunc(rows, same) {
			return nil, errs.E(errs.Invalid, "union.introduce.twice").On(field("name"))
		}
		if k := slices.IndexFunc(before, same); k >= 0 {
			return nil, errs.E(errs.Conflict, "union.introduce.again", "name", row.Name, "number", before[k].Number, "day", before[k].On.VN()).On(field("name"))
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// maxIntroduced is how many introductions a list reads.
const maxIntroduced = 2000

// A UnionPersonRow is an introduction as its introducer may see it. Whose file it became
// is told only to who sees that file.
type UnionPersonRow struct {
	ID       string
	Name     string
	Birth    date.Date
	Number   string
	On       date.Date
	Union    org.Code
	UnionOf  string
	Branch   string
	Fate     union.Fate
	Since    date.Date // the day the branch settled it; zero while it waits
	Reason   string    // of a refusal
	Waits    int       // days, while it waits
	File     string    // "" for who may not see it
	Admitted date.Date
}

// A UnionPersonQuery narrows the list of introductions. Zero fields do not.
type UnionPersonQuery struct {
	Unit string // code of the union
	Year int
	Fate union.Fate
}

// An IntroductionList is the introductions that the actor may see, with what came of them.
type IntroductionList struct {
	Today    date.Date
	Rows     []UnionPersonRow
	Fates    map[union.Fate]int // of all rows, whatever fate was asked for
	Tally    union.Tally
	Unions   []org.Unit // to choose from
	May      []org.Unit // unions for which the actor introduces
	Nameless bool       // the actor sees unions, but nobody's name
}

// Introductions lists introductions with their fate, in steps only (SEC-08).
func (a *App) Introductions(ctx context.Context, who Actor, q UnionPersonQuery) (l IntroductionList, err error) {
	err = a.read(ctx, who, access.SeeUnion, func(r *reading) error {
		l.Today, l.Fates = r.Today, map[union.Fate]int{}
		if l.Unions, err = r.Unions(ctx, r.Scope); err != nil {
			return err
		}
		own, err := r.scopeFor(ctx, access.RecordUnion)
		if err != nil {
			return err
		}
		for _, u := range l.Unions { // who works above a union does not resolve in its name
			if _, ok := union.Introduces(u.Kind); ok && slices.Contains(own.Roots(), u.No) {
				l.May = append(l.May, u)
			}
		}
		return r.introductions(ctx, q, &l)
	})
	return l, err
}

// introductions reads the rows of the list, of the unions whose people the actor may see.
func (r *reading) introductions(ctx context.Context, q UnionPersonQuery, l *IntroductionList) error {
	scopes, err := r.unionPeople(ctx)
	if err != nil {
		return err
	}
	if l.Nameless = scopes[0].Empty() && scopes[1].Empty(); l.Nameless {
		return nil
	}
	f := store.UnionPersonFilter{Limit: maxIntroduced}
	if q.Year != 0 {
		f.From, f.To = yearOfDays(q.Year)
	}
	if q.Unit != "" {
		u, err := r.union(ctx, q.Unit)
		if err != nil {
			return err
		}
		f.Unit = u.No
	}
	people, err := r.UnionPeople(ctx, f, scopes...)
	if err != nil {
		return err
	}
	seen, err := r.Owners(ctx, scopes[1].Roots())
	if err != nil {
		return err
	}
	for _, p := range people {
		row := unionPersonRow(p, seen, r.Today)
		l.Fates[row.Fate]++
		l.Tally.Introduced++
		l.Tally.Admitted += b2i(row.Fate.Became())
		if q.Fate == "" || q.Fate == row.Fate {
			l.Rows = append(l.Rows, row)
		}
	}
	return nil
}

// unionPersonRow leaves out of an introduction what its introducer is not told. seen are
// the units whose files the actor sees.
func unionPersonRow(p store.UnionPerson, seen map[org.UnitNo]org.UnitNo, today date.Date) UnionPersonRow {
	row := UnionPersonRow{ID: p.ID, Name: p.Name, Birth: p.Birth, Number: p.Number, On: p.On, Union: p.UnitCode, UnionOf: p.UnitName, Branch: p.BranchName,
		Fate: p.Fate(), Since: p.DecidedOn, Reason: p.Reason}
	if p.State == union.Sent {
		row.Waits = today.Sub(p.On)
	}
	if _, ok := seen[p.Branch]; ok {
		row.File = p.File
	}
	if row.Fate.Became() {
		row.Admitted = p.Admitted
	}
	return row
}
