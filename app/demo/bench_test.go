package demo

import (
	"testing"

	"ketnap/app"
	"ketnap/date"
)

// BenchmarkLoad measures how many people with their histories a second are judged and
// written: those who were just put on the list, and whole histories.
func BenchmarkLoad(b *testing.B) {
	for _, c := range []struct {
		name string
		tell func(*story)
	}{
		{"listed", until("list", 3, 80)},
		{"listed with a helper", until("assign_helper", 3, 80)},
		{"decided", func(s *story) { s.decided(s.b.decisionDay(s.dice, s.b.year-1)) }},
	} {
		b.Run(c.name, func(b *testing.B) {
			a, _, _ := build(b, Options{Seed: 2, Today: today})
			invented := &builder{app: a, who: app.System("bench"), opt: Options{Seed: 2, Today: today}, year: 2024, cal: date.Builtin()}
			invented.inventBlock()
			k := invented.blocks[0]
			k.no = 1
			units, _, err := a.Units(b.Context(), invented.who, "K01", "", 1000)
			if err != nil {
				b.Fatal(err)
			}
			for _, u := range units {
				for _, p := range invented.places {
					if p.code == u.Code {
						p.no = u.No
					}
				}
				if u.Code == k.code {
					k.no = u.No
				}
			}
			n := 0
			l := &loading{builder: invented, block: k}
			people := make([]app.History, loadAtOnce)
			acts := 0
			for b.Loop() {
				b.StopTimer()
				for i := range people {
					s := invented.begin("bench", n, invented.anyPlace(invented.throw("bench place", n), anywhere, true))
					c.tell(s)
					people[i] = s.history()
					acts += len(people[i].Acts)
					n++
				}
				b.StartTimer()
				if err := a.LoadHistories(b.Context(), l.who, k.no, people); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "files/s")
			b.ReportMetric(float64(acts)/float64(n), "acts/file")
		})
	}
}

// BenchmarkBuild measures the two sizes from the empty store to the last account.
func BenchmarkBuild(b *testing.B) {
	for _, size := range []string{Block, Province} {
		b.Run(size, func(b *testing.B) {
			for b.Loop() {
				_, _, r := build(b, Options{Size: size, Seed: 708, Today: today})
				b.ReportMetric(float64(r.Units), "units")
				b.ReportMetric(float64(r.Files), "files")
			}
		})
	}
}
