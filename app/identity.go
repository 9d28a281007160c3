package app

import (
	"context"
	"encoding/json"
	"slices"
	"unicode/utf8"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/person"
	"ketnap/store"
)

// An IdentityPage is what one may know of a person's data while they are closed: which
// fields are filled, which may be entered, the consent, and the files that may be of the
// same person. Opened fills in the rest.
type IdentityPage struct {
	FilePage
	Version  int // 0 where nothing was entered yet
	Filled   []person.Field
	Moment   person.Moment
	Consents []Consent // the earliest first
	Twins    []Twin
	MayEdit  bool

	Opened  bool
	Details person.Details  // where it is opened
	Printed person.Identity // the same in words
}

// What pages show of it is what the store read (see types.go).
type (
	// Twin is another file that may be of the same person. Out of the reader's scope only
	// that there is one is told.
	Twin = store.Twin
	// TwinPair is two files that may be of the same person.
	TwinPair = store.TwinPair
	// Consent is that a person agreed to give the data, or took it back.
	Consent = store.Consent
	// ReligionRow is an entry laid over the list of religions, and why.
	ReligionRow = store.ReligionRow
)

// Closed reports whether a field may not be entered yet, and why.
func (p IdentityPage) Closed(f person.Field) (person.Warning, bool) { return p.Moment.Closed(f) }

// Identity returns the page of a person's data, closed. It fails with Forbidden for who
// sees the file but may not open the data.
func (a *App) Identity(ctx context.Context, who Actor, id string) (p IdentityPage, err error) {
	err = a.read(ctx, who, access.SeeFile, func(r *reading) error {
		p, err = a.identityPage(ctx, r, id)
		return err
	})
	return p, err
}

func (a *App) identityPage(ctx context.Context, r *reading, id string) (IdentityPage, error) {
	file, err := a.filePage(ctx, r, id)
	if err != nil {
		return IdentityPage{}, err
	}
	p := IdentityPage{FilePage: file, MayEdit: file.May(r.who, access.EditIdentity)}
	if !file.May(r.who, access.SeeIdentity) {
		return IdentityPage{}, errs.E(errs.Forbidden, "error.forbidden")
	}
	kept, err := r.Tx.Identity(ctx, id)
	if err != nil {
		return p, err
	}
	p.Version, p.Filled = kept.Version, kept.Filled()
	if p.Consents, err = r.Consents(ctx, id); err != nil {
		return p, err
	}
	p.Moment = identityMoment(file.File, p.Consents, r.Today)
	p.Twins, err = identityTwins(ctx, r.Tx, r.Scope, file.File, kept.Number)
	return p, err
}

// identityMoment is what decides which fields of a file's person may be entered.
func identityMoment(f admission.File, consents []store.Consent, today date.Date) person.Moment {
	applied := slices.ContainsFunc(f.Acts, func(a admission.Act) bool { return a.Code == admission.Apply && !a.Voided })
	n := len(consents)
	return person.Moment{Applied: applied, Agreed: n > 0 && !consents[n-1].Withdrawn, Birth: f.Birth, Today: today}
}

// OpenReasons are the reasons for which a person's data may be opened, in the order of
// the list; the last needs words of its own.
func OpenReasons() []string {
	return []string{"complete", "verify", "appraise", "print", "request", "inspect", openOther}
}

const openOther = "other"

// A Reason says why somebody opens a person's data.
type Reason struct {
	Code string // one of OpenReasons
	Note string
}

// longestNote is the most characters of the words of a reason.
const longestNote = 300

func (r Reason) check() error {
	switch {
	case !slices.Contains(OpenReasons(), r.Code):
		return errs.E(errs.Invalid, "identity.reason_missing").On("reason")
	case r.Code == openOther && r.Note == "":
		return errs.E(errs.Invalid, "identity.note_missing").On("note")
	case utf8.RuneCountInString(r.Note) > longestNote:
		return errs.E(errs.Invalid, "identity.note_long", "limit", longestNote).On("note")
	}
	return nil
}

// openRecord is what the audit keeps of an opening: why, and which fields were shown.
// Values never enter the record.
type openRecord struct {
	Reason string         `json:"reason"`
	Note   string         `json:"note,omitempty"`
	Fields []person.Field `json:"fields"`
}

// OpenIdentity opens a person's data for one look. The reading is on record before the
// answer is given (SEC-03, LAW-18). It fails with Invalid without a reason, and with
// Forbidden for who sees the file but may not open the data.
func (a *App) OpenIdentity(ctx context.Context, who Actor, id string, why Reason) (IdentityPage, error) {
	var kept store.IdentityRow
	var printed person.Identity
	err := a.write(ctx, who, identityOrder(ctx, access.SeeIdentity, id), func(w *writing) (record, error) {
		if err := why.check(); err != nil {
			return record{}, err
		}
		var err error
		if kept, err = w.Identity(ctx, id); err != nil {
			return record{}, err
		}
		if printed, err = a.identityFor(ctx, w.Tx, id); err != nil {
			return record{}, err
		}
		return record{object: "file/" + id, after: openRecord{why.Code, why.Note, kept.Filled()}, rules: "SEC-03 LAW-18"}, nil
	})
	if err != nil {
		return IdentityPage{}, err
	}
	p, err := a.Identity(ctx, who, id)
	if err != nil {
		return IdentityPage{}, err
	}
	p.Opened, p.Details, p.Printed, p.Version = true, kept.Details, printed, kept.Version
	return p, nil
}

// identityOrder is the order of a right on the unit of a file.
func identityOrder(ctx context.Context, right access.Right, file string) func(*store.Tx) (order, error) {
	return func(tx *store.Tx) (order, error) {
		unit, err := tx.FileUnit(ctx, file)
		return order{right: right, see: access.SeeFile, unit: unit, none: "file.none"}, err
	}
}

// identityFor returns the data of the person of a file as papers print them; what is not
// known is "". It writes nothing down: whoever prints records the print (LAW-16).
func (a *App) identityFor(ctx context.Context, tx *store.Tx, file string) (person.Identity, error) {
	kept, err := tx.Identity(ctx, file)
	if err != nil {
		return person.Identity{}, err
	}
	today, err := a.today(ctx, tx)
	if err != nil {
		return person.Identity{}, err
	}
	religions, _, err := identityReligions(ctx, tx, today)
	return kept.Print(religions), err
}

// An IdentityReading is one opening of a person's data.
type IdentityReading struct {
	At     date.Instant
	Name   string // of who opened it
	Login  string
	Reason Reason
	Fields []person.Field
}

// readingsShown is how many openings a page shows, the newest.
const readingsShown = 200

// IdentityReadings lists who opened the data of the person of a file, newest first
// (LAW-18, LAW-22). It asks the right to open them oneself.
func (a *App) IdentityReadings(ctx context.Context, who Actor, id string) (p FilePage, out []IdentityReading, err error) {
	err = a.read(ctx, who, access.SeeFile, func(r *reading) error {
		if p, err = a.filePage(ctx, r, id); err != nil {
			return err
		}
		if !p.May(who, access.SeeIdentity) {
			return errs.E(errs.Forbidden, "error.forbidden")
		}
		rows, err := r.Tx.IdentityReadings(ctx, "file/"+p.File.ID, readingsShown)
		if err != nil {
			return err
		}
		accounts, err := r.Accounts(ctx)
		if err != nil {
			return err
		}
		names := map[string][2]string{}
		for _, acc := range accounts {
			names[acc.ID] = [2]string{acc.Name, acc.Login}
		}
		for _, row := range rows {
			var o openRecord
			if err := json.Unmarshal([]byte(row.After), &o); err != nil {
				return err
			}
			out = append(out, IdentityReading{At: row.At, Name: names[row.Actor][0], Login: names[row.Actor][1],
				Reason: Reason{o.Reason, o.Note}, Fields: o.Fields})
		}
		return nil
	})
	return p, out, err
}
