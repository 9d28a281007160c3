package web

import (
	"net/url"
	"strconv"
	"strings"

	"ketnap/internal/i18n"
	"ketnap/org"
	"ketnap/web/ui"
)

// figureRoutes names the pages on which figures stand: the overview, who is stuck, the
// reports and the ratings.
func (s *Server) figureRoutes() {
	s.get("/overview", s.showOverview)
	s.get("/stuck", s.showStuck)
	s.get("/stuck.xlsx", s.downloadStuck)
	s.get("/reports", s.showReports)
	s.get("/reports/admission", s.showReport)
	s.get("/reports/admission.xlsx", s.downloadReport)
	s.get("/reports/admission.docx", s.downloadReportDOCX)
	s.get("/reports/admission.pdf", s.downloadReportPDF)
	s.reportSheetRoutes()
	s.get("/files/late", s.showLate)
	s.get("/files/admitted", s.showAdmitted)
	s.get("/files/admitted.xlsx", s.downloadAdmitted)
	s.get("/ratings", s.showRatings)
	s.get("/ratings.xlsx", s.downloadRatings)
	s.get("/ratings/{unit}/{year}", s.showRating)
	s.get("/ratings/{unit}/{year}/source", s.showSource)
	s.post("/ratings/{unit}/{year}/source", s.judgeSource)
}

// address is a path with its query, of names and values in turn; empty values stay out.
func address(path string, pairs ...string) string {
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			v.Set(pairs[i], pairs[i+1])
		}
	}
	if len(v) == 0 {
		return path
	}
	return path + "?" + v.Encode()
}

// above are the crumbs of the units over one, from the top down to its superior, as far
// as the actor's own units reach.
func (s *Server) above(r *request, line []org.Unit, href func(code string) string) []ui.Crumb {
	mine := map[org.UnitNo]bool{}
	for _, u := range r.home {
		mine[u.No] = true
	}
	var out []ui.Crumb
	inside := false
	for i := len(line) - 1; i > 0; i-- { // the line begins with the unit itself
		if inside = inside || mine[line[i].No]; inside {
			out = append(out, ui.Crumb{Label: line[i].Name, Href: href(string(line[i].Code))})
		}
	}
	return out
}

// A yearLink leads to the same page for another year.
type yearLink struct {
	Label, Href string
	Current     bool
}

// yearLinks offers the years round the business day, and the one that is shown.
func yearLinks(r *request, shown int, href func(year string) string) []yearLink {
	var out []yearLink
	now := r.today.Year()
	for y := min(now-2, shown); y <= max(now+1, shown); y++ {
		if y < now-2 && y != shown || y > now+1 && y != shown {
			continue
		}
		out = append(out, yearLink{Label: strconv.Itoa(y), Href: href(strconv.Itoa(y)), Current: y == shown})
	}
	return out
}

// noFigure stands where there is nothing to count; it leads nowhere.
const noFigure = "–"

// A numberLink is a figure with the list behind it; without an address it is plain.
type numberLink struct{ Text, Href string }

func (s *Server) number(r *request, n int, href string) numberLink {
	return numberLink{Text: i18n.Count(i18n.From(r.Context()), n), Href: href}
}

// percent is a share as a page shows it, a dash where there is none.
func percent(r *request, share *string) string {
	if share == nil {
		return i18n.Percent(i18n.From(r.Context()), "")
	}
	return i18n.Percent(i18n.From(r.Context()), *share)
}

// A sheetHeading is the head of a document on paper.
type sheetHeading struct{ Superior, Unit, Day string }

// sheetOf makes the head for a unit, whose line begins with itself.
func sheetOf(r *request, line []org.Unit) sheetHeading {
	h := sheetHeading{Day: i18n.Text(r.Context(), "figure.day", "day", strconv.Itoa(r.today.Day()),
		"month", strconv.Itoa(r.today.Month()), "year", strconv.Itoa(r.today.Year()))}
	if len(line) > 0 {
		h.Unit = strings.ToUpper(line[0].Name)
	}
	if len(line) > 1 {
		h.Superior = strings.ToUpper(line[1].Name)
	}
	return h
}
