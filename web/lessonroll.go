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

// A rollPage is the roll of one half-day.
type rollPage struct {
	lessonHead
	Action string
	Slots  []registerLink
	At     string // key of the half-day
	Roll   string // version of its roll
	Words  string
	Lesson string
	Rows   []rollRow
	Counts string
	Print  string
	Empty  ui.Nothing
	Late   string // why it cannot be taken now
}

// A rollRow is one learner.
type rollRow struct {
	N              int
	ID, Name, Unit string
	Presence       class.Presence
	Tally          string
	Low            bool // may fall under the share that the essay needs
}

func (s *Server) showRoll(w http.ResponseWriter, r *request) error {
	l, err := s.app.Lesson(r.Context(), r.who, r.PathValue("id"))
	if err != nil {
		return err
	}
	return s.rollPage(w, r, http.StatusOK, l, parseSlot(r.FormValue("at")), nil, ui.ProblemBox{})
}

// rollNow is the half-day whose roll waits: the first one that is due and open, else the
// last one held, else the first.
func rollNow(l app.Lesson) class.Session {
	var held, first class.Session
	for _, x := range l.Sessions {
		if !x.Counts() {
			continue
		}
		if first.ID == "" {
			first = x
		}
		if x.On.After(l.Today) {
			break
		}
		if held = x; !x.Rolled {
			return x
		}
	}
	if held.ID != "" {
		return held
	}
	return first
}

func (s *Server) rollPage(w http.ResponseWriter, r *request, status int, l app.Lesson, slot class.Slot, said map[string]class.Presence, box ui.ProblemBox) error {
	ctx := r.Context()
	p := rollPage{lessonHead: s.lessonHead(r, l, "attendance"), Action: lessonHref(l.Class.ID, "attendance"), Print: lessonHref(l.Class.ID, "attendance/print")}
	p.Problem = box
	at, ok := l.At(slot)
	if !ok {
		at = rollNow(l)
	}
	p.Empty = ui.Nothing{Title: i18n.Text(ctx, "lesson.roll.empty"), Text: i18n.Text(ctx, "lesson.roll.empty.text"),
		First: &ui.Action{Label: i18n.Text(ctx, "lesson.roll.empty.act"), Href: lessonHref(l.Class.ID, "sessions")}}
	if at.ID == "" {
		return s.page(w, r, status, rollView(p))
	}
	p.At, p.Roll, p.Words, p.Lesson = slotKey(at.Slot), strconv.Itoa(at.Version), slotWords(r, at.Slot), at.Lesson
	p.May = l.May && !l.Decided() && at.Counts() && !at.On.After(l.Today)
	if at.On.After(l.Today) {
		p.Late = i18n.Text(ctx, "lesson.roll.future", "day", at.On.VN())
	}
	for _, x := range l.Sessions {
		if !x.Counts() {
			continue
		}
		label := x.Half.Words() + " " + shortDay(x.On)
		if x.Rolled {
			label += " ✓"
		}
		p.Slots = append(p.Slots, registerLink{Label: label, Href: address(p.Action, "at", slotKey(x.Slot)), Current: x.ID == at.ID})
	}
	count := map[class.Presence]int{}
	for i, x := range l.Learners {
		row := rollRow{N: i + 1, ID: x.ID, Name: x.Name, Unit: x.UnitName, Presence: x.Roll[at.ID]}
		if said != nil {
			row.Presence = said[x.ID]
		}
		count[row.Presence]++
		t := x.Result.Tally
		missed := 0
		for _, y := range l.Sessions {
			if y.Counts() && (x.Roll[y.ID] == class.Excused || x.Roll[y.ID] == class.Away) {
				missed += y.Periods
			}
		}
		if missed > 0 {
			row.Tally = i18n.Text(ctx, "lesson.roll.missed", "missed", missed, "periods", t.Periods)
			row.Low = t.Periods > 0 && (t.Periods-missed)*100 < l.Regulation.Percent*t.Periods
		}
		p.Rows = append(p.Rows, row)
	}
	p.Counts = i18n.Text(ctx, "lesson.roll.counts", "present", count[class.Present], "excused", count[class.Excused], "away", count[class.Away], "open", count[class.Unknown])
	return s.page(w, r, status, rollView(p))
}

func (s *Server) saveRoll(w http.ResponseWriter, r *request) error {
	ctx, id := r.Context(), r.PathValue("id")
	ask := app.RollAsk{Slot: parseSlot(r.PostFormValue("at")), Roll: map[string]class.Presence{}}
	ask.Version = wantedNumber(r.PostFormValue("roll"))
	rest := r.PostFormValue("rest") != ""
	for name, values := range r.PostForm {
		if learner, ok := strings.CutPrefix(name, "p."); ok && len(values) > 0 {
			ask.Roll[learner] = class.Presence(values[0])
		}
	}
	if rest {
		for _, learner := range r.PostForm["on"] {
			if ask.Roll[learner] == class.Unknown {
				ask.Roll[learner] = class.Present
			}
		}
	}
	err := s.app.SaveRoll(ctx, r.who, id, ask)
	if fault, again := formError(err); again {
		l, err := s.app.Lesson(ctx, r.who, id)
		if err != nil {
			return err
		}
		box, _ := faults(r, fault)
		return s.rollPage(w, r, fault.Kind.Status(), l, ask.Slot, ask.Roll, box)
	}
	if err != nil {
		return err
	}
	return s.redirect(w, r, address(lessonHref(id, "attendance"), "at", slotKey(ask.Slot)), i18n.Text(ctx, "lesson.roll.saved", "slot", slotWords(r, ask.Slot)))
}

// A rollSheet is the roll to be printed: a column for a signature of each half-day.
type rollSheet struct {
	ui.Base
	Head    sheetHeading
	Lead    string
	Columns []string
	Rows    []rollRow
	Back    string
}

func (s *Server) printRoll(w http.ResponseWriter, r *request) error {
	l, err := s.app.Lesson(r.Context(), r.who, r.PathValue("id"))
	if err != nil {
		return err
	}
	ctx := r.Context()
	p := rollSheet{Base: s.base(r, i18n.Text(ctx, "lesson.roll.print.title"), ui.Crumb{Label: i18n.Text(ctx, "class.menu"), Href: "/classes"}, ui.Crumb{Label: l.Class.Title, Href: "/classes/" + l.Class.ID},
		ui.Crumb{Label: i18n.Text(ctx, "lesson.attendance.title"), Href: lessonHref(l.Class.ID, "attendance")}), Head: sheetOf(r, l.Line), Lead: l.Class.Title}
	p.Wide = true
	for _, x := range l.Sessions {
		if x.Counts() {
			p.Columns = append(p.Columns, x.Half.Words()+" "+x.On.VN()[:5])
		}
	}
	for i, x := range l.Learners {
		p.Rows = append(p.Rows, rollRow{N: i + 1, Name: x.Name, Unit: x.UnitName, Tally: x.Birth.VN()})
	}
	return s.page(w, r, http.StatusOK, rollSheetView(p))
}

// shortDay is a day without its year, for heads of narrow columns: 09/11.
func shortDay(d date.Date) string { return d.VN()[:strings.LastIndexByte(d.VN(), '/')] }

// rollWord is what one ticks, short enough for a phone.
func rollWord(p class.Presence) string {
	switch p {
	case class.Excused:
		return "Có phép"
	case class.Away:
		return "Vắng"
	case class.Unknown, class.Present:
	}
	return class.Present.Words()
}
