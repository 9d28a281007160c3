package web

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"ketnap/app"
	"ketnap/internal/i18n"
	"ketnap/rule"
	"ketnap/union"
	"ketnap/web/ui"
)

// showUnionCount shows the answer of a union: as a form to who writes it.
func (s *Server) showUnionCount(w http.ResponseWriter, r *request) error {
	c, err := s.app.UnionCount(r.Context(), r.who, r.PathValue("id"), r.PathValue("unit"))
	if err != nil {
		return err
	}
	if c.Writes() {
		return s.countForm(w, r, http.StatusOK, c, nil)
	}
	return s.page(w, r, http.StatusOK, unionView(s.countRead(r, c)))
}

// countForm is the form of a count, made for a phone: one number under the other, each
// with what the register says and what it was last year.
func (s *Server) countForm(w http.ResponseWriter, r *request, status int, c app.UnionCountPage, findings []rule.Finding) error {
	ctx, href := r.Context(), countHref(c.Campaign.ID, string(c.Unit.Code))
	p := unionFormPage{Base: s.unionBase(r, i18n.Text(ctx, "union.campaign.title", "year", strconv.Itoa(c.Campaign.Year)), ui.Crumb{Label: i18n.Text(ctx, "union.campaign.list"), Href: "/unions/campaigns"}),
		Lead: i18n.Text(ctx, "union.count.lead", "unit", c.Unit.Name, "symbol", c.Campaign.Symbol, "due", c.Campaign.Due.VN()), Problem: problem(findings)}
	if c.State == union.Returned {
		p.Warn = i18n.Text(ctx, "union.count.returned", "who", c.ReturnedBy, "day", c.ReturnedOn.VN(), "why", c.ReturnedWhy)
	} else if c.Late > 0 {
		p.Warn = i18n.Text(ctx, "union.count.overdue", "n", strconv.Itoa(c.Late))
	}
	if c.Campaign.Text != "" {
		p.Notes = []string{c.Campaign.Text}
	}
	p.Form = unionForm{ID: "act", Action: href, Hidden: map[string]string{"version": strconv.Itoa(c.Version)}, Fields: countFields(r, c, findings),
		Buttons: []unionButton{{i18n.Text(ctx, "union.count.submit"), "submit"}, {i18n.Text(ctx, "union.count.save"), "save"}}}
	return s.page(w, r, status, unionFormPageView(p))
}

func countFields(r *request, c app.UnionCountPage, findings []rule.Finding) []unionField {
	ctx := r.Context()
	var fields []unionField
	for _, col := range union.Columns() {
		value := c.Sheet.Typed[col]
		known, ok := c.Known[col]
		if c.State == union.Waiting && value == "" && ok {
			value = strconv.Itoa(known)
		}
		f := unionCount(string(col), col.Words(), value)
		f.In.Error = beside(findings, string(col))
		help := []string{i18n.Text(ctx, "union.count.help."+string(col))}
		if ok {
			help = append(help, i18n.Text(ctx, "union.count.known", "n", strconv.Itoa(known)))
		}
		if last, ok := c.Last[col]; ok {
			help = append(help, i18n.Text(ctx, "union.count.last", "n", strconv.Itoa(last)))
		}
		f.In.Help = joinWords(" · ", help...)
		fields = append(fields, f)
		why := beside(findings, "why-"+string(col))
		if text := c.Sheet.Why[col]; why != "" || strings.TrimSpace(text) != "" {
			fields = append(fields, unionField{In: ui.Input{Name: "why-" + string(col), Label: i18n.Text(ctx, "union.count.why_differs", "column", col.Words()), Value: text, Error: why,
				Attrs: templ.Attributes{"maxlength": strconv.Itoa(union.MostReason)}}})
		}
	}
	return append(fields, unionField{Kind: unionArea, In: ui.Input{Name: "reason", Label: i18n.Text(ctx, "union.count.reason"), Help: i18n.Text(ctx, "union.count.reason_help"),
		Value: c.Sheet.Reason, Error: beside(findings, "reason"), Optional: true}})
}

// saveUnionCount keeps what was typed, and submits it where that was pressed. What cannot
// be is said at its field; everything typed is kept all the same.
func (s *Server) saveUnionCount(w http.ResponseWriter, r *request) error {
	ctx, campaign, unit := r.Context(), r.PathValue("id"), r.PathValue("unit")
	sheet := union.Sheet{Typed: map[union.Column]string{}, Why: map[union.Column]string{}, Reason: r.PostFormValue("reason")}
	for _, col := range union.Columns() {
		sheet.Typed[col], sheet.Why[col] = r.PostFormValue(string(col)), r.PostFormValue("why-"+string(col))
	}
	version, ok := writtenNumber(r.PostFormValue("version"))
	if !ok {
		version = -1
	}
	submit := r.PostFormValue("go") != "save"
	out, err := s.app.SaveUnionCount(ctx, r.who, campaign, unit, version, sheet, submit)
	if e, ok := formError(err); ok {
		c, err := s.app.UnionCount(ctx, r.who, campaign, unit)
		if err != nil {
			return err
		}
		if !c.Writes() { // sent meanwhile, perhaps by the same press
			return s.redirect(w, r, countHref(campaign, unit), message(ctx, e))
		}
		c.Sheet = sheet
		return s.countForm(w, r, e.Kind.Status(), c, []rule.Finding{{Severity: rule.Block, Message: message(ctx, e)}})
	}
	switch {
	case err != nil:
		return err
	case out.Written:
		return s.redirect(w, r, countHref(campaign, unit), i18n.Text(ctx, "union.count.submitted"))
	case !submit:
		return s.redirect(w, r, countHref(campaign, unit), i18n.Text(ctx, "union.count.saved"))
	}
	c, err := s.app.UnionCount(ctx, r.who, campaign, unit)
	if err != nil {
		return err
	}
	return s.countForm(w, r, http.StatusUnprocessableEntity, c, out.Findings)
}

// countRead is the answer of a union to be read, and returned by who asked for it.
func (s *Server) countRead(r *request, c app.UnionCountPage) unionPage {
	ctx := r.Context()
	page := app.UnionCampaignPage{UnionCampaign: c.Campaign}
	state := countState(r, c.CountLine, page)
	p := unionPage{Base: s.unionBase(r, c.Unit.Name, ui.Crumb{Label: i18n.Text(ctx, "union.campaign.title", "year", strconv.Itoa(c.Campaign.Year)), Href: campaignHref(c.Campaign.ID)}),
		Lead: i18n.Text(ctx, "union.count.lead", "unit", c.Unit.Name, "symbol", c.Campaign.Symbol, "due", c.Campaign.Due.VN()), Badge: joinWords(" · ", state.Text, state.Note)}
	figures := c.Figures
	if c.State != union.Submitted {
		figures, _ = c.Sheet.Read()
	}
	t := unionTable{Columns: unionColumns(ctx, "union.col.figure", "#union.col.typed", "#union.col.known", "#union.col.last", "union.col.why")}
	for _, col := range union.Columns() {
		row := []unionCell{{Text: col.Words()}}
		for _, n := range []union.Figures{figures, c.Known, c.Last} {
			if v, ok := n[col]; ok {
				row = append(row, unionNumber(r, &v, ""))
			} else {
				row = append(row, unionNumber(r, nil, ""))
			}
		}
		t.Rows = append(t.Rows, append(row, unionCell{Text: c.Sheet.Why[col]}))
	}
	x := unionSection{ID: "so-lieu", Title: i18n.Text(ctx, "union.count.figures"), Table: &t}
	if c.State == union.Submitted {
		x.Note = i18n.Text(ctx, "union.count.by", "who", c.SubmittedBy, "day", c.SubmittedOn.VN())
	}
	if c.Sheet.Reason != "" {
		x.Texts = []string{i18n.Text(ctx, "union.count.reason") + ": " + c.Sheet.Reason}
	}
	if c.State == union.Returned {
		x.Texts = append(x.Texts, i18n.Text(ctx, "union.count.returned", "who", c.ReturnedBy, "day", c.ReturnedOn.VN(), "why", c.ReturnedWhy))
	}
	if c.MayReturn && c.State == union.Submitted && c.Campaign.ClosedOn.IsZero() {
		x.Asks = []unionAsk{{Ask: ui.Ask{ID: "return", Open: i18n.Text(ctx, "union.count.return"), Heading: i18n.Text(ctx, "union.count.return"), Text: i18n.Text(ctx, "union.count.return_ask"),
			Action: countHref(c.Campaign.ID, string(c.Unit.Code)) + "/return", Hidden: map[string]string{"version": strconv.Itoa(c.Version)}, Submit: i18n.Text(ctx, "union.count.return"), Primary: true},
			Fields: []unionField{{Kind: unionText, In: ui.Input{Name: "why", Label: i18n.Text(ctx, "union.field.why"), Attrs: templ.Attributes{"maxlength": strconv.Itoa(union.MostReason)}}}}}}
	}
	p.Sections = []unionSection{x}
	return p
}

func (s *Server) returnUnionCount(w http.ResponseWriter, r *request) error {
	campaign, unit := r.PathValue("id"), r.PathValue("unit")
	version, ok := writtenNumber(r.PostFormValue("version"))
	if !ok {
		version = -1
	}
	err := s.app.ReturnUnionCount(r.Context(), r.who, campaign, unit, version, r.PostFormValue("why"))
	return s.unionDone(w, r, err, countHref(campaign, unit), "union.count.returned_now")
}
