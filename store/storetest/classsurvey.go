package storetest

import (
	"context"
	"fmt"
	"reflect"
	"testing"

	"ketnap/access"
	"ketnap/class"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/store"
)

func testClassSurveys(t *testing.T, s *store.Store) {
	Block(t, s)
	board, branch := permit(access.ManageClass, 1), permit(access.NameLearner, 3)
	v := store.ClassSurveyRow{UnitNo: 1, UnitName: "Đảng ủy Khối các cơ quan tỉnh", EnteredAt: at(0), EnteredBy: "Trần Thị Mai",
		Survey: class.Survey{ID: "s1", Unit: "K", Kind: class.Awareness, Title: "Khảo sát đợt 2", Question: "Học vào dịp nào?", Due: date.Must("2024-06-15"),
			State: class.SurveyOpen, Issued: day, Version: 1}}
	a := store.ClassAnswerRow{UnitNo: 3, UnitName: "Chi bộ Khoa Sư phạm", EnteredAt: at(1), EnteredBy: "Lê Thị Hoa",
		Answer: class.Answer{Survey: "s1", Unit: "K01.01", State: class.AnswerDraft, Place: "Tại trường", Season: "hè",
			Without: map[class.Group]int{class.Student: 4}, Version: 1}}
	for what, fn := range map[string]func(context.Context, *store.Tx) error{
		"a survey": func(ctx context.Context, tx *store.Tx) error { return tx.SaveClassSurvey(ctx, branch, v) },
		"an answer": func(ctx context.Context, tx *store.Tx) error {
			return tx.SaveClassAnswer(ctx, permit(access.NameLearner, 4), a)
		},
		"named people": func(ctx context.Context, tx *store.Tx) error { return tx.NameLearners(ctx, board, nil) },
		"people unsaid": func(ctx context.Context, tx *store.Tx) error {
			return tx.UnnameLearners(ctx, permit(access.SeeClass, 1), "", "", nil)
		},
	} {
		if err := s.Write(t.Context(), func(tx *store.Tx) error { return fn(t.Context(), tx) }); err == nil || errs.KindOf(err) != errs.Internal {
			t.Errorf("%s without the permit: %v", what, err)
		}
	}
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.SaveClassSurvey(ctx, board, v); err != nil {
			return err
		}
		return tx.SaveClassAnswer(ctx, branch, a)
	})
	again := func(edit func(ctx context.Context, tx *store.Tx) error) error {
		return s.Write(t.Context(), func(tx *store.Tx) error { return edit(t.Context(), tx) })
	}
	kind(t, "an answer begun twice", again(func(ctx context.Context, tx *store.Tx) error { return tx.SaveClassAnswer(ctx, branch, a) }), errs.Stale)
	a.Version, a.State, a.Sent, a.Without = 2, class.AnswerSent, day, map[class.Group]int{class.Staff: 1, class.Worker: 2}
	v.Version, v.State, v.ClosedOn = 2, class.SurveyClosed, day
	for what, fn := range map[string]func(ctx context.Context, tx *store.Tx) error{
		"answer": func(ctx context.Context, tx *store.Tx) error { return tx.SaveClassAnswer(ctx, branch, a) },
		"survey": func(ctx context.Context, tx *store.Tx) error { return tx.SaveClassSurvey(ctx, board, v) },
	} {
		if err := again(fn); err != nil {
			t.Fatal(what, err)
		}
		kind(t, "of two who read the same "+what, again(fn), errs.Stale)
	}
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, unit := range []access.Scope{scope(1), scope(3)} {
			got, err := tx.ClassSurvey(ctx, unit, "s1")
			equal(t, "the survey", got, v)
			if err != nil {
				return err
			}
			answers, err := tx.ClassAnswers(ctx, unit, "s1", 0)
			if err != nil || len(answers) != 1 || !reflect.DeepEqual(answers[0], a) {
				t.Errorf("answers: %+v, %v", answers, err)
			}
		}
		_, err := tx.ClassSurvey(ctx, scope(6), "s1")
		kind(t, "a survey seen from beside", err, errs.NotFound)
		other, err := tx.ClassAnswers(ctx, scope(5), "s1", 0)
		equal(t, "answers of others", len(other), 0)
		open, err2 := tx.ClassSurveys(ctx, scope(3), 0, true, 9)
		equal(t, "open surveys", len(open), 0)
		all, err3 := tx.ClassSurveys(ctx, scope(3), 0, false, 9)
		equal(t, "all surveys", len(all), 1)
		if no, e := tx.ClassSurveyUnit(ctx, "s1"); no != 1 || e != nil {
			t.Errorf("unit of the survey: %d, %v", no, e)
		}
		for _, e := range []error{err, err2, err3} {
			if e != nil {
				return e
			}
		}
		return nil
	})
}

func testNamedLearners(t *testing.T, s *store.Store) {
	Block(t, s)
	branch := permit(access.NameLearner, 3)
	row := func(survey, file string, no int) store.NamedRow {
		return store.NamedRow{Kind: class.Awareness, Survey: survey, File: file, Unit: 3, Need: class.NoCertificate, On: day.AddDays(no), By: "Lê Thị Hoa"}
	}
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.NameLearners(ctx, branch, []store.NamedRow{row("s1", "f1", 0), row("", "f1", 0), row("s1", "f2", 0)}); err != nil {
			return err
		}
		if err := tx.NameLearners(ctx, branch, []store.NamedRow{row("s1", "f1", 5)}); err != nil { // named already
			return err
		}
		return tx.UnnameLearners(ctx, branch, class.Awareness, "s1", []string{"f2", "f9"})
	})
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, c := range []struct {
			name    string
			scope   access.Scope
			kind    class.Kind
			surveys []string
			want    []store.NamedRow
		}{
			{"of a survey, once however often named", scope(1), class.Awareness, []string{"s1"}, []store.NamedRow{row("s1", "f1", 0)}},
			{"with those that stand", scope(2), class.Awareness, []string{"", "s1"}, []store.NamedRow{row("", "f1", 0), row("s1", "f1", 0)}},
			{"of another kind", scope(1), class.NewMember, []string{"", "s1"}, nil},
			{"of another unit", scope(4), class.Awareness, []string{"s1"}, nil},
			{"of no survey", scope(1), class.Awareness, nil, nil},
		} {
			got, err := tx.NamedLearners(ctx, c.scope, 0, c.kind, c.surveys)
			if err != nil || !reflect.DeepEqual(got, c.want) {
				t.Errorf("named %s: %+v, %v", c.name, got, err)
			}
		}
		return nil
	})
}

func testClassProposals(t *testing.T, s *store.Store) {
	Block(t, s)
	board := permit(access.ManageClass, 1)
	p := store.ClassProposalRow{UnitNo: 1, UnitName: "Đảng ủy Khối các cơ quan tỉnh", EnteredAt: at(0), EnteredBy: "Trần Thị Mai",
		Proposal: class.Proposal{ID: "p1", Unit: "K", Kind: class.Awareness, Survey: "s1", Title: "Tờ trình", State: class.ProposalDraft, Version: 1,
			Sheet: class.Sheet{Reason: "Nhu cầu", Options: []class.Option{{Title: "Một lớp", Reach: class.ForUnits, Units: []string{"K01"}, Host: class.ByCommittee,
				From: date.Must("2024-08-05"), Seats: 40}}}}}
	write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveClassProposal(ctx, board, p) })
	if err := s.Write(t.Context(), func(tx *store.Tx) error {
		return tx.SaveClassProposal(t.Context(), permit(access.ManageClass, 2), p)
	}); err == nil || errs.KindOf(err) != errs.Internal {
		t.Errorf("a proposal without its permit: %v", err)
	}
	p.Version, p.State, p.Number, p.On, p.Survey = 2, class.ProposalSent, "8-TTr/BTG", day, ""
	save := func() error {
		return s.Write(t.Context(), func(tx *store.Tx) error { return tx.SaveClassProposal(t.Context(), board, p) })
	}
	if err := save(); err != nil {
		t.Fatal(err)
	}
	kind(t, "of two who read the same proposal", save(), errs.Stale)
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.ClassProposal(ctx, scope(1), "p1")
		if err != nil || !reflect.DeepEqual(got, p) {
			t.Errorf("the proposal: %+v, %v", got, err)
		}
		_, err = tx.ClassProposal(ctx, scope(2), "p1")
		kind(t, "a proposal seen from below", err, errs.NotFound)
		list, err := tx.ClassProposals(ctx, scope(1), 9)
		equal(t, "proposals", len(list), 1)
		none, err2 := tx.ClassProposals(ctx, scope(3), 9)
		equal(t, "proposals seen from below", len(none), 0)
		if no, e := tx.ClassProposalUnit(ctx, "p1"); no != 1 || e != nil {
			t.Errorf("unit of the proposal: %d, %v", no, e)
		}
		if err2 != nil {
			return err2
		}
		return err
	})
}

func testClassFiles(t *testing.T, s *store.Store) {
	Block(t, s)
	listed := opened("f1", "K01.01", "Trần Thị Lan")
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, f := range []struct{ id, name string }{{"f1", "Trần Thị Lan"}, {"f2", "Lê Văn Ân"}} {
			file := opened(f.id, "K01.01", f.name)
			if err := tx.OpenFile(ctx, permit(access.OpenFile, 3), file, stateOf(file, 3), at(0)); err != nil {
				return err
			}
		}
		for i, a := range road(listed)[:2] {
			listed = advance(t, listed, a)
			if err := tx.SaveFile(ctx, permit(access.RecordBranch, 3), 3, listed, stateOf(listed, 3)); err != nil {
				return fmt.Errorf("act %d: %w", i, err)
			}
		}
		return nil
	})
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, c := range []struct {
			name  string
			scope access.Scope
			kind  class.Kind
			named []string
			want  []string
		}{
			{"at a stage of the class", scope(1), class.Awareness, nil, []string{"f1"}},
			{"of another kind", scope(1), class.NewMember, nil, nil},
			{"named by their unit, each once", scope(1), class.Awareness, []string{"f2", "f1", "f2", "none"}, []string{"f1", "f2"}},
			{"out of scope", scope(4), class.Awareness, []string{"f2"}, nil},
		} {
			rows, err := tx.ClassFiles(ctx, c.scope, 0, c.kind, c.named)
			if err != nil {
				return err
			}
			var ids []string
			for _, r := range rows {
				ids = append(ids, r.ID)
			}
			sameIDs(t, "files "+c.name, ids, c.want)
		}
		rows, err := tx.FileBriefs(ctx, scope(3), []string{"f1", "none"})
		equal(t, "files by their ids", len(rows), 1)
		other, err2 := tx.FileBriefs(ctx, scope(4), []string{"f1"})
		equal(t, "files by their ids out of scope", len(other), 0)
		if err2 != nil {
			return err2
		}
		return err
	})
}
