package web

import (
	"net/http"
	"strconv"
	"strings"

	"ketnap/app"
	"ketnap/class"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/org"
	"ketnap/rule"
	"ketnap/web/ui"
)

func (s *Server) newClassProposal(w http.ResponseWriter, r *request) error {
	id, err := s.app.NewClassProposal(r.Context(), r.who, r.PostFormValue("unit"), class.Kind(r.PostFormValue("kind")), r.PostFormValue("survey"))
	if err != nil {
		return err
	}
	return s.redirect(w, r, "/class-proposals/"+id, i18n.Text(r.Context(), "class.proposal.begun"))
}

// A classOption is an option of a proposal as it is typed, and what it would do.
type classOption struct {
	N                                int
	Prefix                           string
	Heading                          string
	Title, Reach, Least, Host, Place ui.Input
	From, To, HalfDays, Seats        ui.Input
	Units                            []classTick
	UnitsError                       string
	Figures                          []ui.Fact
	Warnings                         []string
	Chosen                           bool
	Opened                           string // address of the class that came of it
}

// A classProposalPage is a proposal: its options beside each other, and the decision.
type classProposalPage struct {
	ui.Base
	Lead                        string
	ID                          string
	Version                     int
	Open, Sent, Manage, CanMore bool
	Title, Number, On, Reason   ui.Input
	Survey                      ui.Input
	Surveys                     []ui.Option
	Reaches, Hosts              []ui.Option
	Options                     []classOption
	Compare                     classCompare
	Problem                     ui.ProblemBox
	Decision, DecidedOn, By     ui.Input
	ChosenError                 string
	Facts                       []ui.Fact
	Export, Paper               string
}

// A classCompare sets the options beside each other.
type classCompare struct {
	Heads []string
	Rows  []classCompareRow
}

// A classCompareRow is one question asked of every option.
type classCompareRow struct {
	Name  string
	Cells []string
}

func (s *Server) showClassProposal(w http.ResponseWriter, r *request) error {
	p, err := s.app.ClassProposal(r.Context(), r.who, r.PathValue("id"))
	if err != nil {
		return err
	}
	return s.page(w, r, http.StatusOK, classProposalView(s.classProposalPage(r, p, nil, nil)))
}

// classProposalPage fills the page; typed, if any, is what was sent and refused.
func (s *Server) classProposalPage(r *request, d app.ClassProposalPage, typed map[string][]string, faults map[string]string) classProposalPage {
	t := classTextOf(r)
	v := d.Proposal
	p := classProposalPage{Base: s.base(r, v.Title, ui.Crumb{Label: t.text("class.menu"), Href: "/classes"}), ID: v.ID, Version: v.Version, Manage: d.MayManage,
		Open: v.State.Open() && d.MayManage, Sent: v.State == class.ProposalSent, CanMore: len(v.Sheet.Options) < class.MaxOptions,
		Lead:   t.text("class.proposal.lead", "kind", v.Kind.Words(), "n", d.Demand.Total, "pressing", d.Demand.Pressing, "state", v.State.Words()),
		Export: "/class-proposals/" + v.ID + "/sheet.xlsx", Paper: "/class-proposals/" + v.ID + "/paper", Hosts: classHosts(), Reaches: classReaches()}
	p.Wide = true
	f := classFields{t: t, typed: typed, faults: faults}
	p.Title = f.in("title", "class.proposal.field.title", v.Title, false)
	p.Number = f.in("number", "class.proposal.field.number", v.Number, true)
	p.On = f.in("on", "class.proposal.field.on", dayText(v.On), true)
	p.Reason = f.in("reason", "class.proposal.field.reason", v.Sheet.Reason, true)
	p.Survey = f.in("survey", "class.proposal.field.survey", v.Survey, true)
	p.Surveys = []ui.Option{{Value: "", Label: t.text("class.proposal.register")}}
	for _, x := range d.Surveys {
		p.Surveys = append(p.Surveys, ui.Option{Value: x.ID, Label: x.Title})
	}
	judged := v.DecisionDay()
	if judged.IsZero() {
		judged = r.today
	}
	for i, o := range v.Sheet.Options {
		p.Options = append(p.Options, f.option(i, o, d.Units))
		if i < len(d.Covers) {
			p.Options[i].Figures, p.Options[i].Warnings = t.coverFacts(o, d.Covers[i]), t.coverWarnings(o, d.Covers[i], judged)
		}
	}
	p.Compare = t.compare(d)
	p.Decision, p.DecidedOn, p.By = f.in("decision", "class.decide.number", v.Decision, false), f.in("decided_on", "class.decide.on", dayText(v.DecidedOn), false), f.in("decided_by", "class.decide.by", v.DecidedBy, false)
	p.Decision.Short = true
	p.ChosenError = faults["chosen"]
	if v.State == class.ProposalDecided {
		p.Facts = []ui.Fact{{Term: t.text("class.decide.number"), Value: v.Decision}, {Term: t.text("class.decide.on"), Value: t.day(v.DecidedOn)}, {Term: t.text("class.decide.by"), Value: v.DecidedBy}}
	}
	order := []string{"title", "number", "on", "options", "chosen", "decision", "decided_on", "decided_by"}
	for i := range v.Sheet.Options {
		for _, n := range []string{"title", "reach", "least", "units", "host", "from", "to", "half_days", "seats", "chosen"} {
			order = append(order, class.OptionField(i)+n)
		}
	}
	p.Problem = slips(faults, order...)
	return p
}

// dayText is a day as a form holds it.
func dayText(d date.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

func classHosts() []ui.Option {
	var out []ui.Option
	for _, h := range class.Hosts() {
		out = append(out, ui.Option{Value: string(h), Label: h.Words()})
	}
	return out
}

func classReaches() []ui.Option {
	var out []ui.Option
	for _, x := range class.Reaches() {
		out = append(out, ui.Option{Value: string(x), Label: x.Words()})
	}
	return out
}

// classFields makes inputs that keep what was typed.
type classFields struct {
	t      classText
	typed  map[string][]string
	faults map[string]string
}

func (f classFields) in(name, key, kept string, optional bool) ui.Input {
	in := ui.Input{Name: name, Label: f.t.text(key), Value: kept, Error: f.faults[name], Optional: optional}
	if v, ok := f.typed[name]; ok {
		in.Value = strings.Join(v, "")
	}
	return in
}

func (f classFields) option(i int, o class.Option, units []org.Unit) classOption {
	x := class.OptionField(i)
	count := func(n int) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	c := classOption{N: i, Prefix: x, Heading: f.t.text("class.option.n", "n", i+1), Title: f.in(x+"title", "class.option.title", o.Title, false), Reach: f.in(x+"reach", "class.option.reach", string(o.Reach), false),
		Least: f.in(x+"least", "class.option.least", count(o.Least), true), Host: f.in(x+"host", "class.option.host", string(o.Host), false), Place: f.in(x+"place", "class.option.place", o.Place, true),
		From: f.in(x+"from", "class.option.from", dayText(o.From), true), To: f.in(x+"to", "class.option.to", dayText(o.To), true),
		HalfDays: f.in(x+"half_days", "class.option.half_days", count(o.HalfDays), true), Seats: f.in(x+"seats", "class.option.seats", count(o.Seats), true), UnitsError: f.faults[x+"units"]}
	for _, in := range []*ui.Input{&c.Least, &c.HalfDays, &c.Seats} {
		in.Short, in.Attrs = true, map[string]any{"inputmode": "numeric", "autocomplete": "off"}
	}
	if o.Opened != "" {
		c.Opened = "/classes/" + o.Opened
	}
	chosen := o.Units
	if f.typed != nil {
		chosen = f.typed[x+"units"]
		for _, v := range f.typed["chosen"] {
			c.Chosen = c.Chosen || v == strconv.Itoa(i)
		}
	}
	for _, u := range units {
		k := classTick{Value: string(u.Code), Name: u.Name}
		for _, code := range chosen {
			k.Ticked = k.Ticked || code == k.Value
		}
		c.Units = append(c.Units, k)
	}
	return c
}

// coverFacts tells what an option would do.
func (t classText) coverFacts(o class.Option, c class.Summary) []ui.Fact {
	people := i18n.Count(t.lang, c.People)
	if o.Seats > 0 {
		people = t.text("class.seats", "n", c.People, "seats", o.Seats)
	}
	return []ui.Fact{{Term: t.text("class.cover.people"), Value: people}, {Term: t.text("class.cover.units"), Value: i18n.Count(t.lang, c.Units)},
		{Term: t.text("class.cover.left"), Value: i18n.Count(t.lang, c.Left)}}
}

func (t classText) coverWarnings(o class.Option, c class.Summary, day date.Date) []string {
	var out []string
	if c.Stuck > 0 {
		out = append(out, t.text("class.cover.stuck", "n", c.Stuck))
	}
	if c.TooLate > 0 {
		out = append(out, t.text("class.cover.late", "n", c.TooLate))
	}
	if least, cite := class.LeastSize(o.Host, day); c.People < least {
		out = append(out, t.text("class.cover.small", "n", c.People, "least", least, "cite", cite))
	}
	return out
}

// compare sets the options of a proposal beside each other.
func (t classText) compare(d app.ClassProposalPage) classCompare {
	var c classCompare
	rows := map[string]*classCompareRow{}
	keys := []string{"class.option.reach", "class.option.host", "class.option.place", "class.col.when", "class.option.half_days", "class.cover.people", "class.cover.units", "class.cover.left", "class.cover.stuck_head", "class.cover.late_head"}
	for _, k := range keys {
		rows[k] = &classCompareRow{Name: t.text(k)}
	}
	for i, o := range d.Proposal.Sheet.Options {
		c.Heads = append(c.Heads, o.Title)
		var s class.Summary
		if i < len(d.Covers) {
			s = d.Covers[i]
		}
		reach := o.Reach.Words()
		if o.Reach == class.ForLarge {
			reach = t.text("class.option.large", "n", o.Least)
		}
		people := i18n.Count(t.lang, s.People)
		if o.Seats > 0 {
			people = t.text("class.seats", "n", s.People, "seats", o.Seats)
		}
		for k, v := range map[string]string{keys[0]: reach, keys[1]: o.Host.Words(), keys[2]: o.Place, keys[3]: t.days(o.From, o.To), keys[4]: t.n(o.HalfDays), keys[5]: people,
			keys[6]: i18n.Count(t.lang, s.Units), keys[7]: i18n.Count(t.lang, s.Left), keys[8]: i18n.Count(t.lang, s.Stuck), keys[9]: i18n.Count(t.lang, s.TooLate)} {
			rows[k].Cells = append(rows[k].Cells, v)
		}
	}
	for _, k := range keys {
		c.Rows = append(c.Rows, *rows[k])
	}
	return c
}

// proposalTyped reads what was typed; faults are what cannot be read at all.
func proposalTyped(r *request, kept class.Proposal) (p class.Proposal, faults map[string]string) {
	get := func(name string) string { return strings.TrimSpace(r.PostFormValue(name)) }
	faults = map[string]string{}
	day := func(name string) date.Date {
		d, ok := writtenDay(get(name))
		if !ok {
			faults[name] = i18n.Text(r.Context(), "act.wrong.day", "typed", get(name))
		}
		return d
	}
	number := func(name string) int {
		if get(name) == "" {
			return 0
		}
		n, ok := writtenNumber(get(name))
		if !ok {
			faults[name] = i18n.Text(r.Context(), "class.answer.number", "typed", get(name))
		}
		return n
	}
	p = kept
	p.Version = wantedNumber(get("version"))
	p.Title, p.Number, p.Survey, p.On = get("title"), get("number"), get("survey"), day("on")
	p.Sheet = class.Sheet{Reason: get("reason")}
	for i := range class.MaxOptions {
		x := class.OptionField(i)
		if _, ok := r.PostForm[x+"title"]; !ok {
			continue
		}
		p.Sheet.Options = append(p.Sheet.Options, class.Option{Title: get(x + "title"), Reach: class.Reach(get(x + "reach")), Least: number(x + "least"), Units: r.PostForm[x+"units"],
			Host: class.Host(get(x + "host")), Place: get(x + "place"), From: day(x + "from"), To: day(x + "to"), HalfDays: number(x + "half_days"), Seats: number(x + "seats")})
	}
	return p, faults
}

func (s *Server) saveClassProposal(w http.ResponseWriter, r *request) error {
	id := r.PathValue("id")
	d, err := s.app.ClassProposal(r.Context(), r.who, id)
	if err != nil {
		return err
	}
	if !d.MayManage {
		return errs.E(errs.Forbidden, "error.forbidden")
	}
	p, faults := proposalTyped(r, d.Proposal.Proposal)
	do := r.PostFormValue("do")
	refuse := func(status int, faults map[string]string) error {
		d.Proposal.Sheet.Options = p.Sheet.Options
		return s.page(w, r, status, classProposalView(s.classProposalPage(r, d, r.PostForm, faults)))
	}
	if len(faults) > 0 {
		return refuse(http.StatusUnprocessableEntity, faults)
	}
	switch n, dropped := strings.CutPrefix(do, "drop-"); {
	case dropped:
		if i, ok := writtenNumber(n); ok && i < len(p.Sheet.Options) {
			p.Sheet.Options = append(p.Sheet.Options[:i:i], p.Sheet.Options[i+1:]...)
		}
	case do == "more" && len(p.Sheet.Options) < class.MaxOptions:
		p.Sheet.Options = append(p.Sheet.Options, class.Option{Title: i18n.Text(r.Context(), "class.option.new"), Reach: class.ForAll, Host: class.ByCommittee})
	}
	found, err := s.app.SaveClassProposal(r.Context(), r.who, p, do == "send")
	switch {
	case err != nil && errs.KindOf(err) == errs.Stale:
		return refuse(http.StatusConflict, map[string]string{"": i18n.Text(r.Context(), "class.proposal.stale")})
	case err != nil:
		return err
	case rule.Blocked(found):
		return refuse(http.StatusUnprocessableEntity, classFaults(found))
	}
	key := "class.proposal.kept"
	if do == "send" {
		key = "class.proposal.sent"
	}
	return s.redirect(w, r, "/class-proposals/"+id, i18n.Text(r.Context(), key))
}

func (s *Server) decideClassProposal(w http.ResponseWriter, r *request) error {
	id := r.PathValue("id")
	dec := app.ClassDecision{Number: r.PostFormValue("decision"), By: r.PostFormValue("decided_by"), Dismissed: r.PostFormValue("do") == "dismiss"}
	dec.Version = wantedNumber(r.PostFormValue("version"))
	for _, v := range r.PostForm["chosen"] {
		if n, ok := writtenNumber(v); ok {
			dec.Chosen = append(dec.Chosen, n)
		}
	}
	refuse := func(faults map[string]string) error {
		d, err := s.app.ClassProposal(r.Context(), r.who, id)
		if err != nil {
			return err
		}
		return s.page(w, r, http.StatusUnprocessableEntity, classProposalView(s.classProposalPage(r, d, r.PostForm, faults)))
	}
	var ok bool
	if dec.On, ok = writtenDay(r.PostFormValue("decided_on")); !ok {
		return refuse(map[string]string{"decided_on": i18n.Text(r.Context(), "act.wrong.day", "typed", r.PostFormValue("decided_on"))})
	}
	classes, found, err := s.app.DecideClassProposal(r.Context(), r.who, id, dec)
	switch {
	case err != nil:
		return err
	case rule.Blocked(found):
		faults := map[string]string{}
		for _, f := range found {
			text := f.Message
			if f.Cite != "" {
				text += " — " + f.Cite + "; " + f.Rule
			}
			if strings.HasSuffix(f.Field, "_chosen") {
				faults["chosen"] = strings.TrimSpace(faults["chosen"] + " " + text)
				continue
			}
			faults[f.Field] = text
		}
		return refuse(faults)
	case dec.Dismissed:
		return s.redirect(w, r, "/class-proposals/"+id, i18n.Text(r.Context(), "class.proposal.dismissed"))
	case len(classes) == 1:
		return s.redirect(w, r, "/classes/"+classes[0], i18n.Text(r.Context(), "class.opened"))
	}
	return s.redirect(w, r, "/class-proposals/"+id, i18n.Text(r.Context(), "class.opened_many", "n", len(classes)))
}

// A classPaperPage is the tờ trình, to be printed and signed.
type classPaperPage struct {
	ui.Base
	Sheet   sheetHeading
	Heading string
	Number  string
	Reason  string
	Demand  []string
	Compare classCompare
	Shares  []classShares
	Ask     string
	Back    string
}

// A classShares is how an option spreads over the units.
type classShares struct {
	Title string
	Lines []string
}

func (s *Server) showProposalPaper(w http.ResponseWriter, r *request) error {
	d, err := s.app.ClassProposal(r.Context(), r.who, r.PathValue("id"))
	if err != nil {
		return err
	}
	t := classTextOf(r)
	v := d.Proposal
	p := classPaperPage{Base: s.base(r, t.text("class.paper.title"), ui.Crumb{Label: t.text("class.menu"), Href: "/classes"}, ui.Crumb{Label: v.Title, Href: "/class-proposals/" + v.ID}),
		Sheet: sheetOf(r, []org.Unit{d.Unit}), Heading: v.Title, Number: v.Number, Reason: v.Sheet.Reason, Compare: t.compare(d), Back: "/class-proposals/" + v.ID, Ask: t.text("class.paper.ask")}
	p.Demand = append(p.Demand, t.text("class.paper.total", "n", d.Demand.Total))
	for _, n := range class.Needs() {
		if c := d.Demand.Needs[n]; c > 0 {
			p.Demand = append(p.Demand, n.Words()+": "+i18n.Count(t.lang, c))
		}
	}
	for i, o := range v.Sheet.Options {
		if i >= len(d.Covers) {
			break
		}
		x := classShares{Title: o.Title}
		for _, share := range d.Covers[i].Shares {
			if share.In > 0 {
				x.Lines = append(x.Lines, t.text("class.paper.share", "unit", share.Name, "n", share.In))
			}
		}
		p.Shares = append(p.Shares, x)
	}
	return s.page(w, r, http.StatusOK, classPaperView(p))
}

func (s *Server) downloadClassProposal(w http.ResponseWriter, r *request) error {
	d, err := s.app.ClassProposal(r.Context(), r.who, r.PathValue("id"))
	if err != nil {
		return err
	}
	t := classTextOf(r)
	c := t.table("", "class.col.option", "class.col.unit", "class.col.in", "class.col.out")
	for i, o := range d.Proposal.Sheet.Options {
		if i >= len(d.Covers) {
			break
		}
		for _, x := range d.Covers[i].Shares {
			c.add(plainCell(o.Title), plainCell(x.Name), plainCell(i18n.Count(t.lang, x.In)), plainCell(i18n.Count(t.lang, x.Without)))
		}
	}
	return s.sendSheet(w, "to-trinh-mo-lop-"+r.today.String(), registerSheet(d.Proposal.Title, d.Unit.Name, c.Columns, c.Rows, nil))
}
