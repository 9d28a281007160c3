package web

import (
	"net/http"
	"slices"
	"strings"

	"ketnap/access"
	"ketnap/app"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/org"
	"ketnap/person"
	"ketnap/web/ui"
)

func (s *Server) searchRoutes() { s.get("/search", s.search) }

// Limits of a search: what one looks through before typing more, and a query's length.
const (
	maxFound = 20
	maxQuery = 200
)

// A foundLine is one thing that was found.
type foundLine struct{ Label, Href, Note string }

// A foundGroup is what was found of one sort.
type foundGroup struct {
	ID, Title, Note string
	Lines           []foundLine
}

// A searchPage is what fits the words that were typed.
type searchPage struct {
	ui.Base
	Query  string
	Groups []foundGroup
	Empty  *ui.Nothing
}

func (s *Server) search(w http.ResponseWriter, r *request) error {
	ctx := r.Context()
	query := []rune(strings.TrimSpace(r.FormValue("q")))
	p := searchPage{Base: s.base(r, i18n.Text(ctx, "search.title")), Query: string(query[:min(len(query), maxQuery)])}
	words := person.Words(p.Query)
	if len(words) == 0 {
		p.Empty = &ui.Nothing{Title: i18n.Text(ctx, "search.empty.title"), Text: i18n.Text(ctx, "search.empty")}
		return s.page(w, r, http.StatusOK, searchView(p))
	}
	for _, find := range []func(*request, string, []string) (foundGroup, error){s.findPeople, s.findUnits, s.findDocuments} {
		g, err := find(r, p.Query, words)
		if errs.KindOf(err) == errs.NotFound && err != nil {
			continue // nothing of this sort is for the actor
		}
		if err != nil {
			return err
		}
		if len(g.Lines) > maxFound {
			g.Lines, g.Note = g.Lines[:maxFound], i18n.Text(ctx, "search.first", "n", maxFound)
		}
		if len(g.Lines) > 0 {
			p.Groups = append(p.Groups, g)
		}
	}
	if len(p.Groups) == 0 {
		p.Empty = &ui.Nothing{Title: i18n.Text(ctx, "search.none.title"), Text: i18n.Text(ctx, "search.none", "q", p.Query)}
	}
	return s.page(w, r, http.StatusOK, searchView(p))
}

func (s *Server) findPeople(r *request, query string, _ []string) (foundGroup, error) {
	g := foundGroup{ID: "h-person", Title: i18n.Text(r.Context(), "search.person")}
	rows, next, err := s.app.Files(r.Context(), r.who, app.FileQuery{Query: query, Limit: maxFound})
	for _, f := range rows {
		g.Lines = append(g.Lines, foundLine{Label: f.Name, Href: "/files/" + f.ID, Note: f.UnitName + " · " + f.Stage.Words()})
	}
	if next != "" {
		g.Note = i18n.Text(r.Context(), "search.first", "n", maxFound)
	}
	return g, err
}

func (s *Server) findUnits(r *request, query string, _ []string) (foundGroup, error) {
	g := foundGroup{ID: "h-unit", Title: i18n.Text(r.Context(), "search.unit")}
	units, err := s.app.SearchUnits(r.Context(), r.who, query, maxFound+1)
	for _, u := range units {
		g.Lines = append(g.Lines, foundLine{Label: u.Name, Href: s.unitHref(r, u), Note: string(u.Code)})
	}
	return g, err
}

// unitHref is where a unit opens for who asks: its year, or its administration.
func (s *Server) unitHref(r *request, u org.Unit) string {
	switch {
	case r.who.Has(access.SeeFigures, r.today):
		return "/overview?unit=" + string(u.Code)
	case r.who.Has(access.ManageUnit, r.today):
		return "/admin/units/" + string(u.Code)
	}
	return "/audit?unit=" + string(u.Code)
}

// findDocuments looks through the letters that reached the actor, which are few.
func (s *Server) findDocuments(r *request, _ string, words []string) (foundGroup, error) {
	g := foundGroup{ID: "h-document", Title: i18n.Text(r.Context(), "search.document")}
	letters, _, _, err := s.app.Documents(r.Context(), r.who)
	for _, d := range letters {
		if hasWords(person.Words(d.Symbol+" "+d.Subject), words) {
			g.Lines = append(g.Lines, foundLine{Label: d.Symbol, Href: "/documents/" + d.ID, Note: d.Subject})
		}
	}
	return g, err
}

// hasWords reports whether every wanted word begins a word of a text.
func hasWords(text, wanted []string) bool {
	return !slices.ContainsFunc(wanted, func(want string) bool {
		return !slices.ContainsFunc(text, func(have string) bool { return strings.HasPrefix(have, want) })
	})
}
