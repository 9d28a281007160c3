package web

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"ketnap/app"
	"ketnap/internal/i18n"
	"ketnap/rule"
	"ketnap/union"
	"ketnap/web/ui"
)

func (s *Server) unionCampaignRoutes() {
	s.get("/unions/campaigns", s.listCampaigns)
	s.get("/unions/campaigns/new", s.newCampaign)
	s.post("/unions/campaigns/new", s.issueCampaign)
	s.get("/unions/campaigns/{id}", s.showCampaign)
	s.get("/unions/campaigns/{id}/table.xlsx", s.downloadCampaign)
	s.post("/unions/campaigns/{id}/remind", s.remindCampaign)
	s.post("/unions/campaigns/{id}/close", s.closeCampaign)
	s.get("/unions/campaigns/{id}/{unit}", s.showUnionCount)
	s.post("/unions/campaigns/{id}/{unit}", s.saveUnionCount)
	s.post("/unions/campaigns/{id}/{unit}/return", s.returnUnionCount)
}

func campaignHref(id string) string { return "/unions/campaigns/" + url.PathEscape(id) }

func countHref(campaign, unit string) string {
	return campaignHref(campaign) + "/" + url.PathEscape(unit)
}

// listCampaigns lists the yearly counts, the latest first.
func (s *Server) listCampaigns(w http.ResponseWriter, r *request) error {
	l, err := s.app.UnionCampaigns(r.Context(), r.who)
	if err != nil {
		return err
	}
	ctx := r.Context()
	p := unionPage{Base: s.unionBase(r, i18n.Text(ctx, "union.campaign.list")), Lead: i18n.Text(ctx, "union.campaign.lead"), Tabs: unionTabs(r, "campaign")}
	t := unionTable{Columns: unionColumns(ctx, "union.col.year", "union.col.symbol", "union.col.issuer", "union.col.due", "#union.col.asked", "#union.col.submitted", "#union.col.late", "union.col.state")}
	for _, c := range l.Lines {
		href := campaignHref(c.ID)
		state := unionCell{Text: i18n.Text(ctx, "union.campaign.open")}
		if !c.ClosedOn.IsZero() {
			state = unionCell{Text: i18n.Text(ctx, "union.campaign.closed", "day", c.ClosedOn.VN())}
		}
		t.Rows = append(t.Rows, []unionCell{{Text: strconv.Itoa(c.Year), Href: href}, {Text: c.Symbol}, {Text: c.UnitName}, {Text: c.Due.VN()},
			unionNumber(r, &c.Asked, href), unionNumber(r, &c.Submitted, href), unionNumber(r, &c.Late, href), state})
	}
	if len(t.Rows) > 0 {
		p.Sections = []unionSection{{ID: "dot", Title: i18n.Text(ctx, "union.campaign.list"), Table: &t}}
	} else {
		p.Empty = &ui.Nothing{Title: i18n.Text(ctx, "union.campaign.none_yet"), Text: i18n.Text(ctx, "union.campaign.none_why")}
	}
	if l.Issuer.No != 0 {
		a := ui.Action{Label: i18n.Text(ctx, "union.campaign.new"), Href: "/unions/campaigns/new", Primary: true}
		if p.Empty != nil {
			p.Empty.First = &a
		} else {
			p.Actions = []ui.Action{a}
		}
	}
	return s.page(w, r, http.StatusOK, unionView(p))
}

// unionColumns are columns by the keys of their names; # marks a number.
func unionColumns(ctx context.Context, keys ...string) []unionColumn {
	var out []unionColumn
	for _, key := range keys {
		key, number := strings.CutPrefix(key, "#")
		out = append(out, unionColumn{Name: i18n.Text(ctx, key), Number: number})
	}
	return out
}

func (s *Server) newCampaign(w http.ResponseWriter, r *request) error {
	return s.campaignForm(w, r, http.StatusOK, url.Values{"year": {strconv.Itoa(r.today.Year())}, "issued": {r.today.String()}, "due": {r.today.AddDays(30).String()}}, nil)
}

// campaignForm is the form that issues a campaign.
func (s *Server) campaignForm(w http.ResponseWriter, r *request, status int, v url.Values, faults map[string]string) error {
	ctx := r.Context()
	l, err := s.app.UnionCampaigns(ctx, r.who)
	if err != nil {
		return err
	}
	p := unionFormPage{Base: s.unionBase(r, i18n.Text(ctx, "union.campaign.new"), ui.Crumb{Label: i18n.Text(ctx, "union.campaign.list"), Href: "/unions/campaigns"}),
		Lead: l.Issuer.Name, Notes: []string{i18n.Text(ctx, "union.campaign.new_lead")}, Problem: slips(faults, "year", "symbol", "issued", "due", "text", "unit")}
	if l.Issuer.No == 0 {
		p.Notes = []string{i18n.Text(ctx, "union.campaign.not_yours")}
	}
	p.Form = unionForm{ID: "act", Action: "/unions/campaigns/new", Hidden: map[string]string{"unit": string(l.Issuer.Code)}, Cancel: "/unions/campaigns",
		Buttons: []unionButton{{i18n.Text(ctx, "union.campaign.issue"), "issue"}}, Fields: []unionField{
			unionCount("year", i18n.Text(ctx, "union.field.year"), v.Get("year")),
			{In: ui.Input{Name: "symbol", Label: i18n.Text(ctx, "union.field.symbol"), Value: v.Get("symbol"), Help: i18n.Text(ctx, "union.field.symbol_help"), Short: true}},
			{Kind: unionDay, In: ui.Input{Name: "issued", Label: i18n.Text(ctx, "union.field.issued"), Value: v.Get("issued")}},
			{Kind: unionDay, In: ui.Input{Name: "due", Label: i18n.Text(ctx, "union.field.due"), Value: v.Get("due")}},
			{Kind: unionArea, In: ui.Input{Name: "text", Label: i18n.Text(ctx, "union.field.text"), Value: v.Get("text"), Optional: true}},
		}}
	p.Form.faults(faults)
	return s.page(w, r, status, unionFormPageView(p))
}

func (s *Server) issueCampaign(w http.ResponseWriter, r *request) error {
	if err := r.ParseForm(); err != nil {
		return unionFormUnread(err)
	}
	ctx, v := r.Context(), r.PostForm
	faults := map[string]string{}
	year, _ := writtenNumber(strings.TrimSpace(v.Get("year")))
	issued, due := unionDayOf(ctx, v, "issued", faults), unionDayOf(ctx, v, "due", faults)
	if len(faults) > 0 {
		return s.campaignForm(w, r, http.StatusUnprocessableEntity, v, faults)
	}
	id, err := s.app.IssueCampaign(ctx, r.who, v.Get("unit"), union.Campaign{Year: year, Symbol: v.Get("symbol"), Issued: issued, Due: due, Text: v.Get("text")})
	if e, ok := formError(err); ok {
		return s.campaignForm(w, r, e.Kind.Status(), v, map[string]string{e.Field: message(ctx, err)})
	}
	if err != nil {
		return err
	}
	return s.redirect(w, r, campaignHref(id), i18n.Text(ctx, "union.campaign.issued", "year", strconv.Itoa(year)))
}

// showCampaign shows the table of a campaign: who has answered, who is late, the sums.
func (s *Server) showCampaign(w http.ResponseWriter, r *request) error {
	c, err := s.app.UnionCampaign(r.Context(), r.who, r.PathValue("id"))
	if err != nil {
		return err
	}
	ctx := r.Context()
	title := i18n.Text(ctx, "union.campaign.title", "year", strconv.Itoa(c.Year))
	paper := sheetHeading{Unit: c.UnitName, Day: sheetOf(r, nil).Day}
	p := unionPage{Base: s.unionBase(r, title, ui.Crumb{Label: i18n.Text(ctx, "union.campaign.list"), Href: "/unions/campaigns"}), Paper: &paper,
		Lead: i18n.Text(ctx, "union.campaign.of", "symbol", c.Symbol, "day", c.Issued.VN(), "unit", c.UnitName, "due", c.Due.VN()), Tabs: unionTabs(r, "campaign"),
		Badge: i18n.Text(ctx, "union.campaign.open"), Sheet: campaignHref(c.ID) + "/table.xlsx"}
	p.Wide = true
	if !c.Open() {
		p.Badge = i18n.Text(ctx, "union.campaign.closed", "day", c.ClosedOn.VN())
	}
	run := unionSection{ID: "tien-do", Title: i18n.Text(ctx, "union.campaign.progress"), Note: campaignProgress(r, c)}
	if c.Text != "" {
		run.Texts = strings.Split(c.Text, "\n")
	}
	if c.May && c.Open() {
		run.Asks = campaignAsks(r, c)
	}
	t := campaignTable(r, c)
	p.Sections = []unionSection{run, {ID: "bang", Title: i18n.Text(ctx, "union.campaign.table"), Note: i18n.Text(ctx, "union.campaign.table_note", "year", strconv.Itoa(c.Year-1)), Table: &t}}
	return s.page(w, r, http.StatusOK, unionView(p))
}

func campaignProgress(r *request, c app.UnionCampaignPage) string {
	sent, late := 0, 0
	for _, l := range c.Lines {
		if l.State == union.Submitted {
			sent++
		} else if l.Late > 0 {
			late++
		}
	}
	key := "union.campaign.so_far"
	if late > 0 {
		key = "union.campaign.so_far_late"
	}
	return i18n.Text(r.Context(), key, "n", strconv.Itoa(sent), "m", strconv.Itoa(len(c.Lines)), "late", strconv.Itoa(late))
}

func campaignAsks(r *request, c app.UnionCampaignPage) []unionAsk {
	ctx, open := r.Context(), 0
	for _, l := range c.Lines {
		if l.State != union.Submitted {
			open++
		}
	}
	var asks []unionAsk
	if open > 0 {
		asks = append(asks, unionAsk{Ask: ui.Ask{ID: "remind", Open: i18n.Text(ctx, "union.campaign.remind"), Heading: i18n.Text(ctx, "union.campaign.remind"),
			Text: i18n.Text(ctx, "union.campaign.remind_ask", "n", strconv.Itoa(open)), Action: campaignHref(c.ID) + "/remind", Submit: i18n.Text(ctx, "union.campaign.remind"), Primary: true}})
	}
	return append(asks, unionAsk{Ask: ui.Ask{ID: "close", Open: i18n.Text(ctx, "union.campaign.close"), Heading: i18n.Text(ctx, "union.campaign.close"),
		Text: i18n.Text(ctx, "union.campaign.close_ask", "n", strconv.Itoa(open)), Action: campaignHref(c.ID) + "/close", Submit: i18n.Text(ctx, "union.campaign.close")}})
}

// campaignTable is unit by column, with the year before under each number where it was
// counted.
func campaignTable(r *request, c app.UnionCampaignPage) unionTable {
	ctx := r.Context()
	t := unionTable{Columns: unionColumns(ctx, "union.col.union", "union.col.state")}
	for _, col := range union.Columns() {
		t.Columns = append(t.Columns, unionColumn{Name: col.Words(), Number: true})
	}
	t.Columns = append(t.Columns, unionColumns(ctx, "union.col.reason")...)
	for _, l := range c.Lines {
		href := countHref(c.ID, string(l.UnitCode))
		row := []unionCell{{Text: l.UnitName, Href: href}, countState(r, l, c)}
		row = append(row, countCells(r, l.State == union.Submitted, l.Figures, l.Last, href)...)
		t.Rows = append(t.Rows, append(row, unionCell{Text: l.Sheet.Reason}))
	}
	sum := []unionCell{{Text: i18n.Text(ctx, "union.sum")}, {}}
	t.Foot = [][]unionCell{append(sum, countCells(r, true, c.Sum, c.LastSum, "")...)}
	return t
}

// countCells are the numbers of a count, each with that of the year before.
func countCells(r *request, counts bool, n, last union.Figures, href string) []unionCell {
	lang := i18n.From(r.Context())
	var row []unionCell
	for _, col := range union.Columns() {
		var cell unionCell
		if v, ok := n[col]; ok && counts {
			cell = unionNumber(r, &v, href)
		} else {
			cell = unionNumber(r, nil, "")
		}
		if v, ok := last[col]; ok {
			cell.Note = " (" + i18n.Count(lang, v) + ")"
		}
		row = append(row, cell)
	}
	return row
}

// countState says how an answer stands, and by how many days it is late.
func countState(r *request, l app.CountLine, c app.UnionCampaignPage) unionCell {
	cell := unionCell{Text: i18n.Sentence(l.State.Words()), Mood: ui.Todo}
	switch {
	case l.State == union.Submitted && l.Late > 0:
		cell.Mood, cell.Note = ui.Done, unionDays(r, l.Late)
	case l.State == union.Submitted:
		cell.Mood, cell.Note = ui.Done, l.SubmittedOn.VN()
	case !c.Open():
		cell.Mood, cell.Text = ui.Shut, i18n.Text(r.Context(), "union.count.never")
	case l.Late > 0:
		cell.Mood, cell.Note = ui.Late, unionDays(r, l.Late)
	}
	if l.State != union.Submitted && l.Reminders > 0 {
		cell.Note = joinWords("; ", cell.Note, i18n.Text(r.Context(), "union.count.reminded", "n", strconv.Itoa(l.Reminders), "day", l.RemindedOn.VN()))
	}
	return cell
}

func (s *Server) downloadCampaign(w http.ResponseWriter, r *request) error {
	c, err := s.app.UnionCampaign(r.Context(), r.who, r.PathValue("id"))
	if err != nil {
		return err
	}
	t := campaignTable(r, c)
	for i := range t.Rows { // the year before stands on the page; a sheet holds numbers alone
		t.Rows[i] = withoutNotes(t.Rows[i])
	}
	t.Foot[0] = withoutNotes(t.Foot[0])
	return s.sendUnionTable(w, r, "thong-ke-doan-"+strconv.Itoa(c.Year), i18n.Text(r.Context(), "union.campaign.title", "year", strconv.Itoa(c.Year)), c.UnitName, t, false)
}

func withoutNotes(row []unionCell) []unionCell {
	for i := range row {
		if row[i].N != nil || row[i].Text == noFigure {
			row[i].Note = ""
		}
	}
	return row
}

func (s *Server) remindCampaign(w http.ResponseWriter, r *request) error {
	n, err := s.app.RemindCampaign(r.Context(), r.who, r.PathValue("id"))
	return s.unionDone(w, r, err, campaignHref(r.PathValue("id")), "union.campaign.reminded", "n", strconv.FormatInt(n, 10))
}

func (s *Server) closeCampaign(w http.ResponseWriter, r *request) error {
	return s.unionDone(w, r, s.app.CloseCampaign(r.Context(), r.who, r.PathValue("id")), campaignHref(r.PathValue("id")), "union.campaign.closed_now")
}

// unionDone goes back to a page after an act of one button. What was refused is said
// there, for there is no form to say it beside.
func (s *Server) unionDone(w http.ResponseWriter, r *request, err error, to, key string, args ...any) error {
	if _, ok := formError(err); ok {
		return s.redirect(w, r, to, message(r.Context(), err))
	}
	if err != nil {
		return err
	}
	return s.redirect(w, r, to, i18n.Text(r.Context(), key, args...))
}

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
