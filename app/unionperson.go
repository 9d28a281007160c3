package app

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/rule"
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

// An InboxRow is an introduction that waits with a branch.
type InboxRow struct {
	store.UnionPerson
	Waits int  // days since the resolution
	Late  bool // for longer than a branch takes from one meeting to the next
}

// A UnionInbox is what waits with the branches for which the actor opens files.
type UnionInbox struct {
	Today date.Date
	Rows  []InboxRow
	More  bool
}

// maxInbox is how many introductions the inbox shows.
const maxInbox = 200

// UnionInbox lists the introductions that wait with the actor's branches, the oldest first.
func (a *App) UnionInbox(ctx context.Context, who Actor) (b UnionInbox, err error) {
	err = a.read(ctx, who, access.OpenFile, func(r *reading) error {
		b.Today = r.Today
		people, err := r.Tx.UnionInbox(ctx, r.Scope, store.UnionPersonFilter{States: []union.State{union.Sent}, Limit: maxInbox + 1})
		b.More = len(people) > maxInbox
		for _, p := range people[:min(len(people), maxInbox)] {
			waits := r.Today.Sub(p.On)
			b.Rows = append(b.Rows, InboxRow{UnionPerson: p, Waits: waits, Late: waits > union.InboxDays})
		}
		return err
	})
	return b, err
}

// Introduced returns one introduction to a branch of the actor.
func (a *App) Introduced(ctx context.Context, who Actor, id string) (row InboxRow, err error) {
	err = a.read(ctx, who, access.OpenFile, func(r *reading) error {
		row.UnionPerson, err = r.UnionPerson(ctx, r.Scope, id)
		row.Waits = r.Today.Sub(row.On)
		row.Late = row.State == union.Sent && row.Waits > union.InboxDays
		return err
	})
	return row, err
}

// TakeNew answers the question about a file of the same name: open a new one.
const TakeNew = "new"

// A Taken is what became of taking somebody up: a file, or what stands in the way.
type Taken struct {
	File     string
	Twins    []Twin         // that may be of the same person, to be asked about
	Findings []rule.Finding // that blocked, or that warn
}

// TakeIntroduced takes an introduced person up, at the right of the branch: it opens a
// file, or joins the one that answer names, and records the introduction with the number
// and day of the resolution (ADM-10). Without an answer it asks where there may be a file
// of the same person. Pressed twice it does nothing twice: it fails with Conflict, and the
// file of the first press is in the answer.
func (a *App) TakeIntroduced(ctx context.Context, who Actor, id, answer string) (t Taken, err error) {
	p, err := a.Introduced(ctx, who, id)
	if err != nil {
		return t, err
	}
	if p.State == union.Taken {
		return Taken{File: p.File}, errs.E(errs.Conflict, "union.person.settled")
	}
	if answer == "" && p.State == union.Sent {
		t.Twins, err = a.NewFileTwins(ctx, who, NewFile{Unit: string(p.BranchCode), Name: p.Name, Birth: p.Birth, Sex: p.Sex})
		if err != nil || len(t.Twins) > 0 {
			return t, err
		}
	}
	find := func(tx *store.Tx) (order, error) {
		branch, err := tx.UnionPersonBranch(ctx, id)
		return order{right: access.OpenFile, see: access.SeeFile, unit: branch, none: "union.person.none"}, err
	}
	err = a.write(ctx, who, find, func(w *writing) (record, error) {
		t.File, t.Findings, err = a.takeUp(ctx, w, id, answer)
		return record{object: "union_person/" + id, before: union.Sent, after: map[string]any{"state": union.Taken, "file": t.File}, rules: "ADM-10 UNI-05"}, err
	})
	if err != nil && rule.Blocked(t.Findings) {
		return Taken{Findings: t.Findings}, nil
	}
	return t, err
}

// takeUp is the work of TakeIntroduced inside its transaction.
func (a *App) takeUp(ctx context.Context, w *writing, id, answer string) (string, []rule.Finding, error) {
	p, err := w.UnionPerson(ctx, access.ScopeOfPermit(w.Permit), id)
	if err != nil {
		return "", nil, err
	}
	if p.State != union.Sent {
		return p.File, nil, errs.E(errs.Conflict, "union.person.settled")
	}
	f, err := a.fileOfIntroduced(ctx, w, p, answer)
	if err != nil {
		return "", nil, err
	}
	p.State, p.File, p.DecidedOn, p.DecidedBy = union.Taken, f.ID, w.Today, w.who.Name
	if err := w.SettleUnionPerson(ctx, w.Permit, p); err != nil {
		return "", nil, err
	}
	if f.Stage != admission.New { // introduced before, by somebody else: the file holds the resolution beside
		return f.ID, nil, nil
	}
	desk := *w
	if desk.Permit, err = permit(w.who, w.Today, order{right: access.RecordBranch, see: access.SeeFile, unit: p.Branch}, w.Line); err != nil {
		return "", nil, err
	}
	by, _ := union.Introduces(p.UnitKind)
	_, r, findings, err := a.advance(ctx, &desk, f.ID, admission.Act{ID: newID(), Code: admission.Introduce, On: p.On, By: by, Number: p.Number}, f.Version)
	if err != nil {
		return "", findings, err
	}
	return f.ID, findings, desk.audit(ctx, string(access.RecordBranch), p.Branch, r)
}

// fileOfIntroduced opens a file for an introduced person, or reads the one to be joined.
func (a *App) fileOfIntroduced(ctx context.Context, w *writing, p store.UnionPerson, answer string) (admission.File, error) {
	if answer != "" && answer != TakeNew {
		f, row, err := w.File(ctx, access.ScopeOfPermit(w.Permit), answer)
		if errs.KindOf(err) == errs.NotFound || err == nil && row.Unit != p.Branch {
			return f, errs.E(errs.Invalid, "union.person.elsewhere")
		}
		if err == nil && (f.Birth != p.Birth || f.Sex != p.Sex) {
			return f, errs.E(errs.Invalid, "union.person.other")
		}
		return f, err
	}
	f, r, err := a.open(ctx, w, NewFile{Unit: string(p.BranchCode), Name: p.Name, Birth: p.Birth, Sex: p.Sex})
	if err != nil {
		return f, err
	}
	return f, w.audit(ctx, string(access.OpenFile), p.Branch, r)
}

// DeclineIntroduced answers that the branch does not take a person up, and why. The union
// that introduced reads the reason.
func (a *App) DeclineIntroduced(ctx context.Context, who Actor, id, reason string) error {
	find := func(tx *store.Tx) (order, error) {
		branch, err := tx.UnionPersonBranch(ctx, id)
		return order{right: access.OpenFile, see: access.SeeFile, unit: branch, none: "union.person.none"}, err
	}
	return a.write(ctx, who, find, func(w *writing) (record, error) {
		reason = strings.TrimSpace(reason)
		if reason == "" || utf8.RuneCountInString(reason) > union.MostReason {
			return record{}, errs.E(errs.Invalid, "union.person.why").On("reason")
		}
		p, err := w.UnionPerson(ctx, access.ScopeOfPermit(w.Permit), id)
		if err != nil {
			return record{}, err
		}
		p.State, p.File, p.DecidedOn, p.DecidedBy, p.Reason = union.Declined, "", w.Today, w.who.Name, reason
		return record{object: "union_person/" + id, before: union.Sent, after: map[string]any{"state": p.State, "reason": reason}, rules: "ADM-10"}, w.SettleUnionPerson(ctx, w.Permit, p)
	})
}
