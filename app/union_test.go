package app_test

import (
	"testing"

	"ketnap/access"
	"ketnap/app"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/rule"
	"ketnap/union"
)

// unions are a block with the youth union of the university and of the school under that
// of the block, and the trade union of the university.
func unions(t testing.TB) block {
	t.Helper()
	b := newBlock(t)
	for _, u := range []app.NewUnit{
		{Code: "DTN.1", Name: "Đoàn Trường Đại học", Type: org.Union, Kind: org.YouthUnion, Parent: "DTN", Beside: "D01", Counts: map[org.CountKind]int{org.Youth: 60}},
		{Code: "DTN.2", Name: "Đoàn Trường THPT", Type: org.Union, Kind: org.YouthUnion, Parent: "DTN", Beside: "C02"},
		{Code: "CD.1", Name: "Công đoàn Trường Đại học", Type: org.Union, Kind: org.TradeUnion, Beside: "D01"},
	} {
		_, err := b.CreateUnit(t.Context(), app.System("t"), u)
		ok(t, err)
	}
	return b
}

func numbersTyped(of map[union.Column]string) union.Sheet {
	s := union.Sheet{Typed: map[union.Column]string{}, Why: map[union.Column]string{}}
	for _, c := range union.Columns() {
		s.Typed[c] = "0"
	}
	for c, text := range of {
		s.Typed[c] = text
	}
	return s
}

func (b block) campaign(officer app.Actor) string {
	b.t.Helper()
	id, err := b.IssueCampaign(b.t.Context(), officer, "DTN", union.Campaign{Year: 2024, Symbol: "5-HD/ĐTN", Issued: date.Must("2024-05-02"), Due: date.Must("2024-05-31"), Text: "Thống kê"})
	ok(b.t, err)
	return id
}

func (b block) count(who app.Actor, campaign, unit string) app.UnionCountPage {
	b.t.Helper()
	p, err := b.UnionCount(b.t.Context(), who, campaign, unit)
	ok(b.t, err)
	return p
}

func TestACampaignIsAskedAnsweredReturnedAndClosed(t *testing.T) {
	t.Parallel()
	b := unions(t)
	ctx, officer, base := t.Context(), b.as(access.UnionOfficer, "DTN"), b.as(access.UnionOfficer, "DTN.1")
	id := b.campaign(officer)
	_, err := b.IssueCampaign(ctx, officer, "DTN", union.Campaign{Year: 2024, Symbol: "6-HD/ĐTN", Issued: date.Must("2024-05-02"), Due: date.Must("2024-05-31")})
	refused(t, err, errs.Conflict, "union.campaign.taken")
	_, err = b.IssueCampaign(ctx, base, "DTN.1", union.Campaign{Year: 2024, Symbol: "6-HD/ĐTN", Issued: date.Must("2024-05-02"), Due: date.Must("2024-05-31")})
	refused(t, err, errs.Invalid, "union.campaign.nobody")

	c := b.count(base, id, "DTN.1")
	if c.State != union.Waiting || c.Late != 3 || c.Known[union.OfAge] != 60 || !c.Writes() {
		t.Fatalf("at first: %+v", c)
	}
	bad := numbersTyped(map[union.Column]string{union.Total: "50", union.OfAge: "61"})
	out, err := b.SaveUnionCount(ctx, base, id, "DTN.1", c.Version, bad, true)
	if err != nil || out.Written || !rule.Blocked(out.Findings) {
		t.Fatalf("a count that cannot be: %+v, %v", out, err)
	}
	if c = b.count(base, id, "DTN.1"); c.State != union.Draft || c.Sheet.Typed[union.OfAge] != "61" {
		t.Fatalf("what was typed is lost: %+v", c)
	}
	good := numbersTyped(map[union.Column]string{union.Total: "90", union.OfAge: "61", union.PartyOfAge: "4"})
	good.Why[union.OfAge] = "tuyển thêm một người"
	if out, err = b.SaveUnionCount(ctx, base, id, "DTN.1", c.Version, good, true); err != nil || !out.Written {
		t.Fatalf("a count in order: %+v, %v", out, err)
	}
	_, err = b.SaveUnionCount(ctx, base, id, "DTN.1", c.Version, good, true)
	refused(t, err, errs.Stale, "union.count.stale")
	_, err = b.SaveUnionCount(ctx, base, id, "DTN.1", c.Version+1, good, true)
	refused(t, err, errs.Conflict, "union.count.sent")

	refused(t, b.ReturnUnionCount(ctx, officer, id, "DTN.1", c.Version+1, " "), errs.Invalid, "union.count.why")
	refused(t, b.ReturnUnionCount(ctx, base, id, "DTN.1", c.Version+1, "sai"), errs.NotFound, "")
	ok(t, b.ReturnUnionCount(ctx, officer, id, "DTN.1", c.Version+1, "thiếu khoa Kinh tế"))
	if out, err = b.SaveUnionCount(ctx, base, id, "DTN.1", c.Version+2, good, true); err != nil || !out.Written {
		t.Fatalf("corrected: %+v, %v", out, err)
	}
	if n, err := b.RemindCampaign(ctx, officer, id); err != nil || n != 1 {
		t.Fatalf("reminded %d, %v", n, err)
	}
	p, err := b.UnionCampaign(ctx, officer, id)
	if err != nil || p.Sum[union.OfAge] != 61 || len(p.Lines) != 2 || !p.May || p.Lines[0].Differ != 1 {
		t.Fatalf("the table: %+v, %v", p, err)
	}
	ok(t, b.CloseCampaign(ctx, officer, id))
	refused(t, b.CloseCampaign(ctx, officer, id), errs.Stale, "union.campaign.closed_already")
	school := b.as(access.UnionOfficer, "DTN.2")
	_, err = b.SaveUnionCount(ctx, school, id, "DTN.2", 1, good, true)
	refused(t, err, errs.Stale, "union.count.stale")
}

func TestACampaignIsSeenByWhoLeadsTheUnions(t *testing.T) {
	t.Parallel()
	b := unions(t)
	ctx, officer := t.Context(), b.as(access.UnionOfficer, "DTN")
	id, office := b.campaign(officer), b.as(access.BaseOffice, "D01")
	for _, tt := range []struct {
		who   app.Actor
		lines int // of the table; -1 where there is none for the actor
	}{
		{officer, 2}, {b.as(access.UnionOfficer, "DTN.1"), 1}, {b.as(access.OrgBoard, "K01"), 2}, {office, 1}, {b.as(access.BranchSecretary, "C02"), 1},
		{b.as(access.BranchSecretary, "C03"), -1}, {b.as(access.BranchSecretary, "D01.B1"), -1}, {b.as(access.UnionOfficer, "CD.1"), -1}, {b.as(access.Admin, "K01"), -1},
	} {
		p, err := b.UnionCampaign(ctx, tt.who, id)
		if tt.lines < 0 {
			refused(t, err, errs.NotFound, "")
			continue
		}
		if err != nil || len(p.Lines) != tt.lines {
			t.Errorf("%s: %d lines, %v", tt.who.Login, len(p.Lines), err)
		}
	}
	_, err := b.UnionCount(ctx, b.as(access.UnionOfficer, "DTN.2"), id, "DTN.1")
	refused(t, err, errs.NotFound, "unit.none")
	_, err = b.SaveUnionCount(ctx, office, id, "DTN.1", 1, union.Sheet{}, false)
	refused(t, err, errs.NotFound, "unit.none")
}
