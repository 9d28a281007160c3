package app_test

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"ketnap/access"
	"ketnap/app"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/store"
)

// waits lays the next step of a file at a desk until a day, as its acts would.
func (e engine) waits(id, desk, rule string, due date.Date) {
	e.t.Helper()
	e.must(e.store.Write(e.t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec(e.t.Context(), `UPDATE admission_file SET press_act = 'branch_resolution', press_who = $1, press_rule = $2, press_due = $3 WHERE realm = 1 AND id = $4`, desk, rule, due, id)
		return err
	}))
}

// reminded lists the new and the seen reminders of an actor by name and moment.
func (e engine) reminded(who app.Actor) string {
	e.t.Helper()
	p, err := e.Reminders(e.t.Context(), who)
	e.must(err)
	var out []string
	for _, x := range p.New {
		out = append(out, x.Row.Name+" "+x.Moment)
	}
	for _, x := range p.Seen {
		out = append(out, "("+x.Row.Name+" "+x.Moment+")")
	}
	n, err := e.CountReminders(e.t.Context(), who)
	e.must(err)
	if n != len(p.New) {
		e.t.Errorf("%d reminders are counted, %d are new", n, len(p.New))
	}
	return strings.Join(out, ", ")
}

func (e engine) remind() app.ReminderRun {
	e.t.Helper()
	n, err := e.Remind(e.t.Context())
	e.must(err)
	return n
}

func (e engine) wantReminded(what string, who app.Actor, want string) {
	e.t.Helper()
	if got := e.reminded(who); got != want {
		e.t.Errorf("%s: %s is reminded of %q, want %q", what, who.Login, got, want)
	}
}

func TestRemindersGoToWhomTheyConcernAndNoneTwice(t *testing.T) {
	t.Parallel()
	for _, engine := range engines {
		t.Run(engine.name, func(t *testing.T) {
			t.Parallel()
			e := newEngine(t, engine.config(t))
			e.units()
			branch, base := e.person("hoa", access.BranchSecretary, "K01.01"), e.person("binh", access.BaseOffice, "K01")
			board, admin := e.person("cuc", access.OrgBoard, "K"), e.person("quan", access.Admin, "K")
			soon, late := e.open(base, "K01.01", "Lê An").File.ID, e.open(base, "K01.01", "Lê Bình").File.ID
			alone, above := e.open(base, "K01.02", "Lê Cúc").File.ID, e.open(base, "K01.02", "Lê Dũng").File.ID
			long := e.open(base, "K01.01", "Lê Em").File.ID
			e.waits(soon, "branch", "DL-30", engineDay.AddDays(5))
			e.waits(late, "branch", "DL-30", engineDay.AddDays(-7))
			e.waits(alone, "branch", "DL-30", engineDay.AddDays(30)) // the branch has no account
			e.waits(above, "board", "DL-70", engineDay)
			e.waits(long, "branch", "DL-30", engineDay.AddDays(-90)) // lists have it, nobody is reminded any more
			for range 2 {
				e.remind()
				e.wantReminded("made", branch, "Lê Bình w1, Lê An d7")
				e.wantReminded("made", base, "Lê Bình w1, Lê Cúc d30")
				e.wantReminded("made", board, "Lê Dũng d0")
			}
			if _, err := e.Reminders(t.Context(), admin); errs.KindOf(err) != errs.NotFound {
				t.Errorf("an administrator: %v", err)
			}
			if n, err := e.CountReminders(t.Context(), admin); n != 0 || err != nil {
				t.Errorf("an administrator: %d, %v", n, err)
			}

			p, err := e.Reminders(t.Context(), branch)
			e.must(err)
			e.must(e.SeeReminders(t.Context(), base, []string{p.New[0].ID})) // of another account: nothing
			e.must(e.SeeReminders(t.Context(), branch, []string{p.New[1].ID}))
			e.remind()
			e.wantReminded("after one was seen", branch, "Lê Bình w1, (Lê An d7)")

			e.waits(soon, "branch", "DL-30", engineDay.AddDays(20)) // the day was moved
			e.waits(late, "base", "DL-70", engineDay.AddDays(60))   // the step was done
			e.wantReminded("at once after a step", branch, "")
			if n := e.remind(); n.Closed != 3 {
				t.Errorf("%d reminders are closed, want 3", n.Closed)
			}
			e.wantReminded("of the new day", branch, "Lê An d30")

			e.must(e.ChooseReminders(t.Context(), branch, []app.ReminderMoment{app.MomentDay}))
			e.wantReminded("of what is wanted", branch, "")
		})
	}
}

func TestADueListIsCountedAsItIsListed(t *testing.T) {
	t.Parallel()
	e := newEngine(t, engines[0].config(t))
	e.units()
	base, branch := e.person("binh", access.BaseOffice, "K01"), e.person("hoa", access.BranchSecretary, "K01.01")
	for i, days := range []int{-1, 0, 7, 8, 30, 31} {
		id := e.open(base, []string{"K01.01", "K01.02"}[i%2], fmt.Sprint("Lê Thị ", string(rune('A'+i)))).File.ID
		e.waits(id, []string{"branch", "base"}[i/3], []string{"DL-30", "DL-70"}[i/3], engineDay.AddDays(days))
	}
	for _, c := range []struct {
		name string
		f    app.DueFilter
		rows int
		sum  app.DueSum
	}{
		{"overdue", app.DueFilter{Unit: "K01"}, 1, app.DueSum{Late: 1, Week: 2, Month: 4}},
		{"within a week", app.DueFilter{Unit: "K01", Window: app.DueWeek}, 2, app.DueSum{Late: 1, Week: 2, Month: 4}},
		{"within a month", app.DueFilter{Unit: "K01", Window: app.DueMonth}, 4, app.DueSum{Late: 1, Week: 2, Month: 4}},
		{"at a desk", app.DueFilter{Unit: "K01", Window: app.DueMonth, Desk: "base"}, 2, app.DueSum{Month: 2}},
		{"by a rule", app.DueFilter{Unit: "K01", Window: app.DueMonth, Rule: "DL-30"}, 2, app.DueSum{Late: 1, Week: 2, Month: 2}},
		{"of a branch", app.DueFilter{Unit: "K01.01", Window: app.DueMonth}, 2, app.DueSum{Late: 1, Week: 1, Month: 2}},
	} {
		p, err := e.Due(t.Context(), base, c.f)
		e.must(err)
		if len(p.Rows) != c.rows || p.Sum != c.sum {
			t.Errorf("%s: %d rows, %+v; want %d, %+v", c.name, len(p.Rows), p.Sum, c.rows, c.sum)
		}
		var units app.DueSum
		for _, u := range p.Units {
			units = units.Plus(u.Sum)
		}
		if c.f.Unit == "K01" && units != (app.DueSum{Late: 1, Week: 2, Month: 4}) {
			t.Errorf("%s: the units add up to %+v", c.name, units)
		}
	}
	if _, err := e.Due(t.Context(), branch, app.DueFilter{Unit: "K01"}); errs.KindOf(err) != errs.NotFound {
		t.Errorf("of a unit out of reach: %v", err)
	}
}

func TestACalendarShowsWhatIsTheAccountsOwnNow(t *testing.T) {
	t.Parallel()
	e := newEngine(t, engines[0].config(t))
	ctx := context.WithoutCancel(t.Context())
	e.units()
	branch, base := e.person("hoa", access.BranchSecretary, "K01.01"), e.person("binh", access.BaseOffice, "K01")
	for i, name := range []string{"Lê An", "Lê Bình", "Lê Cúc"} {
		e.waits(e.open(base, []string{"K01.01", "K01.01", "K01.02"}[i], name).File.ID, "branch", "DL-30", engineDay.AddDays(5))
	}
	token, err := e.NewFeed(ctx, branch)
	e.must(err)
	events := func(what string, want string) {
		t.Helper()
		c, err := e.Feed(ctx, token, "10.0.0.1")
		e.must(err)
		var got []string
		for _, x := range c.Events {
			got = append(got, fmt.Sprint(x.Day, " ", x.Act, " ", x.Unit, " ", x.Files, " ", strings.Join(x.Names, "+")))
		}
		if strings.Join(got, "; ") != want {
			t.Errorf("%s: %q, want %q", what, got, want)
		}
	}
	day := engineDay.AddDays(5).String()
	events("without names", day+" branch_resolution K01.01 2 ")
	e.must(e.NameFeed(ctx, branch, true))
	events("with names", day+" branch_resolution K01.01 2 Lê An+Lê Bình")
	if _, err := e.Feed(ctx, token+"x", "10.0.0.1"); errs.KindOf(err) != errs.NotFound {
		t.Errorf("another address: %v", err)
	}
	old := token
	token, err = e.NewFeed(ctx, branch)
	e.must(err)
	if _, err := e.Feed(ctx, old, "10.0.0.1"); errs.KindOf(err) != errs.NotFound {
		t.Errorf("the address of before: %v", err)
	}
	events("the choice stays", day+" branch_resolution K01.01 2 Lê An+Lê Bình")
	e.must(e.DisableAccount(ctx, app.System("t"), branch.ID, true))
	events("of a closed account", "")
	e.must(e.DisableAccount(ctx, app.System("t"), branch.ID, false))
	e.must(e.EndFeed(ctx, branch))
	for range 60 {
		if _, err := e.Feed(ctx, token, "10.0.0.2"); errs.KindOf(err) != errs.NotFound {
			t.Fatalf("an address that was ended: %v", err)
		}
	}
	if _, err := e.Feed(ctx, token, "10.0.0.2"); errs.KindOf(err) != errs.TooMany {
		t.Errorf("asked too often: %v", err)
	}
}

func TestAChangeOfTheRegulationHasDaysDrawnAnew(t *testing.T) {
	t.Parallel()
	e := newEngine(t, engines[0].config(t))
	e.units()
	admin := e.person("quan", access.Admin, "K")
	e.change(termChange("DL-40", 20, 0, "2026-12-01"))
	jobs, err := e.Jobs(t.Context(), admin)
	e.must(err)
	if len(jobs.Waiting) != 1 || !jobs.Waiting[0].Redraw || jobs.Waiting[0].Because == "" {
		t.Fatalf("there wait %+v", jobs.Waiting)
	}
	run, err := e.StartJobs(t.Context(), slog.New(slog.DiscardHandler))
	e.must(err)
	end := time.After(30 * time.Second)
	for kinds := ""; !strings.Contains(kinds, "redraw") || !strings.Contains(kinds, "remind"); {
		select {
		case <-end:
			t.Fatalf("done: %s", kinds)
		case <-time.After(20 * time.Millisecond):
		}
		jobs, err = e.Jobs(t.Context(), admin)
		e.must(err)
		kinds = ""
		for _, j := range jobs.Done {
			kinds += j.Kind + " "
		}
	}
	e.must(run.Stop(context.WithoutCancel(t.Context())))
	if len(jobs.Dead)+len(jobs.Failing) > 0 {
		t.Errorf("dead %+v, failing %+v", jobs.Dead, jobs.Failing)
	}
	if err := e.RetryJob(t.Context(), admin, jobs.Done[0].ID+99); errs.KindOf(err) != errs.NotFound {
		t.Errorf("a job that is not there: %v", err)
	}
}
