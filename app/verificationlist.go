package app

import (
	"cmp"
	"context"
	"slices"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/org"
	"ketnap/store"
)

// A VerificationWindow says which open requests a list shows, by the day they are due.
type VerificationWindow string

// Windows.
const (
	AnyDue    VerificationWindow = ""
	Past      VerificationWindow = "overdue"
	WithinAWk VerificationWindow = "7"
	WithinAMo VerificationWindow = "30"
)

// has reports whether a due day lies in the window. A request that nobody received yet is
// due on no day and stands in the whole list only.
func (w VerificationWindow) has(due, today date.Date) bool {
	switch w {
	case Past:
		return !due.IsZero() && due.Before(today)
	case WithinAWk:
		return !due.IsZero() && !due.Before(today) && !due.After(today.AddDays(7))
	case WithinAMo:
		return !due.IsZero() && !due.Before(today) && !due.After(today.AddDays(30))
	}
	return true
}

// An OpenRequest is a request of a file whose answer is still to come.
type OpenRequest struct {
	File    store.FileRow
	Subject admission.Subject
	Request admission.Request // without an id where the acts of the file alone tell of it
	Term    admission.Deadline
}

// A VerificationList is the open requests of a unit's subtree, by due day, and the files
// about which nothing was sent yet.
type VerificationList struct {
	Unit     org.Unit
	Line     []org.Unit
	Today    date.Date
	Calendar date.Calendar
	Open     []OpenRequest
	Counts   map[VerificationWindow]int
	Waiting  []store.FileRow // at work on their papers: a first request may be sent
	More     bool            // there are more files than were read
	May      bool            // the actor records verifications here
}

// maxVerificationList is how many files the list reads.
const maxVerificationList = 2000

// OpenVerifications lists the open requests of a unit's subtree.
func (a *App) OpenVerifications(ctx context.Context, who Actor, unit string, window VerificationWindow) (p VerificationList, err error) {
	err = a.read(ctx, who, access.SeeFile, func(r *reading) error {
		var line []org.UnitNo
		if p.Unit, line, err = r.unit(ctx, unit); err != nil {
			return err
		}
		if p.Line, err = r.LineUnits(ctx, p.Unit.No); err != nil {
			return err
		}
		world, err := a.world(ctx, r.Tx, p.Unit.No, r.Today, r.Today)
		if err != nil {
			return err
		}
		files, err := r.VerificationFiles(ctx, r.Scope, p.Unit.No, []admission.Stage{admission.Applying, admission.Verifying, admission.Held}, maxVerificationList)
		if err != nil {
			return err
		}
		p.Today, p.Calendar, p.Counts = r.Today, world.Calendar, map[VerificationWindow]int{}
		p.More, p.May = len(files) == maxVerificationList, who.may(access.RecordBranch, r.Today, line)
		for _, f := range files {
			if f.Row.Stage == admission.Applying {
				p.Waiting = append(p.Waiting, f.Row)
			}
			for _, q := range verificationOpen(f, world) {
				for _, w := range []VerificationWindow{AnyDue, Past, WithinAWk, WithinAMo} {
					if w.has(q.Term.Due, r.Today) {
						p.Counts[w]++
					}
				}
				if window.has(q.Term.Due, r.Today) {
					p.Open = append(p.Open, q)
				}
			}
		}
		slices.SortStableFunc(p.Open, func(x, y OpenRequest) int {
			return cmp.Or(cmp.Compare(b2i(x.Term.Due.IsZero()), b2i(y.Term.Due.IsZero())), x.Term.Due.Compare(y.Term.Due))
		})
		return nil
	})
	return p, err
}

// verificationOpen are those of one file; where none was recorded, what its acts tell.
func verificationOpen(f store.VerifiedFile, w admission.World) []OpenRequest {
	var out []OpenRequest
	v := admission.VerificationOf(f.File, f.Steps)
	for _, u := range v.Subjects {
		for _, q := range u.Requests {
			if q.Open() {
				out = append(out, OpenRequest{File: f.Row, Subject: u, Request: q, Term: f.File.RequestDeadline(w, q)})
			}
		}
	}
	if q, ok := f.File.RequestOfActs(); ok && len(v.Requests()) == 0 {
		out = append(out, OpenRequest{File: f.Row, Subject: v.Subjects[0], Request: q, Term: f.File.RequestDeadline(w, q)})
	}
	return out
}
