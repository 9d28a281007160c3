package web

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"

	"ketnap/admission"
	"ketnap/app"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/internal/render/table"
	"ketnap/internal/render/xlsx"
	"ketnap/org"
	"ketnap/web/ui"
)

// A stuckPage is Theo dõi: who is source but moves nowhere (TGT-28).
type stuckPage struct {
	ui.Base
	Tabs    []watchTab
	Unit    ui.Input
	Units   []ui.Option
	Reason  ui.Input
	Reasons []ui.Option
	On      ui.Input
	Why     string // what counts as stuck, with the setting and its clause
	Total   string
	Groups  []stuckGroup
	Counts  []stuckCount // by reason
	Sheet   string
	Empty   ui.Nothing
}

// A stuckGroup is the stuck people of one unit.
type stuckGroup struct {
	ID, Unit, Href, Count string
	Rows                  []stuckRow
}

// A stuckCount is how many wait for one reason.
type stuckCount struct {
	Words, Href, Count string
	Current            bool
}

// A stuckRow is one person: since when, why, and what comes next.
type stuckRow struct {
	Name, Href, Stage string
	Since             string
	Why, Explained    string
	Next, Who         string
	Act               *ui.Action
}

func (s *Server) showStuck(w http.ResponseWriter, r *request) error {
	unit := s.unitOf(r)
	on, ok := writtenDay(r.FormValue("on"))
	found, err := s.app.Stuck(r.Context(), r.who, unit, on)
	if err != nil {
		return err
	}
	p, err := s.stuckPage(r, found)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if !ok {
		status = http.StatusUnprocessableEntity
		p.On.Value, p.On.Error = r.FormValue("on"), i18n.Text(r.Context(), "stuck.on.bad", "day", r.FormValue("on"))
	}
	return s.page(w, r, status, stuckView(p))
}

func (s *Server) stuckPage(r *request, found app.StuckPage) (stuckPage, error) {
	ctx, lang := r.Context(), i18n.From(r.Context())
	code, reason := string(found.Unit.Code), r.FormValue("reason")
	p := stuckPage{
		Base:   s.base(r, i18n.Text(ctx, "stuck.title"), s.above(r, found.Line, func(code string) string { return address("/stuck", "unit", code) })...),
		Tabs:   watchTabs(r, "/stuck"),
		Unit:   ui.Input{Name: "unit", Label: i18n.Text(ctx, "stuck.unit"), Value: code, Optional: true},
		Reason: ui.Input{Name: "reason", Label: i18n.Text(ctx, "stuck.reason"), Value: reason, Optional: true},
		On:     ui.Input{Name: "on", Label: i18n.Text(ctx, "stuck.on"), Value: found.On.String(), Optional: true},
		Why:    i18n.Text(ctx, "stuck.why", "months", found.Months),
		Sheet:  address("/stuck.xlsx", "unit", code, "reason", reason, "on", found.On.String()),
		Empty:  ui.Nothing{Title: i18n.Text(ctx, "stuck.empty"), Text: i18n.Text(ctx, "stuck.empty_why", "months", found.Months), First: &ui.Action{Label: i18n.Text(ctx, "stuck.empty_first"), Href: address("/files", "unit", code)}},
	}
	var err error
	if p.Units, err = s.unitOptions(r, found.Line); err != nil {
		return p, err
	}
	files := stuckFor(found.Files, admission.Reason(reason))
	p.Total = i18n.Text(ctx, "stuck.total", "n", len(files), "day", i18n.Date(lang, found.On))
	p.Reasons = []ui.Option{{Value: "", Label: i18n.Text(ctx, "stuck.reason.all")}}
	for _, x := range stuckReasons {
		n := len(stuckFor(found.Files, x))
		p.Reasons = append(p.Reasons, ui.Option{Value: string(x), Label: i18n.Sentence(x.Words())})
		if n > 0 {
			p.Counts = append(p.Counts, stuckCount{Words: x.Words(), Count: i18n.Count(lang, n), Current: reason == string(x),
				Href: address("/stuck", "unit", code, "reason", string(x), "on", r.FormValue("on"))})
		}
	}
	p.Groups = s.stuckGroups(r, found, files)
	if reason != "" && len(found.Files) > 0 {
		p.Empty = ui.Nothing{Title: i18n.Text(ctx, "stuck.none"), Text: i18n.Text(ctx, "stuck.none_why"), First: &ui.Action{Label: i18n.Text(ctx, "ui.clear"), Href: address("/stuck", "unit", code)}}
	}
	return p, nil
}

// stuckReasons are the reasons in the order in which the first that fits is taken.
var stuckReasons = []admission.Reason{admission.NoHelper, admission.WaitingClass, admission.NoApplication,
	admission.VerificationLate, admission.PapersExpiring, admission.NotVoted}

// stuckFor keeps the files that wait for a reason; "" keeps all.
func stuckFor(files []app.StuckFile, reason admission.Reason) []app.StuckFile {
	var out []app.StuckFile
	for _, f := range files {
		if reason == "" || f.Reason == reason {
			out = append(out, f)
		}
	}
	return out
}

// stuckGroups gathers the files by unit: the unit with the most first, and within it who
// has waited longest.
func (s *Server) stuckGroups(r *request, found app.StuckPage, files []app.StuckFile) []stuckGroup {
	lang := i18n.From(r.Context())
	var groups []stuckGroup
	at := map[org.Code]int{}
	for _, f := range files {
		i, ok := at[f.Unit]
		if !ok {
			i = len(groups)
			at[f.Unit] = i
			groups = append(groups, stuckGroup{ID: "don-vi-" + strconv.Itoa(i+1), Unit: f.UnitName, Href: address("/stuck", "unit", string(f.Unit))})
		}
		groups[i].Rows = append(groups[i].Rows, s.stuckRow(r, found, f))
	}
	slices.SortStableFunc(groups, func(x, y stuckGroup) int { return cmp.Compare(len(y.Rows), len(x.Rows)) })
	for i := range groups {
		groups[i].Count = i18n.Text(r.Context(), "stuck.people", "n", i18n.Count(lang, len(groups[i].Rows)))
	}
	return groups
}

func (s *Server) stuckRow(r *request, found app.StuckPage, f app.StuckFile) stuckRow {
	ctx, lang := r.Context(), i18n.From(r.Context())
	row := stuckRow{Name: f.Name, Href: "/files/" + f.ID, Stage: f.Stage.Words(), Why: i18n.Sentence(f.Reason.Words()),
		Explained: i18n.Text(ctx, "stuck.explain."+string(f.Reason)),
		Since:     i18n.Text(ctx, "stuck.since", "day", i18n.Date(lang, f.Since), "months", f.Since.MonthsUntil(found.On))}
	if f.Next == "" {
		return row
	}
	row.Next, row.Who = f.Next.Words(), whoseTurn(r, f.Who)
	if f.MayAct {
		row.Act = &ui.Action{Label: i18n.Text(ctx, "stuck.act"), Href: "/files/" + f.ID + "/acts/" + string(f.Next)}
	}
	return row
}

func (s *Server) downloadStuck(w http.ResponseWriter, r *request) error {
	unit := s.unitOf(r)
	on, ok := writtenDay(r.FormValue("on"))
	if !ok {
		return errs.E(errs.Invalid, "stuck.on.bad", "day", r.FormValue("on"))
	}
	found, err := s.app.Stuck(r.Context(), r.who, unit, on)
	if err != nil {
		return err
	}
	return s.sendPeople(w, r, "stuck", unit, "chua-de-nghi-"+found.On.String(), stuckTable(found, admission.Reason(r.FormValue("reason"))))
}

func stuckTable(found app.StuckPage, reason admission.Reason) xlsx.Table {
	var lines []table.StuckLine
	for _, f := range stuckFor(found.Files, reason) {
		lines = append(lines, table.StuckLine{Unit: string(f.Unit), In: f.UnitName, Name: f.Name, Stage: f.Stage, Since: f.Since, Reason: f.Reason, Next: f.Next, Who: f.Who})
	}
	return table.Stuck(found.Unit.Name, found.On, found.Months, lines)
}

// unitOptions are the units that a page of figures offers: those for which the actor
// works, the one shown, and those directly below it.
func (s *Server) unitOptions(r *request, line []org.Unit) ([]ui.Option, error) {
	shown, err := s.app.Unit(r.Context(), r.who, string(line[0].Code))
	if err != nil {
		return nil, err
	}
	var out []ui.Option
	add := func(u org.Unit, label string) {
		if !slices.ContainsFunc(out, func(o ui.Option) bool { return o.Value == string(u.Code) }) {
			out = append(out, ui.Option{Value: string(u.Code), Label: label})
		}
	}
	for _, u := range r.home {
		add(u, u.Name)
	}
	add(line[0], line[0].Name)
	for _, c := range shown.Children {
		if c.Type != org.Board && c.Type != org.Union {
			add(c, "— "+c.Name)
		}
	}
	return out, nil
}

// A latePage is the files of a unit whose next step is overdue.
type latePage struct {
	ui.Base
	Lead string
	Rows []lateRow
	More string
	Home string // of the unit's overview
}

// A lateRow is one overdue step.
type lateRow struct{ Name, Href, Unit, Next, Who, Due, Late string }

func (s *Server) showLate(w http.ResponseWriter, r *request) error {
	unit := s.unitOf(r)
	found, err := s.app.Late(r.Context(), r.who, unit)
	if err != nil {
		return err
	}
	ctx, lang := r.Context(), i18n.From(r.Context())
	code := string(found.Unit.Code)
	p := latePage{Base: s.base(r, i18n.Text(ctx, "stuck.late.title"), s.above(r, found.Line, func(code string) string { return address("/files/late", "unit", code) })...),
		Lead: i18n.Text(ctx, "stuck.late.lead", "unit", found.Unit.Name, "day", i18n.Date(lang, found.Today), "n", len(found.Files)), Home: address("/overview", "unit", code)}
	if found.More {
		p.More = i18n.Text(ctx, "stuck.late.more", "n", len(found.Files))
	}
	for _, f := range found.Files {
		row := lateRow{Name: f.Name, Href: "/files/" + f.ID, Unit: f.UnitName, Due: i18n.Sentence(i18n.LongDate(lang, f.NextDue)), Late: lateWords(r, found.Calendar, f.NextDue)}
		if f.NextAct != "" {
			row.Next, row.Who = f.NextAct.Words(), whoseTurn(r, f.NextWho)
		}
		p.Rows = append(p.Rows, row)
	}
	return s.page(w, r, http.StatusOK, lateView(p))
}

// lateWords says how many working days a step is late, as Việc của tôi counts them.
func lateWords(r *request, cal date.Calendar, due date.Date) string {
	return i18n.Text(r.Context(), "stuck.late.working", "n", max(cal.WorkingBetween(due, r.today), 1))
}

// whoseTurn says where a step is done, "" where no desk is named.
func whoseTurn(r *request, d admission.Desk) string {
	if d == admission.DeskNone {
		return ""
	}
	return i18n.Text(r.Context(), "stuck.who."+string(d))
}
