package app

import (
	"context"
	"slices"

	"ketnap/admission"
	"ketnap/date"
	"ketnap/document/knd"
	"ketnap/org"
	"ketnap/person"
	"ketnap/rule"
	"ketnap/store"
)

// A paperDesk is what the papers of one file are written from.
type paperDesk struct {
	file  admission.File
	line  []org.Unit // the branch first
	above org.Above
	heads map[org.UnitNo]store.Letterhead
	over  admission.Over
	sets  rule.Sets

	person person.Identity // as far as the reader may see it and the paper is written down
}

// paperDesk gathers the bodies that write the papers of a file, as they are on its day.
func (a *App) paperDesk(ctx context.Context, tx *store.Tx, f admission.File, unit org.UnitNo) (d paperDesk, err error) {
	d.file = f
	if d.line, err = tx.LineUnits(ctx, unit); err != nil {
		return d, err
	}
	d.above = org.AboveOf(d.line)
	d.over = admission.Over{Sectional: d.above.Sectional != 0, Base: d.above.Base != 0}
	b, err := a.rules(ctx, tx)
	if err != nil {
		return d, err
	}
	d.sets = b.Sets
	today, err := a.today(ctx, tx)
	if err != nil {
		return d, err
	}
	d.heads, err = letterheads(ctx, tx, d.line, today)
	return d, err
}

// body is a body as its papers name it; the zero value where there is none.
func (d paperDesk) body(no org.UnitNo) knd.Body {
	i := slices.IndexFunc(d.line, func(u org.Unit) bool { return u.No == no })
	if no == 0 || i < 0 {
		return knd.Body{}
	}
	h := d.heads[no]
	return knd.Body{Name: h.Name, Symbol: h.Symbol, Place: placeOf(d.line[i:], d.heads), Head: h.Signer, Title: h.Title}
}

// issuer is the unit whose paper a form is, and in whose register its number stands.
func (d paperDesk) issuer(form knd.Form) org.Unit {
	no := d.line[0].No
	switch {
	case form.Maker == admission.DeskBoard:
		no = d.above.Competent
	case form.Code == string(admission.PaperAppraisal) || form.Code == string(admission.PaperAppraisal2):
		no = d.above.Sectional
	case form.Maker == admission.DeskBase && d.over.Base:
		no = d.above.Base
	}
	for _, u := range d.line {
		if u.No == no {
			return u
		}
	}
	return d.line[0]
}

// forms are the forms that the road of the file needs, on a day; those of a whole meeting
// are issued there.
func (d paperDesk) forms(day date.Date) []knd.Form {
	return slices.DeleteFunc(knd.For(d.facts(knd.Form{}, PaperAsk{On: day})), func(f knd.Form) bool {
		return f.Code == knd.BranchMinutes || f.Code == knd.DecisionList
	})
}

// form returns one of them.
func (d paperDesk) form(code string, day date.Date) (knd.Form, error) {
	for _, f := range d.forms(day) {
		if f.Code == code {
			return f, nil
		}
	}
	return knd.Form{}, errPaperForm
}

// shows returns the act that a form shows, where it is recorded and still counts.
func (d paperDesk) shows(form knd.Form) (admission.Act, bool) {
	if form.Act == "" {
		return admission.Act{}, false
	}
	for i := len(d.file.Acts) - 1; i >= 0; i-- {
		if a := d.file.Acts[i]; a.Code == form.Act && !a.Voided {
			return a, true
		}
	}
	return admission.Act{}, false
}

// facts are what a form may say of the file: its bodies, its acts, and the person as far
// as the paper needs it.
func (d paperDesk) facts(form knd.Form, ask PaperAsk) knd.Facts {
	f := knd.Facts{File: d.file, Branch: d.body(d.line[0].No), Sectional: d.body(d.above.Sectional),
		Base: d.body(d.above.Base), Competent: d.body(d.above.Competent), Above: d.aboveCompetent(), Today: ask.On, Sets: d.sets,
		Person: knd.Person{Name: d.file.Name, Birth: d.file.Birth, Sex: d.file.Sex, BirthPlace: d.person.BirthPlace,
			Hometown: d.person.Hometown, Ethnicity: d.person.Ethnicity, Religion: d.person.Religion, Education: d.person.Education,
			Residence: d.person.Residence, Occupation: d.person.Occupation, IDNumber: d.person.IDNumber},
		Reason: ask.Reason, To: knd.Body{Name: ask.To}, Relative: ask.Relative, Reply: ask.Reply, Chair: ask.Chair, Secretary: ask.Secretary}
	act, ok := d.shows(form)
	if !ok {
		return f
	}
	if f.Reason == "" {
		f.Reason = act.Note
	}
	if ownDay(form) {
		return f
	}
	f.Act = act
	if f.Members = ask.Members; f.Members.Official == 0 && act.Votes != nil {
		v := act.Votes
		f.Members = knd.Members{Official: v.Members, PresentOfficial: v.Present}
	}
	return f
}

// ownDay reports whether a paper has a day and a number of its own, although it goes with
// an act: acts without a number leave that to the register.
func ownDay(form knd.Form) bool { return form.Kind != "" && form.Act != "" && !form.Act.HasNumber() }

// aboveCompetent is the body over the competent committee; none at the top.
func (d paperDesk) aboveCompetent() knd.Body {
	i := slices.IndexFunc(d.line, func(u org.Unit) bool { return u.No == d.above.Competent })
	if i < 0 || i+1 >= len(d.line) {
		return knd.Body{}
	}
	return d.body(d.line[i+1].No)
}

// identify adds what a paper that leaves the program may say of the person: an issued one
// where the person comes from and works, a print for somebody who sees identities all that
// is known (LAW-05).
func (d *paperDesk) identify(ctx context.Context, a *App, tx *store.Tx, all bool) error {
	known, err := a.identityFor(ctx, tx, d.file.ID)
	if err != nil {
		return err
	}
	d.person = known
	if !all {
		d.person = person.Identity{BirthPlace: known.BirthPlace, Hometown: known.Hometown, Residence: known.Residence, Occupation: known.Occupation}
	}
	return nil
}
