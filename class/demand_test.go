package class

import (
	"fmt"
	"testing"

	"ketnap/admission"
	"ketnap/date"
	"ketnap/org"
	"ketnap/rule"

	"pgregory.net/rapid"
)

func listed(file string) Candidate {
	return Candidate{File: file, Stage: admission.Listed, Birth: date.Must("2004-02-01"), Since: date.Must("2024-01-10")}
}

func TestWhoNeedsAClass(t *testing.T) {
	t.Parallel()
	today := date.Must("2024-05-27")
	for _, c := range []struct {
		name string
		kind Kind
		edit func(*Candidate)
		want Need // "" for none
	}{
		{"who is listed and has no certificate", Awareness, func(*Candidate) {}, NoCertificate},
		{"who has a seat already does not", Awareness, func(c *Candidate) { c.Going = true }, ""},
		{"nor who has a seat and is proposed", Awareness, func(c *Candidate) { c.Going, c.Asked = true, true }, ""},
		{"who is only introduced does not, unless the unit asks", Awareness, func(c *Candidate) { c.Stage = admission.Outstanding }, ""},
		{"the unit asks", Awareness, func(c *Candidate) { c.Stage, c.Asked = admission.Outstanding, true }, ByUnit},
		{"who is certified does not", Awareness, func(c *Candidate) { c.Stage, c.Certificate = admission.Certified, date.Must("2027-01-01") }, ""},
		{"unless the certificate ended", Awareness, func(c *Candidate) { c.Stage, c.Certificate = admission.Applying, date.Must("2024-05-26") }, Expired},
		{"or ends before it is used", Awareness, func(c *Candidate) { c.Stage, c.Certificate = admission.Ready, date.Must("2024-11-26") }, Expires},
		{"after the branch's vote nothing is asked", Awareness, func(c *Candidate) {
			c.Stage, c.Certificate = admission.BranchResolved, date.Must("2024-05-26")
		}, ""},
		{"a probationary member needs no awareness class", Awareness, func(c *Candidate) { c.Stage = admission.Probationary }, ""},
		{"but that for new members", NewMember, func(c *Candidate) {
			c.Stage, c.Ceremony = admission.Probationary, date.Must("2024-05-01")
		}, Probation},
		{"unless it was learned", NewMember, func(c *Candidate) {
			c.Stage, c.Ceremony, c.Learned = admission.Probationary, date.Must("2024-05-01"), true
		}, ""},
		{"past month 9 it presses", NewMember, func(c *Candidate) {
			c.Stage, c.Ceremony = admission.Probationary, date.Must("2023-08-01")
		}, MonthNine},
		{"a review that is complete has the certificate", NewMember, func(c *Candidate) {
			c.Stage, c.Ceremony = admission.ReviewReady, date.Must("2023-08-01")
		}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := listed("f")
			c.edit(&p)
			var got Need
			if d := Demand(c.kind, []Candidate{p}, today); len(d) == 1 {
				got = d[0].Need
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestGroupsComeFromTheKindOfTheUnitAndTheAge(t *testing.T) {
	t.Parallel()
	today := date.Must("2024-05-27")
	for _, c := range []struct {
		kind  org.Kind
		birth string
		want  Group
	}{
		{org.UpperSecondary, "2006-05-01", Pupil}, {org.UpperSecondary, "1988-05-01", Staff}, {org.University, "2003-01-01", Student},
		{org.College, "1990-01-01", Staff}, {org.Enterprise, "1990-01-01", Worker}, {org.Agency, "2000-01-01", Staff}, {"", "2000-01-01", Staff},
	} {
		if got := GroupOf(c.kind, date.Must(c.birth), today); got != c.want {
			t.Errorf("%s, born %s: %s", c.kind, c.birth, got)
		}
	}
	if GroupOf(org.University, date.Date{}, today) != Staff {
		t.Error("without a birth date nobody is called a student")
	}
}

func drawCandidates(t *rapid.T) []Candidate {
	stages := append(DemandStages(Awareness), DemandStages(NewMember)...)
	stages = append(stages, admission.Outstanding, admission.BranchResolved)
	day := func(label string) date.Date {
		if rapid.Bool().Draw(t, label+" known") {
			return date.Must("2022-01-01").AddDays(rapid.IntRange(0, 2000).Draw(t, label))
		}
		return date.Date{}
	}
	n := rapid.IntRange(0, 60).Draw(t, "rows")
	out := make([]Candidate, n)
	for i := range out {
		out[i] = Candidate{File: fmt.Sprintf("f%02d", rapid.IntRange(0, 30).Draw(t, "file")), Stage: rapid.SampledFrom(stages).Draw(t, "stage"),
			Unit: rapid.SampledFrom([]string{"A", "B", "C"}).Draw(t, "unit"), Birth: day("birth"), Since: day("since"), Certificate: day("certificate"),
			Ceremony: day("ceremony"), Learned: rapid.Bool().Draw(t, "learned"), Going: rapid.Bool().Draw(t, "going"), Asked: rapid.Bool().Draw(t, "asked")}
	}
	return out
}

func TestDemandNeverCountsAPersonTwice(t *testing.T) {
	t.Parallel()
	today := date.Must("2024-05-27")
	rapid.Check(t, func(t *rapid.T) {
		all := drawCandidates(t)
		kind := rapid.SampledFrom(Kinds()).Draw(t, "kind")
		people := Demand(kind, all, today)
		going, seen := map[string]bool{}, map[string]bool{}
		for _, c := range all {
			going[c.File] = going[c.File] || c.Going
		}
		sums := 0
		for _, p := range people {
			if seen[p.File] || going[p.File] {
				t.Fatalf("%s is counted twice, or has a seat", p.File)
			}
			seen[p.File] = true
			if k := p.Need.Kind(); k != "" && k != kind {
				t.Fatalf("need %s in the demand for %s", p.Need, kind)
			}
		}
		c := Count(people)
		for _, n := range c.Needs {
			sums += n
		}
		for _, n := range c.Groups {
			sums += n
		}
		if c.Total != len(people) || sums != 2*len(people) {
			t.Fatalf("%d people, counted %+v", len(people), c)
		}
	})
}

func drawOptions(t *rapid.T) []Option {
	out := make([]Option, rapid.IntRange(1, 4).Draw(t, "options"))
	for i := range out {
		out[i] = Option{Reach: rapid.SampledFrom(Reaches()).Draw(t, "reach"), Least: rapid.IntRange(1, 12).Draw(t, "least"),
			Units: []string{rapid.SampledFrom([]string{"A", "B"}).Draw(t, "unit")}, Seats: rapid.IntRange(0, 20).Draw(t, "seats"),
			Chosen: rapid.Bool().Draw(t, "chosen")}
	}
	return out
}

func TestChosenOptionsShareThePeopleOut(t *testing.T) {
	t.Parallel()
	today := date.Must("2024-05-27")
	rapid.Check(t, func(t *rapid.T) {
		people := Demand(Awareness, drawCandidates(t), today)
		places := make([]Place, len(people))
		for i, p := range people {
			places[i] = Place{Person: p, Base: p.Unit}
		}
		options := drawOptions(t)
		on := map[string]bool{}
		for i, c := range ShareOut(options, places, today) {
			o := options[i]
			if !o.Chosen && len(c.People) > 0 {
				t.Fatal("an option that was not chosen takes people in")
			}
			if o.Seats > 0 && len(c.People) > o.Seats {
				t.Fatal("more people than seats")
			}
			for _, p := range c.People {
				if on[p.File] {
					t.Fatalf("%s stands on two lists", p.File)
				}
				on[p.File] = true
			}
		}
		for _, o := range options {
			c := o.Covers(places, today)
			in, without := 0, 0
			for _, s := range c.Shares {
				in, without = in+s.In, without+s.Without
			}
			if in != len(c.People) || without != c.Left() || in+without != len(places) {
				t.Fatalf("%d in and %d without are not %d people", in, without, len(places))
			}
			if len(c.Over) > 0 && o.Seats > 0 && len(c.People) < o.Seats {
				t.Fatal("seats are free and people left over")
			}
		}
	})
}

func TestTheSizeOfAClassIsAskedWhereTheRegulationHolds(t *testing.T) {
	t.Parallel()
	today := date.Must("2026-03-01")
	for _, c := range []struct {
		name    string
		host    Host
		decided string
		people  int
		blocks  bool
	}{
		{"the day before the regulation nothing is asked", ByCentre, "2025-11-30", 5, false},
		{"from its first day 24 are too few", ByCentre, "2025-12-01", 24, true},
		{"25 are enough", ByCentre, "2025-12-01", 25, false},
		{"a class of the committee is free", ByCommittee, "2026-01-05", 5, false},
		{"nobody is no class, whoever holds it", ByCommittee, "2024-01-05", 0, true},
		{"a decision of tomorrow was not signed", ByCommittee, "2026-03-02", 30, true},
	} {
		f := CheckOpening(Class{Host: c.host, DecidedOn: date.Must(c.decided)}, c.people, today)
		if rule.Blocked(f) != c.blocks {
			t.Errorf("%s: %+v", c.name, f)
		}
	}
}

func TestAnOptionIsWhole(t *testing.T) {
	t.Parallel()
	good := Option{Title: "Lớp cho các trường", Reach: ForAll, Host: ByCommittee, From: date.Must("2024-08-05"), To: date.Must("2024-08-09"), HalfDays: 10, Seats: 80}
	for _, c := range []struct {
		name, field string
		edit        func(*Option)
	}{
		{"a whole one", "", func(*Option) {}},
		{"days may be open", "", func(o *Option) { o.From, o.To = date.Date{}, date.Date{} }},
		{"no title", "o.title", func(o *Option) { o.Title = " " }},
		{"for nobody", "o.reach", func(o *Option) { o.Reach = "some" }},
		{"many is how many", "o.least", func(o *Option) { o.Reach = ForLarge }},
		{"no unit chosen", "o.units", func(o *Option) { o.Reach = ForUnits }},
		{"held by nobody", "o.host", func(o *Option) { o.Host = "" }},
		{"ends before it begins", "o.to", func(o *Option) { o.To = date.Must("2024-08-04") }},
		{"more half-days than the days have", "o.half_days", func(o *Option) { o.HalfDays = 11 }},
		{"seats below none", "o.seats", func(o *Option) { o.Seats = -1 }},
	} {
		o := good
		c.edit(&o)
		f := CheckOption(o, "o.")
		if (c.field == "") != (len(f) == 0) || len(f) > 0 && f[0].Field != c.field {
			t.Errorf("%s: %+v", c.name, f)
		}
	}
}
