package web

import (
	"net/http"
	"slices"

	"ketnap/app"
	"ketnap/internal/i18n"
	"ketnap/web/ui"
)

func (s *Server) reminderRoutes() {
	s.deadlineRoutes()
	s.get("/reminders", s.showReminders)
	s.post("/reminders/seen", s.seeReminders)
	s.post("/reminders/choice", s.chooseReminders)
	s.reminderFeedRoutes()
	s.jobRoutes()
}

// A reminderPage is what one is reminded of, when one wants to be, and one's calendar.
type reminderPage struct {
	ui.Base
	New, Seen         []reminderRow
	NewCount, SeenNum string
	More              string
	Empty             ui.Nothing
	Moments           []reminderMoment
	Feed              reminderFeed
}

// A reminderRow is one reminder.
type reminderRow struct {
	ID, Name, Href, Unit string
	What, Moment, Cite   string
	Late                 bool
}

// A reminderMoment is a moment at which one may want to be reminded.
type reminderMoment struct {
	Name   string
	Label  string
	Wanted bool
}

func (s *Server) showReminders(w http.ResponseWriter, r *request) error {
	found, err := s.app.Reminders(r.Context(), r.who)
	if err != nil {
		return err
	}
	ctx := r.Context()
	p := reminderPage{Base: s.base(r, i18n.Text(ctx, "reminder.title")),
		NewCount: i18n.Text(ctx, "reminder.count", "n", len(found.New)), SeenNum: i18n.Text(ctx, "reminder.count", "n", len(found.Seen)),
		Empty: ui.Nothing{Title: i18n.Text(ctx, "reminder.empty"), Text: i18n.Text(ctx, "reminder.empty_why"), First: &ui.Action{Label: i18n.Text(ctx, "reminder.empty_first"), Href: "/deadlines"}},
		Feed:  feedOf(r, found)}
	for _, x := range found.New {
		p.New = append(p.New, reminderLine(r, found, x))
	}
	for _, x := range found.Seen {
		p.Seen = append(p.Seen, reminderLine(r, found, x))
	}
	if found.More {
		p.More = i18n.Text(ctx, "reminder.more", "n", len(found.New)+len(found.Seen))
	}
	for _, m := range app.ReminderMoments() {
		p.Moments = append(p.Moments, reminderMoment{Name: string(m), Label: i18n.Text(ctx, "reminder.moment."+string(m)), Wanted: !found.Unwanted[m]})
	}
	return s.page(w, r, http.StatusOK, reminderView(p))
}

func reminderLine(r *request, found app.ReminderPage, x app.Reminder) reminderRow {
	ctx := r.Context()
	day := i18n.LongDate(i18n.From(ctx), x.Due)
	row := reminderRow{ID: x.ID, Name: x.Row.Name, Href: "/files/" + x.Row.ID, Unit: x.Row.UnitName, Cite: x.Cite()}
	if x.OfCertificate() {
		row.What = i18n.Text(ctx, "reminder.certificate", "day", day)
	} else {
		row.What = i18n.Text(ctx, "reminder.step", "what", x.Row.NextAct.Words(), "day", day)
	}
	row.Moment, row.Late = daysLeft(r, found.Calendar, found.Today, x.Due)
	return row
}

// seeReminders marks what was chosen, or everything that the page showed as new.
func (s *Server) seeReminders(w http.ResponseWriter, r *request) error {
	if err := s.app.SeeReminders(r.Context(), r.who, r.PostForm["id"]); err != nil {
		return err
	}
	return s.redirect(w, r, "/reminders", i18n.Text(r.Context(), "reminder.seen.done"))
}

func (s *Server) chooseReminders(w http.ResponseWriter, r *request) error {
	var wanted []app.ReminderMoment
	for _, m := range app.ReminderMoments() {
		if slices.Contains(r.PostForm["moment"], string(m)) {
			wanted = append(wanted, m)
		}
	}
	if err := s.app.ChooseReminders(r.Context(), r.who, wanted); err != nil {
		return err
	}
	return s.redirect(w, r, "/reminders", i18n.Text(r.Context(), "reminder.choice.done"))
}

// reminderBox is the line of Việc của tôi that leads to the reminders; nil for who has none.
func (s *Server) reminderBox(r *request) (*ui.Link, error) {
	n, err := s.app.CountReminders(r.Context(), r.who)
	if err != nil || n == 0 {
		return nil, err
	}
	return &ui.Link{Label: i18n.Text(r.Context(), "reminder.box.new", "n", n), Href: "/reminders"}, nil
}
