package app

import (
	"context"
	"net/url"
	"slices"

	"ketnap/access"
	"ketnap/date"
	"ketnap/org"
	"ketnap/store"
	"ketnap/union"
)

// A UnionTodoKind is one sort of thing to do about unions.
type UnionTodoKind string

// Sorts of things to do.
const (
	TodoCount      UnionTodoKind = "count"      // the own union is to answer
	TodoReturned   UnionTodoKind = "returned"   // its answer came back
	TodoCollect    UnionTodoKind = "collect"    // answers are missing
	TodoIssue      UnionTodoKind = "issue"      // there is no campaign this year
	TodoInbox      UnionTodoKind = "inbox"      // introductions wait with the branch
	TodoInboxLate  UnionTodoKind = "inbox_late" // and for too long, with branches below
	TodoSession    UnionTodoKind = "session"    // the next working session is due
	TodoConclusion UnionTodoKind = "conclusion" // conclusions are overdue
)

// A UnionTodo is one thing to do about unions, with the page on which it is done.
type UnionTodo struct {
	Kind  UnionTodoKind
	Unit  string // its name
	Year  int
	N, Of int
	Due   date.Date
	Late  int // days
	Why   string
	Cite  string
	Href  string
}

// unionTodos gathers what the units for which the actor works are to do about unions.
func (a *App) unionTodos(ctx context.Context, r *reading, home []org.Unit) (out []UnionTodo, err error) {
	if !r.who.system && !r.who.Has(access.SeeUnion, r.Today) {
		return nil, nil
	}
	for _, part := range []func(context.Context, *reading, []org.Unit) ([]UnionTodo, error){a.campaignTodos, a.countTodos, a.inboxTodos, a.sessionTodos} {
		todos, err := part(ctx, r, home)
		if err != nil {
			return nil, err
		}
		out = append(out, todos...)
	}
	slices.SortStableFunc(out, func(x, y UnionTodo) int { return b2i(y.Late > 0) - b2i(x.Late > 0) })
	return out, nil
}

// ownUnions are the unions for which the actor records.
func (r *reading) ownUnions(home []org.Unit) []org.Unit {
	var out []org.Unit
	for _, u := range home {
		if u.Type == org.Union && r.who.may(access.RecordUnion, r.Today, []org.UnitNo{u.No}) {
			out = append(out, u)
		}
	}
	return out
}

// countTodos are the answers that the actor's own unions owe.
func (a *App) countTodos(ctx context.Context, r *reading, home []org.Unit) ([]UnionTodo, error) {
	own := r.ownUnions(home)
	counts, err := r.UnionCountsOf(ctx, numbers(own))
	if err != nil {
		return nil, err
	}
	open, err := r.openCampaigns(ctx, counts)
	var out []UnionTodo
	for _, n := range counts {
		if !n.State.Open() || !open[n.Campaign] {
			continue
		}
		t := UnionTodo{Kind: TodoCount, Unit: n.UnitName, Year: n.Year, Due: n.Due, Late: union.DaysLate(n.Due, date.Date{}, r.Today), Cite: union.Clause,
			Href: "/unions/campaigns/" + url.PathEscape(n.Campaign) + "/" + url.PathEscape(string(n.UnitCode))}
		if n.State == union.Returned {
			t.Kind, t.Why = TodoReturned, n.ReturnedWhy
		}
		out = append(out, t)
	}
	return out, err
}

// openCampaigns says which of the campaigns of answers still take them.
func (r *reading) openCampaigns(ctx context.Context, counts []store.UnionCount) (map[string]bool, error) {
	open := map[string]bool{}
	if len(counts) == 0 {
		return open, nil
	}
	s, err := r.scopeFor(ctx, access.SeeUnion)
	if err != nil {
		return nil, err
	}
	all, err := r.UnionCampaigns(ctx, s)
	for _, c := range all {
		open[c.ID] = c.ClosedOn.IsZero()
	}
	return open, err
}

// campaignTodos are what the actor's own unions owe as those who count: a campaign each
// year, and its answers.
func (a *App) campaignTodos(ctx context.Context, r *reading, home []org.Unit) ([]UnionTodo, error) {
	own := r.ownUnions(home)
	if len(own) == 0 {
		return nil, nil
	}
	s, err := r.scopeFor(ctx, access.RecordUnion)
	if err != nil {
		return nil, err
	}
	all, err := r.UnionCampaigns(ctx, s)
	if err != nil {
		return nil, err
	}
	var out []UnionTodo
	for _, u := range own {
		below, err := r.Children(ctx, u.No)
		if err != nil {
			return nil, err
		}
		if len(unionsAsked(below)) == 0 || !union.Counts(u.Kind) {
			continue
		}
		i := slices.IndexFunc(all, func(c store.UnionCampaign) bool { return c.Unit == u.No && c.Year >= r.Today.Year() })
		if i < 0 {
			out = append(out, UnionTodo{Kind: TodoIssue, Unit: u.Name, Year: r.Today.Year(), Cite: union.Clause, Href: "/unions/campaigns/new"})
			continue
		}
		if c := all[i]; c.ClosedOn.IsZero() {
			counts, err := r.UnionCounts(ctx, s, c.ID)
			if err != nil {
				return nil, err
			}
			t := UnionTodo{Kind: TodoCollect, Unit: u.Name, Year: c.Year, Due: c.Due, Of: len(counts), Late: union.DaysLate(c.Due, date.Date{}, r.Today), Cite: union.Clause,
				Href: "/unions/campaigns/" + url.PathEscape(c.ID)}
			for _, n := range counts {
				t.N += b2i(n.State != union.Submitted)
			}
			out = append(out, t)
		}
	}
	return out, nil
}

// A UnionHome is the first page about unions.
type UnionHome struct {
	Today date.Date
	Todos []UnionTodo
	Lines []CriterionLine
}

// UnionHome returns what the actor is to do about unions, and the unions that the actor sees.
func (a *App) UnionHome(ctx context.Context, who Actor) (h UnionHome, err error) {
	err = a.read(ctx, who, access.SeeUnion, func(r *reading) error {
		h.Today = r.Today
		home, err := r.home(ctx)
		if err != nil {
			return err
		}
		if h.Todos, err = a.unionTodos(ctx, r, home); err != nil {
			return err
		}
		units, err := r.Unions(ctx, r.Scope)
		if err != nil {
			return err
		}
		h.Lines, err = a.criterionLines(ctx, r, units, r.Today.Year())
		return err
	})
	return h, err
}

// LogUnionExport records that a list of introduced people left the program as a file
// (SEC-03): without the record there is no file.
func (a *App) LogUnionExport(ctx context.Context, who Actor, what string, people int) error {
	return a.write(ctx, who, at(access.SeeUnion, access.SeeUnion, 0), func(*writing) (record, error) {
		return record{object: "export/" + what, after: map[string]int{"people": people}, rules: "SEC-03 LAW-16"}, nil
	})
}
