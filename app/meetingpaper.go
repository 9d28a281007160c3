package app

import (
	"context"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/document"
	"ketnap/document/knd"
	"ketnap/errs"
	"ketnap/meeting"
	"ketnap/org"
	"ketnap/store"
)

// A meetingPapers writes the papers of one meeting while its results are recorded: a
// resolution or decision for each candidate, and what speaks of all of them.
type meetingPapers struct {
	app     *App
	w       *writing
	meeting string
	read    meeting.Meeting
	desks   map[org.UnitNo]paperDesk
	papers  []store.NewPaper
	rows    []knd.Decision // of the list that goes with decisions
	act     admission.Code // of these decisions
}

// members are the numbers of the meeting as its papers name them.
func (m *meetingPapers) members() knd.Members {
	c := m.read.Count
	out := knd.Members{Official: c.Members, Probationary: c.Probationary, PresentOfficial: c.Present, PresentProbationary: c.Probationary}
	for _, x := range m.read.Absences {
		out.Absent = append(out.Absent, knd.Absence{Name: x.Name, Reason: x.Reason.Words()})
	}
	return out
}

// desk is what the papers of a file are written from; the bodies over a branch are read once.
func (m *meetingPapers) desk(ctx context.Context, f admission.File, unit org.UnitNo) (paperDesk, error) {
	d, ok := m.desks[unit]
	if !ok {
		var err error
		if d, err = m.app.paperDesk(ctx, m.w.Tx, f, unit); err != nil {
			return d, err
		}
		m.desks[unit] = d
	}
	d.file = f
	return d, d.identify(ctx, m.app, m.w.Tx, false)
}

// add writes the paper of one act that was recorded. An act without a form of its own,
// such as an entry in the list of candidates, has none; a number that does not have the
// form 05-NQ/CB is left for a person to put right on the page of the paper.
func (m *meetingPapers) add(ctx context.Context, f admission.File, unit org.UnitNo, act admission.Act) error {
	d, err := m.desk(ctx, f, unit)
	if err != nil {
		return err
	}
	form, ok := resolutionForm(d.forms(act.On), act.Code)
	if !ok {
		return nil
	}
	n, err := m.w.newPaper(ctx, d, form, PaperAsk{Chair: m.read.Chair, Secretary: m.read.Secretary, Members: m.members()})
	if e := errs.As(err); err != nil && e.Key == "paper.number" {
		return nil
	}
	if err != nil {
		return err
	}
	n.Meeting = m.meeting
	m.papers = append(m.papers, n)
	if form.Maker == admission.DeskBoard {
		m.act = act.Code
		m.rows = append(m.rows, knd.Decision{Number: act.Number, Person: f.Name, Birth: f.Birth, Unit: d.line[0].Name})
	}
	return nil
}

// resolutionForm is the numbered form that an act is on.
func resolutionForm(forms []knd.Form, act admission.Code) (knd.Form, bool) {
	for _, f := range forms {
		if f.Act == act && f.Kind != "" && !ownDay(f) {
			return f, true
		}
	}
	return knd.Form{}, false
}

// issue adds the papers that are about the whole meeting and freezes all of them.
func (m *meetingPapers) issue(ctx context.Context, kept store.Meeting) error {
	if err := m.list(ctx); err != nil {
		return err
	}
	if err := m.minutes(ctx, kept); err != nil {
		return err
	}
	if err := m.w.AddPapers(ctx, m.w.Permit, m.papers); err != nil || len(m.papers) == 0 {
		return err
	}
	return m.w.Enqueue(ctx, printJob(m.meeting))
}

// list writes the list of all decisions of the session.
func (m *meetingPapers) list(ctx context.Context) error {
	if len(m.rows) == 0 {
		return nil
	}
	d := m.desks[m.first()]
	form, ok := knd.Find(knd.DecisionList, m.read.On)
	if !ok {
		return nil
	}
	facts := d.facts(form, PaperAsk{On: m.read.On})
	facts.Session = knd.Session{On: m.read.On, Act: m.act, Rows: m.rows}
	return m.whole(ctx, d, form, facts)
}

// first is the unit of the first paper: any branch of the session stands under the same
// committee.
func (m *meetingPapers) first() org.UnitNo {
	for unit := range m.desks {
		return unit
	}
	return 0
}

// minutes writes the minutes of a branch's meeting.
func (m *meetingPapers) minutes(ctx context.Context, kept store.Meeting) error {
	if m.read.Body != meeting.Branch || len(m.desks) == 0 {
		return nil
	}
	page, err := m.app.meetingPage(ctx, &reading{Tx: m.w.Tx, Scope: access.ScopeOfPermit(m.w.Permit), Today: m.w.Today, who: m.w.who}, kept)
	if err != nil {
		return err
	}
	d := m.desks[m.first()]
	form, ok := knd.Find(knd.BranchMinutes, m.read.On)
	if !ok {
		return nil
	}
	facts := d.facts(form, PaperAsk{On: m.read.On, Chair: m.read.Chair, Secretary: m.read.Secretary})
	facts.Members = m.members()
	facts.Minutes = page.Minutes().knd(m.read.Method)
	return m.whole(ctx, d, form, facts)
}

// whole adds a paper that is about the meeting and not about one file.
func (m *meetingPapers) whole(ctx context.Context, d paperDesk, form knd.Form, facts knd.Facts) error {
	doc, err := knd.Build(form.Code, facts)
	if err != nil {
		return paperFault(err)
	}
	issuer := d.issuer(form)
	n := store.NewPaper{PaperRow: store.PaperRow{ID: newID(), Series: store.Series{Unit: issuer.No, Term: beforeTerms}, Code: form.Code,
		Meeting: m.meeting, On: m.read.On, Title: form.Name, State: store.PaperIssued, At: m.w.At, By: m.w.who.Name}}
	if form.Kind != "" {
		if err := m.w.number(ctx, &n.PaperRow, &doc, form, d.heads[issuer.No].Symbol, ""); err != nil {
			return err
		}
	}
	doc.On, doc.Mark = m.read.On, ""
	if n.Content, n.Hash, err = frozen(doc); err != nil {
		return err
	}
	m.papers = append(m.papers, n)
	return nil
}

// knd makes of the minutes of a page those of the form.
func (p Minutes) knd(method meeting.Method) knd.Minutes {
	out := knd.Minutes{On: p.On, Place: p.Place}
	for _, point := range p.Points {
		out.Items = append(out.Items, knd.Item{Person: point.Name, Birth: point.Birth, Act: point.Act, Views: point.Note,
			Secret: method == meeting.Ballot, Votes: point.Votes, Result: point.Text})
	}
	return out
}

// MeetingPapers lists the papers that a meeting issued, by number.
func (a *App) MeetingPapers(ctx context.Context, who Actor, id string) (rows []store.PaperRow, err error) {
	err = a.read(ctx, who, access.SeeFile, func(r *reading) error {
		if _, err := r.Tx.Meeting(ctx, r.Scope, id); err != nil {
			return err
		}
		rows, err = r.Tx.MeetingPapers(ctx, id)
		return err
	})
	return rows, err
}

// MeetingDraft writes a paper of a meeting that is not recorded yet, or the minutes of one
// that is: as they would be issued.
func (a *App) MeetingDraft(ctx context.Context, who Actor, id string) (document.Document, error) {
	p, err := a.Meeting(ctx, who, id)
	if err != nil {
		return document.Document{}, err
	}
	if p.Read.Body != meeting.Branch {
		return document.Document{}, errPaperForm
	}
	var doc document.Document
	err = a.read(ctx, who, access.SeeFile, func(r *reading) error {
		d, err := a.paperDesk(ctx, r.Tx, admission.File{}, p.Line[0].No)
		if err != nil {
			return err
		}
		m := meetingPapers{read: p.Read}
		form, _ := knd.Find(knd.BranchMinutes, r.Today)
		facts := d.facts(form, PaperAsk{On: r.Today, Chair: p.Read.Chair, Secretary: p.Read.Secretary})
		facts.Members, facts.Minutes = m.members(), p.Minutes().knd(p.Read.Method)
		doc, err = knd.Build(knd.BranchMinutes, facts)
		if doc.Mark == "" && !p.Recorded() {
			doc.Mark = "Dự thảo"
		}
		return paperFault(err)
	})
	return doc, err
}
