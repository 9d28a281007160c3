package web

import (
	"net/http"
	"strconv"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/app"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/internal/render/table"
	"ketnap/meeting"
	"ketnap/org"
	"ketnap/web/ui"
)

func (s *Server) meetingRoutes() {
	s.get("/meetings", s.listMeetings)
	s.get("/meetings.xlsx", s.downloadMeetings)
	s.get("/meetings/new", s.newMeeting)
	s.post("/meetings/new", s.openMeeting)
	s.get("/meetings/{id}", s.showMeeting)
	s.post("/meetings/{id}", s.saveMeeting)
	s.post("/meetings/{id}/tally", s.tallyMeeting)
	s.get("/meetings/{id}/agenda", s.showMeetingAgenda)
	s.post("/meetings/{id}/agenda", s.putOnMeetingAgenda)
	s.get("/meetings/{id}/minutes", s.downloadMinutes)
	s.get("/meetings/{id}/confirm", s.confirmMeeting)
	s.post("/meetings/{id}/confirm", s.recordMeeting)
	s.post("/meetings/{id}/drop", s.dropMeetingPoint)
	s.post("/meetings/{id}/discard", s.discardMeeting)
}

// A meetingsPage is the list of meetings.
type meetingsPage struct {
	ui.Base
	Unit, Body, Year     string
	Units, Bodies, Years []ui.Option
	Rows                 []meetingLine
	May                  bool // the actor may write one somewhere
	Narrow               bool
	Sheet                string
}

// A meetingLine is a meeting in the list.
type meetingLine struct {
	Title, Href, Unit, Day string
	Lines                  int
	Mood                   ui.Mood
	State                  string
}

// meetingQueryOf reads which meetings are asked for.
func meetingQueryOf(r *request) app.MeetingQuery {
	get := r.URL.Query().Get
	q := app.MeetingQuery{Unit: get("unit"), Body: meeting.Body(get("body"))}
	q.Year, _ = strconv.Atoi(get("year")) // what is no year asks for all
	if !q.Body.Valid() {
		q.Body = ""
	}
	return q
}

// downloadMeetings answers with the meetings of the list as a spreadsheet.
func (s *Server) downloadMeetings(w http.ResponseWriter, r *request) error {
	ctx, lang := r.Context(), i18n.From(r.Context())
	found, err := s.app.Meetings(ctx, r.who, meetingQueryOf(r))
	if err != nil {
		return err
	}
	var rows [][]string
	for _, m := range found {
		rows = append(rows, []string{i18n.Date(lang, m.On), i18n.Text(ctx, "meeting.body."+string(m.Body)), m.UnitName, i18n.Count(lang, m.Lines), i18n.Text(ctx, "meeting.state."+string(m.State))})
	}
	columns := []string{i18n.Text(ctx, "meeting.sheet.day"), i18n.Text(ctx, "meeting.sheet.body"), i18n.Text(ctx, "meeting.sheet.unit"), i18n.Text(ctx, "meeting.sheet.lines"), i18n.Text(ctx, "meeting.sheet.state")}
	return s.sendSheet(w, "cuoc-hop", table.Register(i18n.Text(ctx, "meeting.list.title"), "", columns, rows, nil))
}

func (s *Server) listMeetings(w http.ResponseWriter, r *request) error {
	ctx, q := r.Context(), meetingQueryOf(r)
	rows, err := s.app.Meetings(ctx, r.who, q)
	if err != nil {
		return err
	}
	_, _, choices, err := s.app.FileList(ctx, r.who, app.FileQuery{Unit: q.Unit, Limit: 1})
	if err != nil {
		return err
	}
	p := meetingsPage{Base: s.base(r, i18n.Text(ctx, "meeting.list.title")), Unit: q.Unit, Body: string(q.Body), Units: unitOptions(r, choices),
		Narrow: q != app.MeetingQuery{}, May: mayMeet(r)}
	p.Sheet = address("/meetings.xlsx", "unit", q.Unit, "body", string(q.Body), "year", r.URL.Query().Get("year"))
	p.Bodies, p.Years = meetingBodies(r), meetingYears(r)
	if q.Year != 0 {
		p.Year = strconv.Itoa(q.Year)
	}
	for _, m := range rows {
		l := meetingLine{Title: i18n.Text(ctx, "meeting.body."+string(m.Body)), Href: "/meetings/" + m.ID, Unit: m.UnitName,
			Day: i18n.LongDate(p.Lang, m.On), Lines: m.Lines, Mood: ui.Done, State: i18n.Text(ctx, "meeting.state."+string(m.State))}
		if l.Day == "" {
			l.Day = i18n.Text(ctx, "meeting.no_day")
		}
		if m.RecordedAt.IsZero() {
			l.Mood = ui.Todo
		}
		p.Rows = append(p.Rows, l)
	}
	return s.page(w, r, http.StatusOK, meetingsView(p))
}

// mayMeet reports whether the actor writes the meetings of any body.
func mayMeet(r *request) bool {
	for _, b := range meeting.Bodies() {
		if r.who.Has(app.MeetingRight(b), r.today) {
			return true
		}
	}
	return false
}

func meetingBodies(r *request) []ui.Option {
	out := []ui.Option{{Value: "", Label: i18n.Text(r.Context(), "meeting.list.all_bodies")}}
	for _, b := range meeting.Bodies() {
		out = append(out, ui.Option{Value: string(b), Label: i18n.Text(r.Context(), "meeting.body."+string(b))})
	}
	return out
}

// yearsOfMeetings is how many years back the list offers.
const yearsOfMeetings = 6

func meetingYears(r *request) []ui.Option {
	out := []ui.Option{{Value: "", Label: i18n.Text(r.Context(), "meeting.list.all_years")}}
	for i := range yearsOfMeetings {
		year := strconv.Itoa(r.today.Year() - i)
		out = append(out, ui.Option{Value: year, Label: year})
	}
	return out
}

// A newMeetingPage is the form that opens the draft of a meeting.
type newMeetingPage struct {
	ui.Base
	Unit      string
	File, Act string // put on the agenda at once, where the way led from a file
	Sheet     meeting.Sheet
	Units     []ui.Option
	Methods   []ui.Option
	Errors    map[string]string
	Problem   ui.ProblemBox
}

func (s *Server) newMeeting(w http.ResponseWriter, r *request) error {
	if !mayMeet(r) {
		return errs.E(errs.Forbidden, "error.forbidden")
	}
	get := r.URL.Query().Get
	return s.newMeetingPage(w, r, http.StatusOK, newMeetingPage{Unit: get("unit"), File: get("file"), Act: get("act"),
		Sheet: meeting.Sheet{On: r.today.String()}}, nil)
}

func (s *Server) newMeetingPage(w http.ResponseWriter, r *request, status int, p newMeetingPage, faults map[string]string) error {
	ctx := r.Context()
	p.Base = s.base(r, i18n.Text(ctx, "meeting.new"), ui.Crumb{Label: i18n.Text(ctx, "meeting.list.title"), Href: "/meetings"})
	var err error
	if p.Units, err = s.meetingUnits(r); err != nil {
		return err
	}
	if p.Unit == "" && len(p.Units) == 1 {
		p.Unit = p.Units[0].Value
	}
	p.Methods, p.Errors, p.Problem = meetingMethods(r), faults, slips(faults, "unit")
	return s.page(w, r, status, newMeetingView(p))
}

func meetingMethods(r *request) []ui.Option {
	var out []ui.Option
	for _, m := range meeting.Methods() {
		out = append(out, ui.Option{Value: string(m), Label: i18n.Text(r.Context(), "meeting.method."+string(m))})
	}
	return out
}

// meetingUnits are the units whose meetings the actor writes: the own ones first, then
// those below.
func (s *Server) meetingUnits(r *request) ([]ui.Option, error) {
	var out []ui.Option
	seen := map[org.UnitNo]bool{}
	add := func(u org.Unit, root org.UnitNo) {
		b, ok := app.MeetingBodyOf(u.Type)
		if ok && !seen[u.No] && u.OpenOn(r.today) && holds(r, app.MeetingRight(b), root) {
			seen[u.No] = true
			out = append(out, ui.Option{Value: string(u.Code), Label: i18n.Text(r.Context(), "meeting.body."+string(b)) + " – " + u.Name})
		}
	}
	for _, root := range r.home {
		add(root, root.No)
		if !holds(r, access.RecordBranch, root.No) && !holds(r, access.RecordBase, root.No) {
			continue
		}
		for after := ""; len(out) < branchesInChoice; {
			units, _, err := s.app.Units(r.Context(), r.who, string(root.Code), after, branchesAtOnce)
			if err != nil {
				return nil, err
			}
			for _, u := range units {
				after = string(u.Code)
				add(u, root.No)
			}
			if len(units) < branchesAtOnce {
				break
			}
		}
	}
	return out, nil
}

// openMeeting opens a draft and goes on to its agenda.
func (s *Server) openMeeting(w http.ResponseWriter, r *request) error {
	ctx, sheet, unit := r.Context(), meetingSheetOf(r), r.PostFormValue("unit")
	if unit == "" {
		return s.newMeetingPage(w, r, http.StatusUnprocessableEntity, newMeetingPage{Sheet: sheet, File: r.PostFormValue("file"), Act: r.PostFormValue("act")},
			map[string]string{"unit": i18n.Text(ctx, "meeting.no_body")})
	}
	id, err := s.app.NewMeeting(ctx, r.who, unit, sheet)
	if e, ok := formError(err); ok {
		return s.newMeetingPage(w, r, e.Kind.Status(), newMeetingPage{Unit: unit, Sheet: sheet, File: r.PostFormValue("file"), Act: r.PostFormValue("act")},
			map[string]string{"unit": message(ctx, err)})
	}
	if err != nil {
		return err
	}
	href := "/meetings/" + id
	if file := r.PostFormValue("file"); file != "" {
		pick := app.MeetingPick{File: file, Act: admission.Code(r.PostFormValue("act"))}
		err := s.app.PutOnAgenda(ctx, r.who, id, 1, []app.MeetingPick{pick})
		if _, ok := formError(err); ok { // the meeting stands; the agenda says why this one cannot be on it
			return s.redirect(w, r, href+"/agenda", message(ctx, err))
		}
		if err != nil {
			return err
		}
		return s.redirect(w, r, href, "")
	}
	return s.redirect(w, r, href+"/agenda", "")
}
