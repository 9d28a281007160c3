package app_test

import (
	"testing"

	"ketnap/access"
	"ketnap/app"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/union"
)

func period(t *testing.T, text string) date.Period {
	t.Helper()
	p, err := date.ParsePeriod(text)
	ok(t, err)
	return p
}

func TestAWorkingSessionKeepsItsFiguresAndIsFollowedUp(t *testing.T) {
	t.Parallel()
	b := unions(t)
	ctx, office, secretary := t.Context(), b.as(access.BaseOffice, "D01"), b.as(access.BranchSecretary, "D01.B1")
	officer := b.as(access.UnionOfficer, "DTN.1")
	_, err := b.Introduce(ctx, officer, "DTN.1", resolution, []app.NewIntroduced{lan})
	ok(t, err)
	_, err = b.TakeIntroduced(ctx, secretary, b.inbox(secretary)[0].ID, "")
	ok(t, err)
	s := union.Session{On: date.Must("2024-05-25"), Chair: "Đặng Thị Mai", Conclusions: []union.Conclusion{{Text: "Mở lớp", Owner: "Văn phòng", Due: date.Must("2024-05-30")}}}
	_, err = b.RecordUnionSession(ctx, office, "D01", s, nil)
	refused(t, err, errs.Invalid, "union.session.nobody")
	_, err = b.RecordUnionSession(ctx, office, "D01", s, []string{"DTN.2"}) // beside another unit
	refused(t, err, errs.Invalid, "union.session.nobody")
	_, err = b.RecordUnionSession(ctx, officer, "D01", s, []string{"DTN.1"})
	refused(t, err, errs.NotFound, "")
	id, err := b.RecordUnionSession(ctx, office, "D01", s, []string{"DTN.1", "CD.1"})
	ok(t, err)
	p, err := b.UnionSession(ctx, officer, id)
	if err != nil || p.Introduced != 1 || p.Admitted != 0 || p.Youth != nil || p.Late(0) != 4 || p.May || len(p.Unions) != 2 {
		t.Fatalf("the session: %+v, %v", p, err)
	}
	_, err = b.UnionSession(ctx, secretary, id)
	refused(t, err, errs.NotFound, "union.session.none")
	work, err := b.Work(ctx, office)
	if err != nil || len(work.Unions) != 1 || work.Unions[0].Kind != app.TodoConclusion || work.Unions[0].Late != 4 {
		t.Errorf("what the office is to do: %+v, %v", work.Unions, err)
	}
	refused(t, b.FinishUnionConclusion(ctx, office, id, 0, ""), errs.Invalid, "union.session.how")
	ok(t, b.FinishUnionConclusion(ctx, office, id, 0, "đã mở"))
	refused(t, b.FinishUnionConclusion(ctx, office, id, 0, "đã mở"), errs.Stale, "union.session.done_already")
	refused(t, b.SetSessionRule(ctx, office, "D01", 5, "quy chế"), errs.Invalid, "union.session.months")
	ok(t, b.SetSessionRule(ctx, office, "D01", 3, "quy chế làm việc"))
	l, err := b.UnionSessions(ctx, office, 2024)
	if err != nil || len(l.Dues) != 1 || l.Dues[0].Next != date.Must("2024-08-25") || !l.Dues[0].Own {
		t.Errorf("the next session: %+v, %v", l.Dues, err)
	}
}

func TestMovementsStandWithTheFile(t *testing.T) {
	t.Parallel()
	b := unions(t)
	ctx, officer, secretary := t.Context(), b.as(access.UnionOfficer, "DTN.1"), b.as(access.BranchSecretary, "D01.B1")
	_, err := b.Introduce(ctx, officer, "DTN.1", resolution, []app.NewIntroduced{lan})
	ok(t, err)
	row := b.inbox(secretary)[0]
	taken, err := b.TakeIntroduced(ctx, secretary, row.ID, "")
	ok(t, err)
	m := union.Movement{Name: "Mùa hè xanh", From: date.Must("2024-05-02"), To: date.Must("2024-05-05"), Count: 30, People: []union.Participant{{Introduced: row.ID, Role: "đội trưởng"}}}
	stranger := m
	stranger.People = []union.Participant{{Introduced: "somebody"}}
	_, err = b.RecordMovement(ctx, officer, "DTN.1", stranger)
	refused(t, err, errs.Invalid, "union.movement.person")
	id, err := b.RecordMovement(ctx, officer, "DTN.1", m)
	ok(t, err)
	for _, tt := range []struct {
		who   app.Actor
		named int
	}{{officer, 1}, {b.as(access.OrgBoard, "K01"), 1}, {b.as(access.PropagandaBoard, "K01"), 0}} {
		if got, err := b.UnionMovement(ctx, tt.who, id); err != nil || len(got.People) != tt.named {
			t.Errorf("%s: %d names, %v", tt.who.Login, len(got.People), err)
		}
	}
	ok(t, b.RecordOpinion(ctx, secretary, taken.File, org.WomenUnion, union.Opinion{On: date.Must("2024-05-28"), Agrees: true}))
	refused(t, b.RecordOpinion(ctx, secretary, taken.File, org.University, union.Opinion{On: date.Must("2024-05-28")}), errs.Invalid, "union.opinion.kind")
	refused(t, b.RecordOpinion(ctx, officer, taken.File, org.YouthUnion, union.Opinion{On: date.Must("2024-05-28")}), errs.NotFound, "")
	u, err := b.FileUnions(ctx, secretary, taken.File)
	if err != nil || len(u.Introduced) != 1 || len(u.Parts) != 1 || len(u.Opinions) != 1 || !u.May {
		t.Errorf("what unions gave the file: %+v, %v", u, err)
	}
	_, err = b.FileUnions(ctx, officer, taken.File)
	refused(t, err, errs.NotFound, "")
}

func TestTheReportOfUnionsAddsUp(t *testing.T) {
	t.Parallel()
	b := unions(t)
	ctx, officer, base := t.Context(), b.as(access.UnionOfficer, "DTN"), b.as(access.UnionOfficer, "DTN.1")
	id := b.campaign(officer)
	good := numbersTyped(map[union.Column]string{union.Total: "90", union.OfAge: "60", union.PartyOfAge: "4"})
	if out, err := b.SaveUnionCount(ctx, base, id, "DTN.1", 1, good, true); err != nil || !out.Written {
		t.Fatalf("%+v, %v", out, err)
	}
	for _, unit := range []string{"K01", "DTN"} {
		s, err := b.UnionSheet(ctx, b.who(unit), unit, period(t, "2024"))
		if err != nil || len(s.Rows) != 2 || s.Rows[0].Values[1] == nil || *s.Rows[0].Values[1] != 60 || s.Rows[1].Values[1] != nil || *s.Total.Values[1] != 60 {
			t.Errorf("sheet of %s: %+v, %v", unit, s, err)
		}
		for _, r := range s.Rows {
			if len(r.Values) != len(s.Columns) {
				t.Errorf("%s: %d values, %d columns", r.Unit, len(r.Values), len(s.Columns))
			}
		}
	}
	_, err := b.UnionSheet(ctx, base, "K01", period(t, "2024"))
	refused(t, err, errs.NotFound, "")
	g := union.Rating{Year: 2024, Level: union.Good, By: "Ban Thường vụ", On: date.Must("2024-06-01")}
	refused(t, b.RateUnion(ctx, base, "DTN.1", g), errs.NotFound, "")
	ok(t, b.RateUnion(ctx, officer, "DTN.1", g))
	p, err := b.UnionCriterion(ctx, base, "DTN.1", 2024)
	if err != nil || p.Rating == nil || p.Rating.Level != union.Good || p.May || !p.Counted || p.OnTime {
		t.Errorf("the criterion: %+v, %v", p, err)
	}
}

// who is the office of a unit in the report test.
func (b block) who(unit string) app.Actor {
	b.t.Helper()
	if unit == "K01" {
		return b.as(access.OrgBoard, unit)
	}
	return app.System("t")
}
