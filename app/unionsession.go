package app

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/store"
	"ketnap/union"
)

// A UnionSession is a working session of a committee with unions.
type UnionSession = store.UnionSession

// A SessionDue is a committee with the day by which its next working session is due.
type SessionDue struct {
	Unit   org.Unit
	Last   date.Date // zero where none was held
	Next   date.Date // zero where none was held
	Late   int       // days
	Months int       // of its rule
	Own    bool      // the committee set the rule itself
}

// A SessionList is the working sessions that the actor sees.
type SessionList struct {
	Today date.Date
	Year  int
	Rows  []UnionSession
	Dues  []SessionDue // of the committees for which the actor holds sessions, the most pressing first
	May   []org.Unit   // committees for which the actor may record one
}

// maxSessions is how many sessions a list reads.
const maxSessions = 1000

// UnionSessions lists the working sessions of a year, and which are due.
func (a *App) UnionSessions(ctx context.Context, who Actor, year int) (l SessionList, err error) {
	err = a.read(ctx, who, access.SeeUnion, func(r *reading) error {
		l.Today, l.Year = r.Today, year
		from, to := yearOfDays(year)
		if l.Rows, err = r.Tx.UnionSessions(ctx, r.Scope, from, to, maxSessions); err != nil {
			return err
		}
		if l.May, err = r.sessionUnits(ctx); err != nil {
			return err
		}
		l.Dues, err = r.sessionDues(ctx, l.May)
		return err
	})
	return l, err
}

// sessionUnits are the committees within the actor's right to hold sessions beside which
// a union stands.
func (r *reading) sessionUnits(ctx context.Context) ([]org.Unit, error) {
	s, err := r.scopeFor(ctx, access.HoldSession)
	if err != nil || s.Empty() {
		return nil, err
	}
	unions, err := r.Unions(ctx, s)
	if err != nil {
		return nil, err
	}
	under, err := r.Owners(ctx, s.Roots())
	if err != nil {
		return nil, err
	}
	var nos []org.UnitNo
	for _, u := range unions {
		if _, ok := under[u.Beside]; ok && !slices.Contains(nos, u.Beside) {
			nos = append(nos, u.Beside)
		}
	}
	return r.UnitsByNo(ctx, nos)
}

// sessionDues reckons the next session of committees by the rule of each (UNI-11). It
// advises: no rule of the Party sets the time.
func (r *reading) sessionDues(ctx context.Context, units []org.Unit) ([]SessionDue, error) {
	nos := numbers(units)
	last, err := r.LastSessions(ctx, nos)
	if err != nil {
		return nil, err
	}
	rules, err := r.UnionSessionRules(ctx, nos, r.Today)
	if err != nil {
		return nil, err
	}
	var out []SessionDue
	for _, u := range units {
		d := SessionDue{Unit: u, Last: last[u.No], Months: union.Usual}
		if m, ok := rules[u.No]; ok {
			d.Months, d.Own = m, true
		}
		if d.Next = union.Next(d.Last, d.Months); !d.Next.IsZero() {
			d.Late = max(r.Today.Sub(d.Next), 0)
		}
		out = append(out, d)
	}
	slices.SortStableFunc(out, func(x, y SessionDue) int {
		if x.Last.IsZero() != y.Last.IsZero() {
			return b2i(y.Last.IsZero()) - b2i(x.Last.IsZero())
		}
		return y.Late - x.Late
	})
	return out, nil
}

// A SessionForm is what the form of a session needs.
type SessionForm struct {
	Unit   org.Unit
	Units  []org.Unit // for which the actor may record one
	Unions []org.Unit // beside the unit
	Chair  string     // head of the unit
	Today  date.Date
}

// NewUnionSession returns what the form of a session of a committee needs; "" asks for the
// first of the actor's committees.
func (a *App) NewUnionSession(ctx context.Context, who Actor, unit string) (f SessionForm, err error) {
	err = a.read(ctx, who, access.HoldSession, func(r *reading) error {
		f.Today = r.Today
		if f.Units, err = r.sessionUnits(ctx); err != nil {
			return err
		}
		at := slices.IndexFunc(f.Units, func(u org.Unit) bool { return string(u.Code) == unit })
		if at < 0 && len(f.Units) > 0 {
			at = 0
		}
		if at < 0 {
			return nil
		}
		f.Unit = f.Units[at]
		if f.Unions, err = r.UnionsBeside(ctx, f.Unit.No); err != nil {
			return err
		}
		head, _, err := r.HeadOn(ctx, f.Unit.No, r.Today)
		f.Chair = head.Name
		return err
	})
	return f, err
}

// RecordUnionSession records a working session of a committee with unions beside it, with
// the figures as they were on its day (UNI-12). It returns the id.
func (a *App) RecordUnionSession(ctx context.Context, who Actor, unit string, s union.Session, with []string) (id string, err error) {
	id = newID()
	err = a.write(ctx, who, atCode(ctx, access.HoldSession, access.SeeUnion, unit), func(w *writing) (record, error) {
		if field, err := s.Fault(w.Today); err != nil {
			return record{}, unionFault(field, err)
		}
		row := store.UnionSession{Session: s, ID: id, Unit: w.Permit.Unit(), EnteredAt: w.At, EnteredBy: w.who.Name}
		beside, err := w.UnionsBeside(ctx, row.Unit)
		if err != nil {
			return record{}, err
		}
		for _, u := range beside {
			if slices.Contains(with, string(u.Code)) {
				row.Unions = append(row.Unions, u.No)
			}
		}
		if len(row.Unions) == 0 {
			return record{}, errs.E(errs.Invalid, "union.session.nobody").On("with")
		}
		if err := a.sessionFigures(ctx, w.Tx, &row); err != nil {
			return record{}, err
		}
		return record{object: "union_session/" + id, after: map[string]any{"on": s.On, "unions": len(row.Unions), "conclusions": len(s.Conclusions)}, rules: "UNI-11 UNI-12"},
			w.AddUnionSession(ctx, w.Permit, row)
	})
	return id, err
}

// sessionFigures counts what stood on the day of a session: the young people of the
// committee's units, and in that year so far who was introduced and admitted.
func (a *App) sessionFigures(ctx context.Context, tx *store.Tx, s *store.UnionSession) error {
	under, err := tx.Subtree(ctx, s.Unit)
	if err != nil {
		return err
	}
	youth, err := tx.UnionYouth(ctx, under, s.On.Year())
	if err != nil {
		return err
	}
	for _, n := range youth {
		if v, ok := n.Youth(); ok {
			if s.Youth == nil {
				s.Youth = new(int)
			}
			*s.Youth += v
		}
	}
	from, _ := yearOfDays(s.On.Year())
	for _, by := range []admission.Introducer{admission.YouthUnion, admission.TradeUnion} {
		book, err := a.unionBook(ctx, tx, []org.UnitNo{s.Unit}, by, from, s.On)
		if err != nil {
			return err
		}
		s.Introduced, s.Admitted = s.Introduced+book[s.Unit][union.Introduced], s.Admitted+book[s.Unit][union.Admitted]
	}
	return nil
}

// A SessionPage is a working session.
type SessionPage struct {
	UnionSession
	Today date.Date
	Line  []org.Unit // of the committee
	May   bool       // the actor follows its conclusions up
}

// Late is by how many days the n-th conclusion is overdue; 0 where it is not.
func (p SessionPage) Late(n int) int {
	due := p.Conclusions[n].Due
	if due.IsZero() || !p.States[n].DoneOn.IsZero() {
		return 0
	}
	return max(p.Today.Sub(due), 0)
}

// UnionSession returns a working session.
func (a *App) UnionSession(ctx context.Context, who Actor, id string) (p SessionPage, err error) {
	err = a.read(ctx, who, access.SeeUnion, func(r *reading) error {
		p.Today = r.Today
		if p.UnionSession, err = r.Tx.UnionSession(ctx, r.Scope, id); err != nil {
			return err
		}
		if p.Line, err = r.LineUnits(ctx, p.Unit); err != nil {
			return err
		}
		p.May, err = r.holds(ctx, access.HoldSession, numbers(p.Line))
		return err
	})
	return p, err
}

// FinishUnionConclusion records that a conclusion of a session was carried out, and how. It
// fails with Stale where that was recorded before.
func (a *App) FinishUnionConclusion(ctx context.Context, who Actor, id string, n int, note string) error {
	find := func(tx *store.Tx) (order, error) {
		unit, err := tx.UnionSessionUnit(ctx, id)
		return order{right: access.HoldSession, see: access.SeeUnion, unit: unit, none: "union.session.none"}, err
	}
	return a.write(ctx, who, find, func(w *writing) (record, error) {
		note = strings.TrimSpace(note)
		if note == "" || utf8.RuneCountInString(note) > union.MostReason {
			return record{}, errs.E(errs.Invalid, "union.session.how").On("note")
		}
		st := store.ConclusionState{DoneOn: w.Today, DoneBy: w.who.Name, Note: note}
		return record{object: "union_session/" + id, before: "open", after: map[string]any{"conclusion": n + 1, "note": note}, rules: "UNI-12"},
			w.Tx.FinishUnionConclusion(ctx, w.Permit, id, n, st)
	})
}

// SessionMonths are the rules that a committee may set: monthly, quarterly, half-yearly, yearly.
func SessionMonths() []int { return []int{1, 3, 6, 12} }

// SetSessionRule records how often a committee works with its unions by its own working
// rules, from today on (UNI-11).
func (a *App) SetSessionRule(ctx context.Context, who Actor, unit string, months int, source string) error {
	return a.write(ctx, who, atCode(ctx, access.HoldSession, access.SeeUnion, unit), func(w *writing) (record, error) {
		source = strings.TrimSpace(source)
		switch {
		case !slices.Contains(SessionMonths(), months):
			return record{}, errs.E(errs.Invalid, "union.session.months").On("months")
		case source == "" || utf8.RuneCountInString(source) > union.MostName:
			return record{}, errs.E(errs.Invalid, "union.session.source").On("source")
		}
		return record{object: "union_session_rule/" + unit, after: map[string]any{"months": months, "source": source, "from": w.Today}, rules: "UNI-11"},
			w.SetUnionSessionRule(ctx, w.Permit, w.Today, months, source)
	})
}

// sessionTodos are the sessions that the actor's own committees owe, and the conclusions
// that are overdue with them or with the actor's own unions.
func (a *App) sessionTodos(ctx context.Context, r *reading, home []org.Unit) ([]UnionTodo, error) {
	may, err := r.sessionUnits(ctx)
	if err != nil {
		return nil, err
	}
	own := slices.DeleteFunc(may, func(u org.Unit) bool {
		return !slices.ContainsFunc(home, func(h org.Unit) bool { return h.No == u.No })
	})
	dues, err := r.sessionDues(ctx, own)
	if err != nil {
		return nil, err
	}
	var out []UnionTodo
	for _, d := range dues {
		if d.Last.IsZero() || r.Today.AddDays(daysAhead).After(d.Next) {
			out = append(out, UnionTodo{Kind: TodoSession, Unit: d.Unit.Name, N: d.Months, Due: d.Next, Late: d.Late, Cite: union.Clause, Href: "/unions/sessions"})
		}
	}
	nos := append(numbers(own), numbers(r.ownUnions(home))...)
	late, oldest, err := r.OverdueUnionConclusions(ctx, nos, r.Today)
	if err == nil && late > 0 {
		out = append(out, UnionTodo{Kind: TodoConclusion, N: late, Due: oldest, Late: r.Today.Sub(oldest), Href: "/unions/sessions"})
	}
	return out, err
}

// inboxTodos are the introductions that wait with the actor's branches: all of a branch
// itself, and of offices above those that wait too long.
func (a *App) inboxTodos(ctx context.Context, r *reading, home []org.Unit) ([]UnionTodo, error) {
	s, err := r.scopeFor(ctx, access.OpenFile)
	if err != nil || s.Empty() {
		return nil, err
	}
	all, late, err := r.CountUnionInbox(ctx, s, r.Today.AddDays(-union.InboxDays-1))
	switch {
	case err != nil:
		return nil, err
	case r.sitsAtBranch(home) && all > 0:
		return []UnionTodo{{Kind: TodoInbox, N: all, Cite: "HD 12-HD/BTCTW, I.1", Href: "/unions/inbox"}}, nil
	case late > 0:
		return []UnionTodo{{Kind: TodoInboxLate, N: late, Of: all, Cite: "HD 12-HD/BTCTW, I.1", Href: "/unions/inbox"}}, nil
	}
	return nil, nil
}
