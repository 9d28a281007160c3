package web

import (
	"net/http"
	"regexp"
	"strconv"

	"ketnap/app"
	"ketnap/internal/i18n"
	"ketnap/web/ui"
)

// A ruleDayLine is a day of the calendar.
type ruleDayLine struct{ Day, What, Name, Source, Announced, Change string }

// A ruleCalendarPage is the calendar of a year.
type ruleCalendarPage struct {
	ui.Base
	Tabs    []adminTab
	Years   []yearLink
	State   string
	Mood    ui.Mood
	Days    []ruleDayLine
	Manages bool
}

// ruleYearsAround is how many years stand beside the one that is shown.
const ruleYearsAround = 2

func (s *Server) showRuleCalendar(w http.ResponseWriter, r *request) error {
	ctx := r.Context()
	b, err := s.app.RulesPage(ctx, r.who)
	if err != nil {
		return err
	}
	year, err := strconv.Atoi(r.FormValue("year"))
	if err != nil || year < ruleFirstYear || year > ruleLastYear {
		year = min(max(r.today.Year(), ruleFirstYear), ruleLastYear)
	}
	lang := i18n.From(ctx)
	p := ruleCalendarPage{Base: s.base(r, i18n.Text(ctx, "rule.calendar.title", "year", strconv.Itoa(year)), ruleCrumb(r)), Tabs: ruleTabs(r, "/rules/calendar"), Manages: b.Manages,
		State: i18n.Text(ctx, "rule.calendar.announced"), Mood: ui.Done}
	if b.Calendar.Provisional(year) {
		p.State, p.Mood = i18n.Text(ctx, "rule.calendar.provisional"), ui.Soon
	}
	for y := max(year-ruleYearsAround, ruleFirstYear); y <= min(year+ruleYearsAround, ruleLastYear); y++ {
		p.Years = append(p.Years, yearLink{Label: strconv.Itoa(y), Href: address("/rules/calendar", "year", strconv.Itoa(y)), Current: y == year})
	}
	for _, h := range b.Calendar.Holidays(year) {
		l := ruleDayLine{Day: i18n.Sentence(i18n.LongDate(lang, h.On)), What: i18n.Text(ctx, "admin.holiday.working"), Name: h.Name, Source: ruleDaySource(r, h.Source)}
		if h.Off {
			l.What = i18n.Text(ctx, "admin.holiday.off")
		}
		if !h.Announced.IsZero() {
			l.Announced = i18n.Text(ctx, "rule.announced", "day", i18n.Date(lang, h.Announced))
		}
		if b.Manages {
			l.Change = address("/rules/changes/new", "kind", app.RuleHoliday, "from", h.On.String())
		}
		p.Days = append(p.Days, l)
	}
	return s.page(w, r, http.StatusOK, ruleCalendarView(p))
}

// ruleDaySource says in words what the table of holidays marks with a code.
func ruleDaySource(r *request, source string) string {
	switch {
	case source == "BLLĐ":
		return i18n.Text(r.Context(), "rule.calendar.source.law")
	case source == "unverified":
		return i18n.Text(r.Context(), "rule.calendar.source.unverified")
	case rulePressSource.MatchString(source):
		return i18n.Text(r.Context(), "rule.calendar.source.press")
	}
	return source
}

// rulePressSource is the code of a report in the press, as date/holidays.txt lists them.
var rulePressSource = regexp.MustCompile(`^S[0-9]+[a-z]$`)

// Years of the calendar.
const (
	ruleFirstYear = 2016
	ruleLastYear  = 2050
)
