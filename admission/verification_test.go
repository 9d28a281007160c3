package admission

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"ketnap/date"
	"ketnap/rule"

	"pgregory.net/rapid"
)

// A verifying is a file with its verification, to which steps are recorded as the
// application does it.
type verifying struct {
	file  File
	v     Verification
	world World
}

// applied is a file at work on its papers since 27/5/2024.
func applied(t fataler) *verifying {
	t.Helper()
	w := world()
	f := at(t, opened(), Applying, date.Must("2024-05-27"), w)
	return &verifying{file: f, v: VerificationOf(f, nil), world: w}
}

// step records one step with the act that goes with it, and returns what was said.
func (x *verifying) step(s VerificationStep) []string {
	s.ID = "s" + strconv.Itoa(len(x.v.Steps)+1)
	s, findings := JudgeStep(x.file, x.v, s, x.world)
	next := x.file
	if act, is, under := x.file.ActOf(x.v, s); !rule.Blocked(findings) {
		if s.Act = under; is {
			act.ID = "a" + strconv.Itoa(len(x.file.Acts)+1)
			var said []rule.Finding
			next, _, said = Advance(x.file, act, x.world)
			s.Act, s.Own, findings = act.ID, true, append(findings, said...)
		}
	}
	if !rule.Blocked(findings) {
		x.file = next
		x.v = VerificationOf(next, append(x.v.Steps, s))
	}
	var out []string
	for _, f := range findings {
		out = append(out, fmt.Sprintf("%s %s %s", f.Severity, f.Rule, f.Field))
	}
	return out
}

// do is step that must pass, with the usual day and fields.
func (x *verifying) do(t fataler, s VerificationStep) string {
	t.Helper()
	if said := x.step(s); strings.Contains(strings.Join(said, ";"), "block") {
		t.Fatalf("%s: %v", s.Kind, said)
	}
	return x.v.Steps[len(x.v.Steps)-1].ID
}

func ask(subject, place string) VerificationStep {
	return VerificationStep{Kind: StepRequest, Subject: subject, Place: place, Way: ByPost}
}

func on(kind StepKind, request, day string) VerificationStep {
	return VerificationStep{Kind: kind, Request: request, On: date.Must(day), Number: "12-CV/ĐU", Stamped: true, Carried: true, Note: "lý do"}
}

// abandon voids the last act of the file, as its page does.
func (x *verifying) abandon(t fataler) {
	t.Helper()
	last, _ := x.file.LastAct()
	f, _, findings := Advance(x.file, Act{ID: "a" + strconv.Itoa(len(x.file.Acts)+1), Code: Void, On: x.world.Today, ActID: last.ID, Note: "ghi nhầm"}, x.world)
	if rule.Blocked(findings) {
		t.Fatalf("void: %v", findings)
	}
	x.file, x.v = f, VerificationOf(f, x.v.Steps)
}

func TestTheFirstSendingAndTheFirstReceiptAreActsOfTheFile(t *testing.T) {
	t.Parallel()
	x := applied(t)
	first := x.do(t, ask(Applicant, "Đảng ủy xã Hải Phú"))
	second := x.do(t, ask(Applicant, "Đảng ủy phường Đồng Sơn"))
	x.do(t, on(StepSend, first, "2024-06-03"))
	x.do(t, on(StepSend, second, "2024-06-04"))
	x.do(t, on(StepReceive, second, "2024-06-05"))
	x.do(t, on(StepReceive, first, "2024-06-07"))
	var acts []string
	for _, a := range x.file.Acts[len(x.file.Acts)-2:] {
		acts = append(acts, string(a.Code)+" "+a.On.String()+" "+a.To)
	}
	if got := strings.Join(acts, ", "); got != "send_verification 2024-06-03 Đảng ủy xã Hải Phú, receive_request 2024-06-05 " {
		t.Errorf("acts: %s", got)
	}
	if x.file.Stage != Verifying {
		t.Errorf("the file stands at %s", x.file.Stage)
	}
	t.Run("voiding the receipt takes all receipts with it", func(t *testing.T) {
		y := *x
		y.abandon(t)
		for _, r := range y.v.Requests() {
			if r.State != RequestSent {
				t.Errorf("%s is %s", r.Place, r.State)
			}
		}
		y.abandon(t)
		for _, r := range y.v.Requests() {
			if r.State != RequestDrafted || y.file.Stage != Applying {
				t.Errorf("%s is %s at %s", r.Place, r.State, y.file.Stage)
			}
		}
		y.do(t, on(StepSend, second, "2024-06-10"))
		if r, _ := y.v.Request(first); r.State != RequestDrafted {
			t.Errorf("a sending of before came back: %s", r.State)
		}
		if a, _ := y.file.LastAct(); a.To != "Đảng ủy phường Đồng Sơn" {
			t.Errorf("sent to %s", a.To)
		}
	})
}

func TestEachRequestHasItsOwnTerm(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		abroad   bool
		received string
		answered string
		due      string
		late     bool
	}{
		{"TV-21: 30 working days in the country", false, "2024-06-05", "2024-07-17", "2024-07-17", false},
		{"an answer on the day after is late", false, "2024-06-05", "2024-07-18", "2024-07-17", true},
		{"without an answer the day of business counts", false, "2024-06-05", "", "2024-07-17", true},
		{"90 working days abroad", true, "2024-06-05", "2024-10-10", "2024-10-11", false},
		{"Tết is no working day", false, "2025-01-10", "2025-02-28", "2025-02-28", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			x := applied(t)
			s := ask(Applicant, "Đại sứ quán")
			s.Abroad = c.abroad
			id := x.do(t, s)
			x.do(t, on(StepSend, id, "2024-06-03"))
			x.do(t, on(StepReceive, id, c.received))
			if c.answered != "" {
				x.do(t, on(StepAnswer, id, c.answered))
			}
			r, _ := x.v.Request(id)
			d := x.file.RequestDeadline(x.world, r)
			if d.Due.String() != c.due || d.Late != c.late || d.Rule != "DL-40" || d.Cite == "" {
				t.Errorf("%+v", d)
			}
		})
	}
	x := applied(t)
	id := x.do(t, ask(Applicant, "Đảng ủy xã Hải Phú"))
	if r, _ := x.v.Request(id); !x.file.RequestDeadline(x.world, r).Due.IsZero() {
		t.Error("a request that nobody received has a due day")
	}
}

// TestStepsThatAreRefused holds what each refusal cites.
func TestStepsThatAreRefused(t *testing.T) {
	t.Parallel()
	sent := func(x *verifying, t *testing.T) string {
		id := x.do(t, ask(Applicant, "Đảng ủy xã Hải Phú"))
		x.do(t, on(StepSend, id, "2024-06-03"))
		return id
	}
	received := func(x *verifying, t *testing.T) string {
		id := sent(x, t)
		x.do(t, on(StepReceive, id, "2024-06-05"))
		return id
	}
	relative := func(x *verifying, t *testing.T, r Relation) string {
		return x.do(t, VerificationStep{Kind: StepSubject, Relation: r})
	}
	exempt := func(subject string, e Exemption) VerificationStep {
		return VerificationStep{Kind: StepExempt, Subject: subject, Exemption: e}
	}
	for _, c := range []struct {
		name string
		step func(*verifying, *testing.T) VerificationStep
		want string
	}{
		{"a letter needs its number, the stamp and somebody else to carry it", func(x *verifying, t *testing.T) VerificationStep {
			return VerificationStep{Kind: StepSend, Request: x.do(t, ask(Applicant, "P")), On: date.Must("2024-06-03")}
		}, "block ADM-43 number; block ADM-43 stamped; block ADM-43 carried"},
		{"before the application nothing is sent", func(x *verifying, t *testing.T) VerificationStep {
			return on(StepSend, x.do(t, ask(Applicant, "P")), "2024-05-26")
		}, "block ADM-43 on"},
		{"nothing is recorded ahead", func(x *verifying, t *testing.T) VerificationStep {
			return on(StepSend, x.do(t, ask(Applicant, "P")), "2026-11-24")
		}, "block ADM-00 on"},
		{"a day is needed", func(x *verifying, t *testing.T) VerificationStep {
			s := on(StepRemind, sent(x, t), "2024-06-04")
			s.On = date.Date{}
			return s
		}, "block ADM-00 on; block DL-41 on"},
		{"what was not sent is not received", func(x *verifying, t *testing.T) VerificationStep {
			return on(StepReceive, x.do(t, ask(Applicant, "P")), "2024-06-05")
		}, "block DL-40 request"},
		{"nothing is received before it was sent", func(x *verifying, t *testing.T) VerificationStep {
			return on(StepReceive, sent(x, t), "2024-06-02")
		}, "block DL-40 on"},
		{"what was not received is not answered", func(x *verifying, t *testing.T) VerificationStep {
			return on(StepAnswer, sent(x, t), "2024-06-20")
		}, "block ADM-44 request"},
		{"nothing is answered before it was received", func(x *verifying, t *testing.T) VerificationStep {
			return on(StepAnswer, received(x, t), "2024-06-04")
		}, "block ADM-44 on"},
		{"an answer is not dated after it came", func(x *verifying, t *testing.T) VerificationStep {
			s := on(StepAnswer, received(x, t), "2024-06-20")
			s.Dated = date.Must("2024-06-21")
			return s
		}, "block ADM-44 dated"},
		{"nor before it was asked for", func(x *verifying, t *testing.T) VerificationStep {
			s := on(StepAnswer, received(x, t), "2024-06-20")
			s.Dated = date.Must("2024-06-02")
			return s
		}, "block ADM-44 dated"},
		{"what was answered is not reminded", func(x *verifying, t *testing.T) VerificationStep {
			id := received(x, t)
			x.do(t, on(StepAnswer, id, "2024-06-20"))
			return on(StepRemind, id, "2024-06-21")
		}, "block DL-41 request"},
		{"nobody is reminded twice on one day", func(x *verifying, t *testing.T) VerificationStep {
			id := sent(x, t)
			x.do(t, on(StepRemind, id, "2024-06-20"))
			return on(StepRemind, id, "2024-06-20")
		}, "block DL-41 on"},
		{"a withdrawal has a reason", func(x *verifying, t *testing.T) VerificationStep {
			return VerificationStep{Kind: StepWithdraw, Request: sent(x, t), On: date.Must("2024-06-20")}
		}, "block ADM-43 note"},
		{"and does not come before the sending", func(x *verifying, t *testing.T) VerificationStep {
			return on(StepWithdraw, sent(x, t), "2024-06-02")
		}, "block ADM-43 on"},
		{"a request has a place and a way", func(*verifying, *testing.T) VerificationStep {
			return VerificationStep{Kind: StepRequest, Subject: Applicant}
		}, "block ADM-43 place; block ADM-43 way"},
		{"one place is asked once at a time", func(x *verifying, t *testing.T) VerificationStep {
			sent(x, t)
			return ask(Applicant, " Đảng ủy xã Hải Phú ")
		}, "block ADM-43 place"},
		{"about somebody in the list", func(*verifying, *testing.T) VerificationStep { return ask("x", "P") }, "block ADM-40 subject"},
		{"a relation is chosen", func(*verifying, *testing.T) VerificationStep {
			return VerificationStep{Kind: StepSubject, Relation: Self}
		}, "block ADM-40 relation"},
		{"one has one father", func(x *verifying, t *testing.T) VerificationStep {
			relative(x, t, Father)
			return VerificationStep{Kind: StepSubject, Relation: Father, Name: "Nguyễn Văn Hùng"}
		}, "block ADM-40 relation"},
		{"two children have two names", func(x *verifying, t *testing.T) VerificationStep {
			relative(x, t, Child)
			return VerificationStep{Kind: StepSubject, Relation: Child}
		}, "block ADM-40 name"},
		{"the applicant is never exempted", func(*verifying, *testing.T) VerificationStep { return exempt(Applicant, ExemptMember) }, "block ADM-40 subject"},
		{"a father who is a member is", func(x *verifying, t *testing.T) VerificationStep {
			return exempt(relative(x, t, Father), ExemptMember)
		}, ""},
		{"on the spouse's side it is remembered only", func(x *verifying, t *testing.T) VerificationStep {
			return exempt(relative(x, t, SpouseMother), ExemptMember)
		}, "warn ADM-42 exemption"},
		{"the dead are not in the text", func(x *verifying, t *testing.T) VerificationStep {
			return exempt(relative(x, t, Father), ExemptDeceased)
		}, "warn ADM-42 exemption"},
		{"another reason is written", func(x *verifying, t *testing.T) VerificationStep {
			return exempt(relative(x, t, Father), ExemptOther)
		}, "block ADM-42 note; warn ADM-42 exemption"},
		{"a reason is chosen", func(x *verifying, t *testing.T) VerificationStep {
			return exempt(relative(x, t, Father), "")
		}, "block ADM-42 exemption"},
		{"nobody is exempted twice", func(x *verifying, t *testing.T) VerificationStep {
			id := relative(x, t, Father)
			x.do(t, exempt(id, ExemptMember))
			return exempt(id, ExemptMember)
		}, "block ADM-42 subject"},
		{"who is asked about is not exempted", func(x *verifying, t *testing.T) VerificationStep {
			id := relative(x, t, Father)
			x.do(t, ask(id, "P"))
			return exempt(id, ExemptMember)
		}, "block ADM-42 subject"},
		{"who is exempted is not asked about", func(x *verifying, t *testing.T) VerificationStep {
			id := relative(x, t, Father)
			x.do(t, exempt(id, ExemptMember))
			return ask(id, "P")
		}, "block ADM-42 subject"},
		{"what was recorded on the file is voided there", func(x *verifying, t *testing.T) VerificationStep {
			id := sent(x, t)
			r, _ := x.v.Request(id)
			return VerificationStep{Kind: StepUndo, Undoes: r.Last, Note: "nhầm"}
		}, "block ADM-43 undoes"},
		{"only the last step is taken back, with a reason", func(x *verifying, t *testing.T) VerificationStep {
			id := sent(x, t)
			x.do(t, on(StepRemind, id, "2024-06-20"))
			return VerificationStep{Kind: StepUndo, Undoes: id}
		}, "block ADM-43 undoes; block ADM-00 note"},
		{"the number is not longer than one writes", func(x *verifying, t *testing.T) VerificationStep {
			s := on(StepSend, x.do(t, ask(Applicant, "P")), "2024-06-03")
			s.Number = strings.Repeat("1", maxNumber+1)
			return s
		}, "block ADM-43 number"},
		{"no such step", func(*verifying, *testing.T) VerificationStep { return VerificationStep{Kind: "x"} }, "block ADM-43 "},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			x := applied(t)
			s := c.step(x, t)
			before := len(x.v.Steps)
			got := strings.Join(x.step(s), "; ")
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if strings.Contains(got, "block") != (len(x.v.Steps) == before) {
				t.Errorf("%d steps, before %d", len(x.v.Steps), before)
			}
		})
	}
}

func TestAStepIsCitedByTheGuidanceOfItsDay(t *testing.T) {
	t.Parallel()
	for day, want := range map[string]string{"2021-06-01": "HD 01-HD/TW (20/9/2016), 3.4c", "2024-06-01": "HD 01-HD/TW (28/9/2021), 3.4c", "2025-08-01": "HD 06-HD/TW (09/6/2025), 3.4c"} {
		if got := world().verificationGuide(date.Must(day), "c"); got != want {
			t.Errorf("%s: %s, want %s", day, got, want)
		}
	}
}

func TestVerificationStandsBetweenTheApplicationAndTheDossier(t *testing.T) {
	t.Parallel()
	w := world()
	for _, s := range []Stage{Certified, Applying, Verifying, Verified, Held, Ready, Closed} {
		f := at(t, opened(), s, date.Must("2024-05-27"), w)
		_, findings := JudgeStep(f, VerificationOf(f, nil), ask(Applicant, "P"), w)
		may := s == Applying || s == Verifying || s == Verified || s == Held
		if rule.Blocked(findings) == may {
			t.Errorf("%s: %v", s, findings)
		}
	}
}

func TestUndoTakesBackTheLastStep(t *testing.T) {
	t.Parallel()
	x := applied(t)
	father := x.do(t, VerificationStep{Kind: StepSubject, Relation: Father})
	id := x.do(t, ask(Applicant, "P"))
	x.do(t, on(StepSend, id, "2024-06-03"))
	reminded := x.do(t, on(StepRemind, id, "2024-06-20"))
	x.do(t, VerificationStep{Kind: StepUndo, Undoes: reminded, Note: "nhầm"})
	x.do(t, VerificationStep{Kind: StepUndo, Undoes: father, Note: "nhầm"})
	r, _ := x.v.Request(id)
	if len(r.Reminded) != 0 || r.State != RequestSent || len(x.v.Subjects) != 1 {
		t.Errorf("%+v", x.v)
	}
	if got := x.step(VerificationStep{Kind: StepUndo, Undoes: reminded, Note: "nhầm"}); len(got) != 1 {
		t.Errorf("a second time: %v", got)
	}
}

func TestWhatStandsAgainstAConclusion(t *testing.T) {
	t.Parallel()
	x := applied(t)
	if got := JudgeConclusion(x.file, x.v, x.world.Today, x.world); got != nil {
		t.Errorf("without any request: %v", got)
	}
	father := x.do(t, VerificationStep{Kind: StepSubject, Relation: Father, Name: "Nguyễn Văn Hùng"})
	first, second := x.do(t, ask(Applicant, "Đảng ủy xã Hải Phú")), x.do(t, ask(Applicant, "Đảng ủy phường Đồng Sơn"))
	x.do(t, on(StepSend, first, "2024-06-03"))
	x.do(t, on(StepReceive, first, "2024-06-05"))
	x.do(t, on(StepAnswer, first, "2024-06-25"))
	said := func() string {
		var out []string
		for _, f := range JudgeConclusion(x.file, x.v, date.Must("2024-06-20"), x.world) {
			out = append(out, string(f.Severity)+" "+f.Rule+" "+f.Message)
		}
		return strings.Join(out, "\n")
	}
	for _, want := range []string{"block ADM-44 Ngày kết luận 20/6/2024 trước ngày Đảng ủy xã Hải Phú trả lời (25/6/2024).",
		"warn ADM-44 Chưa có trả lời về người xin vào Đảng: Đảng ủy phường Đồng Sơn (chưa gửi).",
		"warn ADM-40 Chưa hỏi nơi nào về cha đẻ Nguyễn Văn Hùng, cũng chưa ghi miễn."} {
		if !strings.Contains(said(), want) {
			t.Errorf("not said: %s\n%s", want, said())
		}
	}
	x.do(t, VerificationStep{Kind: StepExempt, Subject: father, Exemption: ExemptMember})
	x.do(t, on(StepWithdraw, second, "2024-06-04"))
	if got := said(); strings.Contains(got, "warn") {
		t.Errorf("all is settled, but: %s", got)
	}
	x.do(t, VerificationStep{Kind: StepUndo, Undoes: x.v.Steps[len(x.v.Steps)-2].ID, Note: "nhầm"})
	x.do(t, VerificationStep{Kind: StepUndo, Undoes: father, Note: "nhầm"})
	if got := said(); !strings.Contains(got, "chưa có cha, mẹ") {
		t.Errorf("no parents: %s", got)
	}
}

// TestNoOrderOfEventsMakesAnAnswerToWhatNobodyReceived records steps, acts and voids in
// any order.
func TestNoOrderOfEventsMakesAnAnswerToWhatNobodyReceived(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		x := applied(t)
		x.do(t, ask(Applicant, "P0"))
		day := date.Must("2024-06-03")
		for i := range rapid.IntRange(1, 25).Draw(t, "events") {
			day = day.AddDays(rapid.IntRange(0, 3).Draw(t, "later"))
			switch rapid.IntRange(0, 9).Draw(t, "event") {
			case 0:
				if last, ok := x.file.LastAct(); ok && last.Code != Apply {
					x.abandon(t)
				}
				continue
			case 1:
				next := rapid.SampledFrom([]Code{SendVerification, ReceiveRequest, ConcludeVerification, Hold, Release}).Draw(t, "act")
				a := usual(x.file, next, day)
				if f, _, findings := Advance(x.file, a, x.world); !rule.Blocked(findings) {
					x.file, x.v = f, VerificationOf(f, x.v.Steps)
				}
				continue
			}
			requests := x.v.Requests()
			s := on(rapid.SampledFrom(StepKinds()).Draw(t, "step"), "", day.AddDays(-rapid.IntRange(0, 4).Draw(t, "earlier")).String())
			if len(requests) > 0 {
				s.Request = rapid.SampledFrom(requests).Draw(t, "request").ID
			}
			s.Subject, s.Place, s.Way, s.Relation, s.Exemption = rapid.SampledFrom(x.v.Subjects).Draw(t, "subject").ID, "P"+strconv.Itoa(i), ByMembers, Child, ExemptOther
			s.Name, s.Undoes = strconv.Itoa(i), rapid.SampledFrom(x.v.Steps).Draw(t, "undone").ID
			x.step(s)
			x.sound(t)
		}
	})
}

// sound fails where a state is one that the file's acts and the earlier days deny.
func (x *verifying) sound(t fataler) {
	t.Helper()
	_, sent := x.file.last(SendVerification)
	for _, r := range x.v.Requests() {
		switch {
		case !r.Sent.IsZero() && !sent:
			t.Fatalf("sent, and the file does not know: %+v", r)
		case !r.Received.IsZero() && (r.Sent.IsZero() || r.Received.Before(r.Sent)):
			t.Fatalf("received before it was sent: %+v", r)
		case !r.Answered.IsZero() && (r.Received.IsZero() || r.Answered.Before(r.Received)):
			t.Fatalf("answered before it was received: %+v", r)
		case r.State == RequestAnswered && r.Answered.IsZero(), len(r.Reminded) > 0 && r.Sent.IsZero():
			t.Fatalf("%+v", r)
		}
	}
}
