package web

import (
	"net/http"
	"strconv"
	"strings"

	"ketnap/app"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/rule"
	"ketnap/source"
	"ketnap/web/ui"
)

// A reviewFormPage is the review of one unit: what was counted beside what the committee
// says.
type reviewFormPage struct {
	ui.Base
	Lead    string
	Problem ui.ProblemBox
	Action  string
	Back    string
	Seq     int
	Layers  []reviewField
	Has     ui.Input
	Answers []ui.Option
	Reasons []reviewReason
	Why     ui.Input // the error beside the reasons
	Text    ui.Input
	Despite *ui.Input // where something contradicts
	Submit  string
	Read    string // why it can only be read; "" where it can be written
	Verdict string
	Facts   []ui.Fact
	Warn    []string
	History []ui.Event
}

// A reviewField is a layer of the form.
type reviewField struct {
	Words, Note   string
	Counted       numberLink
	Origin        string
	Before, Below string
	Value, Why    ui.Input
	ValueText     string // what stands, for reading
	BelowHead     string
}

// A reviewReason is one of the codes, chosen or not.
type reviewReason struct {
	Value, Label string
	Chosen       bool
}

// reviewTyped is what was typed of a review.
type reviewTyped struct {
	values, whys map[source.Layer]string
	has          string
	reasons      []source.Reason
	evidence     string
	despite      string
	seq          int
}

func reviewTypedOf(r *request) reviewTyped {
	t := reviewTyped{values: map[source.Layer]string{}, whys: map[source.Layer]string{}, has: r.PostFormValue("has"),
		evidence: strings.TrimSpace(r.PostFormValue("evidence")), despite: strings.TrimSpace(r.PostFormValue("despite"))}
	for _, l := range source.Layers() {
		t.values[l] = strings.TrimSpace(r.PostFormValue(source.Field(l)))
		t.whys[l] = strings.TrimSpace(r.PostFormValue(source.Why(l)))
	}
	for _, code := range r.PostForm["reasons"] {
		t.reasons = append(t.reasons, source.Reason(code))
	}
	t.seq = wantedNumber(r.PostFormValue("seq"))
	return t
}

// begunWith is the form before anything was typed.
func begunWith(review source.Review, said bool, seq int) reviewTyped {
	t := reviewTyped{values: map[source.Layer]string{}, whys: map[source.Layer]string{}, reasons: review.Reasons, evidence: review.Evidence, seq: seq}
	for _, c := range review.Counts {
		if c.Value != nil {
			t.values[c.Layer] = strconv.Itoa(*c.Value)
		}
		t.whys[c.Layer] = c.Reason
	}
	if said {
		t.has = "no"
		if review.Has {
			t.has = "yes"
		}
	}
	return t
}

// review reads what was typed; the findings say which fields hold no number.
func (t reviewTyped) review(unit string, period date.Period) (source.Review, []rule.Finding) {
	review := source.Review{Unit: unit, Period: period, Has: t.has == "yes", Reasons: t.reasons, Evidence: t.evidence, Despite: t.despite}
	var out []rule.Finding
	for _, l := range source.Layers() {
		c := source.Count{Layer: l, Reason: t.whys[l]}
		if text := t.values[l]; text != "" {
			n, ok := writtenNumber(text)
			if !ok {
				out = append(out, rule.Finding{Rule: "TGT-26", Severity: rule.Block, Field: source.Field(l), Message: i18n.T(i18n.Vietnamese, "review.number", "layer", l.Short())})
			}
			c.Value = &n
		}
		review.Counts = append(review.Counts, c)
	}
	if t.has != "yes" && t.has != "no" {
		out = append(out, rule.Finding{Rule: "TGT-26", Severity: rule.Block, Field: "has", Message: i18n.T(i18n.Vietnamese, "source.has_missing")})
	}
	return review, out
}

// reviewFormOf reads the unit and period of the address.
func (s *Server) reviewFormOf(r *request) (app.ReviewForm, error) {
	period, err := date.ParsePeriod(r.PathValue("period"))
	if err != nil {
		return app.ReviewForm{}, errs.E(errs.NotFound, "error.not_found").Because(err)
	}
	return s.app.SourceReviewOf(r.Context(), r.who, r.PathValue("unit"), period)
}

func (s *Server) showReviewForm(w http.ResponseWriter, r *request) error {
	f, err := s.reviewFormOf(r)
	if err != nil {
		return err
	}
	return s.page(w, r, http.StatusOK, reviewFormView(s.reviewFormPage(r, f, begunWith(f.Begin(), f.Review != nil, f.Seq), nil)))
}

// recordReview records a review. What contradicts its numbers is shown first, and written
// only with the reason why it is so all the same (TGT-27).
func (s *Server) recordReview(w http.ResponseWriter, r *request) error {
	f, err := s.reviewFormOf(r)
	if err != nil {
		return err
	}
	if f.Level == 0 {
		return errs.E(errs.Forbidden, "error.forbidden")
	}
	typed := reviewTypedOf(r)
	review, findings := typed.review(string(f.Unit.Code), f.Period)
	if len(findings) == 0 {
		if findings, err = s.app.RecordReview(r.Context(), r.who, review, typed.seq); err == nil && len(findings) == 0 {
			return s.redirect(w, r, reviewHref(string(f.Unit.Code), f.Period), i18n.Text(r.Context(), "review.done", "unit", f.Unit.Name, "period", f.Period.Name()))
		}
	}
	status := http.StatusUnprocessableEntity
	if e, ok := formError(err); ok {
		status = e.Kind.Status()
		findings = []rule.Finding{{Severity: rule.Block, Message: message(r.Context(), e)}}
		typed.seq = f.Seq
	} else if err != nil {
		return err
	}
	return s.page(w, r, status, reviewFormView(s.reviewFormPage(r, f, typed, findings)))
}

func (s *Server) reviewFormPage(r *request, f app.ReviewForm, typed reviewTyped, findings []rule.Finding) reviewFormPage {
	ctx, code := r.Context(), string(f.Unit.Code)
	back := address("/source", "unit", code, "period", f.Period.String())
	if len(f.Line) > 1 && !hasBranches(f.ReviewLine) {
		back = address("/source", "unit", string(f.Line[1].Code), "period", f.Period.String())
	}
	p := reviewFormPage{
		Base: s.base(r, i18n.Text(ctx, "review.form.title", "period", f.Period.Name()), ui.Crumb{Label: i18n.Text(ctx, "review.menu"), Href: back}, ui.Crumb{Label: f.Unit.Name}),
		Lead: f.Unit.Name, Action: reviewHref(code, f.Period), Back: back, Seq: typed.seq,
		Has:     ui.Input{Name: "has", Label: i18n.Text(ctx, "source.has"), Value: typed.has, Error: beside(findings, "has")},
		Answers: []ui.Option{{Value: "yes", Label: i18n.Text(ctx, "source.yes")}, {Value: "no", Label: i18n.Text(ctx, "source.no")}},
		Why:     ui.Input{Name: "reasons", Label: i18n.Text(ctx, "source.why"), Help: i18n.Text(ctx, "review.form.why"), Error: beside(findings, "reasons")},
		Text: ui.Input{Name: "evidence", Label: i18n.Text(ctx, "review.form.evidence"), Value: typed.evidence, Optional: true, Help: i18n.Text(ctx, "review.form.evidence_help"),
			Error: beside(findings, "evidence"), Attrs: map[string]any{"maxlength": strconv.Itoa(source.MaxEvidence)}},
		Facts: s.reviewFacts(r, f), History: reviewHistory(r, f),
	}
	p.Wide = true
	for _, x := range source.Reasons() {
		chosen := false
		for _, y := range typed.reasons {
			chosen = chosen || x == y
		}
		p.Reasons = append(p.Reasons, reviewReason{Value: string(x), Label: i18n.Sentence(x.Words()), Chosen: chosen})
	}
	for i, l := range source.Layers() {
		p.Layers = append(p.Layers, s.reviewField(r, f, f.Counted[i], l, typed, findings))
	}
	if f.Review != nil {
		verdict, why := reviewVerdict(r, f.Review)
		p.Verdict = joinWords(": ", verdict, why)
		for _, x := range f.Review.Contradictions() {
			p.Warn = append(p.Warn, x.Message)
		}
	}
	s.reviewWays(r, f, &p, typed, findings)
	return p
}

// reviewWays says what the form can do now: record, record in spite of something, or
// nothing but be read.
func (s *Server) reviewWays(r *request, f app.ReviewForm, p *reviewFormPage, typed reviewTyped, findings []rule.Finding) {
	ctx := r.Context()
	switch {
	case f.Closed && f.Review != nil:
		p.Read = i18n.Text(ctx, "review.closed", "level", f.Review.Level.Words(), "day", f.Review.On.VN())
		return
	case f.Level == 0:
		p.Read = i18n.Text(ctx, "review.read_only")
		return
	}
	p.Submit = i18n.Text(ctx, "review.submit."+f.Level.String())
	if len(findings) == 0 {
		return
	}
	p.Problem = problem(findings)
	if !rule.Blocked(findings) {
		p.Problem.Heading = i18n.Text(ctx, "review.contradiction")
		p.Submit = i18n.Text(ctx, "review.submit_anyway")
	}
	if typed.despite != "" || !rule.Blocked(findings) {
		p.Despite = &ui.Input{Name: "despite", Label: i18n.Text(ctx, "review.despite"), Value: typed.despite, Help: i18n.Text(ctx, "review.despite_help"),
			Error: beside(findings, "despite"), Attrs: map[string]any{"maxlength": strconv.Itoa(source.MaxDespite)}}
	}
}

func (s *Server) reviewField(r *request, f app.ReviewForm, c source.Count, l source.Layer, typed reviewTyped, findings []rule.Finding) reviewField {
	ctx := r.Context()
	out := reviewField{Words: i18n.Sentence(l.Words()), Note: l.Note(), Counted: numberLink{Text: noFigure}, Origin: c.Origin.Words(), Before: noFigure, Below: noFigure, ValueText: noFigure,
		Value: ui.Input{Name: source.Field(l), Label: i18n.Text(ctx, "review.form.value", "layer", l.Short()), Value: typed.values[l], Error: beside(findings, source.Field(l)), Optional: true,
			Attrs: map[string]any{"inputmode": "numeric", "maxlength": "6", "autocomplete": "off"}},
		Why: ui.Input{Name: source.Why(l), Label: i18n.Text(ctx, "review.form.reason", "layer", l.Short()), Value: typed.whys[l], Error: beside(findings, source.Why(l)), Optional: true,
			Attrs: map[string]any{"maxlength": strconv.Itoa(source.MaxNote), "autocomplete": "off"}}}
	if c.Counted != nil {
		out.Counted = s.number(r, *c.Counted, "")
		if stages := l.Stages(); stages != nil && f.MaySee {
			out.Counted.Href = address("/files", "unit", string(f.Unit.Code), "stage", stageList(stages))
		}
	}
	if f.Before != nil {
		if b, _ := f.Before.At(l); b.Value != nil {
			out.Before = i18n.Count(i18n.From(ctx), *b.Value)
		}
	}
	if n, ok := f.Below.Layers[string(l)]; ok {
		out.Below = i18n.Count(i18n.From(ctx), n)
	}
	if v, said := f.ReviewLine.Value(l); said && v != nil {
		out.ValueText = i18n.Count(i18n.From(ctx), *v)
	}
	return out
}

// reviewFacts are what one should know beside the form.
func (s *Server) reviewFacts(r *request, f app.ReviewForm) []ui.Fact {
	ctx := r.Context()
	facts := []ui.Fact{{Term: i18n.Text(ctx, "review.col.state"), Value: i18n.Sentence(source.State(f.ReviewLine.Level()))}}
	if f.Members != nil {
		facts = append(facts, ui.Fact{Term: i18n.Text(ctx, "review.fact.members"), Value: i18n.Count(i18n.From(ctx), *f.Members)})
	}
	if f.Before != nil {
		verdict, _ := reviewVerdict(r, f.Before)
		facts = append(facts, ui.Fact{Term: i18n.Text(ctx, "review.fact.before"), Value: i18n.Sentence(f.Before.Period.Name()), Note: verdict})
	}
	if f.Below.Reviewed > 0 {
		facts = append(facts, ui.Fact{Term: i18n.Text(ctx, "review.fact.branches"), Value: i18n.Text(ctx, "review.fact.branches_n", "n", f.Below.Reviewed, "waiting", f.Below.Waiting)})
	}
	if j := f.Ruling; j != nil {
		value := i18n.Text(ctx, "source.no")
		if j.HasSource {
			value = i18n.Text(ctx, "source.yes")
		}
		facts = append(facts, ui.Fact{Term: i18n.Text(ctx, "review.fact.ruling", "year", strconv.Itoa(f.Period.Year())), Value: value,
			Note: joinWords(", ", j.Level.Words(), j.On.VN())})
	}
	return facts
}

// reviewHistory tells every review of the period, the newest first.
func reviewHistory(r *request, f app.ReviewForm) []ui.Event {
	ctx := r.Context()
	var out []ui.Event
	for _, h := range f.History {
		verdict, why := reviewVerdict(r, &h)
		e := ui.Event{When: i18n.Date(i18n.From(ctx), h.On), What: i18n.Sentence(h.Level.Words()) + ": " + verdict, Notes: []string{h.By}}
		if why != "" {
			e.Notes = append(e.Notes, why)
		}
		for _, c := range h.Counts {
			if c.Corrected() || c.Reason != "" {
				value := noFigure
				if c.Value != nil {
					value = strconv.Itoa(*c.Value)
				}
				e.Notes = append(e.Notes, joinWords(" — ", c.Layer.Short()+": "+value, c.Reason))
			}
		}
		if h.Despite != "" {
			e.Notes = append(e.Notes, i18n.Text(ctx, "review.history.despite", "text", h.Despite))
		}
		out = append(out, e)
	}
	return out
}
