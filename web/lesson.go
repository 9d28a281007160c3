package web

import (
	"net/http"
	"strconv"
	"strings"

	"ketnap/app"
	"ketnap/class"
	"ketnap/date"
	"ketnap/internal/i18n"
	"ketnap/web/ui"
)

func (s *Server) lessonRoutes() {
	s.get("/classes/{id}/sessions", s.showSessions)
	s.post("/classes/{id}/sessions", s.saveSessions)
	s.get("/classes/{id}/attendance", s.showRoll)
	s.post("/classes/{id}/attendance", s.saveRoll)
	s.get("/classes/{id}/attendance/print", s.printRoll)
	s.get("/classes/{id}/marks", s.showMarks)
	s.post("/classes/{id}/marks", s.saveMarks)
	s.get("/classes/{id}/result", s.showResult)
	s.post("/classes/{id}/result", s.decideResult)
	s.post("/classes/{id}/certificates", s.issueCertificates)
	s.post("/classes/{id}/certificates/again", s.deliverCertificates)
	s.get("/classes/{id}/certificates.pdf", s.printCertificates)
	s.get("/classes/{id}/report", s.showClassReport)
	s.post("/classes/{id}/report", s.saveClassReport)
	s.get("/classes/{id}/report.xlsx", s.downloadClassReport)
	s.get("/classes/register", s.showBook)
	s.get("/classes/register.xlsx", s.downloadBook)
	s.get("/certificates/{id}", s.showCertificate)
	s.post("/certificates/{id}", s.markCertificate)
	s.get("/certificates/{id}/file", s.downloadCertificate)
}

// A lessonHead is what all pages of a class that is held have over them.
type lessonHead struct {
	ui.Base
	Lead    string
	Tabs    []registerLink
	Problem ui.ProblemBox
	May     bool
	Frozen  string // why nothing can be changed any more; "" while it can
	Version string // of the course, for the form
}

// lessonParts are the pages of a class that is held.
var lessonParts = []string{"sessions", "attendance", "marks", "result", "report"}

func lessonHref(id, part string) string { return "/classes/" + id + "/" + part }

// lessonHead fills the head of a page of a class.
func (s *Server) lessonHead(r *request, l app.Lesson, part string) lessonHead {
	ctx, id := r.Context(), l.Class.ID
	h := lessonHead{Base: s.base(r, i18n.Text(ctx, "lesson."+part+".title"), ui.Crumb{Label: i18n.Text(ctx, "class.menu"), Href: "/classes"},
		ui.Crumb{Label: l.Class.Title, Href: "/classes/" + id}), May: l.May, Version: strconv.Itoa(l.Course.Version)}
	h.Lead = l.Class.Title
	if l.Class.Place != "" {
		h.Lead += ", " + l.Class.Place
	}
	for _, p := range lessonParts {
		h.Tabs = append(h.Tabs, registerLink{Label: i18n.Text(ctx, "lesson."+p+".short"), Href: lessonHref(id, p), Current: p == part})
	}
	if l.Decided() {
		d := l.Results[0]
		h.Frozen = i18n.Text(ctx, "lesson.frozen.why", "number", d.Number, "day", d.On.VN())
	}
	return h
}

// slotKey names a half-day in addresses and forms.
func slotKey(s class.Slot) string { return s.On.String() + "-" + string(s.Half) }

// parseSlot reads a half-day; the zero value where it is none.
func parseSlot(text string) class.Slot {
	i := strings.LastIndexByte(text, '-')
	if i < 0 {
		return class.Slot{}
	}
	on, err := date.Parse(text[:i])
	half := class.Half(text[i+1:])
	if err != nil || !half.Valid() {
		return class.Slot{}
	}
	return class.Slot{On: on, Half: half}
}

// slotWords names a half-day in a few words: "Sáng thứ Hai, 09/11/2026".
func slotWords(r *request, s class.Slot) string {
	lang := i18n.From(r.Context())
	return s.Half.Words() + " " + i18n.Weekday(lang, s.On) + ", " + i18n.Date(lang, s.On)
}

// wantedVersion is the version of the course that a form was made from.
func wantedVersion(r *request) int { return wantedNumber(r.PostFormValue("version")) }

// A sessionsPage is the plan of a class.
type sessionsPage struct {
	lessonHead
	Action   string
	Rows     []sessionRow
	Sum      string
	Proposed bool // not written yet
	Offer    bool // to lay the programme over half-days
	From     ui.Input
	Count    ui.Input
	Part     ui.Input
	Parts    []ui.Option
	Days     ui.Input
	Weeks    []ui.Option
	Note     string
}

// A sessionRow is one half-day in the form.
type sessionRow struct {
	N                              int
	ID, On, Half, Lesson, Lecturer string
	Periods                        string
	Off, Drop, May, Taken          bool
	Words, State, First, Href      string
	Errors                         map[string]string
	Extra                          bool
}

func (x sessionRow) name(field string) string { return field + "." + strconv.Itoa(x.N) }

func (s *Server) showSessions(w http.ResponseWriter, r *request) error {
	l, err := s.app.Lesson(r.Context(), r.who, r.PathValue("id"))
	if err != nil {
		return err
	}
	if r.FormValue("count") == "" || !l.May || l.Decided() {
		return s.sessionsPage(w, r, http.StatusOK, l, rowsOfSessions(r, l), ui.ProblemBox{}, false)
	}
	slots, fault := slotsAsked(r)
	if fault != "" {
		return s.sessionsPage(w, r, http.StatusUnprocessableEntity, l, rowsOfSessions(r, l), ui.ProblemBox{Mood: ui.Late, Findings: []ui.Finding{{Message: fault, Field: "from"}}}, false)
	}
	plan, err := s.app.ProposeSessions(r.Context(), r.who, l.Class.ID, slots)
	if err != nil {
		return err
	}
	l.Sessions = plan
	return s.sessionsPage(w, r, http.StatusOK, l, rowsOfSessions(r, l), ui.ProblemBox{}, true)
}

// maxSlots is how many half-days are laid out at once.
const maxSlots = 40

// slotsAsked are the half-days over which somebody wants the programme laid.
func slotsAsked(r *request) ([]class.Slot, string) {
	ctx := r.Context()
	from, ok := writtenDay(r.FormValue("from"))
	if !ok || from.IsZero() {
		return nil, i18n.Text(ctx, "lesson.plan.from.bad")
	}
	n, err := strconv.Atoi(strings.TrimSpace(r.FormValue("count")))
	if err != nil || n < 1 || n > maxSlots {
		return nil, i18n.Text(ctx, "lesson.plan.count.bad", "most", maxSlots)
	}
	halves := class.Halves()
	if h := class.Half(r.FormValue("part")); h.Valid() {
		halves = []class.Half{h}
	}
	var out []class.Slot
	for day := from; len(out) < n; day = day.AddDays(1) {
		if !weekHas(r.FormValue("days"), int(day.Weekday())) {
			continue
		}
		for _, h := range halves {
			if len(out) < n {
				out = append(out, class.Slot{On: day, Half: h})
			}
		}
	}
	return out, ""
}

// weekHas says whether a class is held on a day of the week, 0 for Sunday.
func weekHas(days string, weekday int) bool {
	switch days {
	case "saturday":
		return weekday >= 1
	case "weekend":
		return weekday == 5 || weekday == 6
	case "all":
		return true
	}
	return weekday >= 1 && weekday <= 5
}

func rowsOfSessions(r *request, l app.Lesson) []sessionRow {
	var out []sessionRow
	for i, x := range l.Sessions {
		row := sessionRow{N: i, ID: x.ID, On: x.On.String(), Half: string(x.Half), Lesson: x.Lesson, Lecturer: x.Lecturer, Periods: strconv.Itoa(x.Periods),
			Off: !x.Counts(), Words: slotWords(r, x.Slot), Href: address(lessonHref(l.Class.ID, "attendance"), "at", slotKey(x.Slot))}
		for _, p := range l.Learners {
			row.Taken = row.Taken || p.Roll[x.ID] != class.Unknown
		}
		switch {
		case row.Off:
			row.State = i18n.Text(r.Context(), "lesson.session.off")
		case x.Rolled:
			row.State = i18n.Text(r.Context(), "lesson.session.rolled")
		case row.Taken:
			row.State = i18n.Text(r.Context(), "lesson.session.part")
		}
		if !x.First.On.IsZero() && x.First != x.Slot {
			row.First = i18n.Text(r.Context(), "lesson.session.first", "slot", slotWords(r, x.First))
		}
		out = append(out, row)
	}
	return out
}

func (s *Server) sessionsPage(w http.ResponseWriter, r *request, status int, l app.Lesson, rows []sessionRow, box ui.ProblemBox, proposed bool) error {
	ctx := r.Context()
	p := sessionsPage{lessonHead: s.lessonHead(r, l, "sessions"), Action: lessonHref(l.Class.ID, "sessions"), Rows: rows, Proposed: proposed}
	p.Problem, p.Wide = box, true
	may := l.May && !l.Decided()
	periods, halves := 0, 0
	for i := range p.Rows {
		p.Rows[i].May = may
		if n, err := strconv.Atoi(p.Rows[i].Periods); err == nil && !p.Rows[i].Off {
			periods, halves = periods+n, halves+1
		}
	}
	if may && len(rows) > 0 && !proposed && (len(rows) == 0 || !rows[len(rows)-1].Extra) {
		p.Rows = append(p.Rows, sessionRow{N: len(rows), Extra: true, May: true, Half: string(class.Morning)})
	}
	p.May = may
	p.Sum = i18n.Text(ctx, "lesson.plan.sum", "halves", halves, "periods", periods, "planned", l.Programme.HalfDays(), "wanted", l.Programme.Periods(), "cite", l.Programme.Cite)
	p.Note = i18n.Text(ctx, "lesson.plan.note")
	p.Offer = may && len(l.Sessions) == 0 || proposed
	from, count := l.Class.From, l.Class.HalfDays
	if from.IsZero() {
		from = l.Today
	}
	if count < 1 || count > maxSlots {
		count = l.Programme.HalfDays()
	}
	p.From = ui.Input{Name: "from", Label: i18n.Text(ctx, "lesson.plan.from"), Value: typed(r.FormValue("from"), from.String())}
	p.Count = ui.Input{Name: "count", Label: i18n.Text(ctx, "lesson.plan.count"), Value: typed(r.FormValue("count"), strconv.Itoa(count)), Short: true}
	p.Part = ui.Input{Name: "part", Label: i18n.Text(ctx, "lesson.plan.part"), Value: r.FormValue("part"), Optional: true}
	p.Parts = []ui.Option{{Value: "", Label: i18n.Text(ctx, "lesson.plan.part.both")}, {Value: string(class.Morning), Label: i18n.Text(ctx, "lesson.plan.part.morning")}, {Value: string(class.Afternoon), Label: i18n.Text(ctx, "lesson.plan.part.afternoon")}}
	p.Days = ui.Input{Name: "days", Label: i18n.Text(ctx, "lesson.plan.days"), Value: r.FormValue("days"), Optional: true}
	p.Weeks = []ui.Option{{Value: "", Label: i18n.Text(ctx, "lesson.plan.days.week")}, {Value: "saturday", Label: i18n.Text(ctx, "lesson.plan.days.saturday")},
		{Value: "weekend", Label: i18n.Text(ctx, "lesson.plan.days.weekend")}, {Value: "all", Label: i18n.Text(ctx, "lesson.plan.days.all")}}
	return s.page(w, r, status, sessionsView(p))
}

// typedSessions reads the plan as it was typed, row by row.
func typedSessions(r *request) (rows []sessionRow, asks []app.SessionAsk) {
	for i := range maxSlots + 21 {
		at := func(field string) string { return strings.TrimSpace(r.PostFormValue(field + "." + strconv.Itoa(i))) }
		if !r.PostForm.Has("on." + strconv.Itoa(i)) {
			break
		}
		row := sessionRow{ID: at("id"), On: at("on"), Half: at("half"), Lesson: at("lesson"), Lecturer: at("lecturer"), Periods: at("periods"), Off: at("off") != "", Drop: at("drop") != ""}
		if row.ID == "" && row.On == "" && row.Lesson == "" && row.Lecturer == "" && row.Periods == "" {
			continue // the line left free for one more
		}
		row.N = len(rows)
		on, _ := writtenDay(row.On)
		periods, err := strconv.Atoi(row.Periods)
		if err != nil {
			periods = 0 // the plan says beside the field what it must be
		}
		rows = append(rows, row)
		asks = append(asks, app.SessionAsk{ID: row.ID, Slot: class.Slot{On: on, Half: class.Half(row.Half)}, Lesson: row.Lesson, Periods: periods, Lecturer: row.Lecturer, Off: row.Off, Drop: row.Drop})
	}
	return rows, asks
}

func (s *Server) saveSessions(w http.ResponseWriter, r *request) error {
	ctx, id := r.Context(), r.PathValue("id")
	rows, asks := typedSessions(r)
	found, err := s.app.SaveSessions(ctx, r.who, id, wantedVersion(r), asks)
	fault, again := formError(err)
	if err != nil && !again {
		return err
	}
	if err == nil && len(found) == 0 {
		return s.redirect(w, r, lessonHref(id, "sessions"), i18n.Text(ctx, "lesson.plan.saved"))
	}
	l, err := s.app.Lesson(ctx, r.who, id)
	if err != nil {
		return err
	}
	box, status := problem(found), http.StatusUnprocessableEntity
	if again {
		box, _ = faults(r, fault)
		status = fault.Kind.Status()
	}
	for i := range rows {
		rows[i].Errors = map[string]string{}
		for _, field := range []string{"on", "half", "lesson", "periods", "lecturer", "drop"} {
			if text := beside(found, rows[i].name(field)); text != "" {
				rows[i].Errors[field] = text
			}
		}
	}
	return s.sessionsPage(w, r, status, l, rows, box, false)
}

func sessionHalves() []ui.Option {
	var out []ui.Option
	for _, h := range class.Halves() {
		out = append(out, ui.Option{Value: string(h), Label: h.Words()})
	}
	return out
}
