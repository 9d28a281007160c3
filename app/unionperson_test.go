package app_test

import (
	"testing"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/app"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/union"
)

var (
	resolution = union.Resolution{Number: "5-NQ/ĐTN", On: date.Must("2024-05-20"), Present: 9, For: 9}                      //nolint:gochecknoglobals // never changed
	lan        = app.NewIntroduced{Branch: "D01.B1", Name: "Nguyễn Thị Lan", Birth: date.Must("2003-02-01"), Sex: "female"} //nolint:gochecknoglobals // never changed
	binh       = app.NewIntroduced{Branch: "D01.B1", Name: "Trần Văn Bình", Birth: date.Must("2002-07-19"), Sex: "male"}    //nolint:gochecknoglobals // never changed
	ofTrade    = union.Resolution{Number: "2-NQ/CĐ", On: date.Must("2024-05-21")}                                           //nolint:gochecknoglobals // never changed
	grown      = app.NewIntroduced{Branch: "D01.B1", Name: "Phạm Quốc Hưng", Birth: date.Must("1985-07-19"), Sex: "male"}   //nolint:gochecknoglobals // never changed
)

func (b block) inbox(who app.Actor) []app.InboxRow {
	b.t.Helper()
	in, err := b.UnionInbox(b.t.Context(), who)
	ok(b.t, err)
	return in.Rows
}

func TestAnIntroductionReachesItsBranchAndIsTakenOnce(t *testing.T) {
	t.Parallel()
	b := unions(t)
	ctx, officer, secretary := t.Context(), b.as(access.UnionOfficer, "DTN.1"), b.as(access.BranchSecretary, "D01.B1")
	_, err := b.Introduce(ctx, officer, "DTN.1", resolution, []app.NewIntroduced{lan, binh})
	ok(t, err)
	_, err = b.Introduce(ctx, officer, "DTN.1", resolution, []app.NewIntroduced{binh})
	refused(t, err, errs.Conflict, "union.introduce.again")
	rows := b.inbox(secretary)
	if len(rows) != 2 || rows[0].Number != "5-NQ/ĐTN" {
		t.Fatalf("inbox: %+v", rows)
	}
	taken, err := b.TakeIntroduced(ctx, secretary, rows[0].ID, "")
	if err != nil || taken.File == "" {
		t.Fatalf("taken: %+v, %v", taken, err)
	}
	f, err := b.File(ctx, secretary, taken.File)
	ok(t, err)
	if f.File.Stage != admission.Outstanding || f.File.By != admission.YouthUnion || f.File.Acts[0].Number != "5-NQ/ĐTN" || f.File.Acts[0].On != resolution.On {
		t.Fatalf("the file: %+v", f.File.State)
	}
	again, err := b.TakeIntroduced(ctx, secretary, rows[0].ID, "")
	refused(t, err, errs.Conflict, "union.person.settled")
	if again.File != taken.File {
		t.Errorf("the second press leads to %q", again.File)
	}
	refused(t, b.DeclineIntroduced(ctx, secretary, rows[1].ID, ""), errs.Invalid, "union.person.why")
	ok(t, b.DeclineIntroduced(ctx, secretary, rows[1].ID, "đã chuyển trường"))
	refused(t, b.DeclineIntroduced(ctx, secretary, rows[0].ID, "nhầm"), errs.Conflict, "union.person.settled")
	if left := b.inbox(secretary); len(left) != 0 {
		t.Errorf("left in the inbox: %+v", left)
	}
	l, err := b.Introductions(ctx, officer, app.UnionPersonQuery{Year: 2024})
	ok(t, err)
	if l.Fates[union.FateTaken] != 1 || l.Fates[union.FateDeclined] != 1 || l.Tally.Introduced != 2 || l.Rows[0].File != "" {
		t.Errorf("what the introducer learns: %+v", l)
	}
}

func TestATakenPersonJoinsTheFileThatIsThere(t *testing.T) {
	t.Parallel()
	b := unions(t)
	ctx, officer, secretary := t.Context(), b.as(access.UnionOfficer, "DTN.1"), b.as(access.BranchSecretary, "D01.B1")
	open := func(n app.NewIntroduced) string {
		p, err := b.OpenFile(ctx, secretary, app.NewFile{Unit: n.Branch, Name: n.Name, Birth: n.Birth, Sex: n.Sex})
		ok(t, err)
		return p.File.ID
	}
	known, other := open(lan), open(binh)
	_, err := b.Introduce(ctx, officer, "DTN.1", resolution, []app.NewIntroduced{lan})
	ok(t, err)
	id := b.inbox(secretary)[0].ID
	asked, err := b.TakeIntroduced(ctx, secretary, id, "")
	if err != nil || asked.File != "" || len(asked.Twins) != 1 || asked.Twins[0].ID != known {
		t.Fatalf("not asked: %+v, %v", asked, err)
	}
	_, err = b.TakeIntroduced(ctx, secretary, id, other)
	refused(t, err, errs.Invalid, "union.person.other")
	taken, err := b.TakeIntroduced(ctx, secretary, id, known)
	if err != nil || taken.File != known {
		t.Fatalf("not joined: %+v, %v", taken, err)
	}
	f, err := b.File(ctx, secretary, known)
	ok(t, err)
	if f.File.Stage != admission.Outstanding {
		t.Errorf("the joined file stands at %s", f.File.Stage)
	}
	t.Run("the trade union introduces too, and the act is written once", func(t *testing.T) {
		trade := b.as(access.UnionOfficer, "CD.1")
		_, err := b.Introduce(ctx, trade, "CD.1", ofTrade, []app.NewIntroduced{lan, grown})
		ok(t, err)
		for _, row := range b.inbox(secretary) {
			answer := ""
			if row.Name == lan.Name {
				answer = known
			}
			taken, err := b.TakeIntroduced(ctx, secretary, row.ID, answer)
			ok(t, err)
			f, err := b.File(ctx, secretary, taken.File)
			ok(t, err)
			if want := map[string]admission.Introducer{lan.Name: admission.YouthUnion, grown.Name: admission.TradeUnion}[row.Name]; f.File.By != want || len(f.File.Acts) != 1 {
				t.Errorf("%s: introduced by %s, %d acts", row.Name, f.File.By, len(f.File.Acts))
			}
		}
	})
}

func TestIntroductionsAreRefused(t *testing.T) {
	t.Parallel()
	b := unions(t)
	ctx, officer := t.Context(), b.as(access.UnionOfficer, "DTN.1")
	change := func(f func(*app.NewIntroduced)) []app.NewIntroduced {
		n := lan
		f(&n)
		return []app.NewIntroduced{n}
	}
	for _, tt := range []struct {
		name       string
		resolution union.Resolution
		people     []app.NewIntroduced
		field      string
	}{
		{"nobody", resolution, nil, "name-0"},
		{"a resolution without a number", union.Resolution{On: resolution.On}, []app.NewIntroduced{lan}, "number"},
		{"a branch of another base", resolution, change(func(n *app.NewIntroduced) { n.Branch = "C02" }), "branch-0"},
		{"a committee", resolution, change(func(n *app.NewIntroduced) { n.Branch = "D01" }), "branch-0"},
		{"a person without a birth date", resolution, change(func(n *app.NewIntroduced) { n.Birth = date.Date{} }), "birth_date-0"},
		{"the same person twice", resolution, []app.NewIntroduced{lan, lan}, "name-1"},
	} {
		_, err := b.Introduce(ctx, officer, "DTN.1", tt.resolution, tt.people)
		if e := errs.As(err); err == nil || e.Kind != errs.Invalid || e.Field != tt.field {
			t.Errorf("%s: %v at %q, want a slip at %q", tt.name, err, e.Field, tt.field)
		}
	}
	_, err := b.Introduce(ctx, b.as(access.UnionOfficer, "DTN.2"), "DTN.1", resolution, []app.NewIntroduced{lan})
	refused(t, err, errs.NotFound, "unit.none")
}

// TestWhoSeesWhomUnionsIntroduced holds that union officers see no file, and branches
// their own inbox only (SEC-08).
func TestWhoSeesWhomUnionsIntroduced(t *testing.T) {
	t.Parallel()
	b := unions(t)
	ctx, officer, secretary := t.Context(), b.as(access.UnionOfficer, "DTN.1"), b.as(access.BranchSecretary, "D01.B1")
	_, err := b.Introduce(ctx, officer, "DTN.1", resolution, []app.NewIntroduced{lan, binh})
	ok(t, err)
	rows := b.inbox(secretary)
	taken, err := b.TakeIntroduced(ctx, secretary, rows[0].ID, "")
	ok(t, err)
	_, err = b.File(ctx, officer, taken.File)
	refused(t, err, errs.NotFound, "")
	_, err = b.UnionInbox(ctx, officer)
	refused(t, err, errs.NotFound, "")
	for _, tt := range []struct {
		role    access.Role
		unit    string
		inbox   int // -1 where the actor has none
		people  int
		mayFile bool
	}{
		{access.BranchSecretary, "C02", 0, 0, false}, {access.BaseOffice, "D01", 1, 2, true}, {access.OrgBoard, "K01", -1, 2, true}, {access.PropagandaBoard, "K01", -1, 0, false},
		{access.UnionOfficer, "DTN", -1, 2, false}, {access.UnionOfficer, "DTN.2", -1, 0, false}, {access.UnionOfficer, "CD.1", -1, 0, false},
	} {
		who := b.as(tt.role, tt.unit)
		in, err := b.UnionInbox(ctx, who)
		if tt.inbox < 0 {
			refused(t, err, errs.NotFound, "")
		} else if err != nil || len(in.Rows) != tt.inbox {
			t.Errorf("%s on %s: inbox %d, %v", tt.role, tt.unit, len(in.Rows), err)
		}
		l, err := b.Introductions(ctx, who, app.UnionPersonQuery{})
		if err != nil || len(l.Rows) != tt.people {
			t.Errorf("%s on %s: %d people, %v", tt.role, tt.unit, len(l.Rows), err)
			continue
		}
		for _, row := range l.Rows {
			if (row.File != "") != (tt.mayFile && row.Fate == union.FateTaken) {
				t.Errorf("%s on %s: file %q at %s", tt.role, tt.unit, row.File, row.Fate)
			}
		}
	}
	_, err = b.TakeIntroduced(ctx, b.as(access.BranchSecretary, "C03"), rows[1].ID, "")
	refused(t, err, errs.NotFound, "")
}
