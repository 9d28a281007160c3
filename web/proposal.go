package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"ketnap/app"
	"ketnap/directive"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/target"
	"ketnap/web/ui"
)

// proposalView is a proposal beside its clause.
type proposalView struct {
	Seq                  string
	ID, WordsHref        string
	Kind, Title, Detail  string
	Reach                string
	ReachMood            ui.Mood
	State                string
	Mood                 ui.Mood
	EditHref             string
	Open, Accepted, Gone bool
}

func proposalViewOf(lang i18n.Lang, d app.DocumentPage, q app.Proposal) proposalView {
	seq := strconv.Itoa(q.Seq)
	v := proposalView{Seq: seq, ID: proposalID(q.Seq), WordsHref: "#" + wordsID(q.Seq), Kind: i18n.T(lang, "document.proposal."+q.Kind),
		EditHref: documentHref(d.ID) + "/proposals/" + seq, State: i18n.T(lang, "document.decision."+q.State), Mood: ui.Soon,
		Open: q.State == app.ProposalOpen, Accepted: q.State == app.ProposalAccepted, Gone: q.State == app.ProposalRejected}
	switch {
	case v.Accepted:
		v.Mood = ui.Done
	case v.Gone:
		v.Mood = ui.Shut
	}
	v.Title, v.Detail = proposalWords(lang, q)
	if q.Kind != app.KindCeiling {
		v.Reach, v.ReachMood = reachWords(lang, q, d.Spread[q.Seq])
	}
	return v
}

// reachWords says how many units a proposal will reach; that it reaches none is a warning.
func reachWords(lang i18n.Lang, q app.Proposal, n int) (string, ui.Mood) {
	switch {
	case n == 0:
		return i18n.T(lang, "document.reach.none"), ui.Soon
	case q.Target != nil && isSchool(q.Target.UnitKind), q.Task != nil && q.Task.For == app.DoSchools:
		return i18n.T(lang, "document.reach.schools", "n", n), ui.Todo
	}
	return i18n.T(lang, "document.reach.units", "n", n), ui.Todo
}

func isSchool(kind string) bool {
	return slices.Contains([]string{directive.UpperSecondary, directive.Vocational, directive.College, directive.University}, kind)
}

// proposalWords says what a proposal is, and under it for whom and when.
func proposalWords(lang i18n.Lang, q app.Proposal) (title, detail string) {
	switch {
	case q.Task != nil:
		due := ""
		if !q.Task.Due.IsZero() {
			due = i18n.T(lang, "document.due", "day", i18n.LongDate(lang, q.Task.Due))
		}
		repeat := ""
		if q.Task.Repeat != "" {
			repeat = i18n.T(lang, "document.repeat."+string(q.Task.Repeat))
		}
		return i18n.Sentence(q.Task.Text), joinWords(" · ", i18n.T(lang, "document.for."+string(q.Task.For)), due, repeat)
	case q.Target != nil:
		t := q.Target
		figure := target.Target{Max: t.Max}
		if t.Min != nil {
			figure.Min = *t.Min
		}
		return target.Indicator(t.Indicator).Words() + ": " + figure.Words(),
			joinWords(" · ", i18n.T(lang, "document.kind."+t.UnitKind), i18n.T(lang, "document.of_years", "years", yearWords(lang, t.Years)))
	case q.Ceiling != nil:
		return i18n.T(lang, "document.denies."+q.Ceiling.Denies),
			joinWords(" · ", i18n.T(lang, "document.when."+strings.ReplaceAll(q.Ceiling.When, " ", "_")), i18n.T(lang, "document.of_years", "years", yearWords(lang, q.Ceiling.Years)))
	}
	return "", ""
}

// outcomeViews are the lines of what came of a proposal: one of tasks, one for each year
// of goals, one of ceilings.
func outcomeViews(lang i18n.Lang, d app.DocumentPage, o app.Outcome) []outcomeView {
	title, detail := proposalWords(lang, o.Proposal)
	v := outcomeView{ID: proposalID(o.Seq), Anchor: "#" + wordsID(o.Seq), Kind: i18n.T(lang, "document.proposal."+o.Kind), Title: title, Detail: detail}
	switch {
	case o.Task != nil:
		taskOutcome(lang, d, o, &v)
	case o.Target != nil:
		return goalOutcomes(lang, d, o, v)
	case o.Ceiling != nil:
		for _, c := range o.Ceilings {
			y := strconv.Itoa(c.Year)
			v.Links = append(v.Links, ui.Link{Label: i18n.T(lang, "letter.rating_of", "year", y), Href: "/ratings?year=" + y})
		}
	}
	return []outcomeView{v}
}

func taskOutcome(lang i18n.Lang, d app.DocumentPage, o app.Outcome, v *outcomeView) {
	done, late := o.Done(), o.Late(d.Today)
	if len(o.Tasks) == 0 {
		v.Figure = i18n.T(lang, "letter.not_yours")
		return
	}
	v.Href = documentHref(d.ID) + "/tasks?seq=" + strconv.Itoa(o.Seq)
	v.Figure = i18n.Count(lang, done) + "\u00a0/\u00a0" + i18n.Count(lang, len(o.Tasks))
	switch {
	case late > 0:
		v.Mood, v.State = ui.Late, i18n.T(lang, "letter.late_units", "n", late)
	case done == len(o.Tasks):
		v.Mood, v.State = ui.Done, i18n.T(lang, "document.task.done")
	}
}

func goalOutcomes(lang i18n.Lang, d app.DocumentPage, o app.Outcome, v outcomeView) []outcomeView {
	if len(o.Goals) == 0 {
		v.Figure = i18n.T(lang, "letter.not_yours")
		return []outcomeView{v}
	}
	var lines []outcomeView
	for _, year := range o.Target.Years {
		of := app.Outcome{}
		for _, g := range o.Goals {
			if g.Year == year {
				of.Goals = append(of.Goals, g)
			}
		}
		if len(of.Goals) == 0 {
			continue
		}
		line := v
		if len(lines) > 0 { // an id stands once on a page
			line.ID = ""
		}
		reach, _ := reachWords(lang, o.Proposal, len(of.Goals))
		line.Href = targetsHref(goalUnit(d), year)
		line.Detail = joinWords(" · ", i18n.T(lang, "document.kind."+o.Target.UnitKind), reach, i18n.T(lang, "document.of_years", "years", strconv.Itoa(year)), target.Goal.Words())
		line.Figure = i18n.T(lang, "letter.reached", "n", of.Reached(), "all", len(of.Goals))
		lines = append(lines, line)
	}
	return lines
}

// decideProposals takes or drops proposals: one by its own button, or those ticked, or all
// that are still open.
func (s *Server) decideProposals(w http.ResponseWriter, r *request) error {
	id := r.PathValue("id")
	d, err := s.app.Document(r.Context(), r.who, id)
	if err != nil {
		return err
	}
	state, seqs := decision(r, d)
	if len(seqs) == 0 {
		return s.refusedDraft(w, r, id, errs.E(errs.Invalid, "document.nothing_chosen"))
	}
	if err := s.app.DecideProposal(r.Context(), r.who, id, formVersion(r), seqs, state, nil); err != nil {
		return s.refusedDraft(w, r, id, err)
	}
	return s.redirect(w, r, documentHref(id)+"#"+nextOpen(d, seqs), "")
}

// decision reads the button: "accept", "reject" for those ticked, "accept_all", or
// "accept:3" for one.
func decision(r *request, d app.DocumentPage) (state string, seqs []int) {
	verb, one, single := strings.Cut(r.FormValue("do"), ":")
	states := map[string]string{"accept": app.ProposalAccepted, "reject": app.ProposalRejected, "open": app.ProposalOpen, "accept_all": app.ProposalAccepted}
	chosen := r.Form["seq"]
	if single {
		chosen = []string{one}
	}
	if verb == "accept_all" {
		for _, q := range d.Proposals {
			if q.State == app.ProposalOpen {
				seqs = append(seqs, q.Seq)
			}
		}
		return states[verb], seqs
	}
	for _, text := range chosen {
		if n, err := strconv.Atoi(text); err == nil {
			seqs = append(seqs, n)
		}
	}
	return states[verb], seqs
}

// nextOpen is where to go on: the next proposal that waits, or the confirmation.
func nextOpen(d app.DocumentPage, decided []int) string {
	last := slices.Max(decided)
	for _, q := range d.Proposals {
		if q.Seq > last && q.State == app.ProposalOpen {
			return proposalID(q.Seq)
		}
	}
	for _, q := range d.Proposals {
		if q.State == app.ProposalOpen && !slices.Contains(decided, q.Seq) {
			return proposalID(q.Seq)
		}
	}
	return "xac-nhan"
}
