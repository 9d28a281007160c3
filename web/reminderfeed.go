package web

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"

	"ketnap/app"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/internal/render/ics"
	"ketnap/web/ui"
)

func (s *Server) reminderFeedRoutes() {
	s.open("GET /feed/{file}", s.sendFeed)
	s.post("/reminders/feed", s.renewFeed)
	s.post("/reminders/feed/end", s.endFeed)
	s.post("/reminders/feed/names", s.nameFeed)
}

// A reminderFeed is what the page says of the account's calendar.
type reminderFeed struct {
	Has   bool
	Names bool
	Since string
	Words string // whether names stand in it
}

func feedOf(r *request, found app.ReminderPage) reminderFeed {
	ctx := r.Context()
	if found.Feed == nil {
		return reminderFeed{}
	}
	f := reminderFeed{Has: true, Names: found.Feed.Names, Words: i18n.Text(ctx, "reminder.feed.unnamed"),
		Since: i18n.Text(ctx, "reminder.feed.since", "at", i18n.Moment(i18n.From(ctx), found.Feed.Made))}
	if f.Names {
		f.Words = i18n.Text(ctx, "reminder.feed.named")
	}
	return f
}

// sendFeed answers programs that keep calendars: no session, the address is the secret.
func (s *Server) sendFeed(w http.ResponseWriter, r *request) error {
	token, ok := strings.CutSuffix(r.PathValue("file"), ".ics")
	if !ok {
		return errs.E(errs.NotFound, "error.not_found")
	}
	found, err := s.app.Feed(r.Context(), token, remoteHost(r.Request))
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := ics.Write(&b, s.feedCalendar(r, found)); err != nil {
		return fmt.Errorf("feed: %w", err)
	}
	w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
	w.Header().Set("Content-Disposition", `inline; filename="ketnap.ics"`)
	if _, err := b.WriteTo(w); err != nil {
		s.log.Debug("feed not taken", "error", err)
	}
	return nil
}

func (s *Server) feedCalendar(r *request, found app.FeedCalendar) ics.Calendar {
	const lang = i18n.Vietnamese // nobody is logged in who could have chosen another
	c := ics.Calendar{Name: i18n.T(lang, "reminder.feed.name"), At: found.At}
	for _, e := range found.Events {
		event := ics.Event{UID: e.ID + "@ketnap", Day: e.Day, URL: s.here(r) + address("/deadlines", "unit", string(e.Unit), "window", string(app.DueMonth)),
			Title:       i18n.T(lang, "reminder.feed.event", "what", e.Act.Words(), "n", e.Files, "unit", e.UnitName),
			Description: i18n.T(lang, "reminder.feed.login")}
		if e.File != "" {
			event.URL = s.here(r) + "/files/" + e.File
		}
		if len(e.Names) > 0 {
			event.Description = strings.Join(e.Names, "\n") + "\n" + event.Description
		}
		c.Events = append(c.Events, event)
	}
	return c
}

// here is the address of the server as the client called it.
func (s *Server) here(r *request) string {
	if s.sessions.Cookie.Secure || r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// A reminderOncePage shows the address of a calendar, which nothing keeps.
type reminderOncePage struct {
	ui.Base
	Address string
}

func (s *Server) renewFeed(w http.ResponseWriter, r *request) error {
	token, err := s.app.NewFeed(r.Context(), r.who)
	if err != nil {
		return err
	}
	ctx := r.Context()
	return s.page(w, r, http.StatusOK, reminderOnceView(reminderOncePage{
		Base:    s.base(r, i18n.Text(ctx, "reminder.feed.once"), ui.Crumb{Label: i18n.Text(ctx, "reminder.title"), Href: "/reminders"}),
		Address: s.here(r) + "/feed/" + token + ".ics"}))
}

func (s *Server) endFeed(w http.ResponseWriter, r *request) error {
	if err := s.app.EndFeed(r.Context(), r.who); err != nil {
		return err
	}
	return s.redirect(w, r, "/reminders", i18n.Text(r.Context(), "reminder.feed.ended"))
}

func (s *Server) nameFeed(w http.ResponseWriter, r *request) error {
	if err := s.app.NameFeed(r.Context(), r.who, r.PostFormValue("names") == "on"); err != nil {
		return err
	}
	return s.redirect(w, r, "/reminders", i18n.Text(r.Context(), "reminder.feed.names.done"))
}
