package web

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"ketnap/admission"
	"ketnap/app"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/internal/render/table"
	"ketnap/internal/render/xlsx"
	"ketnap/org"
	"ketnap/watch"
	"ketnap/web/ui"
)

// A stuckPage is Theo dõi: who is source but moves nowhere (TGT-28), and what else stands
// still.
type stuckPage struct {
	ui.Base
	Tabs    []watchTab
	Head    sheetHeading
	Unit    ui.Input
	Units   []ui.Option
	Reason  ui.Input
	Reasons []ui.Option
	On      ui.Input
	Aside   ui.Input
	Hidden  bool   // what is set aside is hidden
	Why     string // what counts as stuck, with the setting and its clause
	Total   string
	Notes   []string
	Groups  []stuckGroup
	Counts  []stuckCount // by reason
	Sheet   string
	Empty   ui.Nothing
}

// A stuckGroup is what stands still in one unit.
type stuckGroup struct {
	ID, Unit, Href, Count string
	People                int
	Rows                  []stuckRow
}

// A stuckCount is how many wait for one reason.
type stuckCount struct {
	Words, Href, Count string
	Current            bool
}

// A stuckRow is one person, or a whole list: since when, why, and what comes next.
type stuckRow struct {
	Name, Href, Stage string
	Since             string
	Why               []stuckWhy
	Next, Who         string
	Act               *ui.Action
	Aside             string // who set it aside, why and until when; "" where nobody did
	Hush              *ui.Action
	TakeUp            map[string]string // hidden fields of the form that takes it up again
}

// A stuckWhy is a reason with what to do about it.
type stuckWhy struct{ Words, Explained string }

func (s *Server) showStuck(w http.ResponseWriter, r *request) error {
	unit := s.unitOf(r)
	on, ok := writtenDay(r.FormValue("on"))
	found, err := s.app.Idle(r.Context(), r.who, unit, on)
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

func (s *Server) stuckPage(r *request, found app.IdlePage) (stuckPage, error) {
	ctx, lang := r.Context(), i18n.From(r.Context())
	code, reason, aside := string(found.Unit.Code), r.FormValue("reason"), r.FormValue("aside")
	p := stuckPage{
		Tabs: watchTabs(r, "/stuck"),
		Base: s.base(r, i18n.Text(ctx, "stuck.title"), s.above(r, found.Line, func(code string) string { return address("/stuck", "unit", code) })...), Head: sheetOf(r, found.Line),
		Unit:   ui.Input{Name: "unit", Label: i18n.Text(ctx, "stuck.unit"), Value: code, Optional: true},
		Reason: ui.Input{Name: "reason", Label: i18n.Text(ctx, "stuck.reason"), Value: reason, Optional: true},
		On:     ui.Input{Name: "on", Label: i18n.Text(ctx, "stuck.on"), Value: found.On.String(), Optional: true},
		Aside:  ui.Input{Name: "aside", Value: "1", Label: i18n.Text(ctx, "stuck.aside.show")}, Hidden: aside == "",
		Why:   i18n.Text(ctx, "stuck.why", "months", found.Months),
		Sheet: address("/stuck.xlsx", "unit", code, "reason", reason, "on", found.On.String(), "aside", aside),
		Empty: ui.Nothing{Title: i18n.Text(ctx, "stuck.empty"), Text: i18n.Text(ctx, "stuck.empty_why", "months", found.Months), First: &ui.Action{Label: i18n.Text(ctx, "stuck.empty_first"), Href: address("/files", "unit", code)}},
	}
	var err error
	if p.Units, err = s.unitOptions(r, found.Line); err != nil {
		return p, err
	}
	p.Reasons = []ui.Option{{Value: "", Label: i18n.Text(ctx, "stuck.reason.all")}}
	for _, x := range stuckCodes() {
		n := len(stuckShown(found.Rows, x.code, p.Hidden))
		p.Reasons = append(p.Reasons, ui.Option{Value: x.code, Label: i18n.Sentence(x.words)})
		if n > 0 {
			p.Counts = append(p.Counts, stuckCount{Words: x.words, Count: i18n.Count(lang, n), Current: reason == x.code,
				Href: address("/stuck", "unit", code, "reason", x.code, "on", r.FormValue("on"), "aside", aside)})
		}
	}
	rows := stuckShown(found.Rows, reason, p.Hidden)
	p.Groups = s.stuckGroups(r, found, rows)
	p.Total = i18n.Text(ctx, "stuck.total", "n", len(stuckFor(found.Files, admission.Reason(reason))), "day", i18n.Date(lang, found.On))
	p.Notes = stuckNotes(r, found, reason)
	if reason != "" && len(found.Rows) > 0 {
		p.Empty = ui.Nothing{Title: i18n.Text(ctx, "stuck.none"), Text: i18n.Text(ctx, "stuck.none_why"), First: &ui.Action{Label: i18n.Text(ctx, "ui.clear"), Href: address("/stuck", "unit", code)}}
	}
	return p, nil
}

// stuckNotes say what the count holds and how the reasons that only advise are found.
func stuckNotes(r *request, found app.IdlePage, reason string) []string {
	ctx, aside := r.Context(), 0
	for _, row := range stuckShown(found.Rows, reason, false) {
		if row.Silence != nil {
			aside++
		}
	}
	var notes []string
	if aside > 0 {
		notes = append(notes, i18n.Text(ctx, "stuck.note.aside", "n", aside))
	}
	if found.On == found.Today {
		notes = append(notes, i18n.Text(ctx, "stuck.note.vote", "days", found.AnswerDays), i18n.Text(ctx, "stuck.note.helper", "months", found.HelperMonths))
	} else {
		notes = append(notes, i18n.Text(ctx, "stuck.note.past"))
	}
	return notes
}

// stuckReasons are the reasons in the order in which the first that fits is taken.
var stuckReasons = []admission.Reason{admission.NoHelper, admission.WaitingClass, admission.NoApplication,
	admission.VerificationLate, admission.PapersExpiring, admission.NotVoted}

// stuckCodes are the reasons of the contract and those that only advise, by code and words.
func stuckCodes() []struct{ code, words string } {
	var out []struct{ code, words string }
	for _, x := range stuckReasons {
		out = append(out, struct{ code, words string }{string(x), x.Words()})
	}
	for _, x := range watch.IdleReasons() {
		out = append(out, struct{ code, words string }{string(x), x.Words()})
	}
	return out
}

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

// stuckShown keeps the rows that have a reason, without those that are set aside where
// they are hidden.
func stuckShown(rows []app.IdleRow, reason string, hidden bool) []app.IdleRow {
	var out []app.IdleRow
	for _, row := range rows {
		has := reason == "" || string(row.Reason) == reason
		for _, n := range row.Idle {
			has = has || string(n.Reason) == reason
		}
		if has && (!hidden || row.Silence == nil) {
			out = append(out, row)
		}
	}
	return out
}

// stuckGroups gathers the rows by unit: the unit with the most first, and within it
// complete files before who has waited longest.
func (s *Server) stuckGroups(r *request, found app.IdlePage, rows []app.IdleRow) []stuckGroup {
	lang := i18n.From(r.Context())
	var groups []stuckGroup
	at := map[org.Code]int{}
	for _, row := range rows {
		i, ok := at[row.Unit]
		if !ok {
			i = len(groups)
			at[row.Unit] = i
			groups = append(groups, stuckGroup{ID: "don-vi-" + strconv.Itoa(i+1), Unit: row.UnitName, Href: address("/stuck", "unit", string(row.Unit))})
		}
		if row.ID != "" {
			groups[i].People++
		}
		groups[i].Rows = append(groups[i].Rows, s.stuckRow(r, found, row))
	}
	slices.SortStableFunc(groups, func(x, y stuckGroup) int { return cmp.Compare(y.People, x.People) })
	for i := range groups {
		groups[i].Count = i18n.Text(r.Context(), "stuck.people", "n", i18n.Count(lang, groups[i].People))
	}
	return groups
}

func (s *Server) stuckRow(r *request, found app.IdlePage, f app.IdleRow) stuckRow {
	ctx, lang := r.Context(), i18n.From(r.Context())
	row := stuckRow{Name: f.Name, Href: "/files/" + f.ID, Stage: f.Stage.Words(), Why: stuckWhys(r, f),
		Since: i18n.Text(ctx, "stuck.since", "day", i18n.Date(lang, f.Since), "months", f.Since.MonthsUntil(found.On)), Who: whoseTurn(r, f.Who)}
	aside := map[string]string{"file": f.ID}
	if f.ID == "" {
		aside = map[string]string{"unit": string(f.Unit)}
		row.Name, row.Stage = i18n.Text(ctx, "stuck.list", "n", f.Files), ""
		row.Href = address("/files", "unit", string(f.Unit))
		row.Act = &ui.Action{Label: i18n.Text(ctx, "stuck.list.open"), Href: row.Href}
	}
	if f.Next != "" {
		row.Next = f.Next.Words()
	}
	switch {
	case f.ID == "":
	case f.Reason == "" && f.MayNote && len(f.Idle) == 1 && f.Idle[0].Reason == watch.HelperSilent:
		row.Next, row.Act = i18n.Text(ctx, "stuck.helper.do"), &ui.Action{Label: i18n.Text(ctx, "stuck.helper.act"), Href: "/files/" + f.ID + "/helper"}
	case f.MayAct:
		row.Act = &ui.Action{Label: i18n.Text(ctx, "stuck.act"), Href: "/files/" + f.ID + "/acts/" + string(f.Next)}
	}
	if f.Silence != nil {
		row.Aside = i18n.Text(ctx, "stuck.aside.by", "day", i18n.Date(lang, f.Silence.Until), "who", f.Silence.By, "reason", f.Silence.Reason)
		if f.MayHush {
			row.TakeUp = aside
		}
	} else if f.MayHush {
		row.Hush = &ui.Action{Label: i18n.Text(ctx, "stuck.aside.do"), Href: address("/stuck/aside", "file", aside["file"], "unit", aside["unit"])}
	}
	return row
}

// stuckWhys are the reasons of a row, each with what to do about it and by which clause.
func stuckWhys(r *request, f app.IdleRow) []stuckWhy {
	ctx, lang := r.Context(), i18n.From(r.Context())
	var out []stuckWhy
	if f.Reason != "" {
		out = append(out, stuckWhy{i18n.Sentence(f.Reason.Words()), i18n.Text(ctx, "stuck.explain."+string(f.Reason))})
	}
	for _, n := range f.Idle {
		out = append(out, stuckWhy{i18n.Sentence(n.Reason.Words()), i18n.Text(ctx, "stuck.explain."+string(n.Reason), "day", i18n.Date(lang, n.Since), "vote", i18n.Date(lang, n.Vote))})
	}
	return out
}

func (s *Server) downloadStuck(w http.ResponseWriter, r *request) error {
	unit := s.unitOf(r)
	on, ok := writtenDay(r.FormValue("on"))
	if !ok {
		return errs.E(errs.Invalid, "stuck.on.bad", "day", r.FormValue("on"))
	}
	found, err := s.app.Idle(r.Context(), r.who, unit, on)
	if err != nil {
		return err
	}
	return s.sendPeople(w, r, "stuck", unit, "chua-de-nghi-"+found.On.String(), stuckTable(r, found))
}

func stuckTable(r *request, found app.IdlePage) xlsx.Table {
	var lines []table.StuckLine
	for _, f := range stuckShown(found.Rows, r.FormValue("reason"), r.FormValue("aside") == "") {
		line := table.StuckLine{Unit: string(f.Unit), In: f.UnitName, Name: f.Name, Stage: f.Stage, Since: f.Since, Next: f.Next, Who: f.Who}
		if f.ID == "" {
			line.Name = i18n.Text(r.Context(), "stuck.list", "n", f.Files)
		}
		var why []string
		for _, x := range stuckWhys(r, f) {
			why = append(why, x.Words)
		}
		if line.Reason = strings.Join(why, "; "); f.Silence != nil {
			line.Aside = i18n.Text(r.Context(), "stuck.aside.by", "day", f.Silence.Until.VN(), "who", f.Silence.By, "reason", f.Silence.Reason)
		}
		lines = append(lines, line)
	}
	t := table.Stuck(found.Unit.Name, found.On, found.Months, lines)
	t.Notes = append(t.Notes, stuckNotes(r, found, r.FormValue("reason"))...)
	return t
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
