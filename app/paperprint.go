package app

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"runtime"
	"strings"

	"golang.org/x/sync/errgroup"

	"ketnap/access"
	"ketnap/document"
	"ketnap/errs"
	"ketnap/internal/render/docx"
	"ketnap/internal/render/pdf"
	"ketnap/store"
)

// RenderPaper makes a file of a paper: docx or pdf.
func RenderPaper(format string, doc document.Document) ([]byte, error) {
	var b bytes.Buffer
	var err error
	switch format {
	case "docx":
		err = docx.Write(&b, doc)
	case "pdf":
		err = pdf.Write(&b, doc)
	default:
		return nil, errs.E(errs.NotFound, "paper.none")
	}
	if err != nil {
		return nil, fmt.Errorf("paper as %s: %w", format, err)
	}
	return b.Bytes(), nil
}

// keepPrints makes the files of papers that were just issued, on all processors and
// outside of any transaction, and keeps them. The content was frozen with the paper, and
// the same content gives the same bytes: where this fails, the files are made when they
// are first asked for. Of content that is not what was issued no file is made, for its
// hash would vouch for the alteration: that fails with Conflict.
func (a *App) keepPrints(ctx context.Context, papers []store.NewPaper) error {
	prints := make([][]store.PaperPrint, len(papers))
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, n := range papers {
		group.Go(func() (err error) {
			if paperAltered(n.PaperRow, n.Content) {
				return errPaperAltered
			}
			prints[i], err = printsOf(n.Content)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return a.store.Write(ctx, func(tx *store.Tx) error {
		for i, n := range papers {
			if err := tx.KeepPrints(ctx, n.ID, prints[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

// printsOf makes the files of a paper from its frozen content.
func printsOf(content string) ([]store.PaperPrint, error) {
	var doc document.Document
	if err := json.Unmarshal([]byte(content), &doc); err != nil {
		return nil, fmt.Errorf("content of paper: %w", err)
	}
	var out []store.PaperPrint
	for _, format := range paperFormats() {
		b, err := RenderPaper(format, doc)
		if err != nil {
			return nil, err
		}
		out = append(out, store.PaperPrint{Format: format, Hash: hashOf(b), Bytes: b})
	}
	return out, nil
}

// errPaperAltered is the answer to who asks for the file of a paper whose content is not
// what was issued.
var errPaperAltered = errs.E(errs.Conflict, "paper.altered")

// paperAltered reports whether content is not what was issued as a paper.
func paperAltered(row store.PaperRow, content string) bool {
	return hashOf([]byte(content)) != row.Hash
}

// printAltered reports whether the bytes of a file are not those that were made.
func printAltered(f store.PaperPrint) bool { return hashOf(f.Bytes) != f.Hash }

// A PrintSum is what vouches for one file of an issued paper.
type PrintSum struct {
	Format  string // docx, pdf
	Hash    string // SHA-256 of the file as it was made, hexadecimal; "" where it was not made yet
	Altered bool   // the bytes that are kept are not those
}

// An Issued is an issued paper as its page shows it.
type Issued struct {
	Row        store.PaperRow
	Sheet      document.Document
	Altered    bool       // the content is not what was issued
	Unreadable bool       // so much so that Sheet is the zero value
	Prints     []PrintSum // one of each format
}

// IssuedPaper returns an issued paper with its content as data, and says what of it was
// altered past the program. It fails with NotFound.
func (a *App) IssuedPaper(ctx context.Context, who Actor, id string) (p Issued, err error) {
	err = a.read(ctx, who, access.SeeFile, func(r *reading) error {
		var content string
		if p.Row, content, err = r.paper(ctx, id); err != nil {
			return err
		}
		p.Altered = paperAltered(p.Row, content)
		if err := json.Unmarshal([]byte(content), &p.Sheet); err != nil {
			if !p.Altered {
				return fmt.Errorf("content of paper: %w", err)
			}
			p.Sheet, p.Unreadable = document.Document{}, true
		}
		p.Prints, err = r.printSums(ctx, p.Row.ID)
		return err
	})
	return p, err
}

// printSums recomputes what vouches for the files of a paper.
func (r *reading) printSums(ctx context.Context, id string) (sums []PrintSum, err error) {
	for _, format := range paperFormats() {
		sum := PrintSum{Format: format}
		f, err := r.PrintOf(ctx, id, format)
		switch {
		case err == nil:
			sum.Hash, sum.Altered = f.Hash, printAltered(f)
		case errs.KindOf(err) != errs.NotFound:
			return nil, err
		}
		sums = append(sums, sum)
	}
	return sums, nil
}

// PaperFile returns an issued paper as the file that was made of it when it was issued.
// That it was taken is written down first (SEC-03). Where the content or the file was
// altered past the program nothing leaves it: that fails with Conflict.
func (a *App) PaperFile(ctx context.Context, who Actor, id, format string) (row store.PaperRow, b []byte, err error) {
	if !ValidFormat(format) {
		return row, nil, errPaperForm
	}
	var content string
	var kept store.PaperPrint
	made := false
	err = a.read(ctx, who, access.SeeFile, func(r *reading) error {
		if row, content, err = r.paper(ctx, id); err != nil {
			return err
		}
		if paperAltered(row, content) {
			return errPaperAltered
		}
		kept, err = r.PrintOf(ctx, id, format)
		if made = err == nil; made && printAltered(kept) {
			return errs.E(errs.Conflict, "paper.altered.file", "format", strings.ToUpper(format))
		}
		if errs.KindOf(err) == errs.NotFound {
			return nil
		}
		return err
	})
	if err != nil {
		return row, nil, err
	}
	if !made {
		if err := a.keepPrints(ctx, []store.NewPaper{{PaperRow: row, Content: content}}); err != nil {
			return row, nil, err
		}
		return a.PaperFile(ctx, who, id, format)
	}
	return row, kept.Bytes, a.LogPrint(ctx, who, row.File, row.Code, "paper/"+row.ID+"."+format)
}

// LogPrint records that a paper of a file left the program (SEC-03, LAW-16).
func (a *App) LogPrint(ctx context.Context, who Actor, file, code, what string) error {
	find := func(tx *store.Tx) (order, error) {
		o := order{right: access.SeeFile, see: access.SeeFile}
		if file == "" {
			return o, nil
		}
		var err error
		o.unit, err = tx.FileUnit(ctx, file)
		return o, err
	}
	return a.write(ctx, who, find, func(*writing) (record, error) {
		return record{object: "print/" + what, after: map[string]string{"file": file, "code": code}, rules: "SEC-03 LAW-16"}, nil
	})
}

// frozen is a document as the content of a paper, with its hash.
func frozen(doc document.Document) (content, hash string, err error) {
	b, err := json.Marshal(doc)
	if err != nil {
		return "", "", fmt.Errorf("freeze paper: %w", err)
	}
	return string(b), hashOf(b), nil
}
