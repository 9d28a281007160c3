package storetest

import (
	"context"
	"testing"

	"ketnap/access"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/store"
)

func testKeeping(t *testing.T, s *store.Store) {
	Block(t, s)
	base := permit(access.RecordBase, 3)
	keep := store.Keeping{Code: "2-KNĐ", Place: "Tủ hồ sơ số 3, ngăn 2", Keeper: "Lê Thị Mai", Since: day, By: "Hoa", At: at(1)}
	kind(t, "kept without a permit", s.Write(t.Context(), func(tx *store.Tx) error {
		return tx.SetKeeping(t.Context(), permit(access.SeeFile, 3), "f1", keep)
	}), errs.Internal)
	moved := keep
	moved.Place, moved.At = "Kho lưu trữ", at(9)
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		return firstOf(tx.SetKeeping(ctx, base, "f1", keep), tx.SetKeeping(ctx, base, "f1", moved))
	})
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		all, err := tx.Keepings(ctx, "f1")
		equal(t, "papers kept", len(all), 1)
		equal(t, "where it is now", all["2-KNĐ"], moved)
		return err
	})
}

func testLendings(t *testing.T, s *store.Store) {
	Block(t, s)
	f := opened("f1", "K01.01", "Nguyễn Thị Hà")
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.OpenFile(ctx, permit(access.OpenFile, 3), f, stateOf(f, 3), at(0))
	})
	base := permit(access.RecordBase, 3)
	lent := store.Lending{ID: "l1", File: "f1", Unit: 3, Kind: store.Lent, Taker: "Trần Văn Bình", Reason: "thẩm định", On: day, Due: day.AddDays(10), By: "Hoa", At: at(1)}
	gone := store.Lending{ID: "l2", File: "f1", Unit: 3, Kind: store.HandedOver, Taker: "Ban Tổ chức", On: day.AddDays(2), By: "Hoa", At: at(2)}
	kind(t, "lent from another unit", s.Write(t.Context(), func(tx *store.Tx) error {
		return tx.AddLending(t.Context(), permit(access.RecordBase, 4), lent)
	}), errs.Internal)
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		return firstOf(tx.AddLending(ctx, base, lent), tx.AddLending(ctx, base, gone))
	})
	list := func(what string, scoped access.Scope, out bool, from date.Date, want string) {
		t.Helper()
		read(t, s, func(ctx context.Context, tx *store.Tx) error {
			rows, err := tx.Lendings(ctx, scoped, 0, from, day.AddDays(30), out, 10)
			got := ""
			for _, l := range rows {
				got += " " + l.ID
			}
			equal(t, what, got, want)
			return err
		})
	}
	list("the register", scope(1), false, day, " l2 l1")
	list("from a later day", scope(1), false, day.AddDays(1), " l2")
	list("what is out", scope(2), true, day, " l1")
	list("out of scope", scope(5), false, day, "")
	list("no scope", access.Scope{}, false, day, "")
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.ReturnLending(ctx, base, "l1", day.AddDays(5))
	})
	for what, id := range map[string]string{"twice": "l1", "what was handed over": "l2", "what is not there": "l9"} {
		kind(t, "given back "+what, s.Write(t.Context(), func(tx *store.Tx) error { return tx.ReturnLending(t.Context(), base, id, day) }), errs.Conflict)
	}
	list("what is still out", scope(1), true, day, "")
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		of, err := tx.FileLendings(ctx, "f1")
		equal(t, "lendings of the file", len(of), 2)
		one, errOne := tx.Lending(ctx, "l1")
		want := lent
		want.FileName, want.UnitName, want.Back = "Nguyễn Thị Hà", "Chi bộ Khoa Sư phạm", day.AddDays(5)
		equal(t, "the lending", one, want)
		_, errNone := tx.Lending(ctx, "l9")
		kind(t, "a lending that is none", errNone, errs.NotFound)
		return firstOf(err, errOne)
	})
}

func testAttachments(t *testing.T, s *store.Store) {
	Block(t, s)
	base := permit(access.RecordBase, 3)
	scan := store.Attachment{ID: "x1", File: "f1", Code: "CN-NTVĐ", Name: "giấy chứng nhận.pdf", Format: "pdf", Size: 9, Hash: "h", By: "Hoa", At: at(1), Bytes: []byte("%PDF-1.7\x00")}
	kind(t, "a scan without a permit", s.Write(t.Context(), func(tx *store.Tx) error { return tx.AddAttachment(t.Context(), access.Permit{}, scan) }), errs.Internal)
	write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.AddAttachment(ctx, base, scan) })
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		all, err := tx.Attachments(ctx, "f1")
		equal(t, "scans", len(all), 1)
		equal(t, "bytes in a list", len(all[0].Bytes), 0)
		one, errOne := tx.Attachment(ctx, "x1")
		equal(t, "bytes of the scan", string(one.Bytes), string(scan.Bytes))
		return firstOf(err, errOne)
	})
	kind(t, "taken out of another file", s.Write(t.Context(), func(tx *store.Tx) error { return tx.DropAttachment(t.Context(), base, "f2", "x1") }), errs.NotFound)
	write(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.DropAttachment(ctx, base, "f1", "x1") })
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Attachment(ctx, "x1")
		kind(t, "a scan that was taken out", err, errs.NotFound)
		return nil
	})
}
