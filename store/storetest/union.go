package storetest

import (
	"context"
	"fmt"
	"testing"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/store"
	"ketnap/union"
)

// unionBlock is Block with 7, the youth union of the university, under 6 and beside 2.
func unionBlock(t *testing.T, s *store.Store) {
	t.Helper()
	Block(t, s)
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		below := unit("D.01", "Đoàn Trường Đại học", org.Union, 6)
		below.Beside, below.Kind = 2, org.YouthUnion
		_, err := tx.CreateUnit(ctx, below)
		return err
	})
}

// who names scopes: the committee, the university beside the lower union, its first
// branch, the base branch elsewhere, the upper union and the lower one.
func unionScopes() map[string]access.Scope {
	return map[string]access.Scope{"committee": scope(1), "university": scope(2), "branch": scope(3), "elsewhere": scope(5),
		"upper": scope(6), "lower": scope(7), "nobody": {}}
}

func testUnionsSeen(t *testing.T, s *store.Store) {
	unionBlock(t, s)
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		for who, want := range map[string]string{"committee": " D D.01", "university": " D.01", "branch": "", "elsewhere": "", "upper": " D D.01", "lower": " D.01", "nobody": ""} {
			units, err := tx.Unions(ctx, unionScopes()[who])
			if err != nil {
				return err
			}
			got := ""
			for _, u := range units {
				got += " " + string(u.Code)
			}
			equal(t, "unions seen by "+who, got, want)
			seen, err := tx.UnionSeen(ctx, 7, unionScopes()[who])
			if err != nil {
				return err
			}
			equal(t, "the lower union seen by "+who, seen, want != "")
		}
		seen, err := tx.UnionSeen(ctx, 7, scope(5), scope(2))
		equal(t, "seen by one of two scopes", seen, true)
		return err
	})
}

func campaign(id string, unit org.UnitNo, year int) store.UnionCampaign {
	return store.UnionCampaign{ID: id, Unit: unit, EnteredAt: at(0), EnteredBy: "Hoa",
		Campaign: union.Campaign{Year: year, Symbol: "12-HD/ĐTN", Issued: day, Due: day.AddDays(30), Text: "Thống kê"}}
}

func testUnionCampaign(t *testing.T, s *store.Store) {
	unionBlock(t, s)
	officer, base := permit(access.RecordUnion, 6), permit(access.RecordUnion, 7)
	add := func(p access.Permit, id string, year int) error {
		return s.Write(t.Context(), func(tx *store.Tx) error {
			return tx.AddUnionCampaign(t.Context(), p, campaign(id, 6, year), []org.UnitNo{7})
		})
	}
	for _, p := range []access.Permit{{}, permit(access.RecordUnion, 7), permit(access.SeeUnion, 6)} {
		kind(t, "a campaign without its permit", add(p, "k0", 2024), errs.Internal)
	}
	if err := add(officer, "k1", 2024); err != nil {
		t.Fatal(err)
	}
	kind(t, "a second campaign of the year", add(officer, "k2", 2024), errs.Conflict)
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		for who, want := range map[string]int{"committee": 1, "university": 1, "branch": 0, "elsewhere": 0, "upper": 1, "lower": 1} {
			all, err := tx.UnionCampaigns(ctx, unionScopes()[who])
			if err != nil {
				return err
			}
			equal(t, "campaigns seen by "+who, len(all), want)
			_, err = tx.UnionCampaign(ctx, unionScopes()[who], "k1")
			equal(t, "the campaign seen by "+who, err == nil, want == 1)
		}
		return nil
	})
	n := countOf(t, s)
	equal(t, "state at first", n.State, union.Waiting)
	n.State, n.Version, n.SubmittedOn, n.SubmittedBy = union.Submitted, 2, day, "Lan"
	n.Sheet = union.Sheet{Typed: map[union.Column]string{union.OfAge: "40 "}, Reason: "không có"}
	n.Figures = union.Figures{union.OfAge: 40, union.PartyOfAge: 5}
	save := func(p access.Permit) error {
		return s.Write(t.Context(), func(tx *store.Tx) error { return tx.SaveUnionCount(t.Context(), p, n) })
	}
	kind(t, "an answer without its permit", save(permit(access.SeeUnion, 7)), errs.Internal)
	kind(t, "an answer by somebody else", save(permit(access.RecordUnion, 5)), errs.Stale)
	if err := save(base); err != nil {
		t.Fatal(err)
	}
	kind(t, "the same answer again", save(base), errs.Stale)
	got := countOf(t, s)
	equal(t, "what was typed", got.Sheet.Typed[union.OfAge], "40 ")
	equal(t, "what counts", got.Figures[union.OfAge], 40)
	equal(t, "due day", got.Due, day.AddDays(30))
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		youth, err := tx.UnionYouth(ctx, []org.UnitNo{1, 2, 5}, 2024)
		equal(t, "units with a count", len(youth), 1)
		equal(t, "young people", youth[2][union.OfAge], 40)
		return err
	})
	closeUnionCampaign(t, s, officer, n)
}

// closeUnionCampaign returns the answer, reminds of it and closes the campaign.
func closeUnionCampaign(t *testing.T, s *store.Store, officer access.Permit, n store.UnionCount) {
	t.Helper()
	n.State, n.Version, n.ReturnedOn, n.ReturnedBy, n.ReturnedWhy = union.Returned, 3, day, "Hoa", "thiếu khối học sinh"
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.SaveUnionCount(ctx, officer, n); err != nil {
			return err
		}
		for _, want := range []int64{1, 0} {
			done, err := tx.RemindUnionCounts(ctx, officer, "k1", day)
			if err != nil {
				return err
			}
			equal(t, "reminded", done, want)
		}
		return tx.CloseUnionCampaign(ctx, officer, "k1", day, "Hoa")
	})
	got := countOf(t, s)
	equal(t, "reminders", got.Reminders, 1)
	equal(t, "why it came back", got.ReturnedWhy, "thiếu khối học sinh")
	n.Version = 4
	kind(t, "an answer to a closed campaign", s.Write(t.Context(), func(tx *store.Tx) error { return tx.SaveUnionCount(t.Context(), officer, n) }), errs.Stale)
	kind(t, "closing twice", s.Write(t.Context(), func(tx *store.Tx) error {
		return tx.CloseUnionCampaign(t.Context(), officer, "k1", day, "Hoa")
	}), errs.Stale)
}

func countOf(t *testing.T, s *store.Store) (n store.UnionCount) {
	t.Helper()
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		all, err := tx.UnionCounts(ctx, scope(6), "k1")
		if err != nil || len(all) != 1 {
			t.Fatalf("answers: %v, %v", all, err)
		}
		same, err := tx.UnionCountsOf(ctx, []org.UnitNo{7})
		equal(t, "answers of the union", len(same), 1)
		n = all[0]
		return err
	})
	return n
}

func testUnionPeople(t *testing.T, s *store.Store) {
	unionBlock(t, s)
	openFiles(t, s, map[string]string{"f1": "Nguyễn Thị Lan"}, 3)
	r := store.UnionResolution{ID: "r1", Unit: 7, EnteredAt: at(0), EnteredBy: "Lan", Resolution: union.Resolution{Number: "5-NQ/ĐTN", On: day, Present: 9, For: 8}}
	people := []store.UnionPerson{{ID: "p1", Branch: 3, Name: "Nguyễn Thị Lan", Birth: date.Must("2000-03-01"), Sex: "female"},
		{ID: "p2", Branch: 4, Name: "Trần Văn Bình", Birth: date.Must("2001-03-01"), Sex: "male"}}
	kind(t, "a resolution without its permit", s.Write(t.Context(), func(tx *store.Tx) error {
		return tx.AddUnionResolution(t.Context(), permit(access.RecordUnion, 6), r, people)
	}), errs.Internal)
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.AddUnionResolution(ctx, permit(access.RecordUnion, 7), r, people)
	})
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		for who, want := range map[string][2]int{"committee": {2, 2}, "university": {2, 2}, "branch": {0, 1}, "elsewhere": {0, 0}, "upper": {2, 0}, "lower": {2, 0}} {
			seen := unionScopes()[who]
			list, err := tx.UnionPeople(ctx, store.UnionPersonFilter{Limit: 10}, seen)
			if err != nil {
				return err
			}
			inbox, err := tx.UnionInbox(ctx, seen, store.UnionPersonFilter{Limit: 10})
			if err != nil {
				return err
			}
			equal(t, "introductions and inbox of "+who, [2]int{len(list), len(inbox)}, want)
			all, late, err := tx.CountUnionInbox(ctx, seen, day.AddDays(-1))
			if err != nil {
				return err
			}
			equal(t, "counted inbox of "+who, [2]int{all, late}, [2]int{want[1], 0})
		}
		_, err := tx.UnionPerson(ctx, scope(4), "p1")
		kind(t, "an introduction to another branch", err, errs.NotFound)
		return nil
	})
	settleUnionPeople(t, s, people)
}

// settleUnionPeople takes one person up, twice, and declines the other.
func settleUnionPeople(t *testing.T, s *store.Store, people []store.UnionPerson) {
	t.Helper()
	taken, declined := people[0], people[1]
	taken.State, taken.File, taken.DecidedOn, taken.DecidedBy = union.Taken, "f1", day, "Hoa"
	declined.State, declined.Reason, declined.DecidedOn = union.Declined, "đã chuyển công tác", day
	settle := func(p access.Permit, x store.UnionPerson) error {
		return s.Write(t.Context(), func(tx *store.Tx) error { return tx.SettleUnionPerson(t.Context(), p, x) })
	}
	kind(t, "another branch", settle(permit(access.OpenFile, 4), taken), errs.Internal)
	for _, x := range []store.UnionPerson{taken, declined} {
		if err := settle(permit(access.OpenFile, x.Branch), x); err != nil {
			t.Fatal(err)
		}
		kind(t, "a second time", settle(permit(access.OpenFile, x.Branch), x), errs.Conflict)
	}
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		list, err := tx.UnionPeople(ctx, store.UnionPersonFilter{Unit: 7, States: []union.State{union.Taken}, Limit: 10}, scope(7))
		if err != nil || len(list) != 1 {
			t.Fatalf("taken: %v, %v", list, err)
		}
		equal(t, "stage of the file", list[0].Stage, admission.New)
		equal(t, "fate", list[0].Fate(), union.FateTaken)
		held, err := tx.FileUnionPeople(ctx, "f1")
		if err != nil {
			return err
		}
		equal(t, "introductions that the file holds", len(held), 1)
		tally, err := tx.UnionTallies(ctx, []org.UnitNo{6, 7}, day, day)
		equal(t, "what came of them", fmt.Sprint(tally), "map[7:{0 1 {2 0}}]")
		return err
	})
}

func testUnionTraces(t *testing.T, s *store.Store) {
	unionBlock(t, s)
	openFiles(t, s, map[string]string{"f1": "Nguyễn Thị Lan"}, 3)
	f := opened("f1", "K01.01", "Nguyễn Thị Lan")
	for _, a := range road(f)[:6] {
		next := advance(t, f, a)
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			return tx.SaveFile(ctx, permit(access.RecordBranch, 3), 3, next, stateOf(next, 3))
		})
		f = next
	}
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		traces, err := tx.UnionTraces(ctx, []org.UnitNo{1, 2, 5})
		if err != nil || len(traces) != 2 {
			t.Fatalf("traces: %v, %v", traces, err)
		}
		for i, want := range []org.UnitNo{1, 2} {
			equal(t, "unit", traces[i].Unit, want)
			equal(t, "who introduced", traces[i].By, admission.YouthUnion)
			equal(t, "introduced", traces[i].Introduced, date.Must("2024-06-10"))
			equal(t, "the certificate that holds", traces[i].Certified, date.Must("2024-01-15"))
		}
		return nil
	})
}

func testUnionMovements(t *testing.T, s *store.Store) {
	unionBlock(t, s)
	openFiles(t, s, map[string]string{"f1": "Nguyễn Thị Lan"}, 3)
	m := store.UnionMovement{ID: "m1", Unit: 7, EnteredAt: at(0), EnteredBy: "Lan", Movement: union.Movement{Name: "Mùa hè xanh", From: day, To: day.AddDays(3),
		Count: 40, Evidence: union.Commended, Kept: "Văn phòng Đoàn", People: []union.Participant{{Introduced: "p1", Role: "đội trưởng", Result: "xuất sắc"}}}}
	r := store.UnionResolution{ID: "r1", Unit: 7, EnteredAt: at(0), Resolution: union.Resolution{Number: "5-NQ/ĐTN", On: day}}
	taken := store.UnionPerson{ID: "p1", Branch: 3, Name: "Nguyễn Thị Lan", Birth: date.Must("2000-03-01"), Sex: "female"}
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.AddUnionResolution(ctx, permit(access.RecordUnion, 7), r, []store.UnionPerson{taken}); err != nil {
			return err
		}
		taken.State, taken.File, taken.DecidedOn = union.Taken, "f1", day
		if err := tx.SettleUnionPerson(ctx, permit(access.OpenFile, 3), taken); err != nil {
			return err
		}
		return tx.AddUnionMovement(ctx, permit(access.RecordUnion, 7), m)
	})
	kind(t, "a movement without its permit", s.Write(t.Context(), func(tx *store.Tx) error {
		return tx.AddUnionMovement(t.Context(), permit(access.RecordUnion, 6), m)
	}), errs.Internal)
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		list, err := tx.UnionMovements(ctx, scope(6), 0, day, day, 10)
		if err != nil || len(list) != 1 {
			t.Fatalf("movements: %v, %v", list, err)
		}
		equal(t, "how many are named", list[0].Named, 1)
		got, err := tx.UnionMovement(ctx, scope(2), "m1", scope(7))
		if err != nil {
			return err
		}
		equal(t, "the people", fmt.Sprint(got.People), "[{p1 Nguyễn Thị Lan đội trưởng xuất sắc}]")
		got, err = tx.UnionMovement(ctx, scope(2), "m1")
		equal(t, "the people for who may not see any", len(got.People), 0)
		if err != nil {
			return err
		}
		_, err = tx.UnionMovement(ctx, scope(5), "m1")
		kind(t, "a movement elsewhere", err, errs.NotFound)
		parts, err := tx.FileUnionParts(ctx, "f1")
		equal(t, "what the file's person did", fmt.Sprintf("%d %s %s", len(parts), parts[0].Movement, parts[0].Role), "1 Mùa hè xanh đội trưởng")
		if err != nil {
			return err
		}
		n, err := tx.CountUnionMovements(ctx, []org.UnitNo{6, 7}, day, day)
		equal(t, "counted", fmt.Sprint(n), "map[7:1]")
		return err
	})
	unionOpinions(t, s)
}

func unionOpinions(t *testing.T, s *store.Store) {
	t.Helper()
	o := store.UnionOpinion{ID: "o1", File: "f1", Kind: org.WomenUnion, At: at(1), By: "Hoa", Opinion: union.Opinion{Number: "3-CV/HPN", On: day, Agrees: true}}
	kind(t, "an opinion without its permit", s.Write(t.Context(), func(tx *store.Tx) error {
		return tx.AddUnionOpinion(t.Context(), permit(access.RecordBranch, 4), o)
	}), errs.Internal)
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.AddUnionOpinion(ctx, permit(access.RecordBranch, 3), o)
	})
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.UnionOpinions(ctx, "f1")
		if err != nil || len(got) != 1 {
			t.Fatalf("opinions: %v, %v", got, err)
		}
		equal(t, "the opinion", got[0], o)
		return nil
	})
}

func testUnionSessions(t *testing.T, s *store.Store) {
	unionBlock(t, s)
	youth := 35
	x := store.UnionSession{ID: "s1", Unit: 2, Unions: []org.UnitNo{7}, Youth: &youth, Introduced: 4, Admitted: 1, EnteredAt: at(0), EnteredBy: "Mai",
		Session: union.Session{On: day, Chair: "Đặng Thị Mai", Problems: "ít hoạt động", Conclusions: []union.Conclusion{{Text: "Mở lớp", Owner: "Đoàn trường", Due: day.AddDays(9)}, {Text: "Rà soát", Owner: "Chi bộ"}}}}
	kind(t, "a session without its permit", s.Write(t.Context(), func(tx *store.Tx) error {
		return tx.AddUnionSession(t.Context(), permit(access.HoldSession, 1), x)
	}), errs.Internal)
	committee := permit(access.HoldSession, 2)
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.AddUnionSession(ctx, committee, x); err != nil {
			return err
		}
		if err := tx.SetUnionSessionRule(ctx, committee, day, 3, "quy chế"); err != nil {
			return err
		}
		return tx.FinishUnionConclusion(ctx, committee, "s1", 1, store.ConclusionState{DoneOn: day, DoneBy: "Mai", Note: "xong"})
	})
	kind(t, "done twice", s.Write(t.Context(), func(tx *store.Tx) error {
		return tx.FinishUnionConclusion(t.Context(), committee, "s1", 1, store.ConclusionState{DoneOn: day})
	}), errs.Stale)
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		for who, want := range map[string]int{"committee": 1, "university": 1, "branch": 0, "elsewhere": 0, "upper": 1, "lower": 1} {
			all, err := tx.UnionSessions(ctx, unionScopes()[who], day, day, 10)
			if err != nil {
				return err
			}
			equal(t, "sessions seen by "+who, len(all), want)
		}
		got, err := tx.UnionSession(ctx, scope(7), "s1")
		if err != nil {
			return err
		}
		equal(t, "unions", fmt.Sprint(got.UnionNames), "[Đoàn Trường Đại học]")
		equal(t, "figures of the day", fmt.Sprintf("%d %d %d", *got.Youth, got.Introduced, got.Admitted), "35 4 1")
		equal(t, "conclusions", fmt.Sprintf("%s %t %s", got.Conclusions[0].Owner, got.States[0].DoneOn.IsZero(), got.States[1].Note), "Đoàn trường true xong")
		last, err := tx.LastUnionSessions(ctx, []org.UnitNo{1, 2}, day)
		equal(t, "last session", fmt.Sprint(last), fmt.Sprint(map[org.UnitNo]date.Date{2: day}))
		if err != nil {
			return err
		}
		for who, want := range map[org.UnitNo]int{2: 1, 7: 1, 5: 0} {
			n, oldest, err := tx.OverdueUnionConclusions(ctx, []org.UnitNo{who}, day.AddDays(10))
			if err != nil {
				return err
			}
			equal(t, fmt.Sprint("overdue conclusions of ", who), n, want)
			equal(t, fmt.Sprint("the oldest of ", who), oldest == day.AddDays(9), want == 1)
		}
		rules, err := tx.UnionSessionRules(ctx, []org.UnitNo{1, 2}, day)
		equal(t, "rules", fmt.Sprint(rules), "map[2:3]")
		if err != nil {
			return err
		}
		n, err := tx.CountUnionSessions(ctx, []org.UnitNo{7}, day, day)
		equal(t, "sessions of the union", n[7], 1)
		return err
	})
}

func testUnionRatings(t *testing.T, s *store.Store) {
	unionBlock(t, s)
	r := store.UnionRating{ID: "g1", Unit: 7, At: at(0), Who: "Hoa", Rating: union.Rating{Year: 2024, Level: union.Good, By: "Ban Thường vụ", On: day}}
	add := func(p access.Permit) error {
		return s.Write(t.Context(), func(tx *store.Tx) error { return tx.AddUnionRating(t.Context(), p, r) })
	}
	kind(t, "a rating without its permit", add(permit(access.SeeUnion, 6)), errs.Internal)
	if err := add(permit(access.RecordUnion, 6)); err != nil {
		t.Fatal(err)
	}
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.UnionRatings(ctx, []org.UnitNo{6, 7}, 2024)
		if err != nil || len(got) != 1 {
			t.Fatalf("ratings: %v, %v", got, err)
		}
		equal(t, "the rating", got[0], r)
		return nil
	})
}
