package app

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/person"
	"ketnap/store"
)

// boardFirst is how many people a column of the board shows.
const boardFirst = 6

// A BoardColumn is a group of stages with the first people of it by the day they are due.
type BoardColumn struct {
	Key    string // names the group: source, class, …
	Stages []admission.Stage
	Count  int // of all
	Files  []store.FileRow
}

// A Board is the files that the actor sees, by where they stand on the road. Aside is how
// many stand beside it, and may come back.
type Board struct {
	Unit    org.Unit // the zero value where no unit was asked for
	Columns []BoardColumn
	Aside   map[admission.Stage]int
	Choices UnitChoices
}

// boardColumns are the groups of stages, in the order of the road.
func boardColumns() []BoardColumn {
	return []BoardColumn{
		{Key: "source", Stages: []admission.Stage{admission.New, admission.Outstanding}},
		{Key: "class", Stages: []admission.Stage{admission.Listed}},
		{Key: "dossier", Stages: []admission.Stage{admission.Certified, admission.Applying}},
		{Key: "verify", Stages: []admission.Stage{admission.Verifying, admission.Verified, admission.Held}},
		{Key: "ready", Stages: []admission.Stage{admission.Ready}},
		{Key: "upper", Stages: []admission.Stage{admission.BranchResolved, admission.Appraised, admission.BaseResolved}},
		{Key: "ceremony", Stages: []admission.Stage{admission.Decided}},
		{Key: "probation", Stages: []admission.Stage{admission.Probationary, admission.RemovalProposed}},
		{Key: "recognition", Stages: []admission.Stage{admission.ReviewReady, admission.RecognitionProposed, admission.RecognitionAppraised}},
	}
}

// Board returns the board of a unit's subtree, or of all that the actor sees where unit is
// "". A unit out of sight is NotFound.
func (a *App) Board(ctx context.Context, who Actor, unit string) (b Board, err error) {
	err = a.read(ctx, who, access.SeeFile, func(r *reading) error {
		filter, u, err := r.filter(ctx, FileQuery{Unit: unit})
		if err != nil {
			return err
		}
		b = Board{Unit: u, Columns: boardColumns(), Aside: map[admission.Stage]int{}}
		if err := r.listChoices(ctx, &b.Choices, u); err != nil {
			return err
		}
		var all []admission.Stage
		for _, c := range b.Columns {
			all = append(all, c.Stages...)
		}
		first, err := r.Tx.Board(ctx, r.Scope, filter.Within, all, boardFirst)
		if err != nil {
			return err
		}
		for i := range b.Columns {
			b.Columns[i].fill(first, b.Choices.Stages)
		}
		if n := b.Choices.Stages[string(admission.Suspended)]; n > 0 {
			b.Aside[admission.Suspended] = n
		}
		return nil
	})
	return b, err
}

func (c *BoardColumn) fill(first map[admission.Stage][]store.FileRow, counts map[string]int) {
	for _, s := range c.Stages {
		c.Count += counts[string(s)]
		c.Files = append(c.Files, first[s]...)
	}
	slices.SortStableFunc(c.Files, func(x, y store.FileRow) int {
		if x.NextDue.IsZero() != y.NextDue.IsZero() {
			return y.NextDue.Compare(x.NextDue) // none is the last
		}
		return x.NextDue.Compare(y.NextDue)
	})
	c.Files = c.Files[:min(len(c.Files), boardFirst)]
}

// listChoices fills in the units that a list offers, and how many files stand at each
// stage in the one that is shown.
func (r *reading) listChoices(ctx context.Context, c *UnitChoices, unit org.Unit) error {
	if err := r.choices(ctx, c, unit); err != nil {
		return err
	}
	roots := []org.UnitNo{unit.No}
	if unit.No == 0 {
		var err error
		if roots, err = r.Narrow(ctx, r.Scope, 0); err != nil {
			return err
		}
	}
	table, err := r.Tx.StageTable(ctx, store.Realm, roots)
	c.Stages = map[string]int{}
	for _, stages := range table {
		for stage, n := range stages {
			c.Stages[stage] += n
		}
	}
	return err
}

// A ListOrder is by what a list of files is sorted.
type ListOrder = store.ListOrder

// Orders of lists.
const (
	ByName  = store.ByName
	ByDueOn = store.ByDueOn
	BySince = store.BySince
)

// certificateDays is how many days ahead a certificate that ends is looked for.
const certificateDays = 90

// A ListQuery is a FileQuery with what the big list asks beside. Empty fields do not filter.
type ListQuery struct {
	FileQuery
	Desk        admission.Desk
	Due         DueWindow
	NoHelper    bool // those who ought to have one
	Certificate bool // ended, or ends within 90 days, before the branch has voted
	Sex         string
	Order       ListOrder
}

// A Listing is a page of the big list with what the page offers.
type Listing struct {
	Rows    []store.FileRow
	Next    string // cursor of the next page, "" at the end
	Choices UnitChoices
	Saved   []SavedFilter
}

// Listing lists files as Files does, by more questions and in other orders, with what the
// page of the list offers, in one reading.
func (a *App) Listing(ctx context.Context, who Actor, q ListQuery) (l Listing, err error) {
	err = a.read(ctx, who, access.SeeFile, func(r *reading) error {
		filter, unit, err := r.listFilter(ctx, q)
		if err != nil {
			return err
		}
		if l.Rows, l.Next, err = r.ListFiles(ctx, r.Scope, filter); err != nil {
			return err
		}
		if err := r.listChoices(ctx, &l.Choices, unit); err != nil {
			return err
		}
		l.Saved, err = r.Tx.SavedFilters(ctx, who.ID)
		return err
	})
	return l, err
}

// ListRows is a page of the list alone, for a sheet.
func (a *App) ListRows(ctx context.Context, who Actor, q ListQuery) (rows []store.FileRow, next string, err error) {
	err = a.read(ctx, who, access.SeeFile, func(r *reading) error {
		filter, _, err := r.listFilter(ctx, q)
		if err != nil {
			return err
		}
		rows, next, err = r.ListFiles(ctx, r.Scope, filter)
		return err
	})
	return rows, next, err
}

func (r *reading) listFilter(ctx context.Context, q ListQuery) (store.ListFilter, org.Unit, error) {
	plain, unit, err := r.filter(ctx, q.FileQuery)
	f := store.ListFilter{FileFilter: plain, NoHelper: q.NoHelper, Order: q.Order}
	if q.Sex != "" {
		f.Sex = person.Sex(q.Sex)
	}
	if q.Desk != "" {
		f.Desk = []admission.Desk{q.Desk}
	}
	switch q.Due {
	case DueLate:
		f.DueBy = r.Today.AddDays(-1)
	case DueWeek:
		f.DueFrom, f.DueBy = r.Today, r.Today.AddDays(dueWeekDays)
	case DueMonth:
		f.DueFrom, f.DueBy = r.Today, r.Today.AddDays(dueMonthDays)
	}
	f.Pressing = q.Due != "" || q.Order == store.ByDueOn // as the page of deadlines counts it
	if q.NoHelper {
		f.Stages = narrowStages(f.Stages, helpedStages())
	}
	if q.Certificate {
		f.CertificateBy = r.Today.AddDays(certificateDays)
		f.Stages = narrowStages(f.Stages, certifiedStages())
	}
	return f, unit, err
}

// helpedStages are those at which the person ought to have a helper.
func helpedStages() []admission.Stage {
	return append(slices.DeleteFunc(admission.Stages(), func(s admission.Stage) bool { return !s.Source() }), admission.Probationary, admission.ReviewReady)
}

// certifiedStages are those at which the certificate of the class is still to be used: the
// branch's vote is what it must last for (DL-20).
func certifiedStages() []admission.Stage {
	return []admission.Stage{admission.Certified, admission.Applying, admission.Verifying, admission.Verified, admission.Held, admission.Ready}
}

// narrowStages are the stages that were asked for among those that a filter is about. Where
// none is, a stage that does not exist lets nothing through.
func narrowStages(asked, about []admission.Stage) []admission.Stage {
	if len(asked) == 0 {
		return about
	}
	both := slices.DeleteFunc(slices.Clone(asked), func(s admission.Stage) bool { return !slices.Contains(about, s) })
	if len(both) == 0 {
		return []admission.Stage{"none"}
	}
	return both
}

// A SavedFilter is a list of files that an account comes back to.
type SavedFilter = store.SavedFilter

// Limits of saved filters: how many of an account, and the length of a name and of a
// query, in characters.
const (
	maxFilters     = 20
	maxFilterName  = 60
	maxFilterQuery = 1000
)

// FilterThatOpens returns the query with which the actor's list opens, "" for none.
func (a *App) FilterThatOpens(ctx context.Context, who Actor) (query string, err error) {
	err = a.read(ctx, who, access.SeeFile, func(r *reading) error {
		all, err := r.Tx.SavedFilters(ctx, who.ID)
		for _, f := range all {
			if f.Opens {
				query = f.Query
			}
		}
		return err
	})
	return query, err
}

// SaveFilter keeps the query of a list under a name; opens makes it the one with which the
// list opens. It fails with Invalid, and with Conflict where the account has one of the name.
func (a *App) SaveFilter(ctx context.Context, who Actor, name, query string, opens bool) error {
	return a.writeFilter(ctx, who, func(w *writing) (record, error) {
		name, err := filterName(name)
		if err != nil {
			return record{}, err
		}
		if _, err := url.ParseQuery(query); err != nil || query == "" || len(query) > maxFilterQuery {
			return record{}, errs.E(errs.Invalid, "board.filter.empty").On("name")
		}
		all, err := w.Tx.SavedFilters(ctx, who.ID)
		if err != nil {
			return record{}, err
		}
		if len(all) >= maxFilters {
			return record{}, errs.E(errs.Invalid, "board.filter.many", "most", maxFilters).On("name")
		}
		f := store.SavedFilter{ID: newID(), Name: name, Query: query, Made: w.At}
		if err := w.AddSavedFilter(ctx, who.ID, f); err != nil {
			return record{}, err
		}
		r := record{object: "filter/" + f.ID, after: map[string]bool{"opens": opens}}
		if !opens {
			return r, nil
		}
		return r, w.OpenWithFilter(ctx, who.ID, f.ID)
	})
}

// filterName tidies the name of a filter. What it asks for may name a person: the audit
// keeps neither.
func filterName(name string) (string, error) {
	name = strings.Join(strings.Fields(norm.NFC.String(name)), " ")
	switch {
	case name == "":
		return "", errs.E(errs.Invalid, "board.filter.name").On("name")
	case utf8.RuneCountInString(name) > maxFilterName:
		return "", errs.E(errs.Invalid, "board.filter.long", "most", maxFilterName).On("name")
	}
	return name, nil
}

// RenameFilter gives a filter of the actor another name.
func (a *App) RenameFilter(ctx context.Context, who Actor, id, name string) error {
	return a.writeFilter(ctx, who, func(w *writing) (record, error) {
		name, err := filterName(name)
		if err != nil {
			return record{}, err
		}
		return record{object: "filter/" + id, after: map[string]bool{"renamed": true}}, w.RenameSavedFilter(ctx, who.ID, id, name)
	})
}

// DropFilter forgets a filter of the actor.
func (a *App) DropFilter(ctx context.Context, who Actor, id string) error {
	return a.writeFilter(ctx, who, func(w *writing) (record, error) {
		return record{object: "filter/" + id, before: map[string]bool{"kept": true}}, w.DropSavedFilter(ctx, who.ID, id)
	})
}

// OpenWithFilter makes a filter the one with which the actor's list opens; "" is none.
func (a *App) OpenWithFilter(ctx context.Context, who Actor, id string) error {
	return a.writeFilter(ctx, who, func(w *writing) (record, error) {
		return record{object: "filter/" + id, after: map[string]bool{"opens": id != ""}}, w.Tx.OpenWithFilter(ctx, who.ID, id)
	})
}

// writeFilter writes what belongs to the actor alone: whoever sees files has such.
func (a *App) writeFilter(ctx context.Context, who Actor, do func(*writing) (record, error)) error {
	return a.write(ctx, who, at(access.SeeFile, access.SeeFile, 0), do)
}
