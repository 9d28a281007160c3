package app_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"ketnap/admission"
	"ketnap/app"
	"ketnap/date"
	"ketnap/internal/sqldb"
	"ketnap/meeting"
	"ketnap/org"
	"ketnap/person"
	"ketnap/store"
)

// sessionOf opens a session of a standing committee with n decisions on its agenda, of
// people in 40 branches, everything filled in.
func sessionOf(b *testing.B, a *app.App, n int) (id string) {
	b.Helper()
	ctx, system := b.Context(), app.System("bench")
	fatal := func(err error) {
		b.Helper()
		if err != nil {
			b.Fatal(err)
		}
	}
	from := date.Must("2015-01-01")
	count := func(kind org.CountKind, n int) []app.LoadedCount {
		return []app.LoadedCount{{Kind: kind, From: from, Value: n}}
	}
	units := []app.LoadedUnit{{Code: "K", Name: "Đảng ủy Khối", Type: org.Committee, Opened: from, Counts: count(org.StandingMembers, 9)},
		{Code: "K01", Name: "Đảng ủy Trường", Type: org.BaseCommittee, Parent: "K", Opened: from, Counts: count(org.CommitteeMembers, 9)}}
	for i := range 40 {
		units = append(units, app.LoadedUnit{Code: org.Code(fmt.Sprintf("K01.%02d", i)), Name: fmt.Sprint("Chi bộ ", i), Type: org.Branch, Parent: "K01", Opened: from, Counts: count(org.OfficialMembers, 20)})
	}
	nos, err := a.LoadUnits(ctx, system, units)
	fatal(err)
	name, err := person.Parse("Nguyễn Thị Hoa")
	fatal(err)
	var people []app.History
	for i := range n {
		people = append(people, app.History{Name: name, Birth: date.Must("2000-03-01"), Sex: person.Female, Unit: nos[units[2+i%40].Code], Acts: toResolved()})
	}
	fatal(a.LoadHistories(ctx, system, nos["K"], people))
	id, err = a.NewMeeting(ctx, system, "K", meeting.Sheet{On: "2024-04-10", Chair: "Lê Văn Bình", Secretary: "Trần Thị Hoa", Method: meeting.Cards, Present: "9", Auto: true})
	fatal(err)
	agenda, err := a.MeetingAgenda(ctx, system, id)
	fatal(err)
	var picks []app.MeetingPick
	for _, c := range agenda.Choices {
		picks = append(picks, app.MeetingPick{File: c.Row.ID, Act: c.Act})
	}
	fatal(a.PutOnAgenda(ctx, system, id, 1, picks))
	m, err := a.Meeting(ctx, system, id)
	fatal(err)
	for i := range m.Sheet.Lines {
		m.Sheet.Lines[i].For, m.Sheet.Lines[i].Against = "9", "0"
	}
	fatal(a.SaveMeeting(ctx, system, id, m.Version, m.Sheet))
	return id
}

// toResolved are the acts of a candidate up to the resolution of the base committee.
func toResolved() []admission.Act {
	papers := map[admission.PaperCode]date.Date{}
	for _, p := range admission.DossierPapers(admission.YouthUnion) {
		papers[p] = date.Must("2024-03-01")
	}
	acts := []admission.Act{
		{Code: admission.Introduce, By: admission.YouthUnion, Number: "12-NQ/ĐTN"}, {Code: admission.List, Number: "3-NQ/CB"},
		{Code: admission.AssignHelper, Helper: "Trần Văn Bình"}, {Code: admission.Certify, Number: "9", Issued: date.Must("2024-02-01")},
		{Code: admission.Apply}, {Code: admission.SendVerification, To: "Đảng ủy xã Quảng Phú"}, {Code: admission.ReceiveRequest},
		{Code: admission.ConcludeVerification, Result: admission.ResultClear}, {Code: admission.CompleteDossier, Papers: papers},
		{Code: admission.BranchResolution, Number: "5-NQ/CB", Votes: &admission.Votes{Members: 20, Present: 20, For: 20}},
		{Code: admission.BaseResolution, Number: "6-NQ/ĐU", Votes: &admission.Votes{Members: 9, Present: 9, For: 9}},
	}
	for i := range acts {
		acts[i].On = date.Must("2024-03-05").AddDays(i)
	}
	return acts
}

// BenchmarkRecordMeeting records sessions of 200 decisions in one confirmation each, and
// makes the files of their papers: 200 decisions and the list, as DOCX and PDF.
func BenchmarkRecordMeeting(b *testing.B) {
	var confirmed time.Duration
	for b.Loop() {
		b.StopTimer()
		s, err := store.Open(b.Context(), sqldb.Config{Path: filepath.Join(b.TempDir(), "ketnap.db")})
		if err != nil {
			b.Fatal(err)
		}
		a := app.New(s, app.Options{Clock: func() time.Time { return time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC) }})
		id := sessionOf(b, a, 200)
		try, err := a.TryMeeting(b.Context(), app.System("bench"), id)
		if err != nil || try.Blocked() {
			b.Fatal(err, try.Findings)
		}
		b.StartTimer()
		began := time.Now()
		done, err := a.RecordMeeting(b.Context(), app.System("bench"), id, try.Page.Version, try.Token)
		if err != nil || !done.Written {
			b.Fatal(err, done.Trial.Findings)
		}
		confirmed += time.Since(began)
		if err := a.PrintMeeting(b.Context(), id); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
	b.ReportMetric(confirmed.Seconds()/float64(b.N), "s/confirmation")
}
