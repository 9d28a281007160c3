package app_test

import (
	"testing"

	"ketnap/access"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/watch"
)

func TestAGatheringIsCorrectedAndStruckOutWithAReason(t *testing.T) {
	t.Parallel()
	b, board := school(t)
	ctx := t.Context()
	secretary := b.as(access.BranchSecretary, "C02")
	g := watch.Gathering{On: date.Must("2024-05-10"), Kind: watch.Thematic, Topic: "Tạo nguồn", Led: "Hoa", Invited: 20, Attended: 18,
		Conclusions: []watch.Conclusion{{Text: "Giới thiệu hai người", Owner: "Chi đoàn", Due: date.Must("2024-06-30")}}}
	bad := g
	bad.Attended = 21
	if _, findings, err := b.HoldGathering(ctx, secretary, "C02", bad); err != nil || len(findings) != 1 {
		t.Fatalf("%v %+v", err, findings)
	}
	id, findings, err := b.HoldGathering(ctx, secretary, "C02", g)
	ok(t, err)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	p, err := b.Gathering(ctx, board, id)
	ok(t, err)
	kept := p.Conclusions[0].ID
	ok(t, b.FinishConclusion(ctx, secretary, id, kept, true))
	g.Conclusions[0].ID, g.Conclusions[0].Owner, g.Attended = kept, "Đoàn trường", 17
	if findings, err = b.CorrectGathering(ctx, secretary, id, 1, g, ""); err != nil || len(findings) != 1 {
		t.Fatalf("a correction says why: %v %+v", err, findings)
	}
	if findings, err = b.CorrectGathering(ctx, secretary, id, 1, g, "đếm nhầm"); err != nil || len(findings) > 0 {
		t.Fatalf("%v %+v", err, findings)
	}
	_, err = b.CorrectGathering(ctx, secretary, id, 1, g, "đếm nhầm")
	refused(t, err, errs.Stale, "")
	p, err = b.Gathering(ctx, board, id)
	ok(t, err)
	if c := p.Conclusions[0]; c.ID != kept || c.Done.IsZero() || c.Owner != "Đoàn trường" || p.Attended != 17 {
		t.Errorf("a conclusion keeps its id and that it is done: %+v", p.Gathering)
	}
	list, err := b.Gatherings(ctx, board, "K01", 2024)
	ok(t, err)
	if len(list.List) != 1 || len(list.None) != 3 {
		t.Errorf("%d held, %d did not", len(list.List), len(list.None))
	}
	if findings, err = b.VoidGathering(ctx, board, id, 2, "ghi hai lần"); err != nil || len(findings) > 0 {
		t.Fatalf("%v %+v", err, findings)
	}
	if list, err = b.Gatherings(ctx, board, "K01", 2024); err != nil || len(list.None) != 4 {
		t.Errorf("what was struck out does not count: %v", err)
	}
	_, _, err = b.HoldGathering(ctx, b.as(access.StandingCommittee, "K01"), "C02", g)
	refused(t, err, errs.Forbidden, "")
}

func TestAnObstacleKeepsItsHistory(t *testing.T) {
	t.Parallel()
	b, board := school(t)
	ctx := t.Context()
	o := watch.Obstacle{Text: "Không còn chi đoàn", Remedy: "Ghép chi đoàn", Owner: "Đoàn cơ quan", Due: date.Must("2024-07-01"), State: watch.Open}
	id, findings, err := b.AddObstacle(ctx, board, "C02", o)
	ok(t, err)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	o.State = watch.Solved
	if findings, err = b.ChangeObstacle(ctx, board, id, 1, o); err != nil || len(findings) != 1 {
		t.Fatalf("who ends it says how: %v %+v", err, findings)
	}
	o.Note = "đã ghép"
	if findings, err = b.ChangeObstacle(ctx, board, id, 1, o); err != nil || len(findings) > 0 {
		t.Fatalf("%v %+v", err, findings)
	}
	_, err = b.ChangeObstacle(ctx, board, id, 1, o)
	refused(t, err, errs.Stale, "")
	p, err := b.Obstacle(ctx, b.as(access.BranchSecretary, "C02"), id)
	ok(t, err)
	if len(p.History) != 2 || p.State != string(watch.Solved) || !p.May {
		t.Errorf("%+v", p)
	}
	_, err = b.Obstacle(ctx, b.as(access.BranchSecretary, "C03"), id)
	refused(t, err, errs.NotFound, "")
	open, err := b.Obstacles(ctx, board, "K01", watch.Open)
	ok(t, err)
	if len(open.List) != 0 {
		t.Errorf("%+v", open.List)
	}
}
