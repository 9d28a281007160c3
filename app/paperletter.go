package app

import (
	"context"

	"ketnap/access"
	"ketnap/document/knd"
)

// PaperLetters returns what the letters of a file's verification say, one for each request
// that goes by post (ADM-43): to whom, about whom, until when.
func (a *App) PaperLetters(ctx context.Context, who Actor, file string) (out []PaperAsk, err error) {
	err = a.read(ctx, who, access.SeeFile, func(r *reading) error {
		f, row, err := r.File(ctx, r.Scope, file)
		if err != nil {
			return err
		}
		letters, err := a.verificationLetters(ctx, r.Tx, r.Scope, f, row.Unit)
		for _, l := range letters {
			out = append(out, PaperAsk{Number: l.Request.Number, On: l.Request.Sent, To: l.Request.Place,
				Relative: knd.Relative{Name: l.Name, Relation: l.Relation.Words()}, Reply: l.Due})
		}
		return err
	})
	return out, err
}
