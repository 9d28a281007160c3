package app

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/document"
	"ketnap/errs"
	"ketnap/meeting"
	"ketnap/org"
	"ketnap/rule"
	"ketnap/store"
)

// A MeetingTrial is what recording a meeting would write, tried against the files as they
// stand. Nothing is written by it.
type MeetingTrial struct {
	Page     MeetingPage
	Findings []rule.Finding // of the meeting itself
	Results  []MeetingResult
	Token    string // names what was tried: only just this can be confirmed
}

// A MeetingResult is what one point of the agenda would write on its file.
type MeetingResult struct {
	Line     int // of the agenda, from 0
	Name     string
	Unit     string
	Acts     []admission.Act
	Stage    admission.Stage // of the file afterwards
	Findings []rule.Finding
}

// Blocked reports whether the rules refuse any part of it.
func (t MeetingTrial) Blocked() bool {
	return rule.Blocked(t.Findings) || slices.ContainsFunc(t.Results, func(r MeetingResult) bool { return rule.Blocked(r.Findings) })
}

// MeetingRecorded is the answer to a confirmation: written now or by an earlier press of
// the same one, or the trial that must be read first.
type MeetingRecorded struct {
	Written bool
	Already bool
	Trial   MeetingTrial // where nothing was written
}

// TryMeeting tries what recording a draft would write. It fails with Conflict where the
// meeting is a draft no more.
func (a *App) TryMeeting(ctx context.Context, who Actor, id string) (t MeetingTrial, err error) {
	err = a.read(ctx, who, access.SeeFile, func(r *reading) error {
		m, err := r.Tx.Meeting(ctx, r.Scope, id)
		if err != nil {
			return err
		}
		page, err := a.meetingPage(ctx, r, m)
		switch {
		case err != nil:
			return err
		case !page.May:
			return errs.E(errs.Forbidden, "error.forbidden")
		case !page.Draft():
			return errs.E(errs.Conflict, "meeting.closed")
		}
		run, err := a.runMeeting(ctx, r.Tx, r.Scope, m, r.Today)
		t = run.trial
		t.Page = page
		return err
	})
	return t, err
}

// RecordMeeting writes everything that a meeting decided in one transaction: each result
// becomes an act on its file, and the meeting is a draft no more. confirmed is the token of
// the trial that the actor has read; where the files have changed since, or a rule refuses
// a point, nothing is written and the trial as it is now comes back. A second press of the
// same confirmation writes nothing and says Already.
func (a *App) RecordMeeting(ctx context.Context, who Actor, id string, version int, confirmed string) (MeetingRecorded, error) {
	var out MeetingRecorded
	err := a.write(ctx, who, meetingOrder(ctx, id), func(w *writing) (record, error) {
		out = MeetingRecorded{}
		m, err := w.Tx.Meeting(ctx, access.ScopeOfPermit(w.Permit), id)
		if err != nil {
			return record{}, err
		}
		if out.Already = m.State == store.MeetingRecorded && m.Confirmed == confirmed && confirmed != ""; out.Already {
			return record{}, errBlocked
		}
		if err := meetingOpen(m, version); err != nil {
			return record{}, err
		}
		run, err := a.runMeeting(ctx, w.Tx, access.ScopeOfPermit(w.Permit), m, w.Today)
		if err != nil {
			return record{}, err
		}
		if run.trial.Blocked() || run.trial.Token != confirmed {
			return record{}, errBlocked
		}
		return a.writeMeeting(ctx, w, m, run, confirmed)
	})
	switch {
	case err == nil:
		out.Written = true
		return out, nil
	case out.Already:
		return out, nil
	}
	// The other press of two may have won meanwhile. On PostgreSQL the loser can see the
	// meeting still a draft and the files already changed, so each failure asks once more.
	if again, readErr := a.Meeting(ctx, who, id); readErr == nil && again.Recorded() && again.Confirmed == confirmed {
		return MeetingRecorded{Already: true}, nil
	}
	if !errors.Is(err, errBlocked) {
		return out, err
	}
	out.Trial, err = a.TryMeeting(ctx, who, id)
	return out, err
}

// A meetingRun is a meeting played on its files in memory.
type meetingRun struct {
	trial MeetingTrial
	read  meeting.Meeting
	files map[string]admission.File
	rows  map[string]store.FileRow
}

// runMeeting reads a meeting and plays its points one after the other on the files.
func (a *App) runMeeting(ctx context.Context, tx *store.Tx, s access.Scope, m store.Meeting, today date.Date) (meetingRun, error) {
	run := meetingRun{}
	read, findings, err := a.readMeeting(ctx, tx, m, today)
	if err != nil {
		return run, err
	}
	unit, err := tx.UnitByNo(ctx, m.Unit)
	if err != nil {
		return run, err
	}
	next, symbol, err := nextMeetingNumber(ctx, tx, m, unit, today)
	if err != nil {
		return run, err
	}
	numberItems(&read, next, symbol)
	run.read, run.trial.Findings = read, findings
	if run.files, run.rows, err = tx.FilesByID(ctx, s, meetingFiles(m)); err != nil {
		return run, err
	}
	now := map[string]admission.File{} // as the points before have left them
	worlds := newMeetingWorlds(a, tx, today)
	for i, it := range read.Items {
		res := MeetingResult{Line: i}
		f, seen := now[it.File]
		if !seen {
			f, seen = run.files[it.File]
		}
		if seen {
			res.Name, res.Unit = f.Name, run.rows[it.File].UnitName
			if f, err = a.playItem(ctx, worlds, m, read, i, f, run.rows[it.File].Unit, &res); err != nil {
				return run, err
			}
			now[it.File] = f
			res.Stage = f.Stage
		} else {
			res.Findings = append(res.Findings, meetingBlock("Hồ sơ không còn thuộc đơn vị này. Bỏ nội dung này ra khỏi chương trình."))
		}
		run.trial.Results = append(run.trial.Results, res)
	}
	run.trial.Token = meetingToken(m, run, symbol)
	return run, nil
}

func meetingBlock(message string) rule.Finding {
	return rule.Finding{Rule: "ADM-114", Cite: "QĐ 24-QĐ/TW, 3.3", Severity: rule.Block, Message: message}
}

// playItem plays the acts of one point; the file comes back as they leave it, or as it was
// where a rule refuses one.
func (a *App) playItem(ctx context.Context, worlds *meetingWorlds, m store.Meeting, read meeting.Meeting, i int, f admission.File, branch org.UnitNo, res *MeetingResult) (admission.File, error) {
	home, err := worlds.home(ctx, branch, m.Body)
	if err != nil {
		return f, err
	}
	if home != m.Unit {
		res.Findings = append(res.Findings, meetingBlock("Hồ sơ đã chuyển sang đơn vị khác, cuộc họp này không còn xét được."))
		return f, nil
	}
	w, err := worlds.at(ctx, branch, read.On)
	if err != nil {
		return f, err
	}
	res.Acts = read.Acts(read.Items[i])
	for k, act := range res.Acts {
		act.ID = "trial-" + strconv.Itoa(i) + "-" + strconv.Itoa(k)
		next, _, findings := admission.Advance(f, act, w)
		res.Findings = append(res.Findings, findings...)
		if rule.Blocked(findings) {
			break
		}
		res.Findings = append(res.Findings, numberForm(act)...)
		f = next
	}
	return f, nil
}

// numberForm warns of a number that no paper can be issued under: the act is recorded all
// the same, as it was decided.
func numberForm(act admission.Act) []rule.Finding {
	if act.Number == "" || act.Votes == nil {
		return nil
	}
	if _, _, ok := document.ParseNumber(act.Number); ok {
		return nil
	}
	return []rule.Finding{{Rule: "PAPER-07", Cite: "HD 36-HD/VPTW", Severity: rule.Warn, Field: "number",
		Message: fmt.Sprintf("Số «%s» không đúng thể thức số và ký hiệu, ví dụ 05-NQ/CB: việc vẫn ghi được, nhưng văn bản chưa ban hành được.", act.Number)}}
}

// meetingToken names what a trial has shown: the sheet by its version, each file by its
// own, and what the rules said. Numbers that the register gives are left out: another
// meeting may take some meanwhile, and then these get the next.
func meetingToken(m store.Meeting, run meetingRun, symbol string) string {
	sum := sha256.New()
	fmt.Fprintln(sum, m.ID, m.Version, run.read.On, run.read.Count.Counted, run.read.Count.Present, symbol)
	for i, res := range run.trial.Results {
		l := m.Sheet.Lines[i]
		fmt.Fprintln(sum, l.File, run.files[l.File].Version, res.Stage)
		for _, a := range res.Acts {
			fmt.Fprintln(sum, a.Code, a.Votes)
		}
		for _, f := range res.Findings {
			fmt.Fprintln(sum, f.Rule, f.Severity, f.Message)
		}
	}
	for _, f := range run.trial.Findings {
		fmt.Fprintln(sum, f.Rule, f.Severity, f.Message)
	}
	return hex.EncodeToString(sum.Sum(nil)[:16])
}

// writeMeeting writes what a run that nothing blocks came to. Each act goes the way of an
// act that is recorded by itself: it is judged again, counted, followed by its tasks, and
// has a row in the audit of its branch. The papers of the meeting are frozen with it.
func (a *App) writeMeeting(ctx context.Context, w *writing, m store.Meeting, run meetingRun, confirmed string) (record, error) {
	read := run.read
	if err := a.takeMeetingNumbers(ctx, w, m, &read); err != nil {
		return record{}, err
	}
	papers := meetingPapers{app: a, w: w, meeting: m.ID, read: read, desks: map[org.UnitNo]paperDesk{}}
	m.Sheet.Members = strconv.Itoa(read.Count.Members)
	var audits []meetingAudit
	desks := map[org.UnitNo]*writing{}
	for i, it := range read.Items {
		m.Sheet.Lines[i].Number = it.Number
		for _, act := range read.Acts(it) {
			act.ID = newID()
			entry, err := a.writeMeetingAct(ctx, w, desks, run, it.File, act)
			if err != nil {
				return record{}, err
			}
			if err := papers.add(ctx, run.files[it.File], run.rows[it.File].Unit, act); err != nil {
				return record{}, err
			}
			audits = append(audits, entry)
			m.Sheet.Lines[i].ActIDs = append(m.Sheet.Lines[i].ActIDs, act.ID)
		}
	}
	slices.SortStableFunc(audits, func(x, y meetingAudit) int { return cmp.Compare(x.unit, y.unit) }) // heads are locked in one order
	for _, e := range audits {
		if err := appendAudit(ctx, w.Tx, w.At, w.who, string(e.right), e.unit, e.record); err != nil {
			return record{}, err
		}
	}
	was := m.Version
	m.State, m.Version, m.Confirmed, m.RecordedAt, m.RecordedBy = store.MeetingRecorded, m.Version+1, confirmed, w.At, w.who.Name
	r := record{object: "meeting/" + m.ID, before: map[string]any{"version": was, "state": store.MeetingDraft},
		after: map[string]any{"version": m.Version, "state": m.State, "on": m.On, "acts": len(audits)}, rules: "VOT-02 VOT-03"}
	if err := w.Tx.SaveMeeting(ctx, w.Permit, m); err != nil {
		return record{}, err
	}
	return r, papers.issue(ctx, m)
}

// A meetingAudit is the row of one act, kept until all are known.
type meetingAudit struct {
	right  access.Right
	unit   string
	record record
}

// takeMeetingNumbers takes the numbers of the papers from the register, inside the
// transaction: where it fails they are not gone (PAPER-08).
func (a *App) takeMeetingNumbers(ctx context.Context, w *writing, m store.Meeting, read *meeting.Meeting) error {
	for i := range read.Items {
		read.Items[i].Number = m.Sheet.Lines[i].Number // without those that the trial supposed
	}
	n := len(read.Unnumbered())
	if n == 0 {
		return nil
	}
	unit, err := w.UnitByNo(ctx, m.Unit)
	if err != nil {
		return err
	}
	_, symbol, err := nextMeetingNumber(ctx, w.Tx, m, unit, w.Today)
	if err != nil {
		return err
	}
	first, err := w.takeNumbers(ctx, m.Unit, m.Body.Kind(), m.On, n)
	if err != nil {
		return err
	}
	numberItems(read, first, symbol)
	return nil
}

// writeMeetingAct records one act with the permit of the desk that it belongs to.
func (a *App) writeMeetingAct(ctx context.Context, w *writing, at map[org.UnitNo]*writing, run meetingRun, file string, act admission.Act) (meetingAudit, error) {
	f, row := run.files[file], run.rows[file]
	desk, err := a.meetingDesk(ctx, w, at, row.Unit)
	if err != nil {
		return meetingAudit{}, err
	}
	next, effects, findings, err := a.judge(ctx, desk, f, row.Unit, act)
	if err != nil {
		return meetingAudit{}, err
	}
	if rule.Blocked(findings) {
		return meetingAudit{}, errBlocked
	}
	r, err := a.keep(ctx, desk, f, next, row, effects, findings)
	run.files[file] = next
	return meetingAudit{right: desk.Permit.Right(), unit: f.Unit, record: r}, err
}

// meetingDesk is the writing of the meeting with a permit of the same right on the unit of
// a file: a right reaches down, a permit does not.
func (a *App) meetingDesk(ctx context.Context, w *writing, at map[org.UnitNo]*writing, unit org.UnitNo) (*writing, error) {
	if d, ok := at[unit]; ok {
		return d, nil
	}
	line, err := w.Tx.Line(ctx, unit)
	if err != nil {
		return nil, err
	}
	d := *w
	d.Line = line
	if d.Permit, err = permit(w.who, w.Today, order{right: w.Permit.Right(), see: access.SeeFile, unit: unit}, line); err != nil {
		return nil, err
	}
	at[unit] = &d
	return &d, nil
}
