package storetest

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/class"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/store"
)

// lessons enters a running class of two people with two half-days.
func lessons(t *testing.T, s *store.Store) (access.Permit, []class.Session) {
	t.Helper()
	Block(t, s)
	board := permit(access.ManageClass, 1)
	sessions := []class.Session{
		{ID: "s1", Slot: class.Slot{On: day, Half: class.Morning}, First: class.Slot{On: day, Half: class.Morning}, Lesson: "Bài 1", Periods: 5, Lecturer: "Lê Hà", State: class.Planned, Version: 1},
		{ID: "s2", Slot: class.Slot{On: day, Half: class.Afternoon}, Lesson: "Bài 2", Periods: 4, State: class.CalledOff, Version: 1},
	}
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.SaveClass(ctx, board, draftClass("c1", class.Running)); err != nil {
			return err
		}
		if err := tx.SaveLearners(ctx, board, "c1", []store.LearnerRow{
			learner("c1", "l1", "f1", "Trần Thị Lan", 3, "K01.01", "Chi bộ Khoa Sư phạm"),
			learner("c1", "l2", "", "Lê Văn Ân", 4, "K01.02", "Chi bộ Khoa Kỹ thuật"),
		}); err != nil {
			return err
		}
		return tx.SaveSessions(ctx, board, "c1", []class.Session{sessions[1], sessions[0]})
	})
	return board, sessions
}

func testSessionsOfClass(t *testing.T, s *store.Store) {
	board, sessions := lessons(t, s)
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.ClassSessions(ctx, "c1")
		if !slices.Equal(got, sessions) {
			t.Errorf("sessions: %+v", got)
		}
		return err
	})
	roll := func(version int, r map[string]class.Presence) error {
		return s.Write(t.Context(), func(tx *store.Tx) error { return tx.SaveRoll(t.Context(), board, "c1", "s1", version, r) })
	}
	if err := roll(1, map[string]class.Presence{"l1": class.Present, "l2": class.Away}); err != nil {
		t.Fatal(err)
	}
	kind(t, "of two who take the same roll", roll(1, map[string]class.Presence{"l1": class.Away}), errs.Stale)
	if err := roll(2, map[string]class.Presence{"l2": class.Unknown}); err != nil {
		t.Fatal(err)
	}
	sessions[0].Lesson, sessions[0].On = "Bài 1, 2", day.AddDays(1)
	write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveSessions(ctx, board, "c1", sessions[:1]) })
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.ClassSessions(ctx, "c1")
		if err != nil {
			return err
		}
		sessions[0].Version = 3 // its roll was taken twice
		if !slices.Equal(got, sessions[:1]) {
			t.Errorf("sessions after a change: %+v", got)
		}
		r, err := tx.Roll(ctx, "c1")
		equal(t, "the roll", fmt.Sprint(r), "map[l1:map[s1:present]]")
		return err
	})
}

func testMarksOfClass(t *testing.T, s *store.Store) {
	board, _ := lessons(t, s)
	least := 30
	cost := int64(12_500_000)
	save := func(c store.CourseRow) error {
		return s.Write(t.Context(), func(tx *store.Tx) error { return tx.SaveCourse(t.Context(), board, c) })
	}
	course := store.CourseRow{Class: "c1", Summoned: 80}
	if err := save(course); err != nil {
		t.Fatal(err)
	}
	kind(t, "of two who write the course first", save(course), errs.Stale)
	course.Version, course.UnionMembers, course.Cost, course.Remarks = 1, &least, &cost, "Học tập nghiêm túc"
	if err := save(course); err != nil {
		t.Fatal(err)
	}
	kind(t, "of two who write the same version", save(course), errs.Stale)
	marks := []store.MarkRow{{Learner: "l1", Attempt: 1, Mark: 45, On: day}, {Learner: "l1", Attempt: 2, Mark: 70, On: day.AddDays(7)},
		{Learner: "l2", Attempt: 1, Mark: 85, On: day}}
	write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveMarks(ctx, board, "c1", marks, nil) })
	marks[2].Mark = 90
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.SaveMarks(ctx, board, "c1", marks[2:], marks[1:2])
	})
	mark := 90
	frozen := store.OutcomeRow{Learner: "l2", Result: "r1", Outcome: class.OutcomePassed, Mark: &mark, Grade: class.Excellent, Attended: 5, Periods: 5}
	decision := store.ResultRow{ID: "r1", Class: "c1", Number: "20-QĐ/ĐUK", On: day, Signer: "Lê Bảo", Title: "PHÓ BÍ THƯ", At: at(0), By: "Mai"}
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.AddResult(ctx, board, decision, []store.OutcomeRow{frozen})
	})
	if err := s.Write(t.Context(), func(tx *store.Tx) error {
		again := decision
		again.ID = "r2"
		return tx.AddResult(t.Context(), board, again, []store.OutcomeRow{frozen})
	}); err == nil {
		t.Error("what was frozen is frozen again")
	}
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.Marks(ctx, "c1")
		if err != nil || !slices.Equal(got, []store.MarkRow{marks[0], marks[2]}) {
			t.Errorf("marks: %+v, %v", got, err)
		}
		c, err := tx.Course(ctx, "c1")
		if err != nil || c.Version != 2 || *c.Cost != cost || *c.UnionMembers != least || c.Remarks != course.Remarks {
			t.Errorf("course: %+v, %v", c, err)
		}
		if c, err = tx.Course(ctx, "c2"); err != nil || c.Version != 0 || c.Cost != nil {
			t.Errorf("course of another class: %+v, %v", c, err)
		}
		outcomes, err := tx.Outcomes(ctx, "c1")
		if o := outcomes["l2"]; err != nil || len(outcomes) != 1 || *o.Mark != mark || o.Grade != class.Excellent || o.Result != "r1" {
			t.Errorf("outcomes: %+v, %v", outcomes, err)
		}
		figures, err := tx.ClassFigures(ctx, []org.UnitNo{1, 3, 4}, date.Must("2024-08-01"), date.Must("2024-08-31"))
		said := ""
		for _, f := range figures {
			said += fmt.Sprint(" ", f.Unit, ":", f.Outcome, ":", f.Grade, ":", f.Attended, ":", f.Count)
		}
		equal(t, "figures of classes", said+fmt.Sprint(err), " 1:::false:1 1:passed:excellent:true:1 3:::false:1 4:passed:excellent:true:1<nil>")
		figures, err = tx.ClassFigures(ctx, []org.UnitNo{1}, date.Must("2024-09-01"), date.Must("2024-12-31"))
		equal(t, "figures of classes of another time", fmt.Sprint(len(figures), err), "0 <nil>")
		results, err := tx.Results(ctx, "c1")
		if err != nil || len(results) != 1 || results[0] != decision {
			t.Errorf("results: %+v, %v", results, err)
		}
		return nil
	})
}

func certificate(id, learner string, entry, number int) store.NewCertificate {
	return store.NewCertificate{Content: paperContent, CertificateRow: store.CertificateRow{ID: id, Unit: 1, Kind: class.Awareness, Entry: entry, Class: "c1",
		Learner: learner, LearnerUnit: 3, File: "f1", Number: number, Year: 2024, Copy: 1, On: day, Name: "Trần Thị Lan", Birth: date.Must("2001-03-08"),
		UnitName: "Chi bộ Khoa Sư phạm", ClassTitle: "Lớp đợt 1", Mark: 85, Grade: class.VeryGood, Decision: "20-QĐ/ĐUK", DecidedOn: day, Hash: "h", At: at(0), By: "Mai"}}
}

func testCertificates(t *testing.T, s *store.Store) {
	board, _ := lessons(t, s)
	add := func(rows ...store.NewCertificate) error {
		return s.Write(t.Context(), func(tx *store.Tx) error { return tx.AddCertificates(t.Context(), board, rows) })
	}
	a, b := certificate("a", "l1", 1, 12), certificate("b", "l2", 2, 13)
	b.File, b.Birth = "", date.Date{}
	if err := add(a, b); err != nil {
		t.Fatal(err)
	}
	third := certificate("c", "l3", 3, 13)
	kind(t, "a number used twice", add(third), errs.Stale)
	third.Number, third.Entry = 14, 2
	kind(t, "an entry used twice", add(third), errs.Stale)
	third.Entry, third.Learner = 3, "l1"
	kind(t, "a second certificate of a learner", add(third), errs.Stale)
	elsewhere := certificate("d", "l4", 9, 20)
	elsewhere.Unit = 2
	if err := add(elsewhere); errs.KindOf(err) != errs.Internal {
		t.Errorf("a certificate of another committee: %v", err)
	}
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		for name, c := range map[string]struct {
			units  []org.UnitNo
			number int
			file   string
			want   bool
		}{
			"somebody else's number":            {[]org.UnitNo{3, a.Unit}, a.Number, "another", true},
			"one's own":                         {[]org.UnitNo{3, a.Unit}, a.Number, a.File, false},
			"a number that nobody has":          {[]org.UnitNo{3, a.Unit}, 999, "another", false},
			"a number of another committee":     {[]org.UnitNo{99}, a.Number, "another", false},
			"the number of who has no file yet": {[]org.UnitNo{a.Unit}, b.Number, "another", true},
		} {
			got, err := tx.NumberTaken(ctx, c.units, a.Kind, a.Year, c.number, c.file)
			if err != nil {
				return err
			}
			equal(t, name+" is taken", got, c.want)
		}
		return nil
	})
	marked := a.CertificateRow
	marked.Marked, marked.MarkedOn, marked.Reason = class.Replaced, day.AddDays(2), "in sai ngày sinh"
	replace := func() error {
		return s.Write(t.Context(), func(tx *store.Tx) error { return tx.MarkCertificate(t.Context(), board, marked, at(1), "Mai") })
	}
	if err := replace(); err != nil {
		t.Fatal(err)
	}
	kind(t, "a second mark", replace(), errs.Stale)
	again := certificate("a2", "l1", 3, 12)
	again.Copy = 2
	if err := add(again); err != nil {
		t.Fatal(err)
	}
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.Deliver(ctx, board, "c1", []store.Delivery{{Learner: "l1", Reason: "hồ sơ đã đóng"}, {Learner: "l2"}}, at(2)); err != nil {
			return err
		}
		return tx.Deliver(ctx, board, "c1", []store.Delivery{{Learner: "l1", Act: "act1"}}, at(3))
	})
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		rows, err := tx.Register(ctx, 1, class.Awareness, 2024, 10)
		if err != nil {
			return err
		}
		got := ""
		for _, c := range rows {
			got += fmt.Sprint(" ", c.Entry, ":", c.ID, ":", c.Number, "/", c.Copy, ":", c.Marked, ":", c.Tried, c.Act)
		}
		equal(t, "the register", got, " 1:a:12/1:replaced:trueact1 2:b:13/1::true 3:a2:12/2::trueact1")
		equal(t, "an entry as it was written", rows[1], func() store.CertificateRow { c := b.CertificateRow; c.Tried = true; return c }())
		entry, number, err := tx.RegisterEnd(ctx, 1, class.Awareness, 2024)
		equal(t, "the end of the register", fmt.Sprint(entry, number, err), "3 13 <nil>")
		entry, number, err = tx.RegisterEnd(ctx, 1, class.Awareness, 2025)
		equal(t, "the end of the register in the next year", fmt.Sprint(entry, number, err), "3 0 <nil>")
		entry, number, err = tx.RegisterEnd(ctx, 1, class.NewMember, 2024)
		equal(t, "the end of another register", fmt.Sprint(entry, number, err), "0 0 <nil>")
		c, content, err := tx.Certificate(ctx, "a2")
		equal(t, "one certificate", fmt.Sprint(c.Copy, content, err), "2"+paperContent+"<nil>")
		papers, err := tx.CertificatePapers(ctx, "c1")
		equal(t, "papers that stand", fmt.Sprint(len(papers), err), "2 <nil>")
		of, err := tx.FileCertificates(ctx, "f1")
		equal(t, "certificates of a file", fmt.Sprint(len(of), err), "2 <nil>")
		_, _, err = tx.Certificate(ctx, "\x00")
		kind(t, "a certificate that is none", err, errs.NotFound)
		all, err := tx.ClassCertificates(ctx, "c1")
		equal(t, "certificates of a class", fmt.Sprint(len(all), err), "3 <nil>")
		return nil
	})
}

func testClassWrites(t *testing.T, s *store.Store) {
	board, sessions := lessons(t, s)
	for name, p := range map[string]access.Permit{"without a permit": {}, "by a right of readers": permit(access.SeeClass, 1), "on another unit": permit(access.ManageClass, 2)} {
		for what, fn := range map[string]func(context.Context, *store.Tx) error{
			"a course": func(ctx context.Context, tx *store.Tx) error {
				return tx.SaveCourse(ctx, p, store.CourseRow{Class: "c1"})
			},
			"sessions": func(ctx context.Context, tx *store.Tx) error { return tx.SaveSessions(ctx, p, "c1", sessions) },
			"a roll":   func(ctx context.Context, tx *store.Tx) error { return tx.SaveRoll(ctx, p, "c1", "s1", 1, nil) },
			"marks":    func(ctx context.Context, tx *store.Tx) error { return tx.SaveMarks(ctx, p, "c1", nil, nil) },
			"a result": func(ctx context.Context, tx *store.Tx) error {
				return tx.AddResult(ctx, p, store.ResultRow{ID: "r", Class: "c1", On: day}, nil)
			},
			"certificates": func(ctx context.Context, tx *store.Tx) error {
				return tx.AddCertificates(ctx, p, []store.NewCertificate{certificate("a", "l1", 1, 1)})
			},
			"a mark": func(ctx context.Context, tx *store.Tx) error {
				return tx.MarkCertificate(ctx, p, certificate("a", "l1", 1, 1).CertificateRow, at(0), "")
			},
			"a delivery": func(ctx context.Context, tx *store.Tx) error { return tx.Deliver(ctx, p, "c1", nil, at(0)) },
		} {
			if err := s.Write(t.Context(), func(tx *store.Tx) error { return fn(t.Context(), tx) }); err == nil || errs.KindOf(err) != errs.Internal {
				t.Errorf("%s is written %s: %v", what, name, err)
			}
		}
	}
	kind(t, "a course of a class that is none", s.Write(t.Context(), func(tx *store.Tx) error {
		return tx.SaveCourse(t.Context(), board, store.CourseRow{Class: "\x00"})
	}), errs.NotFound)
}

// Who issues certificates writes them into files, and nothing else (CLS-14).
func testCertificateIntoFile(t *testing.T, s *store.Store) {
	Block(t, s)
	f := opened("f1", "K01.01", "Nguyễn Thị Lan")
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.OpenFile(ctx, permit(access.OpenFile, 3), f, stateOf(f, 3), at(0))
	})
	for _, act := range road(f) {
		if act.Code == admission.Apply {
			break
		}
		next := advance(t, f, act)
		save := func(p access.Permit) error {
			return s.Write(t.Context(), func(tx *store.Tx) error { return tx.SaveFile(t.Context(), p, 3, next, stateOf(next, 3)) })
		}
		if act.Code != admission.Certify {
			if err := save(permit(access.ManageClass, 3)); errs.KindOf(err) != errs.Internal || err == nil {
				t.Errorf("%s by who manages classes: %v", act.Code, err)
			}
			if err := save(permit(access.RecordBranch, 3)); err != nil {
				t.Fatal(err)
			}
		} else {
			if err := save(permit(access.ManageClass, 1)); errs.KindOf(err) != errs.Internal || err == nil {
				t.Errorf("a certificate with a permit for another unit: %v", err)
			}
			if err := save(permit(access.ManageClass, 3)); err != nil {
				t.Errorf("a certificate by who manages classes: %v", err)
			}
		}
		f = next
	}
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		year := f.Certificate.Issued.Year()
		got, err := tx.HandNumbers(ctx, 1, year)
		equal(t, "numbers in files", fmt.Sprint(len(got), err), "2 <nil>")
		if len(got) == 2 && (got[1].File != "f1" || got[1].Number != f.Certificate.Number) { // the first one was void, its number is used
			t.Errorf("numbers in files: %+v", got)
		}
		got, err = tx.HandNumbers(ctx, 4, year)
		equal(t, "numbers in files of another unit", fmt.Sprint(len(got), err), "0 <nil>")
		got, err = tx.HandNumbers(ctx, 1, year-1)
		equal(t, "numbers in files of the year before", fmt.Sprint(len(got), err), "0 <nil>")
		return nil
	})
}
