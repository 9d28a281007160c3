package storetest

import (
	"context"
	"fmt"
	"testing"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/store"
)

// openIdle opens files of branches at stages, with the days on which something was done.
func openIdle(t *testing.T, s *store.Store) {
	t.Helper()
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, c := range []struct {
			id     string
			unit   org.UnitNo
			stage  admission.Stage
			last   int
			until  int
			helper string
		}{
			{"a", 3, admission.Outstanding, -200, 0, ""}, {"b", 3, admission.Outstanding, -10, 0, ""}, {"c", 3, admission.Certified, -200, 20, "Bình"},
			{"d", 4, admission.Listed, -150, 0, "Hà"}, {"e", 4, admission.Ready, -120, 300, ""}, {"f", 5, admission.Verifying, -5, -3, "Lan"},
			{"g", 5, admission.Official, -500, -3, "Lan"},
		} {
			f := opened(c.id, "", "Lê Thị Lan")
			f.Stage, f.Last, f.Helper = c.stage, day.AddDays(c.last), c.helper
			st := store.FileState{Unit: c.unit, Brief: admission.Brief{Stage: c.stage, Last: f.Last, Helper: c.helper}}
			if c.until != 0 {
				st.Brief.CertificateUntil = day.AddDays(c.until)
			}
			if c.helper != "" {
				f.Acts = []admission.Act{{ID: c.id + "1", Code: admission.AssignHelper, On: day.AddDays(-200), Helper: c.helper, Recorded: at(0)}}
			}
			if err := tx.OpenFile(ctx, permit(access.OpenFile, c.unit), f, st, at(0)); err != nil {
				return err
			}
		}
		return nil
	})
}

func testIdle(t *testing.T, s *store.Store) {
	Block(t, s)
	openIdle(t, s)
	note := store.HelperNote{ID: "n1", File: "d", On: day.AddDays(-20), Helper: "Hà", Outcome: "progressing", EnteredBy: "Hoa", EnteredOn: day}
	for _, p := range []access.Permit{{}, permit(access.HoldSession, 4)} {
		kind(t, "a note without its permit", s.Write(t.Context(), func(tx *store.Tx) error { return tx.AddHelperNote(t.Context(), p, note) }), errs.Internal)
	}
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		old := note
		old.ID, old.File, old.On = "n2", "c", day.AddDays(-190)
		if err := tx.AddHelperNote(ctx, permit(access.RecordBranch, 3), old); err != nil {
			return err
		}
		return tx.AddHelperNote(ctx, permit(access.RecordBranch, 4), note)
	})
	since := day.AddDays(-90)
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		ids := func(rows []store.FileRow) (text string) {
			for _, r := range rows {
				text += r.ID
			}
			return text
		}
		waiting, err := tx.WaitingFiles(ctx, scope(1), 1, admission.Outstanding, since)
		if err != nil {
			return err
		}
		equal(t, "introduced and not taken up", ids(waiting), "a")
		ending, err := tx.EndingCertificates(ctx, scope(1), 1, day.AddDays(30))
		if err != nil {
			return err
		}
		equal(t, "certificates that end", ids(ending), "fc")
		out, err := tx.EndingCertificates(ctx, scope(4), 1, day.AddDays(30))
		if err != nil {
			return err
		}
		equal(t, "of another branch", ids(out), "")
		silent, err := tx.SilentHelpers(ctx, scope(1), 1, since)
		if err != nil {
			return err
		}
		text := ""
		for _, h := range silent {
			text += fmt.Sprint(" ", h.ID, " ", h.Reported)
		}
		equal(t, "helpers who are silent", text, fmt.Sprint(" c ", day.AddDays(-190), " f ", day.AddDays(-200)))
		units, err := tx.IdleUnits(ctx, scope(1), 1, since)
		if err != nil {
			return err
		}
		equal(t, "lists that stand still", fmt.Sprint(units), fmt.Sprint([]store.IdleUnit{{Unit: 3, Code: "K01.01", Name: "Chi bộ Khoa Sư phạm", Files: 1, Last: day.AddDays(-200)},
			{Unit: 4, Code: "K01.02", Name: "Chi bộ Khoa Kỹ thuật", Files: 2, Last: day.AddDays(-120)}}))
		notes, err := tx.HelperNotes(ctx, "d")
		if err != nil {
			return err
		}
		equal(t, "the note", notes[0], note)
		return nil
	})
}

func testSilences(t *testing.T, s *store.Store) {
	Block(t, s)
	row := func(id, file string, unit org.UnitNo, days int) store.Silence {
		return store.Silence{ID: id, File: file, Unit: unit, Seen: "7", Until: day.AddDays(days), Reason: "chờ tốt nghiệp", On: day, By: "Hoa"}
	}
	may := func(unit org.UnitNo) access.Permit { return permit(access.HoldSession, unit) }
	for _, p := range []access.Permit{{}, may(4), permit(access.SeeFile, 3)} {
		kind(t, "set aside without its permit", s.Write(t.Context(), func(tx *store.Tx) error { return tx.AddSilence(t.Context(), p, row("x", "a", 3, 9)) }), errs.Internal)
		kind(t, "taken up without its permit", s.Write(t.Context(), func(tx *store.Tx) error { return tx.EndSilence(t.Context(), p, 3, "a") }), errs.Internal)
	}
	write(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, x := range []store.Silence{row("s1", "a", 3, 9), row("s2", "a", 3, 30), row("s3", "", 4, 30), row("s4", "b", 4, -1), row("s5", "c", 5, 30)} {
			if err := tx.AddSilence(ctx, may(x.Unit), x); err != nil {
				return err
			}
		}
		return tx.EndSilence(ctx, may(5), 5, "c")
	})
	read(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, c := range []struct {
			scope access.Scope
			days  int
			want  string
		}{{scope(1), 0, " s2 s3"}, {scope(3), 0, " s2"}, {scope(1), 31, ""}, {scope(6), 0, ""}} {
			got, err := tx.Silences(ctx, c.scope, 1, day.AddDays(c.days))
			if err != nil {
				return err
			}
			text := ""
			for _, x := range got {
				text += " " + x.ID
			}
			equal(t, "what is set aside", text, c.want)
		}
		got, err := tx.Silences(ctx, scope(3), 3, date.Must("2024-06-01"))
		if err != nil {
			return err
		}
		equal(t, "the silence", got[0], row("s2", "a", 3, 30))
		return nil
	})
}
