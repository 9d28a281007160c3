package app_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/app"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/rule"
)

// onBoth runs a test on a store of each engine, with the units of engine.units.
func onBoth(t *testing.T, test func(engine)) {
	t.Helper()
	for _, x := range engines {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			e := newEngine(t, x.config(t))
			e.units()
			test(e)
		})
	}
}

// applying opens a file and takes it to its application of 15/02/2024.
func (e engine) applying(who app.Actor, unit, name string) app.FilePage {
	e.t.Helper()
	p := e.open(who, unit, name)
	for _, s := range []struct {
		code admission.Code
		on   string
	}{{admission.Introduce, "2024-01-10"}, {admission.List, "2024-01-12"}, {admission.AssignHelper, "2024-01-12"}, {admission.Certify, "2024-02-10"}, {admission.Apply, "2024-02-15"}} {
		p = e.record(who, p, s.code, s.on)
	}
	return p
}

func (e engine) verification(who app.Actor, id string) app.VerificationPage {
	e.t.Helper()
	p, err := e.Verification(e.t.Context(), who, id)
	e.must(err)
	return p
}

// verify records steps that must be written, and returns the page after them.
func (e engine) verify(who app.Actor, id string, steps ...admission.VerificationStep) app.VerificationPage {
	e.t.Helper()
	done, err := e.RecordVerification(e.t.Context(), who, id, steps, e.verification(who, id).Read, false)
	e.must(err)
	if !done.Written {
		e.t.Fatalf("%s: %+v", steps[0].Kind, done.Findings)
	}
	return e.verification(who, id)
}

func askPlace(subject, place string) admission.VerificationStep {
	return admission.VerificationStep{Kind: admission.StepRequest, Subject: subject, Place: place, Way: admission.ByPost}
}

func stepOn(kind admission.StepKind, request, on string) admission.VerificationStep {
	return admission.VerificationStep{Kind: kind, Request: request, On: date.Must(on), Number: "12-CV/ĐU", Stamped: true, Carried: true, Note: "lý do"}
}

func saidRules(findings []rule.Finding) string {
	var out []string
	for _, f := range findings {
		out = append(out, string(f.Severity)+" "+f.Rule)
	}
	return strings.Join(out, " ")
}

func TestAVerificationAndItsFileAreWrittenTogether(t *testing.T) {
	t.Parallel()
	onBoth(t, func(e engine) {
		ctx := e.t.Context()
		branch, base := e.person("lan", access.BranchSecretary, "K01.01"), e.person("hoa", access.BaseOffice, "K01")
		id := e.applying(branch, "K01.01", "Nguyễn Thị Ánh").File.ID
		p := e.verify(branch, id, admission.VerificationStep{Kind: admission.StepSubject, Relation: admission.Father}, askPlace(admission.Applicant, "Đảng ủy xã Hải Phú"))
		father := p.Verification.Subjects[1].ID
		p = e.verify(branch, id, askPlace(father, "Đảng ủy xã Hải Phú"))
		first, second := p.Verification.Requests()[0].ID, p.Verification.Requests()[1].ID
		p = e.verify(branch, id, stepOn(admission.StepSend, first, "2024-06-03"), stepOn(admission.StepSend, second, "2024-06-03"))
		if last, _ := p.File.LastAct(); p.File.Stage != admission.Verifying || last.To != "Đảng ủy xã Hải Phú" || last.ActorName == "" {
			e.t.Fatalf("%s, %+v", p.File.Stage, last)
		}
		p = e.verify(base, id, stepOn(admission.StepReceive, first, "2024-06-05"), stepOn(admission.StepReceive, second, "2024-06-10"))
		if due := p.Terms[first].Due.String() + " " + p.Terms[second].Due.String(); p.File.RequestReceipt.String() != "2024-06-05" || due != "2024-07-17 2024-07-22" {
			e.t.Fatalf("%s, %s", p.File.RequestReceipt, due)
		}

		e.t.Run("what one refuses stops the others", func(t *testing.T) {
			before := e.verification(branch, id).Read
			done, err := e.RecordVerification(ctx, branch, id, []admission.VerificationStep{stepOn(admission.StepAnswer, first, "2024-06-20"),
				stepOn(admission.StepAnswer, second, "2024-06-09")}, before, false)
			ok(t, err)
			if done.Written || saidRules(done.Findings) != "block ADM-44" || e.verification(branch, id).Read != before {
				t.Errorf("%+v", done)
			}
		})
		e.t.Run("who read before somebody else wrote is told", func(t *testing.T) {
			old := e.verification(branch, id).Read
			e.verify(base, id, stepOn(admission.StepRemind, first, "2024-06-18"))
			_, err := e.RecordVerification(ctx, branch, id, []admission.VerificationStep{stepOn(admission.StepRemind, first, "2024-06-19")}, old, false)
			refused(t, err, errs.Stale, "file.stale")
			old = e.verification(branch, id).Read
			e.record(branch, e.verification(branch, id).FilePage, admission.AssignHelper, "2024-06-19")
			_, err = e.ConcludeVerification(ctx, branch, id, date.Must("2024-06-20"), admission.ResultClear, old, false)
			refused(t, err, errs.Stale, "file.stale")
		})
		e.t.Run("what is open is asked about before a conclusion", func(t *testing.T) {
			e.verify(branch, id, stepOn(admission.StepAnswer, first, "2024-06-20"))
			read := e.verification(branch, id).Read
			done, err := e.ConcludeVerification(ctx, branch, id, date.Must("2024-06-25"), admission.ResultClear, read, true)
			ok(t, err)
			if done.Written || saidRules(done.Findings) != "warn ADM-44" {
				t.Errorf("%+v", done)
			}
			done, err = e.ConcludeVerification(ctx, branch, id, date.Must("2024-06-19"), admission.ResultClear, read, false)
			ok(t, err)
			if done.Written || !rule.Blocked(done.Findings) || e.verification(branch, id).File.Stage != admission.Verifying {
				t.Errorf("before an answer: %+v", done)
			}
			_, err = e.ConcludeVerification(ctx, branch, id, date.Must("2024-06-25"), admission.ResultHeld, read, false)
			refused(t, err, errs.Forbidden, "")
			done, err = e.ConcludeVerification(ctx, branch, id, date.Must("2024-06-25"), admission.ResultClear, read, false)
			ok(t, err)
			if p := e.verification(branch, id); !done.Written || p.File.Stage != admission.Verified {
				t.Errorf("%s, %+v", p.File.Stage, done)
			}
		})
		e.t.Run("voiding the acts takes the steps with them", func(t *testing.T) {
			for range 4 { // the conclusion, the helper, the receipt, the sending
				e.record(base, e.verification(base, id).FilePage, admission.Void, "2024-06-26")
			}
			p := e.verification(branch, id)
			for _, r := range p.Verification.Requests() {
				if r.State != admission.RequestDrafted || p.File.Stage != admission.Applying {
					t.Errorf("%s at %s", r.State, p.File.Stage)
				}
			}
			p = e.verify(branch, id, stepOn(admission.StepSend, second, "2024-07-01"))
			if p.File.Stage != admission.Verifying || p.Verification.Requests()[1].State != admission.RequestSent {
				t.Errorf("%s, %+v", p.File.Stage, p.Verification.Requests())
			}
		})
		e.sound()
	})
}

func TestActsRecordedTheOrdinaryWayNeedNoSubjects(t *testing.T) {
	t.Parallel()
	onBoth(t, func(e engine) {
		branch := e.person("lan", access.BranchSecretary, "K01.01")
		p := e.applying(branch, "K01.01", "Nguyễn Thị Ánh")
		p = e.record(branch, p, admission.SendVerification, "2024-06-03")
		p = e.record(branch, p, admission.ReceiveRequest, "2024-06-05")
		v := e.verification(branch, p.File.ID)
		if v.Terms[""].Due.String() != "2024-07-17" || v.Verification.Used() {
			e.t.Errorf("%+v", v.Terms)
		}
		l, err := e.OpenVerifications(e.t.Context(), branch, "K01.01", app.Past)
		e.must(err)
		if len(l.Open) != 1 || l.Open[0].Request.ID != "" || !l.Open[0].Term.Late {
			e.t.Errorf("%+v", l.Open)
		}
		done, err := e.ConcludeVerification(e.t.Context(), branch, p.File.ID, date.Must("2024-06-20"), admission.ResultClear, v.Read, true)
		e.must(err)
		if !done.Written {
			e.t.Errorf("%+v", done.Findings)
		}
	})
}

func TestManyFilesAreSentTogetherOrNotAtAll(t *testing.T) {
	t.Parallel()
	onBoth(t, func(e engine) {
		ctx := e.t.Context()
		base, branch := e.person("hoa", access.BaseOffice, "K01"), e.person("lan", access.BranchSecretary, "K01.01")
		var files []app.VerificationFile
		for i := range 6 {
			files = append(files, app.VerificationFile{ID: e.applying(base, fmt.Sprintf("K01.0%d", i%2+1), "Nguyễn Thị Ánh").File.ID})
		}
		letter := app.VerificationSending{Place: "Đảng ủy xã Hải Phú", Way: admission.ByPost, Number: "12-CV/ĐU", On: date.Must("2024-06-03"), Stamped: true, Carried: true}
		none := func(t *testing.T) {
			t.Helper()
			l, err := e.OpenVerifications(ctx, base, "K01", app.AnyDue)
			ok(t, err)
			if len(l.Open) != 0 || len(l.Waiting) != len(files) {
				t.Errorf("%d open, %d waiting", len(l.Open), len(l.Waiting))
			}
		}
		e.t.Run("one that cannot be sent stops all, and is named", func(t *testing.T) {
			early := letter
			early.On = date.Must("2024-02-20")
			e.record(base, e.verification(base, files[3].ID).FilePage, admission.AssignHelper, "2024-02-25")
			b, err := e.SendVerifications(ctx, base, files, early, true)
			ok(t, err)
			if b.Written || !b.Blocked() || len(b.Said) != 1 || b.Said[0].File != files[3].ID || b.Said[0].Name == "" {
				t.Errorf("%+v", b)
			}
			none(t)
		})
		e.t.Run("one that is not seen stops all", func(t *testing.T) {
			_, err := e.SendVerifications(ctx, branch, files, letter, true)
			refused(t, err, errs.NotFound, "")
			none(t)
		})
		e.t.Run("one that changed stops all", func(t *testing.T) {
			old := slices.Clone(files)
			old[2].Version = 3
			_, err := e.SendVerifications(ctx, base, old, letter, true)
			refused(t, err, errs.Stale, "verification.stale_one")
			_, err = e.SendVerifications(ctx, base, nil, letter, true)
			refused(t, err, errs.Invalid, "verification.none_chosen")
			none(t)
		})
		b, err := e.SendVerifications(ctx, base, files, letter, true)
		e.must(err)
		l, err := e.OpenVerifications(ctx, base, "K01", app.AnyDue)
		e.must(err)
		if !b.Written || b.Files != len(files) || len(l.Open) != len(files) || len(l.Waiting) != 0 {
			e.t.Fatalf("%+v, %d open", b, len(l.Open))
		}
		var all []app.VerificationRequest
		for _, q := range l.Open {
			all = append(all, app.VerificationRequest{File: q.File.ID, Request: q.Request.ID})
		}
		again, err := e.SendVerifications(ctx, base, files[:1], letter, true)
		e.must(err)
		if again.Written || !again.Blocked() {
			e.t.Errorf("the same letter a second time: %+v", again)
		}
		b, err = e.RemindVerifications(ctx, base, all, date.Must("2024-07-20"))
		e.must(err)
		if !b.Written {
			e.t.Errorf("%+v", b)
		}
		b, err = e.RemindVerifications(ctx, base, all[:2], date.Must("2024-07-20"))
		e.must(err)
		if b.Written || len(b.Said) == 0 {
			e.t.Errorf("twice on one day: %+v", b)
		}
		_, err = e.RemindVerifications(ctx, e.person("hanh", access.OrgBoard, "K"), all, date.Must("2024-07-21"))
		refused(e.t, err, errs.Forbidden, "")
		e.sound()
	})
}

func TestWhoSeesVerifications(t *testing.T) {
	t.Parallel()
	onBoth(t, func(e engine) {
		ctx := e.t.Context()
		branch, board := e.person("lan", access.BranchSecretary, "K01.01"), e.person("hanh", access.OrgBoard, "K")
		id := e.applying(branch, "K01.01", "Nguyễn Thị Ánh").File.ID
		p := e.verification(board, id)
		if p.MayRecord || p.MayHold {
			e.t.Error("a board records for nobody")
		}
		read := p.Read
		_, err := e.RecordVerification(ctx, board, id, []admission.VerificationStep{askPlace(admission.Applicant, "P")}, read, false)
		refused(e.t, err, errs.Forbidden, "")
		for login, role := range map[string]access.Role{"tuyen": access.PropagandaBoard, "doan": access.UnionOfficer} {
			who := e.person(login, role, "K")
			_, err = e.Verification(ctx, who, id)
			refused(e.t, err, errs.NotFound, "")
			_, err = e.OpenVerifications(ctx, who, "K", app.AnyDue)
			refused(e.t, err, errs.NotFound, "")
		}
		other := e.person("binh", access.BranchSecretary, "K01.02")
		_, err = e.RecordVerification(ctx, other, id, []admission.VerificationStep{askPlace(admission.Applicant, "P")}, read, false)
		refused(e.t, err, errs.NotFound, "")
		_, err = e.RecordVerification(ctx, branch, id, nil, read, false)
		refused(e.t, err, errs.Invalid, "verification.nothing")
	})
}
