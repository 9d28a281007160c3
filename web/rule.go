package web

import (
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
	"ketnap/rule"
	"ketnap/web/ui"
)

func (s *Server) ruleRoutes() {
	s.get("/rules", s.showRules)
	s.get("/rules/catalogue", s.showRuleCatalogue)
	s.get("/rules/calendar", s.showRuleCalendar)
	s.get("/rules/sets/{id}", s.showRuleSet)
	s.get("/rules/changes/new", s.newRuleChange)
	s.post("/rules/changes", s.draftRuleChange)
	s.get("/rules/changes/{id}", s.showRuleChange)
	s.get("/rules/changes/{id}/rehearsal.xlsx", s.exportRehearsal)
	s.post("/rules/changes/{id}/rehearse", s.rehearseAgain)
	s.post("/rules/changes/{id}/apply", s.applyRuleChange)
	s.post("/rules/changes/{id}/drop", s.dropRuleChange)
	s.post("/rules/redraw", s.redrawFiles)
}

// ruleTabs are the pages of the regulation.
func ruleTabs(r *request, here string) []adminTab {
	ctx := r.Context()
	tabs := []adminTab{{Label: i18n.Text(ctx, "rule.tab.set"), Href: "/rules"}, {Label: i18n.Text(ctx, "rule.tab.catalogue"), Href: "/rules/catalogue"},
		{Label: i18n.Text(ctx, "rule.tab.calendar"), Href: "/rules/calendar"}}
	for i := range tabs {
		tabs[i].Here = tabs[i].Href == here
	}
	return tabs
}

// A ruleSetLine is a set on the line of time, or a guidance that changed forms only.
type ruleSetLine struct {
	ID, Href, Span, Confidence string
	Documents                  []string
	Note                       string // how much it states itself, or that it changed forms only
	Now, Added                 bool
}

// A ruleChangeLine is a change that an administrator made.
type ruleChangeLine struct {
	Href, What, From, Document, Reason, By string
	State                                  string
	Mood                                   ui.Mood
	Revoke                                 string // address of the form that ends it; "" where it cannot be
}

// A rulesPage is the regulation on a line of time.
type rulesPage struct {
	ui.Base
	Tabs    []adminTab
	Lead    string
	Sets    []ruleSetLine
	Changes []ruleChangeLine
	Drafts  []ruleChangeLine
	Manages bool
}

func (s *Server) showRules(w http.ResponseWriter, r *request) error {
	ctx := r.Context()
	b, err := s.app.RulesPage(ctx, r.who)
	if err != nil {
		return err
	}
	in := b.Sets.On(r.today)
	p := rulesPage{Base: s.base(r, i18n.Text(ctx, "rule.title")), Tabs: ruleTabs(r, "/rules"), Manages: b.Manages,
		Lead: i18n.Text(ctx, "rule.lead", "day", r.today.VN(), "set", in.ID)}
	for i, set := range b.Sets {
		if i > 0 && b.Sets[i-1].ID == set.ID { // a part that a changed figure cut off
			continue
		}
		p.Sets = append(p.Sets, ruleSetOf(r, b.RuleBook, set, in.ID))
		p.Sets = append(p.Sets, ruleForms(r, set)...)
	}
	slices.Reverse(p.Sets)
	for _, c := range b.Changes {
		line := ruleChangeOf(r, c, b.Manages)
		if c.State == app.RuleDraftState {
			p.Drafts = append(p.Drafts, line)
		} else {
			p.Changes = append(p.Changes, line)
		}
	}
	return s.page(w, r, http.StatusOK, rulesView(p))
}

func ruleSetOf(r *request, b app.RuleBook, set rule.Set, now string) ruleSetLine {
	ctx := r.Context()
	line := ruleSetLine{ID: set.ID, Href: "/rules/sets/" + set.ID, Span: ruleSpan(r, set.From, ruleSetEnd(b.Sets, set.ID)), Documents: set.Documents,
		Confidence: admission.ConfidenceWords(admission.SetConfidence(set)), Now: set.ID == now, Added: set.Change != ""}
	line.Note = i18n.Text(ctx, "rule.set.states", "n", admission.OwnFigures(set), "all", len(admission.TermInfos()))
	switch admission.OwnFigures(set) {
	case 0:
		line.Note = i18n.Text(ctx, "rule.set.states_none")
	case len(admission.TermInfos()):
		line.Note = i18n.Text(ctx, "rule.set.states_all", "all", len(admission.TermInfos()))
	}
	return line
}

// ruleSetEnd is the last day of a set, all its parts together.
func ruleSetEnd(sets rule.Sets, id string) date.Date {
	end := date.Date{}
	for _, s := range sets {
		if s.ID == id {
			end = s.To
		}
	}
	return end
}

// ruleForms are the guidances that changed forms only within a set.
func ruleForms(r *request, set rule.Set) []ruleSetLine {
	var out []ruleSetLine
	for _, f := range admission.FormsChanges() {
		from := date.Must(f.From)
		if from.Before(set.From) || !set.To.IsZero() && from.After(set.To) {
			continue
		}
		out = append(out, ruleSetLine{ID: f.ID, Span: ruleSpan(r, from, date.Date{}), Documents: f.Documents,
			Confidence: admission.ConfidenceWords(f.Confidence), Note: f.Note})
	}
	return out
}

func ruleSpan(r *request, from, to date.Date) string {
	lang := i18n.From(r.Context())
	switch {
	case from.IsZero():
		return i18n.Text(r.Context(), "rule.span.to", "to", i18n.Date(lang, to))
	case to.IsZero():
		return i18n.Text(r.Context(), "rule.span.from", "from", i18n.Date(lang, from))
	}
	return i18n.Text(r.Context(), "rule.span", "from", i18n.Date(lang, from), "to", i18n.Date(lang, to))
}

// A ruleFigureLine is a figure of a set.
type ruleFigureLine struct {
	Rule, Words, Amount, Extension, From, Cite, Confidence, Inherited string
	Changed                                                           bool
	Change                                                            string // address of the form that changes it
}

// A ruleSetPart is a set, or what stands in it from the day of a changed figure on.
type ruleSetPart struct {
	ID, Span, Hash string
	Lines          []ruleFigureLine
}

// A ruleSetPage is one set with its documents and figures.
type ruleSetPage struct {
	ui.Base
	Facts     []ui.Fact
	Documents []string
	Parts     []ruleSetPart
}

func (s *Server) showRuleSet(w http.ResponseWriter, r *request) error {
	ctx := r.Context()
	b, err := s.app.RulesPage(ctx, r.who)
	if err != nil {
		return err
	}
	id := r.PathValue("id")
	p := ruleSetPage{Base: s.base(r, i18n.Text(ctx, "rule.set.title", "id", id), ruleCrumb(r))}
	for _, set := range b.Sets {
		if set.ID != id {
			continue
		}
		if p.Parts == nil {
			p.Documents = set.Documents
			p.Facts = []ui.Fact{{Term: i18n.Text(ctx, "rule.col.span"), Value: ruleSpan(r, set.From, ruleSetEnd(b.Sets, id))},
				{Term: i18n.Text(ctx, "rule.col.confidence"), Value: admission.ConfidenceWords(admission.SetConfidence(set))}}
		}
		p.Parts = append(p.Parts, ruleSetPart{ID: "h-" + strconv.Itoa(len(p.Parts)), Span: ruleSpan(r, set.From, set.To), Hash: set.Hash(), Lines: ruleFigures(r, b, set)})
	}
	if p.Parts == nil {
		return errs.E(errs.NotFound, "rule.set.none", "id", id)
	}
	return s.page(w, r, http.StatusOK, ruleSetView(p))
}

func ruleCrumb(r *request) ui.Crumb {
	return ui.Crumb{Label: i18n.Text(r.Context(), "rule.title"), Href: "/rules"}
}

func ruleFigures(r *request, b app.RulesPage, set rule.Set) []ruleFigureLine {
	ctx := r.Context()
	day := set.From
	if day.IsZero() {
		day = set.To
	}
	var out []ruleFigureLine
	for _, t := range admission.TermInfos() {
		st, err := b.Sets.Term(t.ID, day)
		if err != nil {
			continue // no set states it: there is nothing to show
		}
		l := ruleFigureLine{Rule: t.Rule, Words: t.Words, Amount: ruleAmount(r, st.Amount, st.Unit), From: ruleStart(r, t, st.Start),
			Cite: st.Cite, Confidence: admission.ConfidenceWords(st.Confidence), Changed: st.Change != ""}
		if st.Extension > 0 {
			l.Extension = i18n.Text(ctx, "rule.extension_of", "n", st.Extension)
		}
		if st.Inherited != "" {
			l.Inherited = i18n.Text(ctx, "rule.inherited", "set", st.Inherited)
		}
		if b.Manages && (set.To.IsZero() || !set.To.Before(r.today)) {
			l.Change = address("/rules/changes/new", "kind", app.RuleTerm, "subject", t.ID)
		}
		out = append(out, l)
	}
	return out
}

// monthsAsYears is the number of months above which a reader thinks in years.
const monthsAsYears = 24

func ruleAmount(r *request, n int, unit rule.Unit) string {
	key := "rule.days"
	if unit == rule.Months {
		key = "rule.months"
		if n > monthsAsYears && n%12 == 0 {
			return i18n.Text(r.Context(), "rule.months_years", "n", n, "years", n/12)
		}
	}
	return i18n.Text(r.Context(), key, "n", n)
}

func ruleStart(r *request, t admission.TermInfo, start rule.Start) string {
	if start == "" {
		return t.From
	}
	return i18n.Text(r.Context(), "rule.start."+string(start))
}

// A ruleLine is a rule of the catalogue.
type ruleLine struct {
	ID, Says, Cite, Confidence, Use, Acts string
	Severity                              string // what it does today, with whose decision
	Blocks, Warns                         bool
	Turn, TurnWords                       string // form that turns it, for who may
	Figure                                string // its figures today
}

// A rulePartLines is a heading of the catalogue with its rules.
type rulePartLines struct {
	ID, Title string
	Lines     []ruleLine
}

// A ruleCataloguePage is every rule, by the part of the procedure.
type ruleCataloguePage struct {
	ui.Base
	Tabs  []adminTab
	Query string
	Parts []rulePartLines
	Count string
	Empty ui.Nothing
}

func (s *Server) showRuleCatalogue(w http.ResponseWriter, r *request) error {
	ctx := r.Context()
	b, err := s.app.RulesPage(ctx, r.who)
	if err != nil {
		return err
	}
	p := ruleCataloguePage{Base: s.base(r, i18n.Text(ctx, "rule.catalogue.title"), ruleCrumb(r)), Tabs: ruleTabs(r, "/rules/catalogue"), Query: r.FormValue("q"),
		Empty: ui.Nothing{Title: i18n.Text(ctx, "rule.catalogue.none.title"), Text: i18n.Text(ctx, "rule.catalogue.none")}}
	wanted, n := person.Words(p.Query), 0
	for _, part := range admission.RuleParts() {
		lines := rulePartLines{ID: "h-" + string(part), Title: part.Words()}
		for _, i := range admission.RuleInfos() {
			if i.Part == part && ruleFits(i, wanted, p.Query) {
				lines.Lines = append(lines.Lines, ruleLineOf(r, b, i))
			}
		}
		if n += len(lines.Lines); len(lines.Lines) > 0 {
			p.Parts = append(p.Parts, lines)
		}
	}
	p.Count = i18n.Text(ctx, "rule.catalogue.count", "n", n)
	return s.page(w, r, http.StatusOK, ruleCatalogueView(p))
}

// ruleFits reports whether a rule is looked for: by its id, or by words without tones.
func ruleFits(i admission.RuleInfo, wanted []string, query string) bool {
	if strings.Contains(i.ID, strings.ToUpper(strings.TrimSpace(query))) {
		return true
	}
	return len(wanted) > 0 && hasWords(person.Words(i.Says+" "+i.Cite+" "+i.Part.Words()), wanted)
}

func ruleLineOf(r *request, b app.RulesPage, i admission.RuleInfo) ruleLine {
	ctx := r.Context()
	l := ruleLine{ID: i.ID, Says: i.Says, Cite: i.Cite, Confidence: admission.ConfidenceWords(i.Confidence), Use: i18n.Sentence(i.Use.Words())}
	if i.Use == admission.UseChecked {
		l.Acts = i18n.Text(ctx, "rule.acts.all")
		var words []string
		for _, a := range i.Acts {
			words = append(words, a.Words())
		}
		if len(words) > 0 {
			l.Acts = strings.Join(words, "; ")
		}
	}
	now := b.Severity(i, r.today)
	l.Blocks, l.Warns = now == rule.Block, now == rule.Warn
	if now != "" {
		l.Severity = i18n.Text(ctx, "rule.severity."+string(now))
	}
	if i.Fixed {
		l.Severity = i18n.Text(ctx, "rule.severity.fixed")
	}
	if d, ok := b.DecidedBy(i.ID, r.today); ok && i.Turnable() {
		l.Severity += " — " + i18n.Text(ctx, "rule.decided_by", "document", d.Document, "day", d.From.VN(), "who", d.AppliedBy)
	}
	if b.Manages && i.Turnable() {
		to := rule.Block
		if now == rule.Block {
			to = rule.Warn
		}
		l.Turn = address("/rules/changes/new", "kind", app.RuleSeverity, "subject", i.ID, "severity", string(to))
		l.TurnWords = i18n.Text(ctx, "rule.turn."+string(to))
	}
	l.Figure = ruleFiguresToday(r, b, i)
	return l
}

func ruleFiguresToday(r *request, b app.RulesPage, i admission.RuleInfo) string {
	var words []string
	for _, t := range i.Figures() {
		if st, err := b.Sets.Term(t.ID, r.today); err == nil {
			words = append(words, t.Words+": "+ruleAmount(r, st.Amount, st.Unit))
		}
	}
	return strings.Join(words, "; ")
}
