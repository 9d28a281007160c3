package union

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"ketnap/admission"
	"ketnap/date"
	"ketnap/org"
	"ketnap/rule"

	"pgregory.net/rapid"
)

var today = date.Must("2024-10-15")

// sheet is a count in order, with some columns typed otherwise: "column=text".
func sheet(other ...string) Sheet {
	s := Sheet{Typed: map[Column]string{Total: "100", OfAge: "60", Members: "50", PartyOfAge: "10", Outstanding: "8", Class: "5", Certified: "4", Introduced: "3", Admitted: "2"}, Why: map[Column]string{}}
	for _, o := range other {
		c, text, _ := strings.Cut(o, "=")
		if why, ok := strings.CutPrefix(c, "why-"); ok {
			s.Why[Column(why)] = text
			continue
		}
		s.Typed[Column(c)] = text
	}
	return s
}

func TestCheck(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		sheet Sheet
		known Figures
		block string // fields, by spaces
		warn  string
	}{
		{"a count in order passes", sheet(), nil, "", ""},
		{"a column that was left out is asked for", sheet("class="), nil, "class", ""},
		{"zero is a number", sheet("class=0", "certified=0"), nil, "", ""},
		{"thousands may be written with dots", sheet("total=1.200"), nil, "", ""},
		{"what is no number is refused at its field", sheet("of_age=nhiều", "class=-1", "introduced=+3"), nil, "of_age class introduced", ""},
		{"more people than any unit has are refused", sheet("total=900000"), nil, "total", ""},
		{"a part is no more than its whole", sheet("of_age=101", "party_of_age=102"), nil, "of_age party_of_age", ""},
		{"more outstanding members than members cannot be", sheet("outstanding=51"), nil, "outstanding", ""},
		{"officers of the union may be older", sheet("union_members=70"), nil, "", "union_members"},
		{"who was introduced last year may be admitted this year", sheet("admitted=9"), nil, "", "admitted"},
		{"what the register says otherwise wants a reason", sheet(), Figures{OfAge: 55, Introduced: 3}, "why-of_age", ""},
		{"with the reason it is a warning", sheet("why-of_age=tuyển thêm"), Figures{OfAge: 55}, "", "of_age"},
		{"a reason is one line", sheet("why-of_age=" + strings.Repeat("x", MostReason+1)), nil, "why-of_age", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, findings := tt.sheet.Check(tt.known)
			got := map[rule.Severity][]string{}
			for _, f := range findings {
				got[f.Severity] = append(got[f.Severity], f.Field)
			}
			if b, w := strings.Join(got[rule.Block], " "), strings.Join(got[rule.Warn], " "); b != tt.block || w != tt.warn {
				t.Errorf("blocked at %q, warned at %q; want %q and %q", b, w, tt.block, tt.warn)
			}
		})
	}
}

// TestSumIsOfItsParts holds that totals of a block are the sums of what was given, in
// whatever order, and that a checked count never has a negative number of young people.
func TestSumIsOfItsParts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.IntRange(0, 500)
		all := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Figures {
			n := Figures{}
			for _, c := range Columns() {
				if rapid.Bool().Draw(t, "given") {
					n[c] = number.Draw(t, string(c))
				}
			}
			return n
		}), 0, 8).Draw(t, "counts")
		got := Sum(all...)
		for _, c := range Columns() {
			want, given := 0, false
			for _, n := range all {
				v, ok := n[c]
				want, given = want+v, given || ok
			}
			if v, ok := got[c]; ok != given || v != want {
				t.Fatalf("%s: %d, %t; want %d, %t", c, v, ok, want, given)
			}
		}
	})
}

// TestWhatPassesCanBe holds that no count that is accepted has a part over its whole, and
// that one without doubts of the register is accepted again as it was.
func TestWhatPassesCanBe(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := Sheet{Typed: map[Column]string{}, Why: map[Column]string{}}
		known := Figures{}
		for _, c := range Columns() {
			s.Typed[c] = strconv.Itoa(rapid.IntRange(-2, 40).Draw(t, string(c)))
			if rapid.Bool().Draw(t, "known") {
				known[c] = rapid.IntRange(0, 40).Draw(t, "known "+string(c))
				s.Why[c] = rapid.SampledFrom([]string{"", " ", "chuyển đến"}).Draw(t, "why")
			}
		}
		n, findings := s.Check(known)
		if rule.Blocked(findings) {
			return
		}
		for _, p := range parts {
			if n[p.part] > n[p.whole] {
				t.Fatalf("%s %d over %s %d passed", p.part, n[p.part], p.whole, n[p.whole])
			}
		}
		for c, book := range known {
			if n[c] != book && strings.TrimSpace(s.Why[c]) == "" {
				t.Fatalf("%s %d passed against %d without a reason", c, n[c], book)
			}
		}
		if youth, ok := n.Youth(); !ok || youth < 0 {
			t.Fatalf("young people %d, %t", youth, ok)
		}
	})
}

func FuzzRead(f *testing.F) {
	f.Add("12", "x")
	f.Add("1.2 3", "-5")
	f.Fuzz(func(t *testing.T, a, b string) {
		n, findings := Sheet{Typed: map[Column]string{Total: a, OfAge: b}}.Read()
		for c, v := range n {
			if v < 0 || v > MostPeople {
				t.Errorf("%s: %d", c, v)
			}
		}
		for _, f := range findings {
			if _, ok := n[Column(f.Field)]; ok {
				t.Errorf("%s is refused and counted", f.Field)
			}
		}
	})
}

func TestCampaign(t *testing.T) {
	t.Parallel()
	good := Campaign{Year: 2024, Symbol: "12-HD/ĐTN", Issued: today, Due: today.AddDays(20)}
	for name, c := range map[string]struct {
		change func(*Campaign)
		want   string
	}{
		"in order":                       {func(*Campaign) {}, ""},
		"a year long past":               {func(c *Campaign) { c.Year = 1999 }, "year"},
		"without a number":               {func(c *Campaign) { c.Symbol = " " }, "symbol"},
		"of tomorrow":                    {func(c *Campaign) { c.Issued = today.AddDays(1) }, "issued"},
		"due before it was issued":       {func(c *Campaign) { c.Due = today.AddDays(-1) }, "due"},
		"due in two years":               {func(c *Campaign) { c.Due = today.AddMonths(24) }, "due"},
		"with a text that nobody reads":  {func(c *Campaign) { c.Text = strings.Repeat("a", MostText+1) }, "text"},
		"a symbol as long as a sentence": {func(c *Campaign) { c.Symbol = strings.Repeat("a", MostName+1) }, "symbol"},
	} {
		x := good
		c.change(&x)
		if got, _ := x.Fault(today); got != c.want {
			t.Errorf("%s: refused at %q, want %q", name, got, c.want)
		}
	}
	for _, c := range []struct {
		due, sent string
		want      int
	}{{"2024-10-10", "", 5}, {"2024-10-20", "", 0}, {"2024-10-10", "2024-10-10", 0}, {"2024-10-10", "2024-10-12", 2}} {
		sent := date.Date{}
		if c.sent != "" {
			sent = date.Must(c.sent)
		}
		if got := DaysLate(date.Must(c.due), sent, today); got != c.want {
			t.Errorf("due %s, sent %q: %d days late, want %d", c.due, c.sent, got, c.want)
		}
	}
}

// TestFateTellsTheStepOnly holds that the introducer cannot see from a fate what the
// verification found, or that a file was suspended (SEC-08).
func TestFateTellsTheStepOnly(t *testing.T) {
	t.Parallel()
	for _, same := range [][]admission.Stage{
		{admission.Listed, admission.Verifying, admission.Verified, admission.Held, admission.Ready, admission.Suspended, admission.Decided},
		{admission.Withdrawn, admission.Closed, admission.Removed},
		{admission.New, admission.Outstanding},
		{admission.Probationary, admission.RemovalProposed},
	} {
		for _, stage := range same {
			if got, want := FateOf(Taken, stage), FateOf(Taken, same[0]); got != want {
				t.Errorf("%s tells %s, %s tells %s", stage, got, same[0], want)
			}
		}
	}
	for _, stage := range admission.Stages() {
		if FateOf(Sent, stage) != FateSent || FateOf(Declined, stage) != FateDeclined {
			t.Errorf("the stage %s tells of what no file holds", stage)
		}
		if f := FateOf(Taken, stage); f.Words() == string(f) {
			t.Errorf("no words for %s", f)
		}
	}
}

func TestTally(t *testing.T) {
	t.Parallel()
	if p := (Tally{}).Percent(); p != nil {
		t.Errorf("a share of nobody: %v", *p)
	}
	if p := (Tally{Introduced: 5000, Admitted: 1500}).Percent(); p == nil || *p != 30 {
		t.Errorf("share: %v", p)
	}
}

func TestRecordsThatCannotBe(t *testing.T) {
	t.Parallel()
	day, later := today, today.AddDays(1)
	person := Participant{Introduced: "a", Role: "đội viên"}
	for _, tt := range []struct {
		name string
		got  string
		want string
	}{
		{"a resolution in order", field(Resolution{Number: "5-NQ/ĐTN", On: day, Present: 9, For: 8}.Fault(today)), ""},
		{"votes need not be known", field(Resolution{Number: "5-NQ/ĐTN", On: day}.Fault(today)), ""},
		{"a resolution without a number", field(Resolution{On: day}.Fault(today)), "number"},
		{"a resolution of tomorrow", field(Resolution{Number: "5", On: later}.Fault(today)), "on"},
		{"more votes than voters", field(Resolution{Number: "5", On: day, Present: 3, For: 4}.Fault(today)), "for"},
		{"nobody for it", field(Resolution{Number: "5", On: day, Present: 3}.Fault(today)), "for"},
		{"a movement in order", field(Movement{Name: "Mùa hè xanh", From: day, To: day, Count: 1, People: []Participant{person}}.Fault(today)), ""},
		{"a movement that ends before it begins", field(Movement{Name: "x", From: day, To: day.AddDays(-1)}.Fault(today)), "to"},
		{"fewer people than are named", field(Movement{Name: "x", From: day, To: day, People: []Participant{person}}.Fault(today)), "count"},
		{"evidence that lies nowhere", field(Movement{Name: "x", From: day, To: day, Evidence: Blood}.Fault(today)), "kept"},
		{"evidence of no kind", field(Movement{Name: "x", From: day, To: day, Evidence: "ảnh"}.Fault(today)), "evidence"},
		{"a session in order", field(Session{On: day, Chair: "Mai", Conclusions: []Conclusion{{Text: "a", Owner: "b"}}}.Fault(today)), ""},
		{"a session of tomorrow", field(Session{On: later, Chair: "Mai"}.Fault(today)), "on"},
		{"a conclusion of nobody", field(Session{On: day, Chair: "Mai", Conclusions: []Conclusion{{Text: "a", Owner: "b"}, {Text: "a"}}}.Fault(today)), "owner-b"},
		{"a conclusion due before it was reached", field(Session{On: day, Chair: "Mai", Conclusions: []Conclusion{{Text: "a", Owner: "b", Due: day.AddDays(-1)}}}.Fault(today)), "due-a"},
		{"a rating in order", field(Rating{Year: 2024, Level: Good, By: "BTV", On: day}.Fault(today)), ""},
		{"a rating of next year", field(Rating{Year: 2025, Level: Good, By: "BTV", On: day}.Fault(today)), "year"},
		{"a level that is none", field(Rating{Year: 2024, Level: "best", By: "BTV", On: day}.Fault(today)), "level"},
		{"a rating by nobody", field(Rating{Year: 2024, Level: Good, On: day}.Fault(today)), "by"},
		{"an opinion in order", field(Opinion{On: day}.Fault(today)), ""},
		{"an opinion without a day", field(Opinion{}.Fault(today)), "on"},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: refused at %q, want %q", tt.name, tt.got, tt.want)
		}
	}
}

func field(f string, _ error) string { return f }

func TestCriterionStatesFacts(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		facts Facts
		want  string
	}{
		{"nothing was asked and nothing done", Facts{}, "không đặt ra/không đặt ra/không đặt ra/không đặt ra/chưa đạt/chưa đạt"},
		{"counted too late", Facts{Asked: true, Counted: true}, "đạt/chưa đạt/không đặt ra/không đặt ra/chưa đạt/chưa đạt"},
		{"everything", Facts{Asked: true, Counted: true, OnTime: true, Target: 5, Introduced: 5, Admitted: 1, Movements: 2, Sessions: 1}, "đạt/đạt/đạt/đạt/đạt/đạt"},
		{"below target, nobody admitted", Facts{Target: 5, Introduced: 4}, "không đặt ra/không đặt ra/chưa đạt/chưa đạt/chưa đạt/chưa đạt"},
	} {
		var words []string
		for _, l := range Criterion(tt.facts) {
			words = append(words, l.Words())
			if l.Cite == "" {
				t.Errorf("%s: %s without its clause", tt.name, l.Text)
			}
		}
		if got := strings.Join(words, "/"); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestKinds(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		kind  org.Kind
		by    admission.Introducer
		paper admission.PaperCode
		count bool
	}{
		{org.YouthUnion, admission.YouthUnion, "4-KNĐ", true}, {org.TradeUnion, admission.TradeUnion, "4A-KNĐ", false},
		{org.WomenUnion, "", "", false}, {org.Veterans, "", "", false}, {"", "", "", false},
	} {
		by, _ := Introduces(tt.kind)
		if got := fmt.Sprint(by, Paper(tt.kind), Counts(tt.kind), Words(tt.kind) != ""); got != fmt.Sprint(tt.by, tt.paper, tt.count, true) {
			t.Errorf("%s: %s", tt.kind, got)
		}
	}
}

func TestNext(t *testing.T) {
	t.Parallel()
	if !Next(date.Date{}, 6).IsZero() || Next(date.Must("2024-04-15"), 6) != today {
		t.Error("the next session is reckoned from the last")
	}
}
