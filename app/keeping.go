package app

import (
	"bytes"
	"context"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/document/knd"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/store"
)

// maxKept is the greatest length of a place, a keeper or a taker, in characters.
const maxKept = 200

// fileDesk is the order of who holds a file in hand: the desk at which the next act is
// recorded, or else the branch's, whose file it is.
func (a *App) fileDesk(ctx context.Context, who Actor, file string) func(*store.Tx) (order, error) {
	return func(tx *store.Tx) (order, error) {
		unit, err := tx.FileUnit(ctx, file)
		if err != nil {
			return order{}, err
		}
		line, err := tx.Line(ctx, unit)
		if err != nil {
			return order{}, err
		}
		today, err := a.today(ctx, tx)
		right := access.RecordBranch
		if !who.may(right, today, line) && who.may(access.RecordBoard, today, line) {
			right = access.RecordBoard
		}
		return order{right: right, see: access.SeeFile, unit: unit, none: "file.none"}, err
	}
}

// kept tidies a short text and says what is wrong with it.
func kept(field, text, missing string) (string, error) {
	text = strings.Join(strings.Fields(norm.NFC.String(text)), " ")
	switch {
	case text == "" && missing != "":
		return "", errs.E(errs.Invalid, missing).On(field)
	case utf8.RuneCountInString(text) > maxKept:
		return "", errs.E(errs.Invalid, "paper.long", "most", maxKept).On(field)
	}
	return text, nil
}

// KeepPaper records where a paper of a file lies and who keeps it; its text is nobody's
// to type here (SEC-06).
func (a *App) KeepPaper(ctx context.Context, who Actor, file string, k store.Keeping) error {
	return a.write(ctx, who, a.fileDesk(ctx, who, file), func(w *writing) (record, error) {
		if _, ok := knd.Find(k.Code, w.Today); !ok {
			return record{}, errPaperForm
		}
		var err error
		if k.Place, err = kept("place", k.Place, "paper.keep.missing"); err != nil {
			return record{}, err
		}
		if k.Keeper, err = kept("keeper", k.Keeper, "paper.keep.missing"); err != nil {
			return record{}, err
		}
		if k.Since.IsZero() {
			k.Since = w.Today
		}
		if k.Since.After(w.Today) {
			return record{}, errs.E(errs.Invalid, "paper.future", "day", k.Since.VN(), "today", w.Today.VN()).On("since")
		}
		k.By, k.At = w.who.Name, w.At
		return record{object: "file/" + file, after: map[string]any{"paper": k.Code, "place": k.Place, "since": k.Since}, rules: "SEC-02 SEC-06"},
			w.SetKeeping(ctx, w.Permit, file, k)
	})
}

// A LendingPage is where a file was lent to and handed over.
type LendingPage struct {
	File  admission.File
	Line  []org.Unit
	Today date.Date
	Rows  []store.Lending // the latest first
	May   bool
}

// FileLendings returns where a file was lent to and handed over.
func (a *App) FileLendings(ctx context.Context, who Actor, file string) (p LendingPage, err error) {
	err = a.read(ctx, who, access.SeeFile, func(r *reading) error {
		f, row, err := r.File(ctx, r.Scope, file)
		if err != nil {
			return err
		}
		p.File, p.Today = f, r.Today
		if p.Line, err = r.LineUnits(ctx, row.Unit); err != nil {
			return err
		}
		line := numbers(p.Line)
		p.May = who.may(access.RecordBranch, r.Today, line) || who.may(access.RecordBoard, r.Today, line)
		p.Rows, err = r.Tx.FileLendings(ctx, file)
		return err
	})
	return p, err
}

// Lend records that a file was lent to be read, with the reason, or handed over (RPT-37).
// A file that is out cannot be lent again before it came back.
func (a *App) Lend(ctx context.Context, who Actor, file string, l store.Lending) error {
	return a.write(ctx, who, a.fileDesk(ctx, who, file), func(w *writing) (record, error) {
		if err := checkLending(&l, w.Today); err != nil {
			return record{}, err
		}
		before, err := w.FileLendings(ctx, file)
		if err != nil {
			return record{}, err
		}
		for _, b := range before {
			if b.Kind == store.Lent && b.Back.IsZero() {
				return record{}, errs.E(errs.Conflict, "lending.out", "taker", b.Taker, "day", b.On.VN()).On("taker")
			}
		}
		l.ID, l.File, l.Unit, l.By, l.At = newID(), file, w.Permit.Unit(), w.who.Name, w.At
		return record{object: "file/" + file, after: map[string]any{"lending": l.ID, "kind": l.Kind, "taker": l.Taker, "reason": l.Reason, "on": l.On}, rules: "RPT-37 SEC-03"},
			w.AddLending(ctx, w.Permit, l)
	})
}

func checkLending(l *store.Lending, today date.Date) (err error) {
	if l.Taker, err = kept("taker", l.Taker, "lending.taker"); err != nil {
		return err
	}
	if l.TakerUnit, err = kept("taker_unit", l.TakerUnit, ""); err != nil {
		return err
	}
	if l.Reason, err = kept("reason", l.Reason, "lending.reason"); err != nil {
		return err
	}
	switch {
	case l.Kind != store.Lent && l.Kind != store.HandedOver:
		return errs.E(errs.Invalid, "lending.kind").On("kind")
	case l.On.IsZero():
		l.On = today
	case l.On.After(today):
		return errs.E(errs.Invalid, "paper.future", "day", l.On.VN(), "today", today.VN()).On("on")
	}
	if l.Kind == store.HandedOver {
		l.Due = date.Date{}
	}
	if !l.Due.IsZero() && l.Due.Before(l.On) {
		return errs.E(errs.Invalid, "lending.due", "day", l.On.VN()).On("due")
	}
	return nil
}

// TakeBack records the day on which a lent file came back.
func (a *App) TakeBack(ctx context.Context, who Actor, lending string, back date.Date) (file string, err error) {
	var l store.Lending
	find := func(tx *store.Tx) (order, error) {
		if l, err = tx.Lending(ctx, lending); err != nil {
			return order{}, err
		}
		return a.fileDesk(ctx, who, l.File)(tx)
	}
	err = a.write(ctx, who, find, func(w *writing) (record, error) {
		if back.IsZero() {
			back = w.Today
		}
		if back.Before(l.On) || back.After(w.Today) {
			return record{}, errs.E(errs.Invalid, "lending.back_day", "from", l.On.VN(), "to", w.Today.VN()).On("back")
		}
		return record{object: "file/" + l.File, after: map[string]any{"lending": l.ID, "back": back}, rules: "RPT-37"}, w.ReturnLending(ctx, w.Permit, l.ID, back)
	})
	return l.File, err
}

// settingAttachments turns the keeping of scans on; it is off where nobody decided
// otherwise (SEC-06).
const settingAttachments = "attachments"

// Attachments are allowed, or not.
const (
	AttachmentsOn  = "on"
	AttachmentsOff = "off"
)

func (a *App) attachmentsOn(ctx context.Context, tx *store.Tx, day date.Date) (bool, error) {
	s, ok, err := tx.SettingOn(ctx, settingAttachments, day)
	return ok && s.Value == AttachmentsOn, err
}

// errAttachmentsOff answers as if there were no such page: there is none.
var errAttachmentsOff = errs.E(errs.NotFound, "attachment.off")

// An AttachmentPage is the scans of a file.
type AttachmentPage struct {
	File  admission.File
	Rows  []store.Attachment
	Forms []knd.Form
	May   bool
}

// Attachments returns the scans of a file. It fails with NotFound where they are off.
func (a *App) Attachments(ctx context.Context, who Actor, file string) (p AttachmentPage, err error) {
	err = a.read(ctx, who, access.SeeFile, func(r *reading) error {
		on, err := a.attachmentsOn(ctx, r.Tx, r.Today)
		if err == nil && !on {
			err = errAttachmentsOff
		}
		if err != nil {
			return err
		}
		f, row, err := r.File(ctx, r.Scope, file)
		if err != nil {
			return err
		}
		line, err := r.Line(ctx, row.Unit)
		if err != nil {
			return err
		}
		p.File, p.Forms = f, scannable(r.Today)
		p.May = who.may(access.RecordBranch, r.Today, line) || who.may(access.RecordBoard, r.Today, line)
		p.Rows, err = r.Tx.Attachments(ctx, file)
		return err
	})
	return p, err
}

// scannable are the forms of which a scan may be kept: not the CV, nor what is written
// about it, whatever the administrator allows (SEC-06).
func scannable(day date.Date) []knd.Form {
	var out []knd.Form
	for _, f := range knd.Forms(day) {
		if f.Code != string(admission.PaperCV) && f.Code != knd.Verification {
			out = append(out, f)
		}
	}
	return out
}

// MaxAttachment is the greatest size of a scan, in bytes.
const MaxAttachment = 4 << 20

// scanFormats are the files that are taken as scans, by how they begin.
var scanFormats = []struct{ format, magic string }{{"pdf", "%PDF-"}, {"jpeg", "\xff\xd8\xff"}, {"png", "\x89PNG\r\n\x1a\n"}}

// ScanFormat tells a scan by its content, whatever its name says; "" for anything else.
func ScanFormat(b []byte) string {
	for _, f := range scanFormats {
		if bytes.HasPrefix(b, []byte(f.magic)) {
			return f.format
		}
	}
	return ""
}

// Attach keeps a scan of a paper of a file.
func (a *App) Attach(ctx context.Context, who Actor, file string, x store.Attachment) error {
	return a.write(ctx, who, a.fileDesk(ctx, who, file), func(w *writing) (record, error) {
		on, err := a.attachmentsOn(ctx, w.Tx, w.Today)
		if err == nil && !on {
			err = errAttachmentsOff
		}
		if err != nil {
			return record{}, err
		}
		if x.Name, err = kept("file", x.Name, "attachment.name"); err != nil {
			return record{}, err
		}
		x.Format = ScanFormat(x.Bytes)
		switch known := scannable(w.Today); {
		case len(x.Bytes) == 0:
			return record{}, errs.E(errs.Invalid, "attachment.empty").On("file")
		case len(x.Bytes) > MaxAttachment:
			return record{}, errs.E(errs.Invalid, "attachment.size", "most", MaxAttachment>>20).On("file")
		case x.Format == "":
			return record{}, errs.E(errs.Invalid, "attachment.format").On("file")
		case !hasForm(known, x.Code):
			return record{}, errs.E(errs.Invalid, "attachment.code").On("code")
		}
		x.ID, x.File, x.Size, x.Hash, x.By, x.At = newID(), file, len(x.Bytes), hashOf(x.Bytes), w.who.Name, w.At
		return record{object: "file/" + file, after: map[string]any{"attachment": x.ID, "code": x.Code, "size": x.Size, "hash": x.Hash}, rules: "SEC-06"},
			w.AddAttachment(ctx, w.Permit, x)
	})
}

func hasForm(forms []knd.Form, code string) bool {
	for _, f := range forms {
		if f.Code == code {
			return true
		}
	}
	return false
}

// AttachmentFile returns a scan; that it was opened is written down first (SEC-03).
func (a *App) AttachmentFile(ctx context.Context, who Actor, file, id string) (x store.Attachment, err error) {
	if _, err := a.Attachments(ctx, who, file); err != nil {
		return x, err
	}
	err = a.read(ctx, who, access.SeeFile, func(r *reading) error {
		x, err = r.Attachment(ctx, id)
		if err == nil && x.File != file {
			err = errs.E(errs.NotFound, "attachment.none")
		}
		return err
	})
	if err != nil {
		return x, err
	}
	return x, a.LogPrint(ctx, who, file, x.Code, "attachment/"+x.ID)
}

// DropAttachment takes a scan out of a file; the record keeps that it was there.
func (a *App) DropAttachment(ctx context.Context, who Actor, file, id string) error {
	return a.write(ctx, who, a.fileDesk(ctx, who, file), func(w *writing) (record, error) {
		x, err := w.Attachment(ctx, id)
		if err == nil && x.File != file {
			err = errs.E(errs.NotFound, "attachment.none")
		}
		if err != nil {
			return record{}, err
		}
		return record{object: "file/" + file, before: map[string]any{"attachment": x.ID, "code": x.Code, "hash": x.Hash}, rules: "SEC-06"},
			w.Tx.DropAttachment(ctx, w.Permit, file, id)
	})
}
