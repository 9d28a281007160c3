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
	"ketnap/person"
	"ketnap/web/ui"
)

// tableRoutes names the pages of the table of a committee.
func (s *Server) tableRoutes() {
	s.get("/table", s.showTable)
	s.get("/table.xlsx", s.downloadTable)
	s.post("/table/pin", s.pinUnit)
}

// A tableCol is one column of the table: how it is named, its figure, and what stands
// behind it. A figure that nobody recorded is nil.
type tableCol struct {
	key    string
	group  string // the heading over it; "" for a column of its own
	narrow bool   // on a phone, it stays
	value  func(app.TableRow) *int
	href   func(blockTabler, app.TableRow) string
}

func tableCount(n int) *int { return &n }

// staged is a column of the files at some stages.
func staged(key, group string, stages ...admission.Stage) tableCol {
	words := make([]string, len(stages))
	for i, s := range stages {
		words[i] = string(s)
	}
	return tableCol{key: key, group: group, value: func(r app.TableRow) *int { return tableCount(r.At(stages...)) },
		href: func(v blockTabler, r app.TableRow) string { return v.files(r, words...) }}
}

// tableCols are the columns between the unit and the days.
func tableCols() []tableCol {
	return []tableCol{
		{key: "members", value: func(r app.TableRow) *int { return r.Members }},
		{key: "youth", value: func(r app.TableRow) *int { return r.Youth }},
		staged("outstanding", "source", admission.Outstanding),
		staged("listed", "source", admission.Listed),
		{key: "class", group: "source", value: func(r app.TableRow) *int { return r.Class },
			href: func(v blockTabler, _ app.TableRow) string { return address("/classes", "unit", v.code) }},
		staged("certified", "source", admission.Certified),
		staged("papers", "dossier", admission.Applying, admission.Verified),
		staged("verification", "dossier", admission.Verifying, admission.Held),
		staged("branch", "dossier", admission.Ready),
		staged("above", "dossier", admission.BranchResolved, admission.Appraised, admission.BaseResolved),
		staged("ceremony", "dossier", admission.Decided),
		{key: "plan", group: "year", narrow: true, value: func(r app.TableRow) *int { return r.Plan },
			href: func(v blockTabler, r app.TableRow) string {
				return address("/targets", "unit", string(r.Unit.Code), "year", v.year)
			}},
		{key: "admitted", group: "year", narrow: true, value: func(r app.TableRow) *int { return tableCount(r.Admitted) },
			href: func(v blockTabler, r app.TableRow) string { return v.admitted(r) }},
		{key: "forecast", group: "year", narrow: true, value: func(r app.TableRow) *int { return tableCount(r.Admitted + r.Likely) },
			href: func(v blockTabler, r app.TableRow) string {
				return address("/forecast", "unit", string(r.Unit.Code), "year", v.year)
			}},
	}
}

// A tablePage is Bảng theo dõi: one row per unit.
type tablePage struct {
	ui.Base
	Lead   string
	Tabs   []watchTab
	Years  []yearLink
	Unit   ui.Input
	Units  []ui.Option
	Query  ui.Input
	Kind   ui.Input
	Kinds  []ui.Option
	State  ui.Input
	States []ui.Option
	Sort   string
	Year   string
	Groups []tableGroup
	Name   tableHead
	Single []tableHead // columns of their own, after the unit
	Heads  []tableHead // of the second line
	Days   []tableHead
	Rows   []tableLine
	Total  tableLine
	Notes  []string
	Sheet  string
	Back   string
	Empty  *ui.Nothing
}

// A watchTab leads between the pages of Theo dõi.
type watchTab struct {
	Label, Href string
	Current     bool
}

// A tableGroup is a heading over several columns.
type tableGroup struct {
	Label string
	Span  string
}

// A tableHead is a heading by which the table is sorted.
type tableHead struct {
	Label, Full, Href, Sorted string // Sorted: ascending, descending or none
	From, Number              bool
}

// A tableLine is one unit.
type tableLine struct {
	Name, Code, Href string
	Mood             ui.Mood
	State            string
	Cells            []tableCell
	Days             []tableCell
	Pinned           bool
}

// A tableCell is one figure with what stands behind it.
type tableCell struct {
	numberLink
	Label            string // on a phone; "" where the cell is left out there
	From, Zero, Bold bool
	Late             bool
}

// A blockTabler draws the table of a committee.
type blockTabler struct {
	s     *Server
	r     *request
	t     app.BlockTable
	lang  i18n.Lang
	code  string
	year  string
	query string
	kind  string
	state string
	sort  string
	down  bool
}

func (s *Server) tableViewer(r *request) (blockTabler, error) {
	t, err := s.app.BlockTable(r.Context(), r.who, s.unitOf(r), yearOf(r))
	v := blockTabler{s: s, r: r, t: t, lang: i18n.From(r.Context()), code: string(t.Unit.Code), year: strconv.Itoa(t.Year),
		query: r.FormValue("q"), kind: r.FormValue("kind"), state: r.FormValue("state"), sort: r.FormValue("sort")}
	v.sort, v.down = strings.CutPrefix(v.sort, "-")
	return v, err
}

func (s *Server) showTable(w http.ResponseWriter, r *request) error {
	v, err := s.tableViewer(r)
	if err != nil {
		return err
	}
	p, err := v.page()
	if err != nil {
		return err
	}
	return s.page(w, r, http.StatusOK, blockTableView(p))
}

func (v blockTabler) text(key string, args ...any) string { return i18n.T(v.lang, key, args...) }

// here is the address of the table, with one thing changed.
func (v blockTabler) here(path string, change ...string) string {
	set := map[string]string{"unit": v.code, "year": v.year, "q": v.query, "kind": v.kind, "state": v.state, "sort": v.order()}
	for i := 0; i+1 < len(change); i += 2 {
		set[change[i]] = change[i+1]
	}
	return address(path, "unit", set["unit"], "year", set["year"], "q", set["q"], "kind", set["kind"], "state", set["state"], "sort", set["sort"])
}

func (v blockTabler) order() string {
	if v.down {
		return "-" + v.sort
	}
	return v.sort
}

func (v blockTabler) files(r app.TableRow, stages ...string) string {
	if !v.t.MaySee {
		return ""
	}
	return address("/files", "unit", string(r.Unit.Code), "stage", strings.Join(stages, ","))
}

func (v blockTabler) admitted(r app.TableRow) string {
	if !v.t.MaySee {
		return ""
	}
	return address("/files/admitted", "unit", string(r.Unit.Code), "from", v.year+"-01-01", "to", v.year+"-12-31")
}

// rows are those that the filter lets through, in the order that is asked for, the pinned
// ones first.
func (v blockTabler) rows() []app.TableRow {
	var out []app.TableRow
	words := person.Words(v.query)
	for _, r := range v.t.Rows {
		if v.kind != "" && string(r.Unit.Kind) != v.kind || !v.lets(r) || !named(r, words) {
			continue
		}
		out = append(out, r)
	}
	compare := v.compare()
	slices.SortStableFunc(out, func(x, y app.TableRow) int {
		if x.Pinned != y.Pinned {
			if x.Pinned {
				return -1
			}
			return 1
		}
		n := compare(x, y)
		if v.down {
			return -n
		}
		return n
	})
	return out
}

// tablePinned asks for the pinned units.
const tablePinned = "pinned"

func (v blockTabler) lets(r app.TableRow) bool {
	switch v.state {
	case "":
		return true
	case tablePinned:
		return r.Pinned
	}
	return string(r.State()) == v.state
}

// named reports whether the name of a unit has words that begin with all that was typed.
func named(r app.TableRow, words []string) bool {
	have := person.Words(r.Unit.Name + " " + string(r.Unit.Code))
	for _, w := range words {
		if !slices.ContainsFunc(have, func(h string) bool { return strings.HasPrefix(h, w) }) {
			return false
		}
	}
	return true
}

// compare orders rows by the column that is asked for; by their place in the tree else.
func (v blockTabler) compare() func(x, y app.TableRow) int {
	switch v.sort {
	case "name":
		return func(x, y app.TableRow) int { return strings.Compare(sortName(x), sortName(y)) }
	case "next":
		return func(x, y app.TableRow) int { return compareNext(x.Next, y.Next) }
	case "session":
		return func(x, y app.TableRow) int { return compareNext(x.Session, y.Session) }
	}
	for _, c := range tableCols() {
		if c.key == v.sort {
			return func(x, y app.TableRow) int { return cmp.Compare(orNone(c.value(x)), orNone(c.value(y))) }
		}
	}
	return func(app.TableRow, app.TableRow) int { return 0 }
}

func sortName(r app.TableRow) string { return strings.Join(person.Words(r.Unit.Name), " ") }

func compareNext(x, y date.Date) int {
	if x.IsZero() || y.IsZero() {
		return cmp.Compare(boolInt(x.IsZero()), boolInt(y.IsZero()))
	}
	return x.Compare(y)
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func orNone(n *int) int {
	if n == nil {
		return -1
	}
	return *n
}

func (s *Server) pinUnit(w http.ResponseWriter, r *request) error {
	back := r.FormValue("back")
	if !strings.HasPrefix(back, "/table") {
		return errs.E(errs.Invalid, "error.not_found")
	}
	if err := s.app.PinUnit(r.Context(), r.who, r.FormValue("unit"), r.FormValue("on") == "1"); err != nil {
		return err
	}
	return s.redirect(w, r, back, "")
}
