package app

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"time"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/store"
)

// A FeedEvent is a step that is due on a day for files of a unit.
type FeedEvent struct {
	ID       string // the same at every fetch
	Day      date.Date
	Act      admission.Code
	Unit     org.Code
	UnitName string
	Files    int
	Names    []string // of the candidates, where the account chose so
	File     string   // where there is one only
}

// A FeedCalendar is what stands in an account's calendar at a moment.
type FeedCalendar struct {
	At     date.Instant
	Events []FeedEvent
}

// How far a calendar looks, in days, and how many files it reads at a desk.
const (
	feedBack  = 35
	feedAhead = 366
	maxFeed   = 3000
)

// NewFeed gives the actor's calendar a new secret address and returns its token, which is
// shown once; an address from before ends.
func (a *App) NewFeed(ctx context.Context, who Actor) (token string, err error) {
	b := make([]byte, 32)
	if _, err := rand.Read(b); err != nil {
		return "", fmt.Errorf("feed: %w", err)
	}
	token = base64.RawURLEncoding.EncodeToString(b)
	err = a.ownReminders(ctx, who, func(tx *store.Tx) error {
		f, err := tx.FeedOf(ctx, who.ID)
		if err != nil && errs.KindOf(err) != errs.NotFound {
			return err
		}
		if err := tx.SetFeed(ctx, store.Feed{Account: who.ID, Hash: tokenHash(token), Names: f.Names, Made: a.now()}); err != nil {
			return err
		}
		return a.feedAudit(ctx, tx, who, "renewed")
	})
	return token, err
}

// EndFeed ends the address of the actor's calendar.
func (a *App) EndFeed(ctx context.Context, who Actor) error {
	return a.ownReminders(ctx, who, func(tx *store.Tx) error {
		if err := tx.EndFeed(ctx, who.ID); err != nil {
			return err
		}
		return a.feedAudit(ctx, tx, who, "ended")
	})
}

// NameFeed says whether names of candidates stand in the actor's calendar, which then
// leave the program.
func (a *App) NameFeed(ctx context.Context, who Actor, names bool) error {
	return a.ownReminders(ctx, who, func(tx *store.Tx) error {
		if err := tx.NameFeed(ctx, who.ID, names); err != nil {
			return err
		}
		return a.feedAudit(ctx, tx, who, map[bool]string{true: "with names", false: "without names"}[names])
	})
}

func (a *App) feedAudit(ctx context.Context, tx *store.Tx, who Actor, what string) error {
	return appendAudit(ctx, tx, a.now(), who, "account.feed", "", record{object: "account/" + who.ID, after: what})
}

// Feed returns the calendar under a token. It fails with NotFound where there is none,
// and with TooMany where an address asked for such too often. Rights are those of the
// moment: of a closed account, or one without grants, it is empty.
func (a *App) Feed(ctx context.Context, token, address string) (FeedCalendar, error) {
	key := "feed:" + address
	if err := a.feedOpen(ctx, key); err != nil {
		return FeedCalendar{}, err
	}
	c, err := a.feed(ctx, token)
	if errs.KindOf(err) != errs.NotFound {
		return c, err
	}
	return c, errors.Join(a.store.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.AddLoginFailure(ctx, key, a.now(), a.now().Add(-loginWindow))
		return err
	}), err)
}

// feedFailures is after how many wrong tokens within the window of log-ins an address has
// to wait; an office shares one, and old addresses go on being asked for.
const feedFailures = 60

func (a *App) feedOpen(ctx context.Context, key string) error {
	return a.store.Read(ctx, func(tx *store.Tx) error {
		n, first, err := tx.LoginFailures(ctx, key, a.now().Add(-loginWindow))
		if err == nil && n >= feedFailures {
			wait := loginWindow - a.now().Time().Sub(first.Time())
			err = errs.E(errs.TooMany, "reminder.feed.too_many", "minutes", int(wait/time.Minute)+1)
		}
		return err
	})
}

func (a *App) feed(ctx context.Context, token string) (c FeedCalendar, err error) {
	c.At = a.now()
	err = a.store.Read(ctx, func(tx *store.Tx) error {
		f, err := tx.FeedByHash(ctx, tokenHash(token))
		if err != nil {
			return err
		}
		acc, rows, err := tx.AccountWithGrants(ctx, f.Account)
		who, err := actor(acc, rows, "feed", err)
		if errs.KindOf(err) == errs.Unauthorized {
			return nil
		}
		if err != nil {
			return err
		}
		today, err := a.today(ctx, tx)
		if err != nil {
			return err
		}
		r := &reading{Tx: tx, Today: today, who: who}
		files, err := r.feedFiles(ctx)
		c.Events = feedEvents(who.ID, files, f.Names)
		return err
	})
	return c, err
}

// feedFiles are the files that wait at the actor's own desks.
func (r *reading) feedFiles(ctx context.Context) ([]store.FileRow, error) {
	home, err := r.home(ctx)
	if err != nil {
		return nil, err
	}
	var out []store.FileRow
	for _, d := range []struct {
		right access.Right
		desk  admission.Desk
	}{{access.RecordBranch, admission.DeskBranch}, {access.RecordBase, admission.DeskBase}, {access.RecordBoard, admission.DeskBoard}} {
		if d.desk == admission.DeskBranch && !r.sitsAtBranch(home) {
			continue // who looks after many branches does not keep their calendars
		}
		s, err := r.scopeFor(ctx, d.right)
		if err != nil {
			return nil, err
		}
		if s.Empty() {
			continue
		}
		rows, err := r.DueRows(ctx, s, store.DueFilter{Desk: d.desk, From: r.Today.AddDays(-feedBack), To: r.Today.AddDays(feedAhead), Limit: maxFeed})
		if err != nil {
			return nil, err
		}
		out = append(out, rows...)
	}
	return out, nil
}

// feedEvents gathers files of one unit whose same step is due on the same day.
func feedEvents(account string, files []store.FileRow, names bool) []FeedEvent {
	type key struct {
		unit org.Code
		act  admission.Code
		day  date.Date
	}
	at := map[key]int{}
	var out []FeedEvent
	for _, f := range files {
		k := key{f.UnitCode, f.NextAct, f.NextDue}
		i, ok := at[k]
		if !ok {
			i = len(out)
			at[k] = i
			sum := sha256.Sum256(fmt.Appendf(nil, "%s|%s|%s|%s", account, k.unit, k.act, k.day))
			out = append(out, FeedEvent{ID: hex.EncodeToString(sum[:12]), Day: f.NextDue, Act: f.NextAct, Unit: f.UnitCode, UnitName: f.UnitName, File: f.ID})
		}
		e := &out[i]
		if e.Files++; e.Files > 1 {
			e.File = ""
		}
		if names {
			e.Names = append(e.Names, f.Name)
		}
	}
	slices.SortFunc(out, func(x, y FeedEvent) int {
		return cmp.Or(x.Day.Compare(y.Day), cmp.Compare(x.Unit, y.Unit), cmp.Compare(x.Act, y.Act))
	})
	return out
}
