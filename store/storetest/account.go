package storetest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/store"
)

// account enters an account for the tests that need one.
func account(t *testing.T, s *store.Store, id string) {
	t.Helper()
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.CreateAccount(ctx, store.Account{ID: id, Login: "login-" + id, Name: "Trần Thị Đào", Password: "hash", Lang: "vi", MustChange: true, Created: at(0)})
	})
}

func testAccounts(t *testing.T, s *store.Store) {
	Block(t, s)
	account(t, s, "b")
	account(t, s, "a")
	err := s.Write(t.Context(), func(tx *store.Tx) error {
		return tx.CreateAccount(t.Context(), store.Account{ID: "c", Login: "login-a", Created: at(0)})
	})
	kind(t, "a login twice", err, errs.Conflict)
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		kind(t, "the password of nobody", tx.SetPassword(ctx, "x", "h", false), errs.NotFound)
		for _, err := range []error{
			tx.SetPassword(ctx, "a", "new", false), tx.SetDisabled(ctx, "a", true), tx.SetLang(ctx, "a", "en"),
			tx.AddGrant(ctx, store.GrantRow{ID: "g1", Account: "a", Role: "branch_secretary", Unit: 3, From: day}),
			tx.AddGrant(ctx, store.GrantRow{ID: "g2", Account: "a", Role: "base_office", Unit: 2, From: day.AddDays(-9)}),
			tx.EndGrant(ctx, "g2", day.AddDays(-1)),
		} {
			if err != nil {
				return err
			}
		}
		return nil
	})
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		a, err := tx.AccountByLogin(ctx, "login-a")
		equal(t, "account", a, store.Account{ID: "a", Login: "login-a", Name: "Trần Thị Đào", Password: "new", Lang: "en", Disabled: true, Created: at(0)})
		if err != nil {
			return err
		}
		same, err := tx.AccountByID(ctx, "a")
		equal(t, "account by id", same, a)
		if err != nil {
			return err
		}
		_, err = tx.AccountByLogin(ctx, "nobody")
		kind(t, "an unknown login", err, errs.NotFound)
		n, err := tx.CountAccounts(ctx)
		equal(t, "number of accounts", n, 2)
		if err != nil {
			return err
		}
		all, err := tx.Accounts(ctx)
		if err != nil || len(all) != 2 || all[0].ID != "a" {
			t.Errorf("accounts: %v, %v", all, err)
		}
		grants, err := tx.Grants(ctx, "a")
		equal(t, "grants", fmt.Sprint(grants), fmt.Sprint([]store.GrantRow{
			{ID: "g2", Account: "a", Role: "base_office", Unit: 2, From: day.AddDays(-9), To: day.AddDays(-1)},
			{ID: "g1", Account: "a", Role: "branch_secretary", Unit: 3, From: day},
		}))
		if err != nil {
			return err
		}
		here, err := tx.GrantsAt(ctx, org.UnitNo(3))
		equal(t, "grants on a unit", len(here), 1)
		return err
	})
}

func testLoginFailures(t *testing.T, s *store.Store) {
	for _, c := range []struct{ minute, want int }{{0, 1}, {1, 2}, {14, 3}, {16, 1}, {17, 2}} {
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			n, err := tx.AddLoginFailure(ctx, "an", at(c.minute), at(c.minute-15))
			equal(t, fmt.Sprint("failures at minute ", c.minute), n, c.want)
			return err
		})
	}
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		n, first, err := tx.LoginFailures(ctx, "an", at(10))
		equal(t, "failures", n, 2)
		equal(t, "since", first, at(16))
		if err != nil {
			return err
		}
		n, _, err = tx.LoginFailures(ctx, "an", at(17))
		equal(t, "failures that lie too far back", n, 0)
		if err != nil {
			return err
		}
		if err := tx.DropLoginFailures(ctx, at(16)); err != nil {
			return err
		}
		n, _, err = tx.LoginFailures(ctx, "an", at(0))
		equal(t, "failures kept", n, 2)
		if err != nil {
			return err
		}
		if err := tx.ClearLoginFailures(ctx, "an"); err != nil {
			return err
		}
		n, _, err = tx.LoginFailures(ctx, "an", at(0))
		equal(t, "failures after a log-in", n, 0)
		return err
	})
}

func testTokens(t *testing.T, s *store.Store) {
	account(t, s, "a")
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.AddToken(ctx, store.APIToken{ID: "k", Hash: "h", Account: "a", Created: at(0), Expires: at(90)})
	})
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		k, err := tx.TokenByHash(ctx, "h", at(89))
		equal(t, "account of the token", k.Account, "a")
		if err != nil {
			return err
		}
		_, err = tx.TokenByHash(ctx, "h", at(90))
		kind(t, "a token that has ended", err, errs.NotFound)
		_, err = tx.TokenByHash(ctx, "other", at(1))
		kind(t, "a token that never was", err, errs.NotFound)
		if err := tx.RevokeToken(ctx, "k", at(5)); err != nil {
			return err
		}
		kind(t, "revoked twice", tx.RevokeToken(ctx, "k", at(6)), errs.NotFound)
		_, err = tx.TokenByHash(ctx, "h", at(7))
		kind(t, "a token that was revoked", err, errs.NotFound)
		all, err := tx.Tokens(ctx, "a")
		equal(t, "tokens", fmt.Sprint(all), fmt.Sprint([]store.APIToken{{ID: "k", Hash: "h", Account: "a", Created: at(0), Expires: at(90), Revoked: at(5)}}))
		return err
	})
}

func testAnswers(t *testing.T, s *store.Store) {
	account(t, s, "a")
	a := store.Answer{Account: "a", Key: "k", Request: "r", Status: 201, Body: []byte(`{"ok":true}`), Created: at(0)}
	write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.KeepAnswer(ctx, a) })
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, found, err := tx.KeptAnswer(ctx, "a", "k", at(24*60-1))
		equal(t, "found within a day", found, true)
		equal(t, "the answer", fmt.Sprint(got), fmt.Sprint(a))
		if err != nil {
			return err
		}
		kind(t, "the key again", tx.KeepAnswer(ctx, a), errs.Conflict)
		_, found, err = tx.KeptAnswer(ctx, "a", "k", at(24*60))
		equal(t, "found after a day", found, false)
		if err != nil {
			return err
		}
		a.Created, a.Status = at(24*60), 409
		if err := tx.KeepAnswer(ctx, a); err != nil {
			return err
		}
		if err := tx.DropAnswers(ctx, at(24*60)); err != nil {
			return err
		}
		got, found, err = tx.KeptAnswer(ctx, "a", "k", at(24*60+1))
		equal(t, "the key is free after a day", found && got.Status == 409, true)
		if err != nil {
			return err
		}
		if err := tx.DropAnswers(ctx, at(48*60)); err != nil {
			return err
		}
		_, found, err = tx.KeptAnswer(ctx, "a", "k", at(24*60+1))
		equal(t, "found after it was erased", found, false)
		return err
	})
}

func testSessions(t *testing.T, s *store.Store) {
	account(t, s, "a")
	now := at(0)
	sessions := s.Sessions(func() date.Instant { return now })
	commit := func(token string, values map[string]any, minutes int) {
		t.Helper()
		data, err := store.SessionCodec{}.Encode(at(minutes).Time(), values)
		if err == nil {
			err = sessions.Commit(token, data, at(minutes).Time())
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	found := func(what, token string, want bool) {
		t.Helper()
		data, ok, err := sessions.Find(token)
		if err != nil || ok != want || (len(data) > 0) != want {
			t.Errorf("%s: %v, %v", what, ok, err)
		}
	}
	commit("t1", map[string]any{"x": "y"}, 30)
	found("a session", "t1", true)
	found("an unknown session", "t9", false)
	commit("t1", map[string]any{store.SessionAccount: "a"}, 60)
	commit("t2", map[string]any{store.SessionAccount: "a"}, 60)
	commit("t3", map[string]any{}, 60)
	write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.EndSessions(ctx, "a", "t2") })
	found("another session of the account", "t1", false)
	found("the session that changes the password", "t2", true)
	found("the session of nobody", "t3", true)
	if err := sessions.Delete("t3"); err != nil {
		t.Fatal(err)
	}
	found("a session that was ended", "t3", false)
	now = now.Add(time.Hour)
	found("a session whose time is over", "t2", false)
	if err := sessions.Clean(t.Context()); err != nil {
		t.Fatal(err)
	}
	now = at(0)
	found("a session that was cleaned away", "t2", false)
}

func testSettings(t *testing.T, s *store.Store) {
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, v := range []store.Setting{
			{ID: "stuck_months", From: day, Value: "2", Reason: "slip"},
			{ID: "stuck_months", From: day, Value: "4", Reason: "708-CV/ĐUK"},
			{ID: "stuck_months", From: day.AddDays(10), Value: "5"},
			{ID: "counting_event", From: day, Value: "ceremony"},
		} {
			if err := tx.SetSetting(ctx, v); err != nil {
				return err
			}
		}
		for _, h := range []store.Holiday{
			{On: day, Off: true, Name: "Nghỉ bù", Source: "x"},
			{On: day, Off: false, Name: "Làm bù", Source: "y", Announced: day.AddDays(-30)},
			{On: day.AddDays(-3), Off: true, Name: "Nghỉ", Source: "z"},
		} {
			if err := tx.SetHoliday(ctx, h); err != nil {
				return err
			}
		}
		kind(t, "a holiday that is none", tx.DropHoliday(ctx, day.AddDays(7)), errs.NotFound)
		return nil
	})
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		for offset, want := range map[int]string{-1: "", 0: "4", 9: "4", 10: "5"} {
			v, ok, err := tx.SettingOn(ctx, "stuck_months", day.AddDays(offset))
			if err != nil {
				return err
			}
			equal(t, fmt.Sprint("setting on day ", offset), v.Value, want)
			equal(t, "is there one", ok, want != "")
		}
		all, err := tx.Settings(ctx)
		if err != nil || len(all) != 3 || all[0].ID != "counting_event" {
			t.Errorf("settings: %v, %v", all, err)
		}
		days, err := tx.Holidays(ctx)
		equal(t, "holidays", fmt.Sprint(days), fmt.Sprint([]store.Holiday{
			{On: day.AddDays(-3), Off: true, Name: "Nghỉ", Source: "z"},
			{On: day, Off: false, Name: "Làm bù", Source: "y", Announced: day.AddDays(-30)},
		}))
		return err
	})
}
