// Package app is the use cases of ketnap: what pages, the API and the command line ask
// for. Every one goes through the gate (gate.go), the one place of authorization,
// transaction and audit. It holds no rule of the regulation and no text of a page.
package app

import (
	"context"
	"fmt"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/org"
	"ketnap/store"
)

// An App answers to pages, the API and the command line. It may be used by many at once.
type App struct {
	store *store.Store
	clock func() time.Time
	book  atomic.Pointer[RuleBook] // the regulation as it was read last
	zone  *time.Location

	tallied tallyMemo   // figures of the forecast, by branch
	atOnce  int         // open files that one request or step looks at
	working atomic.Bool // jobs are done in this process
}

// Options are what an App needs beside its store.
type Options struct {
	Clock  func() time.Time // nil for the real one
	AtOnce int              // open files that one request, or one step of a rehearsal, looks at; 0 for 2000
}

// New returns an App on a store.
func New(s *store.Store, o Options) *App {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.AtOnce <= 0 {
		o.AtOnce = usualAtOnce
	}
	return &App{store: s, clock: o.Clock, zone: time.FixedZone("ICT", 7*60*60), atOnce: o.AtOnce}
}

func (a *App) now() date.Instant { return date.At(a.clock()) }

// Settings by id.
const (
	settingBusinessDay   = "business_day"   // freezes the day of business, for a demonstration
	settingCountingEvent = "counting_event" // decision or ceremony
	settingStuckMonths   = "stuck_months"   // months without an act after which a file is stuck
	settingHelperMonths  = "helper_months"  // months without a report after which a helper is silent
)

// EventDecision and EventCeremony are what an admission may be counted by (REP-05); the
// decision where nobody set another.
const (
	EventDecision = "decision"
	EventCeremony = "ceremony"
)

const (
	defaultStuckMonths  = 3
	defaultHelperMonths = 6
)

// Today returns the day of business, and whether it is frozen for a demonstration.
func (a *App) Today(ctx context.Context) (day date.Date, frozen bool, err error) {
	err = a.store.Read(ctx, func(tx *store.Tx) error {
		day, err = a.today(ctx, tx)
		frozen = day != a.realDay()
		return err
	})
	return day, frozen, err
}

func (a *App) realDay() date.Date { return date.Of(a.clock().In(a.zone)) }

// today is the day of business: the frozen one of a demonstration, or the day in Vietnam.
func (a *App) today(ctx context.Context, tx *store.Tx) (date.Date, error) {
	s, ok, err := tx.SettingOn(ctx, settingBusinessDay, a.realDay())
	if err != nil || !ok {
		return a.realDay(), err
	}
	d, err := date.Parse(s.Value)
	if err != nil {
		return d, fmt.Errorf("setting %s: %w", settingBusinessDay, err)
	}
	return d, nil
}

// dayOf is the day of business for one who reads: that of the entrance, a moment ago in
// the same request. Who writes is judged by the day that his transaction finds.
func (a *App) dayOf(ctx context.Context, tx *store.Tx, who Actor) (date.Date, error) {
	if !who.day.IsZero() {
		return who.day, nil
	}
	return a.today(ctx, tx)
}

// calendar is the one in the binary with the rows of the store over it (CAL-05).
func (a *App) calendar(ctx context.Context, tx *store.Tx) (date.Calendar, error) {
	b, err := a.rules(ctx, tx)
	if err != nil {
		return date.Calendar{}, err
	}
	return b.Calendar, nil
}

// Calendar returns the calendar in force, for the command line and the page of rules.
func (a *App) Calendar(ctx context.Context) (date.Calendar, error) {
	b, err := a.Rules(ctx)
	return b.Calendar, err
}

// countingEvent is what admissions are counted by on a day.
func (a *App) countingEvent(ctx context.Context, tx *store.Tx, day date.Date) (string, error) {
	s, ok, err := tx.SettingOn(ctx, settingCountingEvent, day)
	if err != nil || !ok {
		return EventDecision, err
	}
	return s.Value, nil
}

func (a *App) stuckMonths(ctx context.Context, tx *store.Tx, day date.Date) (int, error) {
	return monthsOf(ctx, tx, settingStuckMonths, defaultStuckMonths, day)
}

func (a *App) helperMonths(ctx context.Context, tx *store.Tx, day date.Date) (int, error) {
	return monthsOf(ctx, tx, settingHelperMonths, defaultHelperMonths, day)
}

// monthsOf is a setting that counts months.
func monthsOf(ctx context.Context, tx *store.Tx, id string, usual int, day date.Date) (int, error) {
	s, ok, err := tx.SettingOn(ctx, id, day)
	if err != nil || !ok {
		return usual, err
	}
	n, err := strconv.Atoi(s.Value)
	if err != nil {
		return 0, fmt.Errorf("setting %s: %w", id, err)
	}
	return n, nil
}

// world gathers what the state machine must know for a file of a branch, with the counts
// of the day on which an act is judged.
func (a *App) world(ctx context.Context, tx *store.Tx, branch org.UnitNo, today, on date.Date) (admission.World, error) {
	b, err := a.rules(ctx, tx)
	if err != nil {
		return admission.World{}, err
	}
	w := b.world(today, on)
	line, err := tx.LineUnits(ctx, branch)
	if err != nil {
		return w, err
	}
	above := org.AboveOf(line)
	w.Over = admission.Over{Sectional: above.Sectional != 0, Base: above.Base != 0}
	w.Closed, w.NoCompetent = line[0].ClosedOn, above.Competent == 0
	counts, err := tx.CountsOn(ctx, []org.UnitNo{branch, above.Base, above.Competent}, on)
	if err != nil {
		return w, err
	}
	w.Counts = admission.Counts{Branch: counts[branch][org.OfficialMembers],
		Base: counts[above.Base][org.CommitteeMembers], Standing: counts[above.Competent][org.StandingMembers]}
	return w, nil
}

// newID returns an id that sorts by the time at which it was made.
func newID() string { return uuid.Must(uuid.NewV7()).String() }

// desks maps the desk of an act to the right that sits there.
var desks = map[admission.Desk]access.Right{
	admission.DeskBranch: access.RecordBranch,
	admission.DeskBase:   access.RecordBase,
	admission.DeskBoard:  access.RecordBoard,
}
