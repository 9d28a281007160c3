package app

import (
	"context"
	"slices"
	"strings"

	"ketnap/access"
	"ketnap/class"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/rule"
	"ketnap/store"
)

// A ClassProposalPage is a proposal with what each of its options would do today; of one
// that was decided, what it did.
type ClassProposalPage struct {
	Proposal  store.ClassProposalRow
	Unit      org.Unit
	Today     date.Date
	Demand    class.Headcount
	Covers    []class.Summary // by option
	Units     []org.Unit      // that an option may name
	Surveys   []store.ClassSurveyRow
	MayManage bool
}

// ClassProposal returns a proposal with its options reckoned.
func (a *App) ClassProposal(ctx context.Context, who Actor, id string) (p ClassProposalPage, err error) {
	err = a.read(ctx, who, access.SeeClass, func(r *reading) error {
		if p.Proposal, err = r.Tx.ClassProposal(ctx, r.Scope, id); err != nil {
			return err
		}
		line, err := r.LineUnits(ctx, p.Proposal.UnitNo)
		if err != nil {
			return err
		}
		p.Unit, p.Today, p.MayManage = line[0], r.Today, who.may(access.ManageClass, r.Today, numbers(line))
		people, children, err := r.proposedPeople(ctx, p.Proposal, line)
		if err != nil {
			return err
		}
		p.Demand, p.Units = class.Count(persons(people)), children
		if p.Proposal.State.Open() {
			for _, o := range p.Proposal.Sheet.Options {
				p.Covers = append(p.Covers, o.Covers(people, r.Today).Sum())
			}
		} else {
			p.Covers = p.Proposal.Sheet.Frozen
		}
		all, err := r.ClassSurveys(ctx, r.Scope, p.Proposal.UnitNo, false, maxSurveys)
		for _, s := range all {
			if s.Kind == p.Proposal.Kind && s.UnitNo == p.Proposal.UnitNo {
				p.Surveys = append(p.Surveys, s)
			}
		}
		return err
	})
	return p, err
}

// proposedPeople are the people whom a proposal is about: whom the units named where it
// follows a survey, else whom the register shows and whoever is proposed.
func (r *reading) proposedPeople(ctx context.Context, p store.ClassProposalRow, line []org.Unit) ([]class.Place, []org.Unit, error) {
	var surveys []string
	if p.Survey != "" {
		surveys = []string{p.Survey}
	}
	found, err := r.classDemand(ctx, line[0], line, p.Kind, surveys)
	if err != nil || p.Survey == "" {
		return found.people, found.children, err
	}
	answers, err := r.ClassAnswers(ctx, r.Scope, p.Survey, 0)
	if err != nil {
		return nil, nil, err
	}
	counted, err := r.countedAnswers(ctx, answers)
	people := slices.DeleteFunc(slices.Clone(found.people), func(x class.Place) bool {
		return !found.namedIn(x.File, "") && (!found.namedIn(x.File, p.Survey) || !counted[found.nos[x.File]])
	})
	return people, found.children, err
}

// NewClassProposal begins a proposal with the two classes that the letter thinks of: for
// units with many people, and for youth of the whole block (CLS-01).
func (a *App) NewClassProposal(ctx context.Context, who Actor, unit string, kind class.Kind, survey string) (id string, err error) {
	id = newID()
	err = a.write(ctx, who, atCode(ctx, access.ManageClass, access.SeeClass, unit), func(w *writing) (record, error) {
		if !kind.Valid() {
			return record{}, errs.E(errs.Invalid, "class.kind.none").On("kind")
		}
		p := store.ClassProposalRow{UnitNo: w.Permit.Unit(), EnteredAt: w.At, EnteredBy: w.who.Name, Proposal: class.Proposal{
			ID: id, Kind: kind, Survey: survey, State: class.ProposalDraft, Version: 1, Title: "Tờ trình mở " + lowerFirst(kind.Words())}}
		if survey != "" {
			s, err := w.ClassSurvey(ctx, access.ScopeOfPermit(w.Permit), survey)
			if err != nil {
				return record{}, err
			}
			if s.Kind != kind || s.UnitNo != p.UnitNo {
				return record{}, errs.E(errs.NotFound, "class.survey.none")
			}
		}
		p.Sheet.Options = firstOptions(kind)
		return record{object: "class_proposal/" + id, rules: "CLS-01", after: map[string]any{"kind": kind, "survey": survey}}, w.SaveClassProposal(ctx, w.Permit, p)
	})
	return id, err
}

// Usual figures of a class, from which a proposal begins (CLS-04, CLS-15, CLS-21).
const (
	usualSeats      = 80
	usualLeast      = 5
	awarenessHalves = 10
	newMemberHalves = 12
)

func firstOptions(kind class.Kind) []class.Option {
	if kind == class.NewMember {
		return []class.Option{{Title: "Một lớp cho toàn Khối", Reach: class.ForAll, Host: class.ByCommittee, HalfDays: newMemberHalves, Seats: usualSeats}}
	}
	return []class.Option{
		{Title: "Lớp cho các đơn vị có nhiều người", Reach: class.ForLarge, Least: usualLeast, Host: class.ByCommittee, HalfDays: awarenessHalves, Seats: usualSeats},
		{Title: "Lớp cho thanh niên toàn Khối", Reach: class.ForYouth, Host: class.ByCommittee, HalfDays: awarenessHalves, Seats: usualSeats},
	}
}

// lowerFirst writes a name so that it can stand within a sentence.
func lowerFirst(s string) string {
	r := []rune(s)
	return strings.ToLower(string(r[:1])) + string(r[1:])
}

// changeProposal changes a proposal that is not decided yet.
func (a *App) changeProposal(ctx context.Context, who Actor, id string, version int, change func(*writing, *store.ClassProposalRow) (record, error)) error {
	find := func(tx *store.Tx) (order, error) {
		unit, err := tx.ClassProposalUnit(ctx, id)
		return order{right: access.ManageClass, see: access.SeeClass, unit: unit, none: "class.proposal.none"}, err
	}
	return a.write(ctx, who, find, func(w *writing) (record, error) {
		p, err := w.ClassProposal(ctx, access.ScopeOfPermit(w.Permit), id)
		switch {
		case err != nil:
			return record{}, err
		case p.Version != version:
			return record{}, errs.E(errs.Stale, "class.proposal.stale")
		case !p.State.Open():
			return record{}, errs.E(errs.Conflict, "class.proposal.decided")
		}
		before := map[string]any{"version": p.Version, "state": p.State}
		p.Version++
		r, err := change(w, &p)
		if err != nil {
			return r, err
		}
		r.object, r.before = "class_proposal/"+id, before
		return r, w.SaveClassProposal(ctx, w.Permit, p)
	})
}

// SaveClassProposal keeps a proposal as it was typed and, where send is set, lays it before
// the standing committee. Findings that block leave nothing written.
func (a *App) SaveClassProposal(ctx context.Context, who Actor, typed class.Proposal, send bool) (found []rule.Finding, err error) {
	err = a.changeProposal(ctx, who, typed.ID, typed.Version, func(w *writing, p *store.ClassProposalRow) (record, error) {
		if typed.Survey != "" && typed.Survey != p.Survey {
			s, err := w.ClassSurvey(ctx, access.ScopeOfPermit(w.Permit), typed.Survey)
			if err != nil {
				return record{}, err
			}
			if s.Kind != p.Kind || s.UnitNo != p.UnitNo {
				return record{}, errs.E(errs.NotFound, "class.survey.none")
			}
		}
		p.Title, p.Number, p.On, p.Survey, p.Sheet = strings.TrimSpace(typed.Title), strings.TrimSpace(typed.Number), typed.On, typed.Survey, typed.Sheet
		if found = class.CheckProposal(p.Proposal, w.Today); rule.Blocked(found) {
			return record{}, errBlocked
		}
		if send {
			p.State = class.ProposalSent
			if p.On.IsZero() {
				p.On = w.Today
			}
		}
		return record{rules: "CLS-01", after: map[string]any{"state": p.State, "options": len(p.Sheet.Options)}}, nil
	})
	return found, unblocked(err)
}

// A ClassDecision is what the standing committee decided on a proposal.
type ClassDecision struct {
	Version   int
	Chosen    []int // of the options
	Number    string
	On        date.Date
	By        string
	Dismissed bool // no class is opened
}

// DecideClassProposal records the decision: each chosen option becomes a class with its
// list, and nobody stands on two of them (CLS-02). It returns the ids of the classes.
// Findings that block leave nothing written; warnings do not hold it up.
func (a *App) DecideClassProposal(ctx context.Context, who Actor, id string, d ClassDecision) (classes []string, found []rule.Finding, err error) {
	err = a.changeProposal(ctx, who, id, d.Version, func(w *writing, p *store.ClassProposalRow) (record, error) {
		classes, found = nil, nil
		p.Decision, p.DecidedOn, p.DecidedBy = strings.TrimSpace(d.Number), d.On, strings.TrimSpace(d.By)
		for i := range p.Sheet.Options {
			p.Sheet.Options[i].Chosen = !d.Dismissed && slices.Contains(d.Chosen, i)
		}
		line, err := w.LineUnits(ctx, p.UnitNo)
		if err != nil {
			return record{}, err
		}
		r := &reading{Tx: w.Tx, Scope: access.ScopeOfPermit(w.Permit), Today: w.Today, who: w.who}
		people, _, err := r.proposedPeople(ctx, *p, line)
		if err != nil {
			return record{}, err
		}
		for _, o := range p.Sheet.Options {
			p.Sheet.Frozen = append(p.Sheet.Frozen, o.Covers(people, w.Today).Sum())
		}
		if d.Dismissed {
			p.State = class.ProposalDismissed
			return record{rules: "CLS-01", after: map[string]any{"state": p.State}}, nil
		}
		found = class.CheckDecision(p.Proposal, w.Today)
		p.State = class.ProposalDecided
		if !rule.Blocked(found) {
			more, err := w.openChosen(ctx, p, people)
			if err != nil {
				return record{}, err
			}
			found = append(found, more...)
		}
		if rule.Blocked(found) {
			return record{}, errBlocked
		}
		for _, o := range p.Sheet.Options {
			if o.Opened != "" {
				classes = append(classes, o.Opened)
			}
		}
		return record{rules: "CLS-01 CLS-02 CLS-09", after: map[string]any{"state": p.State, "decision": p.Decision, "classes": classes}}, nil
	})
	return classes, found, unblocked(err)
}

// openChosen makes a class of each chosen option, with its list.
func (w *writing) openChosen(ctx context.Context, p *store.ClassProposalRow, people []class.Place) (found []rule.Finding, err error) {
	for i, c := range class.ShareOut(p.Sheet.Options, people, w.Today) {
		o := &p.Sheet.Options[i]
		if !o.Chosen {
			continue
		}
		k := store.ClassRow{UnitNo: p.UnitNo, EnteredAt: w.At, EnteredBy: w.who.Name, Class: class.Class{ID: newID(), Kind: p.Kind, Title: o.Title, Host: o.Host,
			Place: o.Place, From: o.From, To: o.To, HalfDays: o.HalfDays, Seats: o.Seats, State: class.Opened, Number: p.Decision, DecidedOn: p.DecidedOn,
			DecidedBy: p.DecidedBy, Proposal: p.ID, Version: 1}}
		for _, f := range class.CheckOpening(k.Class, len(c.People), w.Today) {
			if f.Field == "people" {
				f.Field, f.Message = class.OptionField(i)+"chosen", o.Title+": "+f.Message
			}
			found = append(found, f)
		}
		if rule.Blocked(found) {
			continue
		}
		if err := w.SaveClass(ctx, w.Permit, k); err != nil {
			return nil, err
		}
		if err := w.seat(ctx, k, c.People); err != nil {
			return nil, err
		}
		o.Opened = k.ID
	}
	return found, nil
}

// seat puts people on the list of a class; proposals of theirs that stood alone are done.
func (w *writing) seat(ctx context.Context, k store.ClassRow, people []class.Place) error {
	rows := make([]store.LearnerRow, len(people))
	files := make([]string, len(people))
	nos, err := w.unitNos(ctx, people)
	if err != nil {
		return err
	}
	for i, p := range people {
		files[i] = p.File
		rows[i] = store.LearnerRow{UnitNo: nos[p.Unit], Learner: class.Learner{ID: newID(), Class: k.ID, File: p.File, Name: p.Name, Birth: p.Birth,
			Sex: p.Sex, Unit: p.Unit, UnitName: p.UnitName, Need: p.Need, State: class.Named}}
	}
	if err := w.SaveLearners(ctx, w.Permit, k.ID, rows); err != nil {
		return err
	}
	return w.UnnameLearners(ctx, w.Permit, k.Kind, "", files)
}

// unitNos are the numbers of the units of people, by code.
func (w *writing) unitNos(ctx context.Context, people []class.Place) (map[string]org.UnitNo, error) {
	files := make([]string, len(people))
	for i, p := range people {
		files[i] = p.File
	}
	rows, err := w.FileBriefs(ctx, access.ScopeOfPermit(w.Permit), files)
	out := map[string]org.UnitNo{}
	for _, f := range rows {
		out[string(f.UnitCode)] = f.Unit
	}
	return out, err
}
