package storetest

import (
	"context"
	"fmt"
	"testing"

	"ketnap/access"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/store"
)

func letter(id string, unit org.UnitNo, minute int) store.Document {
	return store.Document{ID: id, Unit: unit, Symbol: "708-CV/ĐUK", Subject: "V/v phát triển đảng viên", IssuedOn: day,
		Fields: `{"symbol":"708-CV/ĐUK"}`, Text: "Số 708\n\tCV", EnteredAt: at(minute), EnteredBy: "Hoa"}
}

// enterLetter writes a draft with two proposals.
func enterLetter(t *testing.T, s *store.Store, d store.Document) {
	t.Helper()
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.AddDocument(ctx, permit(access.EnterDocument, d.Unit), d, []store.Proposal{
			{Seq: 2, Kind: "ceiling", Clause: "2", State: "open", Fields: `{"b":2}`}, {Seq: 1, Kind: "target", Clause: "1", State: "open", Fields: `{"a":1}`},
		})
	})
}

func testDocuments(t *testing.T, s *store.Store) {
	Block(t, s)
	d := letter("d1", 1, 0)
	enterLetter(t, s, d)
	may := permit(access.EnterDocument, 1)
	try := func(fn func(*store.Tx) error) error { return s.Write(t.Context(), fn) }
	save := func(p access.Permit, d store.Document, version int) error {
		return try(func(tx *store.Tx) error { return tx.SaveDocument(t.Context(), p, d, version) })
	}
	decide := func(p access.Permit, q store.Proposal) error {
		return try(func(tx *store.Tx) error { return tx.SaveProposal(t.Context(), p, "d1", q) })
	}
	discard := func(p access.Permit, id string) error {
		return try(func(tx *store.Tx) error { return tx.DeleteDraft(t.Context(), p, id) })
	}
	d.State, d.Version, d.UnitCode, d.UnitName = store.Draft, 1, "K", "Đảng ủy Khối các cơ quan tỉnh"
	sameLetter(t, s, "as entered", d, `[{1 target 1 open {"a":1}} {2 ceiling 2 open {"b":2}}]`)

	first := store.Proposal{Seq: 1, Clause: "1a", State: "accepted", Fields: `{"a":3}`}
	for name, p := range map[string]access.Permit{"no": {}, "another": permit(access.SeeDocument, 1)} {
		for i, err := range []error{save(p, d, 1), decide(p, first), discard(p, "d1"), try(func(tx *store.Tx) error { return tx.AddDocument(t.Context(), p, letter("d9", 1, 0), nil) })} {
			kind(t, fmt.Sprint("write ", i, " with ", name, " permit"), err, errs.Internal)
		}
	}
	elsewhere := d
	elsewhere.Unit = 5
	kind(t, "a draft of another unit corrected", save(permit(access.EnterDocument, 5), elsewhere, 1), errs.Stale)
	kind(t, "a proposal of another unit decided", decide(permit(access.EnterDocument, 5), first), errs.NotFound)
	kind(t, "a draft of another unit taken back", discard(permit(access.EnterDocument, 5), "d1"), errs.Stale)
	kind(t, "a proposal that is not there", decide(may, store.Proposal{Seq: 3}), errs.NotFound)

	d.Symbol, d.Subject, d.IssuedOn, d.Fields = "709-CV/ĐUK", "V/v khác", date.Date{}, `{}`
	if err := save(may, d, 1); err != nil {
		t.Fatal(err)
	}
	kind(t, "corrected by who saw the first version", save(may, d, 1), errs.Stale)
	if err := decide(may, first); err != nil {
		t.Fatal(err)
	}
	d.Version = 2
	sameLetter(t, s, "as corrected", d, `[{1 target 1a accepted {"a":3}} {2 ceiling 2 open {"b":2}}]`)

	d.State, d.IssuedOn, d.ConfirmedAt, d.ConfirmedBy = store.Confirmed, day, at(5), "Bình"
	if err := save(may, d, 2); err != nil {
		t.Fatal(err)
	}
	d.Version = 3
	kind(t, "confirmed again", save(may, d, 3), errs.Stale)
	kind(t, "a proposal decided after that", decide(may, store.Proposal{Seq: 2}), errs.NotFound)
	kind(t, "taken back after that", discard(may, "d1"), errs.Stale)
	sameLetter(t, s, "as confirmed", d, `[{1 target 1a accepted {"a":3}} {2 ceiling 2 open {"b":2}}]`)

	enterLetter(t, s, letter("d2", 1, 1))
	if err := discard(may, "d2"); err != nil {
		t.Fatal(err)
	}
	kind(t, "taken back twice", discard(may, "d2"), errs.Stale)
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		_, _, err := tx.Document(ctx, "d2")
		kind(t, "the draft that was taken back", err, errs.NotFound)
		_, err = tx.DocumentUnit(ctx, "d2")
		kind(t, "and its unit", err, errs.NotFound)
		no, err := tx.DocumentUnit(ctx, "d1")
		equal(t, "the unit of the letter", no, 1)
		return err
	})
	equal(t, "proposals left", rows(t, s, "proposal"), 2)
}

func sameLetter(t *testing.T, s *store.Store, what string, want store.Document, proposals string) {
	t.Helper()
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		got, list, err := tx.Document(ctx, want.ID)
		equal(t, what, fmt.Sprintf("%+v", got), fmt.Sprintf("%+v", want))
		equal(t, what+": proposals", fmt.Sprint(list), proposals)
		return err
	})
}

func testDocumentList(t *testing.T, s *store.Store) {
	Block(t, s)
	for i, unit := range []org.UnitNo{1, 1, 5, 2} {
		enterLetter(t, s, letter(fmt.Sprint("d", i), unit, i/2))
	}
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		d := letter("d0", 1, 0)
		d.State, d.ConfirmedAt = store.Confirmed, at(9)
		return tx.SaveDocument(ctx, permit(access.EnterDocument, 1), d, 1)
	})
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, c := range []struct {
			units  []org.UnitNo
			drafts bool
			limit  int
			want   string
		}{
			{nil, true, 9, ""},
			{[]org.UnitNo{1, 2, 3, 5}, true, 9, " d3 d2 d1 d0"},
			{[]org.UnitNo{1, 2, 3, 5}, true, 3, " d3 d2 d1"},
			{[]org.UnitNo{1, 2, 3, 5}, false, 9, " d0"},
			{[]org.UnitNo{1}, true, 9, " d1 d0"},
			{[]org.UnitNo{6}, true, 9, ""},
		} {
			all, err := tx.Documents(ctx, c.units, c.drafts, c.limit)
			if err != nil {
				return err
			}
			got := ""
			for _, d := range all {
				got += " " + d.ID
				equal(t, "its text, which lists leave out", d.Text+d.Fields, "")
			}
			equal(t, fmt.Sprint("documents of ", c.units, " with drafts ", c.drafts), got, c.want)
		}
		return nil
	})
}
