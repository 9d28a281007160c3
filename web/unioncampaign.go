package web

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"ketnap/app"
	"ketnap/internal/i18n"
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
	sent, after, late := 0, 0, 0
	for _, l := range c.Lines {
		switch {
		case l.State == union.Submitted && l.Late > 0:
			after++
			sent++
		case l.State == union.Submitted:
			sent++
		case l.Late > 0:
			late++
		}
	}
	key := "union.campaign.so_far"
	if late+after > 0 {
		key = "union.campaign.so_far_late"
	}
	return i18n.Text(r.Context(), key, "n", strconv.Itoa(sent), "m", strconv.Itoa(len(c.Lines)), "late", strconv.Itoa(late), "after", strconv.Itoa(after), "all", strconv.Itoa(late+after))
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
