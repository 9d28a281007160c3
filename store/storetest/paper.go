package storetest

import (
	"context"
	"crypto/sha256"
	"fmt"
	"sync"
	"testing"

	"ketnap/access"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/store"
)

var term = date.Must("2020-08-15") //nolint:gochecknoglobals // of the committee, never changed

func testNumbers(t *testing.T, s *store.Store) {
	Block(t, s)
	decisions := store.Series{Unit: 1, Kind: "QĐ", Term: term}
	board := permit(access.RecordBoard, 3)
	take := func(series store.Series, n, want int) {
		t.Helper()
		write(t, s, func(ctx context.Context, tx *store.Tx) error {
			first, err := tx.TakeNumbers(ctx, board, series, n)
			equal(t, fmt.Sprint("the first of ", n), first, want)
			return err
		})
	}
	take(decisions, 1, 1)
	take(decisions, 5, 2)
	take(store.Series{Unit: 1, Kind: "CV", Term: term}, 1, 1)
	take(store.Series{Unit: 1, Kind: "QĐ", Term: term.AddMonths(60)}, 1, 1)
	for _, p := range []access.Permit{{}, permit(access.SeeFile, 1)} {
		kind(t, "a number without its permit", s.Write(t.Context(), func(tx *store.Tx) error {
			_, err := tx.TakeNumbers(t.Context(), p, decisions, 1)
			return err
		}), errs.Internal)
	}
	boom := errs.E(errs.Invalid, "error.bad_form")
	kind(t, "a transaction that fails", s.Write(t.Context(), func(tx *store.Tx) error {
		if _, err := tx.TakeNumbers(t.Context(), board, decisions, 3); err != nil {
			return err
		}
		return boom
	}), errs.Invalid)
	take(decisions, 1, 7)
	kind(t, "the last number of another unit", s.Write(t.Context(), func(tx *store.Tx) error {
		return tx.SetLastNumber(t.Context(), board, decisions, 40)
	}), errs.Internal)
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.SetLastNumber(ctx, permit(access.RecordBoard, 1), decisions, 40)
	})
	take(decisions, 1, 41)
	for _, used := range []int{44, 12} {
		write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.RaiseNumber(ctx, board, decisions, used) })
	}
	kind(t, "raised without its permit", s.Write(t.Context(), func(tx *store.Tx) error {
		return tx.RaiseNumber(t.Context(), access.Permit{}, decisions, 50)
	}), errs.Internal)
	take(decisions, 1, 45)
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		last, err := tx.LastNumber(ctx, decisions)
		equal(t, "the last", last, 45)
		none, errNone := tx.LastNumber(ctx, store.Series{Unit: 2, Kind: "QĐ", Term: term})
		equal(t, "the last of a series that has none", none, 0)
		all, errAll := tx.AllSeries(ctx, 1)
		equal(t, "series of the committee", len(all), 3)
		return firstOf(err, errNone, errAll)
	})
}

func firstOf(all ...error) error {
	for _, err := range all {
		if err != nil {
			return err
		}
	}
	return nil
}

// testNumbersTogether lets many take at once: no number twice, none left out.
func testNumbersTogether(t *testing.T, s *store.Store) {
	Block(t, s)
	const writers = 20
	var (
		wg    sync.WaitGroup
		mu    sync.Mutex
		taken = map[int]bool{}
	)
	for range writers {
		wg.Go(func() {
			var first int
			err := s.Write(t.Context(), func(tx *store.Tx) (err error) {
				first, err = tx.TakeNumbers(t.Context(), permit(access.RecordBoard, 3), store.Series{Unit: 1, Kind: "QĐ", Term: term}, 2)
				return err
			})
			mu.Lock()
			defer mu.Unlock()
			if err != nil || taken[first] || taken[first+1] {
				t.Errorf("%d taken twice, or %v", first, err)
			}
			taken[first], taken[first+1] = true, true
		})
	}
	wg.Wait()
	for n := 1; n <= 2*writers; n++ {
		if !taken[n] {
			t.Errorf("number %d is a gap", n)
		}
	}
}

func testTerms(t *testing.T, s *store.Store) {
	Block(t, s)
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		return firstOf(tx.AddTerm(ctx, 1, term), tx.AddTerm(ctx, 1, term), tx.AddTerm(ctx, 1, term.AddMonths(60)), tx.AddTerm(ctx, 2, term.AddMonths(12)),
			tx.SetLetterhead(ctx, store.Letterhead{Unit: 1, Symbol: "ĐU"}), tx.SetLetterhead(ctx, store.Letterhead{Unit: 1, Symbol: "ĐUK", Place: "Quảng Bình"}))
	})
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, c := range []struct {
			line []org.UnitNo
			day  date.Date
			want date.Date
		}{
			{[]org.UnitNo{3, 2, 1}, term, term},
			{[]org.UnitNo{3, 2, 1}, term.AddMonths(13), term.AddMonths(12)},
			{[]org.UnitNo{5, 1}, term.AddMonths(60), term.AddMonths(60)},
			{[]org.UnitNo{5, 1}, term.AddDays(-1), date.Date{}},
			{nil, term, date.Date{}},
		} {
			got, ok, err := tx.TermOn(ctx, c.line, c.day)
			if err != nil {
				return err
			}
			equal(t, fmt.Sprint("term over ", c.line), got, c.want)
			equal(t, "known", ok, !c.want.IsZero())
		}
		heads, err := tx.Letterheads(ctx, []org.UnitNo{1, 2})
		equal(t, "the head of the committee", heads[1], store.Letterhead{Unit: 1, Symbol: "ĐUK", Place: "Quảng Bình"})
		equal(t, "units with a head of their own", len(heads), 1)
		return err
	})
}

func newPaper(id, file, act, meeting string, number int) store.NewPaper {
	return store.NewPaper{PaperRow: store.PaperRow{ID: id, Series: store.Series{Unit: 1, Kind: "QĐ", Term: term}, Code: "9-KNĐ", Number: number,
		Symbol: "QĐ/ĐUK", File: file, Act: act, Meeting: meeting, On: day, Title: "kết nạp đảng viên", State: store.PaperIssued, Hash: sum(paperContent), At: at(number), By: "Hoa"},
		Content: paperContent}
}

const paperContent = `{"issuer":"ĐẢNG ỦY"}`

// sum is the SHA-256 of a text, hexadecimal.
func sum(text string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(text))) }

func testPapers(t *testing.T, s *store.Store) {
	Block(t, s)
	board := permit(access.RecordBoard, 3)
	all := []store.NewPaper{newPaper("p1", "f1", "a1", "m1", 1), newPaper("p2", "f2", "a2", "m1", 2), newPaper("p3", "f1", "a3", "", 3)}
	kind(t, "papers without a permit", s.Write(t.Context(), func(tx *store.Tx) error {
		return tx.AddPapers(t.Context(), permit(access.SeeFile, 3), all)
	}), errs.Internal)
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		pdf := store.PaperPrint{Format: "pdf", Hash: "pp1", Bytes: []byte("%PDF p1")}
		return firstOf(tx.AddPapers(ctx, board, all), tx.KeepPrints(ctx, "p1", []store.PaperPrint{pdf}),
			tx.KeepPrints(ctx, "p1", []store.PaperPrint{{Format: "pdf", Bytes: []byte("other")}}), tx.KeepPrints(ctx, "p2", nil), tx.VoidPapers(ctx, board, "f1", []string{"a3", "a9"}), tx.VoidPapers(ctx, board, "f1", nil))
	})
	kind(t, "voided without a permit", s.Write(t.Context(), func(tx *store.Tx) error {
		return tx.VoidPapers(t.Context(), access.Permit{}, "f1", []string{"a1"})
	}), errs.Internal)
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		of, err := tx.FilePapers(ctx, "f1")
		equal(t, "papers of the file, the latest first", paperIDs(of), " p3:voided p1:issued")
		met, errMet := tx.MeetingPapers(ctx, "m1")
		equal(t, "papers of the meeting", paperIDs(met), " p1:issued p2:issued")
		none, errNone := tx.MeetingPapers(ctx, "")
		equal(t, "papers of no meeting", len(none), 0)
		series := store.Series{Unit: 1, Kind: "QĐ", Term: term}
		page, errPage := tx.PaperRegister(ctx, series, 0, 2)
		equal(t, "the register", paperIDs(page), " p3:voided p2:issued")
		rest, errRest := tx.PaperRegister(ctx, series, 2, 2)
		equal(t, "and its next page", paperIDs(rest), " p1:issued")
		one, content, errOne := tx.Paper(ctx, "p1")
		equal(t, "the paper", one, all[0].PaperRow)
		equal(t, "its content", content, all[0].Content)
		f, errPrint := tx.PrintOf(ctx, "p1", "pdf")
		equal(t, "its print", string(f.Bytes)+f.Hash, "%PDF p1pp1")
		_, errDocx := tx.PrintOf(ctx, "p1", "docx")
		kind(t, "a print that was not made", errDocx, errs.NotFound)
		_, _, errGone := tx.Paper(ctx, "p\x00")
		kind(t, "a paper that is none", errGone, errs.NotFound)
		return firstOf(err, errMet, errNone, errPage, errRest, errOne, errPrint)
	})
}

func paperIDs(rows []store.PaperRow) (ids string) {
	for _, p := range rows {
		ids += " " + p.ID + ":" + string(p.State)
	}
	return ids
}
