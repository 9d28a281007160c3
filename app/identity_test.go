package app_test

import (
	"strings"
	"testing"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/app"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/person"
	"ketnap/rule"
	"ketnap/store"
)

// applied walks a file up to the application.
func (e engine) applied(who app.Actor, p app.FilePage) app.FilePage {
	e.t.Helper()
	for i, code := range []admission.Code{admission.Introduce, admission.List, admission.AssignHelper, admission.Certify, admission.Apply} {
		p = e.record(who, p, code, date.Must("2026-05-04").AddDays(7*i).String())
	}
	return p
}

// secrets are values that must stand nowhere but in their own table.
var secrets = person.Details{Number: person.Number{Kind: person.CitizenNumber, Digits: "044300009876"}, //nolint:gochecknoglobals // never changed
	Hometown: person.Place{Text: "thôn Bí Mật", List: person.List63, Code: "44"}, Ethnicity: "23", Religion: "catholic", Occupation: "Thợ dệt lụa"}

// save writes data and demands that nothing stood against them but warnings.
func (e engine) save(who app.Actor, file string, d person.Details, version int) {
	e.t.Helper()
	findings, written, err := e.SaveIdentity(e.t.Context(), who, file, app.IdentityChange{Details: d, Fields: person.Fields(), Version: version})
	e.must(err)
	if !written {
		e.t.Fatalf("not written: %v", findings)
	}
}

// recordOf is every row of the record of acts about a file, as one text, oldest first.
func (e engine) recordOf(file string) []store.AuditRow {
	e.t.Helper()
	p, err := e.Audit(e.t.Context(), app.System("t"), app.AuditFilter{Limit: 200})
	e.must(err)
	var out []store.AuditRow
	for _, r := range p.Rows {
		if r.Object == "file/"+file {
			out = append([]store.AuditRow{r.AuditRow}, out...)
		}
	}
	return out
}

func wantKind(t *testing.T, what string, err error, kind errs.Kind) {
	t.Helper()
	if err == nil || errs.KindOf(err) != kind {
		t.Errorf("%s: got %v, want kind %d", what, err, kind)
	}
}

func onEngines(t *testing.T, test func(engine)) {
	t.Helper()
	for _, c := range engines {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			e := newEngine(t, c.config(t))
			e.units()
			test(e)
		})
	}
}

func TestOpeningIdentityIsOnRecordBeforeTheAnswer(t *testing.T) {
	t.Parallel()
	onEngines(t, func(e engine) {
		ctx := e.t.Context()
		branch := e.person("chibo", access.BranchSecretary, "K01.01")
		p := e.applied(branch, e.open(branch, "K01.01", "Nguyễn Thị Lan"))
		e.save(branch, p.File.ID, secrets, 0)
		closed, err := e.Identity(ctx, branch, p.File.ID)
		e.must(err)
		if closed.Opened || closed.Version != 1 || len(closed.Filled) != 5 || closed.Details != (person.Details{}) || closed.Printed != (person.Identity{}) {
			e.t.Errorf("the closed page holds %+v", closed)
		}
		before := len(e.recordOf(p.File.ID))
		for name, why := range map[string]app.Reason{"no reason": {}, "a made-up one": {Code: "x"}, "another without words": {Code: "other"},
			"too many words": {Code: "verify", Note: strings.Repeat("ả", 301)}} {
			_, err := e.OpenIdentity(ctx, branch, p.File.ID, why)
			wantKind(e.t, name, err, errs.Invalid)
		}
		if n := len(e.recordOf(p.File.ID)); n != before {
			e.t.Errorf("a refusal left %d rows", n-before)
		}
		open, err := e.OpenIdentity(ctx, branch, p.File.ID, app.Reason{Code: "other", Note: "đối chiếu bản gốc"})
		e.must(err)
		if !open.Opened || open.Details != secrets || open.Printed.Ethnicity != "Bru-Vân Kiều" || open.Printed.Religion != "Công giáo" {
			e.t.Errorf("opened: %+v", open.Printed)
		}
		rows := e.recordOf(p.File.ID)
		last := rows[len(rows)-1]
		if last.Right != string(access.SeeIdentity) || last.Actor != branch.ID || last.Unit != "K01.01" || !strings.Contains(last.After, "đối chiếu bản gốc") ||
			!strings.Contains(last.After, "religion") {
			e.t.Errorf("the row is %+v", last)
		}
		for _, r := range rows {
			for _, secret := range []string{"044300009876", "Bí Mật", "catholic", "lụa", `"23"`} {
				if strings.Contains(r.Before+r.After+r.Rules, secret) {
					e.t.Errorf("the record of acts holds %q: %s", secret, r.After)
				}
			}
		}
		_, readings, err := e.IdentityReadings(ctx, branch, p.File.ID)
		e.must(err)
		if len(readings) != 1 || readings[0].Name != "Nguyễn Thị chibo" || readings[0].Reason.Note != "đối chiếu bản gốc" || len(readings[0].Fields) != 5 {
			e.t.Errorf("the register of readings: %+v", readings)
		}
		e.sound()
	})
}

func TestWhoMayOpenIdentity(t *testing.T) {
	t.Parallel()
	e := newEngine(t, engines[0].config(t))
	e.units()
	ctx := t.Context()
	branch := e.person("chibo", access.BranchSecretary, "K01.01")
	p := e.applied(branch, e.open(branch, "K01.01", "Nguyễn Thị Lan"))
	e.save(branch, p.File.ID, secrets, 0)
	for _, c := range []struct {
		role      access.Role
		unit      string
		see, edit errs.Kind
	}{
		{access.BaseOffice, "K01", none, none},
		{access.SchoolCommittee, "K01", none, none},
		{access.OrgBoard, "K", none, errs.Forbidden},
		{access.StandingCommittee, "K", errs.Forbidden, errs.Forbidden},
		{access.BranchSecretary, "K01.02", errs.NotFound, errs.NotFound},
		{access.BaseOffice, "K02", errs.NotFound, errs.NotFound},
		{access.PropagandaBoard, "K", errs.NotFound, errs.NotFound},
		{access.UnionOfficer, "K", errs.NotFound, errs.NotFound},
		{access.Admin, "K", errs.NotFound, errs.NotFound},
		{access.Auditor, "K", errs.NotFound, errs.NotFound},
	} {
		who := e.person(strings.ReplaceAll(string(c.role), "_", "")+strings.ReplaceAll(strings.ToLower(c.unit), ".", ""), c.role, c.unit)
		name := string(c.role) + " of " + c.unit
		_, err := e.Identity(ctx, who, p.File.ID)
		wantVerdict(t, name+" looks", err, c.see)
		_, err = e.OpenIdentity(ctx, who, p.File.ID, app.Reason{Code: "verify"})
		wantVerdict(t, name+" opens", err, c.see)
		_, _, err = e.IdentityReadings(ctx, who, p.File.ID)
		wantVerdict(t, name+" reads the register", err, c.see)
		_, _, err = e.SaveIdentity(ctx, who, p.File.ID, app.IdentityChange{Version: 1, Ask: true, Fields: []person.Field{person.FieldLanguages}})
		if c.edit != none {
			wantVerdict(t, name+" writes", err, c.edit)
		}
		err = e.RecordConsent(ctx, who, p.File.ID, app.ConsentNote{})
		if c.edit == none {
			wantVerdict(t, name+" records no consent without its form", err, errs.Invalid)
		} else {
			wantVerdict(t, name+" records consent", err, c.edit)
		}
		_, _, err = e.Duplicates(ctx, who, "")
		if (err == nil) != who.Has(access.SeeIdentity, engineDay) {
			t.Errorf("%s lists duplicates: %v", name, err)
		}
	}
}

// none is no failure at all, for tables of kinds.
const none errs.Kind = -1

func wantVerdict(t *testing.T, what string, err error, kind errs.Kind) {
	t.Helper()
	if kind == none {
		if err != nil {
			t.Errorf("%s: %v", what, err)
		}
		return
	}
	wantKind(t, what, err, kind)
}

func TestIdentityIsAskedForWhenAPaperNeedsIt(t *testing.T) {
	t.Parallel()
	onEngines(t, func(e engine) {
		ctx := e.t.Context()
		branch := e.person("chibo", access.BranchSecretary, "K01.01")
		p := e.open(branch, "K01.01", "Nguyễn Thị Lan")
		try := func(d person.Details, fields ...person.Field) []rule.Finding {
			e.t.Helper()
			page, err := e.Identity(ctx, branch, p.File.ID)
			e.must(err)
			findings, written, err := e.SaveIdentity(ctx, branch, p.File.ID, app.IdentityChange{Details: d, Fields: fields, Version: page.Version})
			e.must(err)
			if written == rule.Blocked(findings) {
				e.t.Fatalf("written %v with %v", written, findings)
			}
			return findings
		}
		rules := func(findings []rule.Finding) (text string) {
			for _, f := range findings {
				text += " " + f.Rule
			}
			return text
		}
		if got := rules(try(secrets, person.FieldHometown)); got != " LAW-09" {
			e.t.Errorf("before anything: %q", got)
		}
		e.must(e.RecordConsent(ctx, branch, p.File.ID, app.ConsentNote{Form: "written", On: date.Must("2026-05-01")}))
		if got := rules(try(secrets, person.FieldHometown)); got != "" {
			e.t.Errorf("with consent: %q", got)
		}
		if got := rules(try(secrets, person.FieldEthnicity)); got != " LAW-09" {
			e.t.Errorf("the sensitive with consent alone: %q", got)
		}
		p = e.applied(branch, p)
		if got := rules(try(secrets, person.FieldEthnicity, person.FieldReligion)); got != "" {
			e.t.Errorf("with the application: %q", got)
		}
		wantKind(e.t, "a second consent", e.RecordConsent(ctx, branch, p.File.ID, app.ConsentNote{Form: "written", On: date.Must("2026-05-02")}), errs.Conflict)
		wantKind(e.t, "withdrawn before it was given", e.RecordConsent(ctx, branch, p.File.ID, app.ConsentNote{Withdrawn: true, On: date.Must("2026-04-30")}), errs.Invalid)
		wantKind(e.t, "withdrawn tomorrow", e.RecordConsent(ctx, branch, p.File.ID, app.ConsentNote{Withdrawn: true, On: engineDay.AddDays(1)}), errs.Invalid)
		e.must(e.RecordConsent(ctx, branch, p.File.ID, app.ConsentNote{Withdrawn: true, On: date.Must("2026-06-30")}))
		wantKind(e.t, "withdrawn twice", e.RecordConsent(ctx, branch, p.File.ID, app.ConsentNote{Withdrawn: true, On: date.Must("2026-07-01")}), errs.Conflict)
		changed := secrets
		changed.Religion = "none"
		if got := rules(try(changed, person.FieldReligion)); got != " LAW-06" {
			e.t.Errorf("entered after the withdrawal: %q", got)
		}
		if got := rules(try(person.Details{}, person.FieldReligion, person.FieldEthnicity)); got != "" {
			e.t.Errorf("cleared after the withdrawal: %q", got)
		}
		page, err := e.Identity(ctx, branch, p.File.ID)
		e.must(err)
		if page.Moment.Agreed || len(page.Consents) != 2 || len(page.Filled) != 1 {
			e.t.Errorf("%+v", page)
		}
	})
}

func TestWhatIsOddInIdentityWarnsAndIsWrittenOnTheSecondAsking(t *testing.T) {
	t.Parallel()
	e := newEngine(t, engines[0].config(t))
	e.units()
	ctx := t.Context()
	branch := e.person("chibo", access.BranchSecretary, "K01.01")
	other := e.person("chibo2", access.BranchSecretary, "K02")
	p := e.applied(branch, e.open(branch, "K01.01", "Nguyễn Thị Lan"))
	q := e.applied(other, e.open(other, "K02", "Trần Thị Mai"))
	e.save(other, q.File.ID, person.Details{Number: secrets.Number}, 0)
	odd := secrets
	odd.Ethnicity, odd.Religion = "", ""
	c := app.IdentityChange{Details: odd, Fields: person.Fields(), Ask: true}
	findings, written, err := e.SaveIdentity(ctx, branch, p.File.ID, c)
	if err != nil || written || len(findings) != 1 || findings[0].Rule != "IDN-05" || !strings.Contains(findings[0].Message, "liên hệ Ban Tổ chức") ||
		strings.Contains(findings[0].Message, "Mai") {
		t.Fatalf("%v, %v, %v", findings, written, err)
	}
	c.Ask = false
	if _, written, err = e.SaveIdentity(ctx, branch, p.File.ID, c); err != nil || !written {
		t.Fatal(written, err)
	}
	_, _, err = e.SaveIdentity(ctx, branch, p.File.ID, c)
	wantKind(t, "the same form sent twice", err, errs.Stale)
	c.Version, c.Details.Ethnicity = 1, "99"
	_, _, err = e.SaveIdentity(ctx, branch, p.File.ID, c)
	wantKind(t, "a code of no list", err, errs.Invalid)
	board := e.person("ban", access.OrgBoard, "K")
	pairs, more, err := e.Duplicates(ctx, board, "")
	if err != nil || more || len(pairs) != 1 || !pairs[0].B.Seen() || !pairs[0].B.Number {
		t.Errorf("%+v, %v", pairs, err)
	}
	pairs, _, err = e.Duplicates(ctx, branch, "")
	if err != nil || len(pairs) != 1 || pairs[0].B.Seen() {
		t.Errorf("of the branch: %+v, %v", pairs, err)
	}
	if _, _, err = e.Duplicates(ctx, branch, "K02"); errs.KindOf(err) != errs.NotFound {
		t.Errorf("of a foreign unit: %v", err)
	}
}

func TestAFileForSomebodyWhoHasOne(t *testing.T) {
	t.Parallel()
	onEngines(t, func(e engine) {
		ctx := e.t.Context()
		one, other := e.person("chibo", access.BranchSecretary, "K01.01"), e.person("chibo2", access.BranchSecretary, "K02")
		e.open(one, "K01.01", "Nguyễn Thị Hòa")
		n := app.NewFile{Unit: "K01.01", Name: "NGUYỄN THỊ HOÀ", Birth: date.Must("2000-03-01"), Sex: "female"}
		twins, err := e.NewFileTwins(ctx, one, n)
		if err != nil || len(twins) != 1 || !twins[0].Seen() || !strings.Contains(app.TwinText(twins[0]), "Nguyễn Thị Hòa") {
			e.t.Errorf("in scope: %+v, %v", twins, err)
		}
		n.Unit = "K02"
		before, err := e.Audit(ctx, app.System("t"), app.AuditFilter{Limit: 200})
		e.must(err)
		twins, err = e.NewFileTwins(ctx, other, n)
		if err != nil || len(twins) != 1 || twins[0] != (app.Twin{}) || !strings.Contains(app.TwinText(twins[0]), "liên hệ Ban Tổ chức") {
			e.t.Errorf("out of scope: %+v, %v", twins, err)
		}
		after, err := e.Audit(ctx, app.System("t"), app.AuditFilter{Limit: 200})
		e.must(err)
		if len(after.Rows) != len(before.Rows)+1 || after.Rows[0].Actor != other.ID || strings.Contains(after.Rows[0].After, "Hòa") {
			e.t.Errorf("what was told of a person elsewhere is not on record: %+v", after.Rows[0])
		}
		for name, m := range map[string]app.NewFile{"another sex": {Unit: "K02", Name: n.Name, Birth: n.Birth, Sex: "male"}, "another day": {Unit: "K02", Name: n.Name, Birth: n.Birth.AddDays(1), Sex: "female"},
			"no name": {Unit: "K02", Birth: n.Birth, Sex: "female"}, "no day": {Unit: "K02", Name: n.Name, Sex: "female"}} {
			if twins, err := e.NewFileTwins(ctx, other, m); err != nil || len(twins) != 0 {
				e.t.Errorf("%s: %v, %v", name, twins, err)
			}
		}
		n.Unit = "K01.01"
		_, err = e.NewFileTwins(ctx, other, n)
		wantKind(e.t, "asked for a foreign unit", err, errs.NotFound)
	})
}

func TestTheListOfReligionsIsKept(t *testing.T) {
	t.Parallel()
	e := newEngine(t, engines[0].config(t))
	e.units()
	ctx := t.Context()
	admin := e.person("quantri", access.Admin, "K")
	branch := e.person("chibo", access.BranchSecretary, "K01.01")
	row := func(code, name, from string, closed bool) app.ReligionRow {
		return app.ReligionRow{ReligionRow: person.ReligionRow{Code: code, Name: name, From: date.Must(from), Closed: closed}, Reason: "QĐ 1"}
	}
	wantKind(t, "a secretary changes the list", e.SetReligion(ctx, branch, row("new", "Đạo mới", "2026-01-01", false)), errs.NotFound)
	wantKind(t, "a code with capitals", e.SetReligion(ctx, admin, row("New", "Đạo mới", "2026-01-01", false)), errs.Invalid)
	wantKind(t, "no name", e.SetReligion(ctx, admin, row("new", " ", "2026-01-01", false)), errs.Invalid)
	e.must(e.SetReligion(ctx, admin, row("new", "Đạo mới", "2026-01-01", false)))
	e.must(e.SetReligion(ctx, admin, row("catholic", "Công giáo", "2026-02-01", true)))
	e.must(e.SetReligion(ctx, admin, row("later", "Đạo sau", "2027-01-01", false)))
	list, closed, err := e.Religions(ctx, branch)
	if err != nil || !list.Has("new") || list.Has("later") || !closed["catholic"] {
		t.Errorf("%v, %v, %v", list, closed, err)
	}
	p := e.applied(branch, e.open(branch, "K01.01", "Nguyễn Thị Lan"))
	_, _, err = e.SaveIdentity(ctx, branch, p.File.ID, app.IdentityChange{Details: person.Details{Religion: "catholic"}, Fields: person.Fields()})
	wantKind(t, "a closed entry is chosen", err, errs.Invalid)
	e.save(branch, p.File.ID, person.Details{Religion: "new"}, 0)
	page, err := e.ReligionList(ctx, admin)
	if err != nil || len(page.Rows) != 3 {
		t.Errorf("%+v, %v", page, err)
	}
}
