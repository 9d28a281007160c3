package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/document"
	"ketnap/document/knd"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/store"
)

// A PaperAsk is what one may say to a paper beside what the record knows.
type PaperAsk struct {
	Number    string    // as printed, where the act's own does not have the form 05-NQ/CB
	On        date.Date // of a paper that shows no act; zero for today
	To        string    // to whom it goes
	Reason    string
	Relative  knd.Relative // of a verification request
	Reply     date.Date    // until when it asks for an answer
	Chair     string
	Secretary string
	Members   knd.Members // of the meeting; else as far as the votes tell
}

// A PaperLine is one form of a file: how it stands, and what was issued of it.
type PaperLine struct {
	Form   knd.Form
	Paper  admission.Paper  // where the road needs it; Code "" otherwise
	Issued []store.PaperRow // the latest first
	Act    admission.Act    // that it shows; the zero value where it is not recorded
	May    bool             // the actor may issue it now
	Keep   store.Keeping    // where the paper itself lies; the zero value where nobody said
}

// A PaperPage is all papers of a file.
type PaperPage struct {
	File        admission.File
	Line        []org.Unit
	Today       date.Date
	Lines       []PaperLine
	May         bool // the actor may record where papers are kept
	Attachments bool // the administrator allows scans to be kept
}

// Papers returns the papers of a file.
func (a *App) Papers(ctx context.Context, who Actor, file string) (p PaperPage, err error) {
	err = a.read(ctx, who, access.SeeFile, func(r *reading) error {
		f, row, err := r.File(ctx, r.Scope, file)
		if err != nil {
			return err
		}
		d, err := a.paperDesk(ctx, r.Tx, f, row.Unit)
		if err != nil {
			return err
		}
		p.File, p.Line, p.Today = f, d.line, r.Today
		p.May = who.may(access.RecordBranch, r.Today, numbers(d.line)) || who.may(access.RecordBoard, r.Today, numbers(d.line))
		if p.Attachments, err = a.attachmentsOn(ctx, r.Tx, r.Today); err != nil {
			return err
		}
		p.Lines, err = a.paperLines(ctx, r, d, row.Unit)
		return err
	})
	return p, err
}

func (a *App) paperLines(ctx context.Context, r *reading, d paperDesk, unit org.UnitNo) ([]PaperLine, error) {
	issued, err := r.FilePapers(ctx, d.file.ID)
	if err != nil {
		return nil, err
	}
	kept, err := r.Keepings(ctx, d.file.ID)
	if err != nil {
		return nil, err
	}
	world, err := a.world(ctx, r.Tx, unit, r.Today, r.Today)
	if err != nil {
		return nil, err
	}
	states := map[admission.PaperCode]admission.Paper{}
	for _, s := range d.file.PapersOn(world) {
		states[s.Code] = s
	}
	var out []PaperLine
	for _, form := range d.forms(r.Today) {
		l := PaperLine{Form: form, Paper: states[admission.PaperCode(form.Code)], Keep: kept[form.Code]}
		l.Act, _ = d.shows(form)
		for _, row := range issued {
			if row.Code == form.Code {
				l.Issued = append(l.Issued, row)
			}
		}
		l.May = d.ready(form) == nil && r.who.may(desks[form.Maker], r.Today, numbers(d.line))
		out = append(out, l)
	}
	return out, nil
}

// ready says why a form cannot be issued yet, if it cannot.
func (d paperDesk) ready(form knd.Form) error {
	_, recorded := d.shows(form)
	if ownDay(form) { // it goes out before the act or with it
		recorded = recorded || slices.Contains(d.file.Possible(d.over), form.Act)
	}
	switch {
	case form.Hand || form.Maker == admission.DeskNone:
		return errs.E(errs.Conflict, "paper.by_hand", "form", form.Name)
	case form.Act != "" && !recorded:
		return errs.E(errs.Conflict, "paper.no_act", "act", form.Act.Words())
	}
	return nil
}

// errPaperForm is the answer to a form that there is none of, or not for this file.
var errPaperForm = errs.E(errs.NotFound, "paper.none")

// PaperDraft writes a form of a file from the record, to be looked at or printed: a draft
// of what an organ writes, a guide of what the person writes by hand. leaves says that it
// leaves the program, which the caller writes down (LogPrint): only then does it carry what
// identifies the person.
func (a *App) PaperDraft(ctx context.Context, who Actor, file, code string, ask PaperAsk, leaves bool) (doc document.Document, err error) {
	err = a.read(ctx, who, access.SeeFile, func(r *reading) error {
		f, row, err := r.File(ctx, r.Scope, file)
		if err != nil {
			return err
		}
		d, err := a.paperDesk(ctx, r.Tx, f, row.Unit)
		if err != nil {
			return err
		}
		form, err := d.form(code, r.Today)
		if err != nil {
			return err
		}
		if ask.On.IsZero() {
			ask.On = r.Today
		}
		if leaves {
			if err := d.identify(ctx, a, r.Tx, who.may(access.SeeIdentity, r.Today, numbers(d.line))); err != nil {
				return err
			}
		}
		doc, err = knd.Build(code, d.facts(form, ask))
		if err == nil && !form.Hand {
			doc.Mark = "Dự thảo"
			doc.Number = 0
		}
		return paperFault(err)
	})
	return doc, err
}

// paperFault makes of a form that lacks a fact an answer for the one who asked.
func paperFault(err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, knd.ErrUnknown) {
		return errPaperForm
	}
	return errs.E(errs.Invalid, "paper.incomplete", "why", err.Error()).Because(err)
}

// IssuePaper freezes a form of a file: from now on this is the paper, with its number, its
// date and its hash. A paper that shows an act carries the number and the day of the act;
// any other takes the next number of its issuer's register (PAPER-08). version is the one
// with which the file was read.
func (a *App) IssuePaper(ctx context.Context, who Actor, file, code string, ask PaperAsk, version int) (row store.PaperRow, err error) {
	find := func(tx *store.Tx) (order, error) {
		unit, err := tx.FileUnit(ctx, file)
		if err != nil {
			return order{}, err
		}
		today, err := a.today(ctx, tx)
		if err != nil {
			return order{}, err
		}
		form, ok := knd.Find(code, today)
		if !ok {
			return order{}, errPaperForm
		}
		right, ok := desks[form.Maker]
		if !ok {
			right = access.SeeFile // a paper of nobody here: ready says so
		}
		return order{right: right, see: access.SeeFile, unit: unit, none: "file.none"}, nil
	}
	var fresh store.NewPaper
	err = a.write(ctx, who, find, func(w *writing) (record, error) {
		f, at, err := w.File(ctx, access.ScopeOfPermit(w.Permit), file)
		if err != nil {
			return record{}, err
		}
		if f.Version != version {
			return record{}, errs.E(errs.Stale, "file.stale")
		}
		d, err := a.paperDesk(ctx, w.Tx, f, at.Unit)
		if err != nil {
			return record{}, err
		}
		form, err := d.form(code, w.Today)
		if err != nil {
			return record{}, err
		}
		if err := d.identify(ctx, a, w.Tx, false); err != nil {
			return record{}, err
		}
		if fresh, err = w.newPaper(ctx, d, form, ask); err != nil {
			return record{}, err
		}
		old, again, err := w.issuedBefore(ctx, fresh, form)
		if err != nil {
			return record{}, err
		}
		if again { // the number goes back with the transaction
			row = old
			return record{}, errBlocked
		}
		row = fresh.PaperRow
		return record{object: "paper/" + row.ID, after: paperRecord(row), rules: "PAPER-08"}, w.AddPapers(ctx, w.Permit, []store.NewPaper{fresh})
	})
	if errors.Is(err, errBlocked) {
		return row, nil
	}
	if err != nil {
		return row, err
	}
	return row, a.keepPrints(ctx, []store.NewPaper{fresh})
}

// issuedBefore finds the paper that stands already in the place of a new one: a second
// press of the same button is answered with what the first has issued. It fails with
// Conflict where the act has its paper and the new one would say something else.
func (w *writing) issuedBefore(ctx context.Context, n store.NewPaper, form knd.Form) (store.PaperRow, bool, error) {
	rows, err := w.FilePapers(ctx, n.File)
	if err != nil {
		return store.PaperRow{}, false, err
	}
	for _, row := range rows {
		if row.State != store.PaperIssued || row.Code != n.Code || row.Act != n.Act {
			continue
		}
		_, content, err := w.Paper(ctx, row.ID)
		if err != nil {
			return row, false, err
		}
		same, err := sameUnnumbered(content, n.Content)
		switch {
		case err != nil || same:
			return row, same, err
		case !ownDay(form):
			return row, false, errs.E(errs.Conflict, "paper.already", "number", document.FormatNumber(row.Number, row.Symbol), "day", row.On.VN())
		}
	}
	return store.PaperRow{}, false, nil
}

// sameUnnumbered reports whether two papers say the same, whatever their numbers.
func sameUnnumbered(a, b string) (bool, error) {
	var docs [2]document.Document
	for i, content := range []string{a, b} {
		if err := json.Unmarshal([]byte(content), &docs[i]); err != nil {
			return false, fmt.Errorf("content of paper: %w", err)
		}
		docs[i].Number, docs[i].Symbol = 0, ""
	}
	x, errX := json.Marshal(docs[0])
	y, errY := json.Marshal(docs[1])
	return string(x) == string(y), errors.Join(errX, errY)
}

// newPaper builds the paper and gives it its number.
func (w *writing) newPaper(ctx context.Context, d paperDesk, form knd.Form, ask PaperAsk) (store.NewPaper, error) {
	n := store.NewPaper{}
	if err := d.ready(form); err != nil {
		return n, err
	}
	act, shown := d.shows(form)
	switch {
	case shown && !ownDay(form):
		ask.On = act.On
		if ask.Number == "" {
			ask.Number = act.Number
		}
	case ask.On.IsZero():
		ask.On = w.Today
	case ask.On.After(w.Today):
		return n, errs.E(errs.Invalid, "paper.future", "day", ask.On.VN(), "today", w.Today.VN()).On("on")
	}
	if utf8.RuneCountInString(ask.Reason) > maxPaperReason {
		return n, errs.E(errs.Invalid, "paper.long", "most", maxPaperReason).On("reason")
	}
	doc, err := knd.Build(form.Code, d.facts(form, ask))
	if err != nil {
		return n, paperFault(err)
	}
	issuer := d.issuer(form)
	n.PaperRow = store.PaperRow{ID: newID(), Series: store.Series{Unit: issuer.No, Term: beforeTerms}, Code: form.Code, File: d.file.ID,
		Act: act.ID, On: ask.On, Title: form.Name, State: store.PaperIssued, At: w.At, By: w.who.Name}
	if form.Kind != "" {
		if err := w.number(ctx, &n.PaperRow, &doc, form, d.heads[issuer.No].Symbol, ask.Number); err != nil {
			return n, err
		}
	}
	doc.On, doc.Mark = ask.On, ""
	n.Content, n.Hash, err = frozen(doc)
	return n, err
}

// maxPaperReason is the greatest length of a reason on a paper, in characters.
const maxPaperReason = 2000

// number gives a paper its number: the one typed or recorded with the act, or the next.
func (w *writing) number(ctx context.Context, row *store.PaperRow, doc *document.Document, form knd.Form, body, typed string) error {
	s, err := seriesOf(ctx, w.Tx, row.Unit, form.Kind, row.On)
	if err != nil {
		return err
	}
	row.Series, row.Symbol = s, form.Kind+"/"+body
	if typed = strings.TrimSpace(typed); typed != "" {
		n, symbol, ok := document.ParseNumber(typed)
		if !ok {
			return errs.E(errs.Invalid, "paper.number", "number", typed, "like", document.FormatNumber(5, row.Symbol)).On("number")
		}
		if symbol == row.Symbol { // one of this register, written by hand
			if err := w.RaiseNumber(ctx, w.Permit, s, n); err != nil {
				return err
			}
		}
		row.Number, row.Symbol = n, symbol
	} else if row.Number, err = w.TakeNumbers(ctx, w.Permit, s, 1); err != nil {
		return err
	}
	doc.Number, doc.Symbol = row.Number, row.Symbol
	return nil
}

// voidPapers takes the papers of acts out of force that the last act of a file voided.
func (w *writing) voidPapers(ctx context.Context, was, f admission.File) error {
	if f.Acts[len(f.Acts)-1].Code != admission.Void {
		return nil
	}
	var fell []string
	for i, a := range was.Acts {
		if !a.Voided && f.Acts[i].Voided {
			fell = append(fell, a.ID)
		}
	}
	return w.VoidPapers(ctx, w.Permit, f.ID, fell)
}

// paperRecord is what the audit keeps of a paper: no name.
func paperRecord(row store.PaperRow) map[string]any {
	return map[string]any{"code": row.Code, "number": row.Number, "symbol": row.Symbol, "on": row.On, "file": row.File, "hash": row.Hash}
}

// paper returns an issued paper that lies in the scope: by its file, or by its issuer
// where it is about several.
func (r *reading) paper(ctx context.Context, id string) (store.PaperRow, string, error) {
	row, content, err := r.Tx.Paper(ctx, id)
	if err != nil {
		return row, "", err
	}
	if row.File != "" {
		_, _, err = r.File(ctx, r.Scope, row.File)
		return row, content, err
	}
	line, err := r.Line(ctx, row.Unit)
	if err == nil && !r.Scope.Covers(line) {
		err = errPaperForm
	}
	return row, content, err
}

// hashOf is the SHA-256 of bytes, hexadecimal.
func hashOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// paperFormats are the files that are made of a paper.
func paperFormats() []string { return []string{"docx", "pdf"} }

// ValidFormat reports whether papers are made as files of a format.
func ValidFormat(format string) bool { return slices.Contains(paperFormats(), format) }
