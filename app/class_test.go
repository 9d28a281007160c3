package app_test

import (
	"strings"
	"testing"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/app"
	"ketnap/class"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/rule"
	"ketnap/source"
)

// listedPeople opens files of a branch and brings them to the list.
func (e engine) listedPeople(branch app.Actor, unit string, n int) []string {
	e.t.Helper()
	ids := make([]string, n)
	for i := range ids {
		p := e.open(branch, unit, "Nguyễn Thị "+[]string{"An", "Bình", "Chi", "Dung"}[i])
		p = e.record(branch, p, admission.Introduce, "2026-02-02")
		p = e.record(branch, p, admission.List, "2026-03-02")
		ids[i] = p.File.ID
	}
	return ids
}

func (e engine) demand(who app.Actor, unit string) int {
	e.t.Helper()
	d, err := e.ClassDemand(e.t.Context(), who, unit, class.Awareness)
	e.must(err)
	return d.Total.Total
}

func TestFromDemandToTheListOfAClass(t *testing.T) {
	t.Parallel()
	for _, x := range engines {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			e := newEngine(t, x.config(t))
			e.units()
			ctx := t.Context()
			board, branch, base := e.person("btg", access.PropagandaBoard, "K"), e.person("bt", access.BranchSecretary, "K01.01"), e.person("vp", access.BaseOffice, "K01")
			ids := e.listedPeople(branch, "K01.01", 4)
			if n := e.demand(board, "K"); n != 4 {
				t.Fatalf("the register shows %d people, want 4", n)
			}

			survey, found, err := e.IssueClassSurvey(ctx, board, "K", class.Survey{Kind: class.Awareness, Title: "Khảo sát", Due: engineDay.AddDays(7)})
			e.must(err)
			if len(found) > 0 {
				t.Fatal(found)
			}
			named, err := e.NameForClass(ctx, branch, ids[:3])
			e.must(err)
			if named.Surveyed != 3 || named.Standing != 0 {
				t.Errorf("named: %+v", named)
			}
			// The branch sends three, the base takes one of them out: its answer is the whole.
			_, err = e.AnswerClassSurvey(ctx, branch, survey, "K01.01", app.ClassAnswerAsk{Files: ids[:3], Send: true, Without: map[class.Group]int{class.Staff: 2}})
			e.must(err)
			_, err = e.AnswerClassSurvey(ctx, base, survey, "K01", app.ClassAnswerAsk{Files: ids[:2], Send: true})
			e.must(err)
			p, err := e.App.ClassSurvey(ctx, board, survey, "")
			e.must(err)
			if len(p.People) != 2 || p.Answered() != 1 {
				t.Errorf("%d people named, %d units answered", len(p.People), p.Answered())
			}

			id, err := e.NewClassProposal(ctx, board, "K", class.Awareness, survey)
			e.must(err)
			typed := class.Proposal{ID: id, Version: 1, Title: "Tờ trình", Survey: survey, Sheet: class.Sheet{Options: []class.Option{
				{Title: "Một chỗ", Reach: class.ForAll, Host: class.ByCommittee, Seats: 1, Place: "Hội trường", From: engineDay.AddDays(20), To: engineDay.AddDays(24)},
				{Title: "Cho phần còn lại", Reach: class.ForAll, Host: class.ByCommittee, Place: "Hội trường", From: engineDay.AddDays(20), To: engineDay.AddDays(24)},
				{Title: "Tại trung tâm", Reach: class.ForAll, Host: class.ByCentre},
			}}}
			found, err = e.SaveClassProposal(ctx, board, typed, true)
			e.must(err)
			if rule.Blocked(found) {
				t.Fatal(found)
			}
			decide := func(chosen ...int) ([]string, []rule.Finding) {
				classes, found, err := e.DecideClassProposal(ctx, board, id, app.ClassDecision{Version: 2, Chosen: chosen, Number: "61-QĐ/ĐUK", On: engineDay, By: "Lê Văn Bảo"})
				e.must(err)
				return classes, found
			}
			if classes, found := decide(2); len(classes) != 0 || !rule.Blocked(found) || !strings.Contains(found[0].Message, "25 học viên") {
				t.Errorf("a class of two at a centre was opened: %v, %+v", classes, found)
			}
			classes, found := decide(0, 1)
			if len(classes) != 2 || rule.Blocked(found) {
				t.Fatalf("%v, %+v", classes, found)
			}
			on := map[string]int{}
			for _, c := range classes {
				k, err := e.App.Class(ctx, board, c)
				e.must(err)
				for _, l := range k.Learners {
					on[l.File]++
				}
			}
			if len(on) != 2 || on[ids[0]] != 1 || on[ids[1]] != 1 {
				t.Errorf("on the lists: %v", on)
			}
			if n := e.demand(board, "K"); n != 2 {
				t.Errorf("%d people need a class still, want 2", n)
			}
			e.summoned(board, branch, base, classes, ids)
			if _, err := e.decideAgain(board, id); errs.KindOf(err) != errs.Conflict {
				t.Errorf("a proposal is decided twice: %v", err)
			}
		})
	}
}

// decideAgain decides what was decided.
func (e engine) decideAgain(board app.Actor, id string) ([]string, error) {
	classes, _, err := e.DecideClassProposal(e.t.Context(), board, id, app.ClassDecision{Version: 3, Dismissed: true})
	return classes, err
}

// summoned summons the people of the classes; the branch confirms, and sends another.
func (e engine) summoned(board, branch, base app.Actor, classes, ids []string) {
	e.t.Helper()
	ctx, t := e.t.Context(), e.t
	for _, c := range classes {
		n, err := e.SummonClass(ctx, board, c)
		e.must(err)
		if n != 1 {
			t.Errorf("%d summoned", n)
		}
		if _, err := e.SummonClass(ctx, branch, c); errs.KindOf(err) != errs.NotFound && errs.KindOf(err) != errs.Forbidden {
			t.Errorf("a branch summons: %v", err)
		}
	}
	tasks, err := e.ClassTasks(ctx, base)
	e.must(err)
	if len(tasks) != 2 || tasks[0].What != app.SummonsTask {
		t.Errorf("tasks of the base: %+v", tasks)
	}
	e.must(e.ChangeLearners(ctx, base, classes[0], "K01", app.LearnerChange{Confirm: true}))
	k, err := e.App.Class(ctx, branch, classes[1])
	e.must(err)
	l := k.Learners[0]
	if err := e.ChangeLearners(ctx, branch, classes[1], "K01.01", app.LearnerChange{Drop: l.ID}); errs.KindOf(err) != errs.Invalid {
		t.Errorf("taken off without a reason: %v", err)
	}
	if err := e.ChangeLearners(ctx, branch, classes[1], "K01.01", app.LearnerChange{Drop: l.ID, Reason: "Ốm", With: ids[0]}); errs.KindOf(err) != errs.Invalid {
		t.Errorf("replaced by who has a seat: %v", err)
	}
	e.must(e.ChangeLearners(ctx, branch, classes[1], "K01.01", app.LearnerChange{Drop: l.ID, Reason: "Ốm", With: ids[3]}))
	if n := e.demand(board, "K"); n != 2 { // who was taken off needs a class again
		t.Errorf("%d people need a class", n)
	}
	if err := e.AddLearner(ctx, base, classes[0], "K01", app.NewLearner{Name: "Trần Văn Cường"}); errs.KindOf(err) != errs.Conflict {
		t.Errorf("one more than there are seats: %v", err)
	}
	e.must(e.AddLearner(ctx, base, classes[1], "K01", app.NewLearner{Name: "Trần Văn Cường", Birth: date.Must("2000-01-02"), Sex: "male"}))
	if err := e.AddLearner(ctx, base, classes[1], "K01", app.NewLearner{Name: "Trần Văn Cường", Birth: date.Must("2000-01-02")}); errs.KindOf(err) != errs.Conflict {
		t.Errorf("the same person twice: %v", err)
	}
	period, err := date.ParsePeriod("2026")
	e.must(err)
	review, err := e.SourceReviewOf(ctx, app.System("t"), "K", period)
	e.must(err)
	if sent := review.Counted[3]; sent.Layer != source.SentToClass || sent.Counted == nil || *sent.Counted != 3 || sent.Origin != source.FromClass {
		t.Errorf("sent to class, as the review of the source counts: %+v", sent)
	}
	for _, unseen := range []int{0, -1} {
		if err := e.CancelClass(ctx, board, classes[1], unseen, "Chưa đủ điều kiện"); errs.KindOf(err) != errs.Stale {
			t.Errorf("given up by who saw version %d: %v", unseen, err)
		}
	}
	seen, err := e.Class(ctx, board, classes[1])
	e.must(err)
	e.must(e.CancelClass(ctx, board, classes[1], seen.Class.Version, "Chưa đủ điều kiện"))
	if n := e.demand(board, "K"); n != 3 {
		t.Errorf("after a class was given up %d people need one, want 3", n)
	}
}
