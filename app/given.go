package app

import (
	"context"

	"ketnap/admission"
	"ketnap/class"
	"ketnap/date"
)

// A GivenPaper is a paper that the record shows to be issued before the branch has put it
// into the dossier: the union's resolution behind an introduction (DOC-51), and what the
// permanent register of certificates holds (CLS-14, ADM-92).
type GivenPaper struct {
	Code   admission.PaperCode
	Number string
	On     date.Date
}

// unionPapers are the papers by which unions introduce.
var unionPapers = map[admission.Introducer]admission.PaperCode{
	admission.YouthUnion: admission.PaperYouth, admission.TradeUnion: admission.PaperTrade,
}

// certificatePapers are what the certificates of classes are in a file.
var certificatePapers = map[class.Kind]admission.PaperCode{
	class.Awareness: admission.PaperCertificate, class.NewMember: admission.PaperNewMember,
}

// givenPapers lists the papers that wait to be put into a file; of two of one kind the
// later one.
func (r *reading) givenPapers(ctx context.Context, f admission.File) (map[admission.PaperCode]GivenPaper, error) {
	out := map[admission.PaperCode]GivenPaper{}
	give := func(code admission.PaperCode, number string, on date.Date) {
		if f.Papers[code].IsZero() {
			out[code] = GivenPaper{code, number, on}
		}
	}
	for _, a := range f.Acts {
		if code, ok := unionPapers[a.By]; ok && a.Code == admission.Introduce && !a.Voided {
			give(code, a.Number, a.On)
		}
	}
	rows, err := r.FileCertificates(ctx, f.ID)
	for _, c := range rows {
		if c.Marked == "" && c.Act == "" {
			give(certificatePapers[c.Kind], class.FormatNumber(c.Kind, c.Number), c.On)
		}
	}
	return out, err
}
