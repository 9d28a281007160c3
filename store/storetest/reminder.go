package storetest

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/internal/job"
	"ketnap/org"
	"ketnap/store"
)

// dueFiles enters files with due days around day: at the branches 3 and 4 and at 5.
func dueFiles(t *testing.T, s *store.Store) {
	t.Helper()
	Block(t, s)
	enter(t, s, []made{
		{id: "a", unit: 3, name: "Lê An", stage: admission.Ready, pressDesk: admission.DeskBranch, pressDue: day.AddDays(-3)},
		{id: "b", unit: 3, name: "Lê Bình", stage: admission.BranchResolved, pressDesk: admission.DeskBase, pressDue: day},
		{id: "c", unit: 4, name: "Lê Cúc", stage: admission.BaseResolved, pressDesk: admission.DeskBoard, pressDue: day.AddDays(7)},
		{id: "d", unit: 4, name: "Lê Dũng", stage: admission.Ready, pressDesk: admission.DeskBranch, pressDue: day.AddDays(30)},
		{id: "e", unit: 5, name: "Lê Em", stage: admission.Ready, pressDesk: admission.DeskBranch, pressDue: day.AddDays(8)},
		{id: "f", unit: 5, name: "Lê Phú", stage: admission.Listed},
	})
	sql(t, s, `UPDATE admission_file SET press_rule = 'DL-30' WHERE press_who = 'branch'`, `UPDATE admission_file SET press_rule = 'DL-70' WHERE press_who <> 'branch'`)
}

func testDueLists(t *testing.T, s *store.Store) {
	dueFiles(t, s)
	for _, c := range []struct {
		name  string
		scope access.Scope
		f     store.DueFilter
		want  string
	}{
		{"all that have a day", scope(1), store.DueFilter{Limit: 9}, "a b c e d"},
		{"overdue", scope(1), store.DueFilter{To: day.AddDays(-1), Limit: 9}, "a"},
		{"within a week", scope(1), store.DueFilter{From: day, To: day.AddDays(7), Limit: 9}, "b c"},
		{"of a subtree", scope(1), store.DueFilter{Unit: 2, Limit: 9}, "a b c d"},
		{"of a branch", scope(1), store.DueFilter{Unit: 3, Limit: 9}, "a b"},
		{"at a desk", scope(1), store.DueFilter{Desk: admission.DeskBranch, Limit: 9}, "a e d"},
		{"by a rule", scope(1), store.DueFilter{Rule: "DL-70", Limit: 9}, "b c"},
		{"at most", scope(1), store.DueFilter{Limit: 2}, "a b"},
		{"within the scope", scope(4, 5), store.DueFilter{Limit: 9}, "c e d"},
		{"of a unit outside the scope", scope(4), store.DueFilter{Unit: 3, Limit: 9}, ""},
		{"without a scope", access.Scope{}, store.DueFilter{Limit: 9}, ""},
	} {
		read(t, s, func(ctx context.Context, tx *store.Tx) error {
			rows, err := tx.DueRows(ctx, c.scope, c.f)
			var ids []string
			for _, r := range rows {
				ids = append(ids, r.ID)
			}
			equal(t, c.name, strings.Join(ids, " "), c.want)
			return err
		})
	}
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		counts, err := tx.DueCounts(ctx, scope(1), 0, day, day.AddDays(7), day.AddDays(30))
		equal(t, "counts", fmt.Sprint(counts), "[{0 branch DL-30 1 0 2} {0 base DL-70 0 1 1} {0 board DL-70 0 1 1}]")
		if err != nil {
			return err
		}
		by, err := tx.DueByUnit(ctx, scope(1), 1, day, day.AddDays(7), day.AddDays(30))
		equal(t, "by unit", fmt.Sprint(by), "[{2 base  0 1 1} {2 board  0 1 1} {2 branch  1 0 1} {5 branch  0 0 1}]")
		if err != nil {
			return err
		}
		none, err := tx.DueByUnit(ctx, scope(2), 1, day, day.AddDays(7), day.AddDays(30))
		equal(t, "by unit outside the scope", len(none), 0)
		return err
	})
	movedDues(t, s)
}

func movedDues(t *testing.T, s *store.Store) {
	t.Helper()
	sql(t, s, `INSERT INTO deadline_change (realm, file_id, rule, from_on, changed_at, was_due, due, because) VALUES
		(1, 'a', 'DL-70', '2024-03-01', '2024-05-01T01:00:00.000000Z', '2024-05-24', '2024-05-27', 'x'),
		(1, 'a', 'DL-70', '2024-03-01', '2024-05-02T01:00:00.000000Z', '2024-05-27', '2024-05-28', 'y')`)
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		of, err := tx.MovedDues(ctx, []store.FileRow{{ID: "a"}, {ID: "b"}})
		if len(of["a"]) != 2 || len(of["b"]) != 0 {
			t.Fatalf("moved: %+v", of)
		}
		m := of["a"][0]
		equal(t, "the latest first", fmt.Sprint(m.Rule, m.Was, m.Due, m.Because), fmt.Sprint("DL-70", date.Must("2024-05-27"), date.Must("2024-05-28"), "y"))
		return err
	})
}

func remind(id, account, file string, due date.Date, moment string) store.Reminder {
	return store.Reminder{ID: id, Account: account, File: file, Kind: store.ReminderStep, Rule: "DL-30", Due: due, Moment: moment, MadeOn: day}
}

func reminders(t *testing.T, s *store.Store, what string, sc access.Scope, account string, unwanted []string, want string) {
	t.Helper()
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		all, err := tx.Reminders(ctx, sc, account, unwanted, 9)
		if err != nil {
			return err
		}
		var ids []string
		fresh := 0
		for _, r := range all {
			ids = append(ids, r.ID)
			if r.Seen.IsZero() {
				fresh++
			}
		}
		equal(t, "reminders "+what, strings.Join(ids, " "), want)
		n, err := tx.CountReminders(ctx, sc, account, unwanted)
		equal(t, "count "+what, n, fresh)
		return err
	})
}

func testReminders(t *testing.T, s *store.Store) {
	dueFiles(t, s)
	twice := func() {
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			return tx.AddReminders(ctx, []store.Reminder{
				remind("r1", "hoa", "a", day.AddDays(-3), "d0"), remind("r2", "hoa", "e", day.AddDays(8), "d30"),
				remind("r3", "hoa", "d", day.AddDays(29), "d30"), remind("r4", "mai", "a", day.AddDays(-3), "d0"),
			})
		})
	}
	twice()
	reminders(t, s, "that hold", scope(1), "hoa", nil, "r1 r2") // the day of d is another one
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.SeeReminders(ctx, "hoa", []string{"r1", "r4", "none", "x\x00"}, at(1))
	})
	twice()
	reminders(t, s, "made again", scope(1), "hoa", nil, "r1 r2")
	reminders(t, s, "of another account", scope(1), "mai", nil, "r4")
	reminders(t, s, "within the scope", scope(2), "hoa", nil, "r1")
	reminders(t, s, "that are wanted", scope(1), "hoa", []string{"d30", "w1"}, "r1")
	reminders(t, s, "without a scope", access.Scope{}, "hoa", nil, "")
	sql(t, s, `UPDATE admission_file SET press_rule = 'DL-70' WHERE id = 'a'`)
	reminders(t, s, "after the step was done", scope(1), "hoa", nil, "r2")
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		n, err := tx.CloseReminders(ctx, at(2))
		equal(t, "closed", n, 3)
		return err
	})
	sql(t, s, `UPDATE admission_file SET press_rule = 'DL-30' WHERE id = 'a'`)
	reminders(t, s, "that were closed stay so", scope(1), "hoa", nil, "r2")
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.PassReminders(ctx, store.ReminderStep, "d30", day.AddDays(9), day.AddDays(31), at(2))
	})
	reminders(t, s, "whose moment has passed", scope(1), "hoa", nil, "")
	write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.DropReminders(ctx, at(3)) })
	twice()
	reminders(t, s, "after the old ones were dropped", scope(1), "hoa", nil, "r1 r2")
	dueBetween(t, s)
}

func dueBetween(t *testing.T, s *store.Store) {
	t.Helper()
	sql(t, s, `UPDATE admission_file SET certificate_until = '2024-07-01' WHERE id IN ('a', 'b', 'f')`)
	for _, c := range []struct {
		name  string
		kind  store.ReminderKind
		after string
		limit int
		want  string
	}{
		{"steps by id", store.ReminderStep, "", 9, "a b c d e"},
		{"the next part", store.ReminderStep, "b", 2, "c d"},
		{"certificates that must last", store.ReminderCertificate, "", 9, "a"},
	} {
		read(t, s, func(ctx context.Context, tx *store.Tx) error {
			all, err := tx.DueBetween(ctx, c.kind, day.AddDays(-9), day.AddDays(60), c.after, c.limit)
			var ids []string
			for _, d := range all {
				ids = append(ids, d.ID)
			}
			equal(t, c.name, strings.Join(ids, " "), c.want)
			return err
		})
	}
}

func testReminderChoices(t *testing.T, s *store.Store) {
	Block(t, s)
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, id := range []string{"hoa", "mai", "an"} {
			if err := tx.CreateAccount(ctx, store.Account{ID: id, Login: id, Name: id, Created: at(0), Lang: "vi"}); err != nil {
				return err
			}
		}
		for i, g := range []store.GrantRow{
			{Account: "hoa", Role: "branch_secretary", Unit: 3, From: day}, {Account: "hoa", Role: "base_office", Unit: 2, From: day.AddDays(1)},
			{Account: "mai", Role: "base_office", Unit: 2, From: day, To: day}, {Account: "an", Role: "org_board", Unit: 1, From: day},
		} {
			g.ID = fmt.Sprint("g", i)
			if err := tx.AddGrant(ctx, g); err != nil {
				return err
			}
		}
		if err := tx.SetDisabled(ctx, "an", true); err != nil {
			return err
		}
		if err := tx.SetUnwantedReminders(ctx, "hoa", []string{"d30", "w1", "d30"}); err != nil {
			return err
		}
		return tx.SetUnwantedReminders(ctx, "hoa", []string{"w1", "d7"})
	})
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, err := tx.Recipients(ctx, day)
		equal(t, "recipients", fmt.Sprint(got), "[{mai base_office 2} {hoa branch_secretary 3}]")
		if err != nil {
			return err
		}
		parents, err := tx.UnitParents(ctx)
		equal(t, "parents", fmt.Sprint(parents), fmt.Sprint(map[org.UnitNo]org.UnitNo{1: 0, 2: 1, 3: 2, 4: 2, 5: 1, 6: 0}))
		if err != nil {
			return err
		}
		own, err := tx.UnwantedReminders(ctx, "hoa")
		equal(t, "unwanted", fmt.Sprint(own), "[d7 w1]")
		if err != nil {
			return err
		}
		all, err := tx.AllUnwantedReminders(ctx)
		equal(t, "all unwanted", fmt.Sprint(all), "map[hoa:[d7 w1]]")
		return err
	})
	feeds(t, s)
}

func feeds(t *testing.T, s *store.Store) {
	t.Helper()
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		kind(t, "names in no calendar", tx.NameFeed(ctx, "mai", true), errs.NotFound)
		if err := tx.SetFeed(ctx, store.Feed{Account: "hoa", Hash: "h1", Made: at(0)}); err != nil {
			return err
		}
		if err := tx.SetFeed(ctx, store.Feed{Account: "hoa", Hash: "h2", Made: at(1)}); err != nil {
			return err
		}
		return tx.NameFeed(ctx, "hoa", true)
	})
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.FeedByHash(ctx, "h1")
		kind(t, "the old address", err, errs.NotFound)
		f, err := tx.FeedByHash(ctx, "h2")
		equal(t, "the new address", fmt.Sprint(f.Account, f.Names), "hoatrue")
		if err != nil {
			return err
		}
		_, err = tx.FeedOf(ctx, "mai")
		kind(t, "an account without a calendar", err, errs.NotFound)
		f, err = tx.FeedOf(ctx, "hoa")
		equal(t, "the calendar of an account", f.Hash, "h2")
		return err
	})
	write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.EndFeed(ctx, "hoa") })
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.FeedByHash(ctx, "h2")
		kind(t, "an address that was ended", err, errs.NotFound)
		return nil
	})
}

func testJobs(t *testing.T, s *store.Store) {
	jobs := func(state job.State) (all []job.Entry) {
		read(t, s, func(ctx context.Context, tx *store.Tx) (err error) {
			all, err = tx.Jobs(ctx, state, 9)
			return err
		})
		return all
	}
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		for range 2 {
			if err := tx.Enqueue(ctx, job.Job{Kind: "remind", Once: job.WhileWaiting}); err != nil {
				return err
			}
		}
		return tx.Enqueue(ctx, job.Job{Kind: "redraw"})
	})
	waiting := jobs(job.Waiting)
	equal(t, "jobs that wait", len(waiting), 2)
	sql(t, s, `UPDATE river_job SET state = 'discarded', attempt = 8, finalized_at = '2024-05-27 01:00:00.000'`)
	dead := jobs(job.Dead)
	equal(t, "dead jobs", len(dead), 2)
	findings, err := s.Doctor(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, f := range findings {
		if f.Check == "job" {
			found++
		}
	}
	equal(t, "dead jobs that the doctor finds", found, 2)
	may := permit(access.ManageSetting, 0)
	for _, do := range []func(*store.Tx, access.Permit, int64) error{
		func(tx *store.Tx, p access.Permit, id int64) error { return tx.RetryJob(t.Context(), p, id) },
		func(tx *store.Tx, p access.Permit, id int64) error { return tx.DropJob(t.Context(), p, id) },
	} {
		change := func(p access.Permit, id int64) error {
			return s.Write(t.Context(), func(tx *store.Tx) error { return do(tx, p, id) })
		}
		kind(t, "without its permit", change(permit(access.SeeFile, 1), dead[0].ID), errs.Internal)
		kind(t, "no such job", change(may, 4711), errs.NotFound)
		if err := change(may, dead[0].ID); err != nil {
			t.Fatal(err)
		}
		dead = dead[1:]
	}
	equal(t, "after one was tried again", len(jobs(job.Waiting)), 1)
	equal(t, "after one was dropped", len(jobs(job.Dead)), 0)
}

// testPressingBeside holds that a duty shows at its desk although the next step is another's.
func testPressingBeside(t *testing.T, s *store.Store) {
	dueFiles(t, s)
	sql(t, s, `UPDATE admission_file SET press_act = 'base_resolution', press_who = 'base', press_due = '2024-06-03' WHERE id = 'a'`,
		`UPDATE admission_file SET press_act = next_act, press_who = 'base', press_due = '2024-06-01' WHERE id = 'b'`,
		`UPDATE admission_file SET press_act = next_act WHERE id <> 'a'`)
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, c := range []struct {
			by   string
			desk admission.Desk
			in   access.Scope
			want string
		}{
			{"2024-06-03", admission.DeskBase, scope(1), " a"}, {"2024-06-02", admission.DeskBase, scope(1), ""},
			{"2024-06-03", admission.DeskBranch, scope(1), ""}, {"2024-06-03", admission.DeskBase, scope(5), ""},
		} {
			rows, err := tx.PressingBeside(ctx, c.in, c.desk, date.Must(c.by), 10)
			got := ""
			for _, r := range rows {
				got += " " + r.ID
				equal(t, "the duty in the place of the step", r.NextAct, admission.BaseResolution)
			}
			equal(t, "duties of "+string(c.desk)+" by "+c.by, got, c.want)
			if err != nil {
				return err
			}
		}
		return nil
	})
}
