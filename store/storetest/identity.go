package storetest

import (
	"context"
	"fmt"
	"strconv"
	"testing"

	"ketnap/access"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/person"
	"ketnap/store"
)

// details are all fields of a person, filled.
func details() person.Details {
	return person.Details{Number: person.Number{Kind: person.CitizenNumber, Digits: "044300001234"}, BirthPlace: person.Place{Text: "Trạm y tế xã Phú Hải"},
		Hometown: person.Place{Text: "Quảng Bình", List: person.List63, Code: "44"}, Residence: person.Place{Text: "Quảng Trị", List: person.List34, Code: "44"},
		Ethnicity: "23", Religion: "none", Schooling: person.Schooling{Grade: 12, Of: 12}, Professional: "university", Title: "professor", Theory: "primary",
		Languages: "Anh B1", Computing: "cơ bản", Occupation: "Giáo viên", OccupationGroup: "employee"}
}

func testIdentity(t *testing.T, s *store.Store) {
	Block(t, s)
	openFiles(t, s, map[string]string{"f1": "Nguyễn Thị Ánh Lan"}, 3)
	edit := permit(access.EditIdentity, 3)
	row := store.IdentityRow{File: "f1", Details: details(), By: "a", At: at(1)}
	for name, p := range map[string]access.Permit{"none": {}, "another right": permit(access.SeeIdentity, 3), "another unit": permit(access.EditIdentity, 4)} {
		kind(t, "identity with the permit of "+name, s.Write(t.Context(), func(tx *store.Tx) error { return tx.SaveIdentity(t.Context(), p, row) }), errs.Internal)
	}
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, id := range []string{"f1", "none", "f\x00"} {
			none, err := tx.Identity(ctx, id)
			if err != nil {
				return err
			}
			equal(t, "nothing is kept yet", none, store.IdentityRow{File: id})
		}
		return nil
	})
	write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveIdentity(ctx, edit, row) })
	next := row
	next.Details, next.Version, next.At = person.Details{Occupation: "Kỹ sư"}, 1, at(2)
	for name, version := range map[string]int{"first once more": 0, "a later one": 2} {
		old := next
		old.Version = version
		kind(t, "identity written as "+name, s.Write(t.Context(), func(tx *store.Tx) error { return tx.SaveIdentity(t.Context(), edit, old) }), errs.Stale)
	}
	check := func(want store.IdentityRow, version int) {
		read(t, s, func(ctx context.Context, tx *store.Tx) error {
			got, err := tx.Identity(ctx, "f1")
			want.Version = version
			equal(t, "what is kept", got, want)
			return err
		})
	}
	check(row, 1)
	write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveIdentity(ctx, edit, next) })
	check(next, 2)
	row.File = "nobody"
	kind(t, "identity of a file that is none", s.Write(t.Context(), func(tx *store.Tx) error { return tx.SaveIdentity(t.Context(), edit, row) }), errs.NotFound)
}

// openFiles opens files of one birth and sex in a branch.
func openFiles(t *testing.T, s *store.Store, names map[string]string, unit org.UnitNo) {
	t.Helper()
	code := map[org.UnitNo]string{3: "K01.01", 4: "K01.02", 5: "K02"}[unit]
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		for id, name := range names {
			f := opened(id, code, name)
			if err := tx.OpenFile(ctx, permit(access.OpenFile, unit), f, stateOf(f, unit), at(0)); err != nil {
				return err
			}
		}
		return nil
	})
}

func testConsent(t *testing.T, s *store.Store) {
	Block(t, s)
	openFiles(t, s, map[string]string{"f1": "Nguyễn Thị Ánh Lan"}, 3)
	edit := permit(access.EditIdentity, 3)
	given := store.Consent{Form: "written", On: day, By: "a", At: at(1)}
	back := store.Consent{Withdrawn: true, On: day.AddDays(9), Note: "đổi ý", By: "b", At: at(2)}
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		return firstOf(tx.AddConsent(ctx, edit, "f1", 1, given), tx.AddConsent(ctx, edit, "f1", 2, back))
	})
	kind(t, "a second first", s.Write(t.Context(), func(tx *store.Tx) error { return tx.AddConsent(t.Context(), edit, "f1", 2, given) }), errs.Stale)
	kind(t, "consent without a permit", s.Write(t.Context(), func(tx *store.Tx) error {
		return tx.AddConsent(t.Context(), permit(access.EditIdentity, 4), "f1", 3, given)
	}), errs.Internal)
	kind(t, "consent of nobody", s.Write(t.Context(), func(tx *store.Tx) error { return tx.AddConsent(t.Context(), edit, "f2", 1, given) }), errs.NotFound)
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.Consents(ctx, "f1")
		if err != nil || len(got) != 2 {
			return fmt.Errorf("%v, %w", got, err)
		}
		equal(t, "given", got[0], given)
		equal(t, "withdrawn", got[1], back)
		none, err := tx.Consents(ctx, "f2")
		equal(t, "of another", len(none), 0)
		return err
	})
}

func testReligions(t *testing.T, s *store.Store) {
	row := func(code, name, from string, closed bool) store.ReligionRow {
		return store.ReligionRow{ReligionRow: person.ReligionRow{Code: code, Name: name, From: date.Must(from), Closed: closed}, Reason: "QĐ"}
	}
	manage := permit(access.ManageSetting, 0)
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		return firstOf(tx.SetReligion(ctx, manage, row("b", "Hai", "2025-01-01", false)), tx.SetReligion(ctx, manage, row("a", "Một", "2024-01-01", false)),
			tx.SetReligion(ctx, manage, row("b", "Hai mới", "2025-01-01", true)))
	})
	kind(t, "religion without a permit", s.Write(t.Context(), func(tx *store.Tx) error {
		return tx.SetReligion(t.Context(), permit(access.EditIdentity, 1), row("c", "x", "2025-01-01", false))
	}), errs.Internal)
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		rows, err := tx.Religions(ctx)
		equal(t, "the entries by day", fmt.Sprint(rows), fmt.Sprint([]store.ReligionRow{row("a", "Một", "2024-01-01", false), row("b", "Hai mới", "2025-01-01", true)}))
		return err
	})
}

func testReadings(t *testing.T, s *store.Store) {
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		for i, e := range []store.Entry{
			{Stream: "K01.01", Object: "file/f1", Right: "identity.see"}, {Stream: "K01.01", Object: "file/f1", Right: "identity.edit"},
			{Stream: "K01.01", Object: "file/f2", Right: "identity.see"}, {Stream: "K01.02", Object: "file/f1", Right: "identity.see"},
			{Stream: "K01.02", Object: "file/f1", Right: "identity.see"},
		} {
			e.At, e.Actor, e.After = at(i), "a"+strconv.Itoa(i), `{"reason":"verify"}`
			if err := tx.AppendAudit(ctx, e); err != nil {
				return err
			}
		}
		return nil
	})
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		for limit, want := range map[int]string{9: " a4 a3 a0", 2: " a4 a3"} {
			rows, err := tx.IdentityReadings(ctx, "file/f1", limit)
			if err != nil {
				return err
			}
			got := ""
			for _, r := range rows {
				got += " " + r.Actor
				equal(t, "the reason", r.After, `{"reason":"verify"}`)
			}
			equal(t, "who read, of two chains", got, want)
		}
		return nil
	})
}

func testTwins(t *testing.T, s *store.Store) {
	Block(t, s)
	openFiles(t, s, map[string]string{"f1": "Nguyễn Thị Hòa", "f2": "Trần Thị Lan", "f3": "Lê Thị Mai"}, 3)
	openFiles(t, s, map[string]string{"f4": "NGUYỄN THỊ HOÀ", "f5": "Trần Thị Lân", "f7": "Lê Thị Mai"}, 4)
	openFiles(t, s, map[string]string{"f6": "Nguyễn Thị Hòa", "f8": "Vũ Thị Yến"}, 5)
	number := func(file string, unit org.UnitNo) {
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			return tx.SaveIdentity(ctx, permit(access.EditIdentity, unit), store.IdentityRow{File: file, Details: person.Details{Number: details().Number}, By: "a", At: at(1)})
		})
	}
	number("f2", 3)
	number("f8", 5)
	write(t, s, func(ctx context.Context, tx *store.Tx) error { // no number is nobody's
		return firstOf(tx.SaveIdentity(ctx, permit(access.EditIdentity, 3), store.IdentityRow{File: "f1", At: at(1)}),
			tx.SaveIdentity(ctx, permit(access.EditIdentity, 3), store.IdentityRow{File: "f3", At: at(1)}))
	})
	name, err := person.Parse("Nguyễn Thị Hoà")
	if err != nil {
		t.Fatal(err)
	}
	born := date.Must("2000-03-01")
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, c := range []struct {
			what   string
			scope  access.Scope
			birth  date.Date
			sex    person.Sex
			except string
			want   string
		}{
			{"of the school", scope(2), born, person.Female, "f1", " f4:NGUYỄN THỊ HOÀ:Chi bộ Khoa Kỹ thuật ?"},
			{"of all", scope(1), born, person.Female, "", " f1:Nguyễn Thị Hòa:Chi bộ Khoa Sư phạm f4:NGUYỄN THỊ HOÀ:Chi bộ Khoa Kỹ thuật f6:Nguyễn Thị Hòa:Chi bộ cơ sở Đài Phát thanh"},
			{"without a scope", access.Scope{}, born, person.Female, "f1", " ? ?"},
			{"of another day", scope(1), born.AddDays(1), person.Female, "", ""},
			{"of the other sex", scope(1), born, person.Male, "", ""},
		} {
			twins, err := tx.NameTwins(ctx, c.scope, name, c.birth, c.sex, c.except)
			if err != nil {
				return err
			}
			equal(t, "twins by name "+c.what, twinText(twins), c.want)
		}
		byNumber, err := tx.NumberTwins(ctx, scope(2), details().Number, "f2")
		equal(t, "twins by number", twinText(byNumber), " ?")
		none, errNone := tx.NumberTwins(ctx, scope(1), person.Number{}, "")
		equal(t, "twins without a number", len(none), 0)
		return firstOf(err, errNone)
	})
	for _, c := range []struct {
		scope access.Scope
		unit  org.UnitNo
		limit int
		want  string
		more  bool
	}{
		{scope(1), 0, 9, "f2=f8# f1=f4 f1=f6 f4=f6 f3=f7", false},
		{scope(2), 0, 9, "f2=?# f1=f4 f1=? f4=? f3=f7", false},
		{scope(1), 5, 9, "f8=f2# f6=f1 f6=f4", false},
		{scope(5), 2, 9, "", false},
		{access.Scope{}, 0, 9, "", false},
		{scope(1), 0, 2, "f2=f8# f1=f4", true},
	} {
		read(t, s, func(ctx context.Context, tx *store.Tx) error {
			pairs, more, err := tx.TwinPairs(ctx, c.scope, c.unit, c.limit)
			got := ""
			for i, p := range pairs {
				if i > 0 {
					got += " "
				}
				got += p.A.ID + "=" + seenID(p.B)
				if p.B.Number {
					got += "#"
				}
			}
			what := fmt.Sprint("pairs in ", c.scope.Roots(), " at ", c.unit, " of ", c.limit)
			equal(t, what, got, c.want)
			equal(t, what+": more", more, c.more)
			return err
		})
	}
}

func seenID(w store.Twin) string {
	if !w.Seen() {
		return "?"
	}
	return w.ID
}

func twinText(twins []store.Twin) (text string) {
	for _, w := range twins {
		text += " " + seenID(w)
		if w.Seen() {
			text += ":" + w.Name + ":" + w.UnitName
		} else if w != (store.Twin{Number: w.Number}) {
			text += " leaked"
		}
	}
	return text
}
