package app_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/app"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/meeting"
	"ketnap/rule"
)

// toVote leads a new candidate to the vote of the branch.
func (e engine) toVote(who app.Actor, unit, name string) app.FilePage {
	e.t.Helper()
	p := e.open(who, unit, name)
	for _, s := range []struct {
		code admission.Code
		on   string
	}{{admission.Introduce, "2024-01-10"}, {admission.List, "2024-01-12"}, {admission.AssignHelper, "2024-01-12"},
		{admission.Certify, "2024-02-10"}, {admission.Apply, "2024-02-15"}, {admission.SendVerification, "2024-02-20"},
		{admission.ReceiveRequest, "2024-02-23"}, {admission.ConcludeVerification, "2024-03-10"}, {admission.CompleteDossier, "2024-03-15"}} {
		p = e.record(who, p, s.code, s.on)
	}
	return p
}

// toDecision leads a new candidate to the decision.
func (e engine) toDecision(unit, name string) app.FilePage {
	e.t.Helper()
	system := app.System("t")
	p := e.record(system, e.toVote(system, unit, name), admission.BranchResolution, "2024-03-20")
	return e.record(system, p, admission.BaseResolution, "2024-03-25")
}

// meet opens a draft with the files on its agenda and everybody present, and fills in votes:
// so many for, the rest against.
func (e engine) meet(who app.Actor, unit, on string, act admission.Code, present int, yes map[string]int, order ...string) app.MeetingPage {
	e.t.Helper()
	ctx := e.t.Context()
	id, err := e.NewMeeting(ctx, who, unit, meeting.Sheet{On: on, Chair: "Lê Văn Bình", Secretary: "Trần Thị Hoa", Method: meeting.Ballot, Present: fmt.Sprint(present)})
	e.must(err)
	var picks []app.MeetingPick
	for _, file := range order {
		picks = append(picks, app.MeetingPick{File: file, Act: act})
	}
	e.must(e.PutOnAgenda(ctx, who, id, 1, picks))
	m, err := e.Meeting(ctx, who, id)
	e.must(err)
	for i := range m.Sheet.Lines {
		l := &m.Sheet.Lines[i]
		l.For, l.Against, l.Number = fmt.Sprint(yes[l.File]), fmt.Sprint(present-yes[l.File]), fmt.Sprintf("%02d-NQ/CB", i+1)
	}
	e.must(e.SaveMeeting(ctx, who, id, m.Version, m.Sheet))
	m, err = e.Meeting(ctx, who, id)
	e.must(err)
	return m
}

// confirm tries a meeting and confirms just what the trial showed.
func (e engine) confirm(who app.Actor, id string) app.MeetingRecorded {
	e.t.Helper()
	t, err := e.TryMeeting(e.t.Context(), who, id)
	e.must(err)
	done, err := e.RecordMeeting(e.t.Context(), who, id, t.Page.Version, t.Token)
	e.must(err)
	return done
}

func (e engine) acts(id string) int {
	e.t.Helper()
	p, err := e.File(e.t.Context(), app.System("t"), id)
	e.must(err)
	return len(p.File.Acts)
}

func TestAMeetingOfABranchOnEachEngine(t *testing.T) {
	t.Parallel()
	for _, on := range engines {
		t.Run(on.name, func(t *testing.T) {
			t.Parallel()
			e := newEngine(t, on.config(t))
			e.units()
			ctx, branch := t.Context(), e.person("lan", access.BranchSecretary, "K01.01")
			an, binh := e.toVote(branch, "K01.01", "Nguyễn Văn Ân"), e.toVote(branch, "K01.01", "Lê Thị Bình")
			m := e.meet(branch, "K01.01", "2024-03-20", admission.BranchResolution, 19, map[string]int{an.File.ID: 18, binh.File.ID: 13}, an.File.ID, binh.File.ID)
			try, err := e.TryMeeting(ctx, branch, m.ID)
			e.must(err)
			if try.Blocked() || len(try.Results) != 2 {
				t.Fatalf("the trial: %v, %+v", try.Findings, try.Results)
			}
			if wrote := e.together(3, func(int) error {
				done, err := e.RecordMeeting(ctx, branch, m.ID, m.Version, try.Token)
				if err == nil && !done.Written {
					if !done.Already {
						t.Errorf("neither written nor already: %+v", done)
					}
					return errs.E(errs.Stale, "file.stale")
				}
				return err
			}); wrote != 1 {
				t.Errorf("written %d times", wrote)
			}
			again, err := e.RecordMeeting(ctx, branch, m.ID, m.Version, try.Token)
			e.must(err)
			if !again.Already || again.Written {
				t.Errorf("a second press: %+v", again)
			}
			got, err := e.Meeting(ctx, branch, m.ID)
			e.must(err)
			if !got.Recorded() || len(got.Points) != 2 {
				t.Fatalf("%+v", got)
			}
			for i, want := range []admission.Code{admission.BranchResolution, admission.BallotFailed} {
				if p := got.Points[i]; len(p.Acts) != 1 || p.Acts[0].Code != want || p.Acts[0].ID != p.ActIDs[0] {
					t.Errorf("point %d wrote %+v", i, p.Acts)
				}
			}
			of, err := e.FileMeetings(ctx, branch, an.File.ID)
			e.must(err)
			if len(of) != 1 || of[0].Meeting != m.ID {
				t.Errorf("the meetings of the file: %+v", of)
			}
			minutes, err := e.MeetingMinutes(ctx, branch, m.ID)
			e.must(err)
			if !minutes.Recorded || minutes.Points[1].Passed || minutes.Points[0].Votes.For != 18 || minutes.Count.Counted != 20 || minutes.Over == "" {
				t.Errorf("minutes: %+v", minutes)
			}
			file, err := e.File(ctx, branch, binh.File.ID)
			e.must(err)
			if len(file.Tasks) != 1 || file.File.Stage != admission.Ready {
				t.Errorf("a ballot that fell short opens its task: %+v at %s", file.Tasks, file.File.Stage)
			}
			if err := e.SaveMeeting(ctx, branch, m.ID, got.Version, got.Sheet); errs.KindOf(err) != errs.Conflict {
				t.Errorf("a recorded meeting was changed: %v", err)
			}
			e.record(branch, e.again(an.File.ID), admission.Void, "2024-03-21")
			got, err = e.Meeting(ctx, branch, m.ID)
			e.must(err)
			if !got.Points[0].Voided() || got.Points[1].Voided() {
				t.Error("the page does not say what was struck out")
			}
			e.sound()
		})
	}
}

func (e engine) again(id string) app.FilePage {
	e.t.Helper()
	p, err := e.File(e.t.Context(), app.System("t"), id)
	e.must(err)
	return p
}

// One point that cannot be written keeps all from being written.
func TestAMeetingIsWrittenWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	e := newEngine(t, engines[0].config(t))
	e.units()
	ctx, branch := t.Context(), e.person("lan", access.BranchSecretary, "K01.01")
	an, binh := e.toVote(branch, "K01.01", "Nguyễn Văn Ân"), e.toVote(branch, "K01.01", "Lê Thị Bình")
	votes := map[string]int{an.File.ID: 18, binh.File.ID: 20}
	m := e.meet(branch, "K01.01", "2024-03-20", admission.BranchResolution, 20, votes, an.File.ID, binh.File.ID)
	try, err := e.TryMeeting(ctx, branch, m.ID)
	e.must(err)
	e.record(branch, binh, admission.BranchResolution, "2024-03-20") // somebody was quicker
	before := e.acts(an.File.ID)
	done, err := e.RecordMeeting(ctx, branch, m.ID, m.Version, try.Token)
	e.must(err)
	if done.Written || !done.Trial.Blocked() || done.Trial.Results[0].Findings != nil && rule.Blocked(done.Trial.Results[0].Findings) || !rule.Blocked(done.Trial.Results[1].Findings) {
		t.Fatalf("%+v", done)
	}
	if since := done.Trial.Page.Points[1].Since; since == nil || since.Code != admission.BranchResolution {
		t.Error("the page does not say that somebody acted meanwhile")
	}
	if e.acts(an.File.ID) != before {
		t.Error("half of the meeting was written")
	}
	m.Sheet.Lines = m.Sheet.Lines[:1]
	e.must(e.SaveMeeting(ctx, branch, m.ID, m.Version, m.Sheet))
	if done := e.confirm(branch, m.ID); !done.Written {
		t.Errorf("without the point that was in the way: %+v", done.Trial)
	}
	e.sound()
}

// A file that changed, though it may still be written, must be looked at again.
func TestAMeetingWritesOnlyWhatWasRead(t *testing.T) {
	t.Parallel()
	e := newEngine(t, engines[0].config(t))
	e.units()
	ctx, branch := t.Context(), e.person("lan", access.BranchSecretary, "K01.01")
	an := e.toVote(branch, "K01.01", "Nguyễn Văn Ân")
	m := e.meet(branch, "K01.01", "2024-03-20", admission.BranchResolution, 20, map[string]int{an.File.ID: 18}, an.File.ID)
	try, err := e.TryMeeting(ctx, branch, m.ID)
	e.must(err)
	e.record(branch, an, admission.AssignHelper, "2024-03-18")
	done, err := e.RecordMeeting(ctx, branch, m.ID, m.Version, try.Token)
	e.must(err)
	if done.Written || done.Trial.Blocked() || done.Trial.Token == try.Token {
		t.Fatalf("%+v", done)
	}
	if done, err = e.RecordMeeting(ctx, branch, m.ID, m.Version, ""); err != nil || done.Written || done.Already {
		t.Errorf("confirmed without having read: %+v, %v", done, err)
	}
	lost, cancel := context.WithCancel(ctx)
	cancel()
	before := e.acts(an.File.ID)
	try, err = e.TryMeeting(ctx, branch, m.ID)
	e.must(err)
	if _, err := e.RecordMeeting(lost, branch, m.ID, m.Version, try.Token); err == nil || e.acts(an.File.ID) != before {
		t.Errorf("written though the connection was lost: %v", err)
	}
	if done := e.confirm(branch, m.ID); !done.Written {
		t.Errorf("%+v", done)
	}
	if err := e.SaveMeeting(ctx, branch, m.ID, m.Version, m.Sheet); errs.KindOf(err) != errs.Conflict {
		t.Errorf("saved after it was recorded: %v", err)
	}
}

// The standing committee decides on files of many branches and takes numbers in a row.
func TestASessionOfTheStandingCommittee(t *testing.T) {
	t.Parallel()
	e := newEngine(t, engines[0].config(t))
	e.units()
	ctx, board := t.Context(), e.person("hanh", access.OrgBoard, "K")
	votes := map[string]int{}
	var order []string
	for i, unit := range []string{"K01.01", "K01.02", "K01.01", "K01.02", "K01.01"} {
		id := e.toDecision(unit, fmt.Sprintf("Nguyễn Văn %c", 'A'+i)).File.ID
		order, votes[id] = append(order, id), 9-2*(i%4)
	}
	m := e.meet(board, "K", "2024-04-10", admission.Decide, 9, votes, order...)
	m.Sheet.Auto = true
	for i := range m.Sheet.Lines {
		m.Sheet.Lines[i].Number = ""
	}
	e.must(e.SaveMeeting(ctx, board, m.ID, m.Version, m.Sheet))
	if done := e.confirm(board, m.ID); !done.Written {
		t.Fatalf("%v %+v", done.Trial.Findings, done.Trial.Results)
	}
	got, err := e.Meeting(ctx, board, m.ID)
	e.must(err)
	var numbers []string
	for _, p := range got.Points {
		numbers = append(numbers, string(p.Acts[0].Code)+" "+p.Acts[0].Number)
	}
	symbol := got.Symbol
	want := []string{"decide 01-" + symbol, "decide 02-" + symbol, "decide 03-" + symbol, "ballot_failed ", "decide 04-" + symbol}
	if !slices.Equal(numbers, want) || got.Next != 5 {
		t.Errorf("got %q, next %d", numbers, got.Next)
	}
	e.sound()
}

// Numbers go back to the register when nothing is written.
func TestARefusedMeetingTakesNoNumbers(t *testing.T) {
	t.Parallel()
	e := newEngine(t, engines[0].config(t))
	e.units()
	ctx, board := t.Context(), e.person("hanh", access.OrgBoard, "K")
	id := e.toDecision("K01.01", "Nguyễn Văn Ân").File.ID
	m := e.meet(board, "K", "2024-04-10", admission.Decide, 9, map[string]int{id: 9}, id)
	m.Sheet.Auto, m.Sheet.Lines[0].Number = true, ""
	e.must(e.SaveMeeting(ctx, board, m.ID, m.Version, m.Sheet))
	try, err := e.TryMeeting(ctx, board, m.ID)
	e.must(err)
	if text := try.Results[0].Acts[0].Number; !strings.HasPrefix(text, "01-QĐ/") {
		t.Errorf("the trial supposes %q", text)
	}
	if done, err := e.RecordMeeting(ctx, board, m.ID, try.Page.Version, "other"); err != nil || done.Written || done.Trial.Page.Next != 1 {
		t.Errorf("%+v, %v", done, err)
	}
}

func TestWhoMayWriteAMeeting(t *testing.T) {
	t.Parallel()
	e := newEngine(t, engines[0].config(t))
	e.units()
	ctx := t.Context()
	branch, other := e.person("lan", access.BranchSecretary, "K01.01"), e.person("mai", access.BranchSecretary, "K01.02")
	base, board := e.person("hoa", access.BaseOffice, "K01"), e.person("hanh", access.OrgBoard, "K")
	reader := e.person("tam", access.StandingCommittee, "K")
	an := e.toVote(branch, "K01.01", "Nguyễn Văn Ân")
	m := e.meet(branch, "K01.01", "2024-03-20", admission.BranchResolution, 20, map[string]int{an.File.ID: 20}, an.File.ID)
	for _, c := range []struct {
		name string
		who  app.Actor
		see  errs.Kind // of reading; 0 where the meeting may be read
		act  errs.Kind // of writing; 0 where it may
	}{
		{"the branch", branch, 0, 0}, {"its base committee", base, 0, 0}, {"the board", board, 0, errs.Forbidden},
		{"who only reads", reader, 0, errs.Forbidden}, {"another branch", other, errs.NotFound, errs.NotFound},
	} {
		_, err := e.Meeting(ctx, c.who, m.ID)
		if kindOf(err) != c.see {
			t.Errorf("%s reads: %v", c.name, err)
		}
		if err := e.SaveMeeting(ctx, c.who, m.ID, m.Version, m.Sheet); kindOf(err) != c.act {
			t.Errorf("%s saves: %v", c.name, err)
		} else if err == nil {
			m.Version++
		}
		if _, err := e.RecordMeeting(ctx, c.who, m.ID, m.Version, "x"); kindOf(err) != c.act {
			t.Errorf("%s records: %v", c.name, err)
		}
		if _, err := e.MeetingAgenda(ctx, c.who, m.ID); kindOf(err) != c.act {
			t.Errorf("%s chooses: %v", c.name, err)
		}
	}
	for unit, who := range map[string]app.Actor{"K": base, "K01": branch} {
		if _, err := e.NewMeeting(ctx, who, unit, meeting.Sheet{}); err == nil {
			t.Errorf("a meeting of %s by who may not", unit)
		}
	}
	if err := e.PutOnAgenda(ctx, branch, m.ID, m.Version, []app.MeetingPick{{File: e.toVote(other, "K01.02", "Lê An").File.ID, Act: admission.BranchResolution}}); errs.KindOf(err) != errs.Conflict {
		t.Errorf("a file of another branch on the agenda: %v", err)
	}
	if err := e.DiscardMeeting(ctx, branch, m.ID, m.Version-1); errs.KindOf(err) != errs.Stale {
		t.Errorf("given up by who saw an older draft: %v", err)
	}
	e.must(e.DiscardMeeting(ctx, branch, m.ID, m.Version))
	rows, err := e.Meetings(ctx, branch, app.MeetingQuery{Unit: "K01.01", Year: 2024})
	e.must(err)
	if len(rows) != 0 {
		t.Errorf("listed: %+v", rows)
	}
}

// kindOf is the kind of an error, 0 for none.
func kindOf(err error) errs.Kind {
	if err == nil {
		return 0
	}
	return errs.KindOf(err)
}

// What cannot be decided on the day of the meeting cannot be put on its agenda, and the
// list says why.
func TestTheAgendaSaysWhatIsNotReady(t *testing.T) {
	t.Parallel()
	e := newEngine(t, engines[0].config(t))
	e.units()
	ctx, base, branch := t.Context(), e.person("hoa", access.BaseOffice, "K01"), e.person("lan", access.BranchSecretary, "K01.01")
	board := e.person("hanh", access.OrgBoard, "K")
	p := e.record(branch, e.toVote(branch, "K01.01", "Nguyễn Văn Ân"), admission.BranchResolution, "2024-03-20")
	e.open(branch, "K01.01", "Lê Thị Mới")
	for _, c := range []struct {
		who   app.Actor
		unit  string
		act   admission.Code
		ready bool
	}{{base, "K01", admission.BaseResolution, true}, {board, "K", admission.Decide, false}} {
		id, err := e.NewMeeting(ctx, c.who, c.unit, meeting.Sheet{On: "2024-03-22"})
		e.must(err)
		a, err := e.MeetingAgenda(ctx, c.who, id)
		e.must(err)
		if len(a.Choices) != 1 || a.Choices[0].Row.ID != p.File.ID || a.Choices[0].Act != c.act || a.Choices[0].Ready != c.ready || (len(a.Choices[0].Reasons) == 0) != c.ready {
			t.Errorf("%s: %+v", c.unit, a.Choices)
		}
		err = e.PutOnAgenda(ctx, c.who, id, 1, []app.MeetingPick{{File: p.File.ID, Act: c.act}})
		if (err == nil) != c.ready {
			t.Errorf("%s: put on: %v", c.unit, err)
		}
	}
	id, err := e.NewMeeting(ctx, branch, "K01.01", meeting.Sheet{On: "2030-01-01"})
	e.must(err)
	late := e.toVote(branch, "K01.01", "Trần Thị Hạn")
	e.must(e.SaveMeeting(ctx, branch, id, 1, meeting.Sheet{On: date.Must("2026-01-05").String()}))
	a, err := e.MeetingAgenda(ctx, branch, id)
	e.must(err)
	i := slices.IndexFunc(a.Choices, func(c app.MeetingChoice) bool { return c.Row.ID == late.File.ID && c.Act == admission.BranchResolution })
	if i < 0 || !a.Choices[i].Ready || len(a.Choices[i].Warnings) == 0 { // papers past their twelve months warn (DL-30)
		t.Errorf("%+v", a.Choices)
	}
}

// A number under which no paper can be issued is told before it is too late (PAPER-07).
func TestAMeetingWarnsOfANumberThatIsNone(t *testing.T) {
	t.Parallel()
	e := newEngine(t, engines[0].config(t))
	e.units()
	branch := e.person("lan", access.BranchSecretary, "K01.01")
	an := e.toVote(branch, "K01.01", "Nguyễn Văn Ân")
	m := e.meet(branch, "K01.01", "2024-03-20", admission.BranchResolution, 20, map[string]int{an.File.ID: 18}, an.File.ID)
	for number, want := range map[string]bool{"số năm": true, "05-NQ/CB": false} {
		m.Sheet.Auto, m.Sheet.Lines[0].Number = false, number
		e.must(e.SaveMeeting(t.Context(), branch, m.ID, m.Version, m.Sheet))
		try, err := e.TryMeeting(t.Context(), branch, m.ID)
		e.must(err)
		m.Version = try.Page.Version
		got := slices.ContainsFunc(try.Results[0].Findings, func(f rule.Finding) bool { return f.Rule == "PAPER-07" && f.Severity == rule.Warn })
		if got != want || try.Blocked() {
			t.Errorf("%s: warned %v, %+v", number, got, try.Results[0].Findings)
		}
	}
}
