package app_test

import (
	"testing"
	"time"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/app"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/rule"
)

// change drafts a change and brings it into force.
func (e engine) change(n app.NewRuleChange) string {
	e.t.Helper()
	if n.Document == "" {
		n.Document = "15-QĐ/ĐUK"
	}
	n.Reason = "theo văn bản"
	id, err := e.DraftRule(e.t.Context(), app.System("t"), n)
	e.must(err)
	e.must(e.ApplyRule(e.t.Context(), app.System("t"), id, 1, false))
	return id
}

func termChange(term string, amount, extension int, from string) app.NewRuleChange {
	return app.NewRuleChange{Kind: app.RuleTerm, Subject: term, Amount: amount, Extension: extension, From: date.Must(from)}
}

// due returns the last day of a term of a file.
func (e engine) due(id, rule string) date.Date {
	e.t.Helper()
	p, err := e.File(e.t.Context(), app.System("t"), id)
	e.must(err)
	for _, d := range p.Deadlines {
		if d.Rule == rule {
			return d.Due
		}
	}
	return date.Date{}
}

// TestAnActIsJudgedByTheFigureOfItsDay on each engine: what was done before a change keeps
// the old figure, what is done from its day on has the new one; lists are drawn anew, both
// days kept; another process on the same store knows at once.
func TestAnActIsJudgedByTheFigureOfItsDay(t *testing.T) {
	t.Parallel()
	for _, eng := range engines {
		t.Run(eng.name, func(t *testing.T) {
			t.Parallel()
			e := newEngine(t, eng.config(t))
			e.units()
			branch := e.person("chibo", access.BranchSecretary, "K01.01")
			other := app.New(e.store, app.Options{Clock: func() time.Time { return time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC) }})
			_, err := other.Rules(t.Context()) // it has the book of before in memory
			e.must(err)

			road := []admission.Code{admission.Introduce, admission.List, admission.AssignHelper, admission.Certify, admission.Apply,
				admission.SendVerification, admission.ReceiveRequest, admission.ConcludeVerification, admission.CompleteDossier, admission.BranchResolution}
			before, after := e.open(branch, "K01.01", "Trần Thị Lan"), e.open(branch, "K01.01", "Lê Thị Mai")
			for _, code := range road {
				before = e.record(branch, before, code, "2026-10-05")
				after = e.record(branch, after, code, "2026-10-06")
			}
			was := e.due(before.File.ID, "DL-70")
			if was.IsZero() {
				t.Fatal("the decision has no last day")
			}
			id := e.change(termChange("DL-70", 10, 5, "2026-10-06"))
			if got := e.due(before.File.ID, "DL-70"); got != was {
				t.Errorf("an act before the change is due %s, was %s", got, was)
			}
			if got := e.due(after.File.ID, "DL-70"); got != date.Must("2026-10-20") {
				t.Errorf("an act of its day is due %s", got)
			}
			b, err := other.Rules(t.Context())
			e.must(err)
			if st, err := b.Sets.Term("DL-70", date.Must("2026-10-06")); err != nil || st.Amount != 10 || st.Extension != 5 || st.Cite != "15-QĐ/ĐUK" || st.Set != "RS-2026B" {
				t.Errorf("another process: %+v, %v", st, err)
			}

			first, err := e.RedrawAll(t.Context(), app.System("t"), id)
			e.must(err)
			again, err := e.RedrawAll(t.Context(), app.System("t"), id)
			e.must(err)
			if first.Files != 2 || first.Changed != 1 || !first.Done || again.Changed != 0 {
				t.Errorf("drawn anew: %+v, again %+v", first, again)
			}
			rows, _, err := e.Files(t.Context(), app.System("t"), app.FileQuery{Limit: 10})
			e.must(err)
			for _, r := range rows {
				want := was
				if r.ID == after.File.ID {
					want = date.Must("2026-10-20")
				}
				if r.NextDue != want {
					t.Errorf("%s is listed with %s, want %s", r.Name, r.NextDue, want)
				}
			}
			changes, err := e.DeadlineChanges(t.Context(), app.System("t"), after.File.ID)
			e.must(err)
			if len(changes) != 1 || changes[0].Rule != "DL-70" || changes[0].From != date.Must("2026-10-06") || changes[0].Due != date.Must("2026-10-20") || changes[0].WasDue.IsZero() || changes[0].Because != id {
				t.Errorf("both values: %+v", changes)
			}

			e.change(app.NewRuleChange{Kind: app.RuleRevoke, Subject: id, From: date.Must("2026-10-06")})
			if got := e.due(after.File.ID, "DL-70"); got == date.Must("2026-10-20") {
				t.Error("what was revoked still holds")
			}
			page, err := e.RulesPage(t.Context(), branch)
			e.must(err)
			if len(page.Changes) != 2 || page.Manages || page.Changes[1].State != app.RuleRevokedState {
				t.Errorf("nothing is deleted: %+v", page.Changes)
			}
			e.sound()
		})
	}
}

func TestAWarningIsMadeABlockAndBack(t *testing.T) {
	t.Parallel()
	e := newEngine(t, engines[0].config(t))
	e.units()
	branch := e.person("chibo", access.BranchSecretary, "K01.01")
	e.change(app.NewRuleChange{Kind: app.RuleSeverity, Subject: "ADM-12", Severity: rule.Block, From: date.Must("2026-10-05")})
	e.change(app.NewRuleChange{Kind: app.RuleSeverity, Subject: "ADM-12", Severity: rule.Warn, From: date.Must("2026-10-12")})
	for _, c := range []struct {
		on      string
		written bool
	}{{"2026-10-02", true}, {"2026-10-05", false}, {"2026-10-09", false}, {"2026-10-12", true}} {
		p := e.open(branch, "K01.01", "Trần Thị Lan")
		p = e.record(branch, p, admission.Introduce, "2026-10-01")
		p = e.record(branch, p, admission.List, "2026-10-01")
		out, err := e.RecordAct(t.Context(), branch, p.File.ID, done(p, admission.Certify, date.Must(c.on)), p.File.Version, false)
		e.must(err)
		if out.Written != c.written || len(out.Findings) == 0 || out.Findings[0].Rule != "ADM-12" {
			t.Errorf("certified on %s without a helper: written %v, %+v", c.on, out.Written, out.Findings)
		}
	}
}

func TestChangesOfTheRegulationAreRefused(t *testing.T) {
	t.Parallel()
	e := newEngine(t, engines[0].config(t))
	e.units()
	ctx, from := t.Context(), date.Must("2026-12-01")
	base := app.NewRuleChange{From: from, Document: "15-QĐ/ĐUK", Reason: "x"}
	for _, c := range []struct {
		name string
		key  string
		with func(*app.NewRuleChange)
	}{
		{"without a day", "rule.from", func(n *app.NewRuleChange) { n.Kind, n.From = app.RuleTerm, date.Date{} }},
		{"without a document", "rule.document", func(n *app.NewRuleChange) { n.Kind, n.Document = app.RuleTerm, " " }},
		{"without a reason", "rule.reason", func(n *app.NewRuleChange) { n.Kind, n.Reason = app.RuleTerm, "" }},
		{"of no kind", "rule.kind", func(*app.NewRuleChange) {}},
		{"of a term that is none", "rule.term", func(n *app.NewRuleChange) { n.Kind, n.Subject = app.RuleTerm, "DL-99" }},
		{"to nothing", "rule.amount", func(n *app.NewRuleChange) { n.Kind, n.Subject = app.RuleTerm, "DL-70" }},
		{"to what it is", "rule.same", func(n *app.NewRuleChange) { n.Kind, n.Subject, n.Amount, n.Extension = app.RuleTerm, "DL-70", 60, 30 }},
		{"an extension that no act gives", "rule.no_extension", func(n *app.NewRuleChange) { n.Kind, n.Subject, n.Amount, n.Extension = app.RuleTerm, "DL-40", 20, 5 }},
		{"DL-80 without its start", "rule.start", func(n *app.NewRuleChange) { n.Kind, n.Subject, n.Amount = app.RuleTerm, "DL-80", 20 }},
		{"a set without a name", "rule.set.id", func(n *app.NewRuleChange) { n.Kind, n.Subject = app.RuleSet, "2027" }},
		{"a set that is there", "rule.set.taken", func(n *app.NewRuleChange) { n.Kind, n.Subject = app.RuleSet, "RS-2021F" }},
		{"a set without documents", "rule.set.documents", func(n *app.NewRuleChange) { n.Kind, n.Subject = app.RuleSet, "RS-2027A" }},
		{"a set on the first day of another", "rule.set.same_day", func(n *app.NewRuleChange) {
			n.Kind, n.Subject, n.Documents, n.Confidence, n.From = app.RuleSet, "RS-2027A", []string{"QĐ 9"}, rule.Sourced, date.Must("2026-07-26")
		}},
		{"a rule that blocks whatever its mark", "rule.fixed", func(n *app.NewRuleChange) { n.Kind, n.Subject, n.Severity = app.RuleSeverity, "VOT-07", rule.Warn }},
		{"a rule that was seen", "rule.sourced", func(n *app.NewRuleChange) { n.Kind, n.Subject, n.Severity = app.RuleSeverity, "DL-71", rule.Block }},
		{"a warning to a warning", "rule.same_severity", func(n *app.NewRuleChange) { n.Kind, n.Subject, n.Severity = app.RuleSeverity, "DL-30", rule.Warn }},
		{"a day beyond the calendar", "rule.year", func(n *app.NewRuleChange) {
			n.Kind, n.From, n.Name = app.RuleHoliday, date.Must("2060-01-01"), "nghỉ"
		}},
		{"a day without a name", "holiday.name", func(n *app.NewRuleChange) { n.Kind = app.RuleHoliday }},
		{"giving back a day that nobody added", "holiday.not_found", func(n *app.NewRuleChange) { n.Kind, n.Drop = app.RuleHoliday, true }},
		{"revoking nothing", "rule.stale", func(n *app.NewRuleChange) { n.Kind, n.Subject = app.RuleRevoke, "x" }},
	} {
		n := base
		c.with(&n)
		if _, err := e.DraftRule(ctx, app.System("t"), n); err == nil || errs.As(err).Key != c.key {
			t.Errorf("%s: %v, want %s", c.name, err, c.key)
		}
	}
	office := e.person("coso", access.BaseOffice, "K01")
	n := termChange("DL-70", 10, 0, "2026-12-01")
	n.Document, n.Reason = "15-QĐ/ĐUK", "x"
	if _, err := e.DraftRule(ctx, office, n); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("a base office drafts: %v", err)
	}
	id, err := e.DraftRule(ctx, app.System("t"), n)
	e.must(err)
	if err := e.ApplyRule(ctx, office, id, 1, false); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("a base office applies: %v", err)
	}
	e.must(e.ApplyRule(ctx, app.System("t"), id, 1, false))
	if err := e.ApplyRule(ctx, app.System("t"), id, 2, false); errs.KindOf(err) != errs.Stale {
		t.Errorf("applied twice: %v", err)
	}
}

// TestASetAndADayAreAdded: a new set judges from its day on, the former ends the day
// before; a day off moves what is counted over it.
func TestASetAndADayAreAdded(t *testing.T) {
	t.Parallel()
	e := newEngine(t, engines[0].config(t))
	e.units()
	ctx := t.Context()
	set := app.NewRuleChange{Kind: app.RuleSet, Subject: "RS-2026C", From: date.Must("2026-11-01"), Documents: []string{"QĐ 300-QĐ/TW (01/11/2026)"}, Confidence: rule.Remembered,
		Figures: []app.RuleFigure{{Term: "DL-70", Amount: 40, Extension: 20, Clause: "4.3"}}}
	e.change(set)
	b, err := e.Rules(ctx)
	e.must(err)
	if got := b.Sets.On(date.Must("2026-10-31")); got.ID != "RS-2026B" || got.To != date.Must("2026-10-31") {
		t.Errorf("the former: %+v", got)
	}
	st, err := b.Sets.Term("DL-70", date.Must("2026-11-01"))
	if err != nil || st.Amount != 40 || st.Set != "RS-2026C" || st.Cite != "QĐ 300-QĐ/TW (01/11/2026), 4.3" || st.Confidence != rule.Remembered {
		t.Errorf("the new: %+v, %v", st, err)
	}
	if st, err := b.Sets.Term("DL-20", date.Must("2026-11-01")); err != nil || st.Inherited != "RS-2025B" {
		t.Errorf("the rest is inherited: %+v, %v", st, err)
	}
	e.change(app.NewRuleChange{Kind: app.RuleHoliday, From: date.Must("2026-11-25"), Off: true, Name: "nghỉ bão", Announced: date.Must("2026-11-24"), Document: "Công điện 1"})
	c, err := e.Calendar(ctx)
	e.must(err)
	if works, _, err := c.IsWorking(date.Must("2026-11-25")); works || err != nil || c.Version() == b.Calendar.Version() {
		t.Errorf("the day is worked: %v, %v", works, err)
	}
	e.change(app.NewRuleChange{Kind: app.RuleHoliday, From: date.Must("2026-11-25"), Drop: true})
	if c, err = e.Calendar(ctx); err != nil || c.Version() != b.Calendar.Version() {
		t.Errorf("given back: %v", err)
	}
}

// TestARehearsalCountsWhoWouldDiffer, and shows people to nobody who may not see them.
func TestARehearsalCountsWhoWouldDiffer(t *testing.T) {
	t.Parallel()
	e := newEngine(t, engines[0].config(t))
	e.units()
	ctx := t.Context()
	branch, admin, auditor := e.person("chibo", access.BranchSecretary, "K01.01"), e.person("qt", access.Admin, "K"), e.person("kt", access.Auditor, "K")
	for i, name := range []string{"Trần Thị Lan", "Lê Thị Mai", "Bùi Thanh Tùng"} {
		p := e.open(branch, "K01.01", name)
		for _, code := range []admission.Code{admission.Introduce, admission.List, admission.AssignHelper, admission.Certify, admission.Apply,
			admission.SendVerification, admission.ReceiveRequest, admission.ConcludeVerification, admission.CompleteDossier, admission.BranchResolution} {
			if i < 2 || code == admission.Introduce {
				p = e.record(branch, p, code, "2026-10-05")
			}
		}
	}
	n := termChange("DL-70", 10, 0, "2026-10-01")
	n.Document, n.Reason = "15-QĐ/ĐUK", "x"
	id, err := e.DraftRule(ctx, admin, n)
	e.must(err)
	x, err := e.Rehearse(ctx, admin, id)
	e.must(err)
	if x.Files != 3 || x.Affected != 2 || x.Late != 2 || !x.Whole || !x.Manages || len(x.Rules) != 1 || x.Rules[0] != (app.RehearsalRule{Rule: "DL-70", Files: 2}) || len(x.Units) != 1 || x.Units[0].Files != 2 {
		t.Fatalf("%+v", x)
	}
	for _, row := range x.Rows {
		if row.Name != "" || row.ID != "" || row.Stage != admission.BranchResolved || len(row.Differences) == 0 {
			t.Errorf("an administrator sees %+v", row)
		}
	}
	x, err = e.Rehearse(ctx, branch, id)
	e.must(err)
	if x.Affected != 2 || x.Rows[0].Name == "" || x.Rows[0].ID == "" || x.Whole || x.Manages {
		t.Errorf("the branch sees its own: %+v", x)
	}
	if _, err := e.Rehearse(ctx, auditor, id); errs.KindOf(err) != errs.Forbidden {
		t.Errorf("who sees no files and changes nothing: %v", err)
	}
	if _, err := e.Rehearse(ctx, admin, "nowhere"); errs.KindOf(err) != errs.NotFound {
		t.Errorf("no draft: %v", err)
	}
	b, err := e.Rules(ctx)
	e.must(err)
	if b.Version() != "" {
		t.Error("a rehearsal changed something")
	}
	e.must(e.DropRule(ctx, admin, id, 1))
	if err := e.ApplyRule(ctx, admin, id, 2, false); errs.KindOf(err) != errs.Stale {
		t.Errorf("given up and applied: %v", err)
	}
}
