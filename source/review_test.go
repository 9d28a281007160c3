package source

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ketnap/admission"
	"ketnap/date"
	"ketnap/rule"
)

func number(n int) *int { return &n }

// said is a review that says the numbers in the order of the layers; -1 is one not known.
func said(has bool, values ...int) Review {
	r := Review{Unit: "B1", Level: Declared, Has: has}
	for i, l := range Layers() {
		c := Count{Layer: l}
		if i < len(values) && values[i] >= 0 {
			c.Value = number(values[i])
		}
		r.Counts = append(r.Counts, c)
	}
	return r
}

func period(t *testing.T, code string) date.Period {
	t.Helper()
	p, err := date.ParsePeriod(code)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestEveryLayerAndOriginHasWords(t *testing.T) {
	t.Parallel()
	for _, l := range Layers() {
		if !l.Valid() || l.Words() == string(l) || l.Short() == string(l) || l.Note() == "" {
			t.Errorf("%s has no words", l)
		}
	}
	if bad := Layer("x"); bad.Valid() || bad.Words() != "x" || bad.Short() != "x" || bad.Note() != "" || bad.Stages() != nil {
		t.Error("only the layers are layers")
	}
	for _, o := range []Origin{FromRegister, FromUnion, FromClass, FromLast, FromBranches} {
		if o.Words() == Unknown.Words() {
			t.Errorf("%s has no words", o)
		}
	}
	if State(0) == State(Declared) || State(Confirmed) == State(Checked) {
		t.Error("each state has words of its own")
	}
}

func TestADeeperLayerHasTheStagesOfFewer(t *testing.T) {
	t.Parallel()
	deep := []Layer{Outstanding, CertificateValid, ApplicationFiled, VerificationDone, FileComplete}
	for i := 1; i < len(deep); i++ {
		above := map[admission.Stage]bool{}
		for _, s := range deep[i-1].Stages() {
			above[s] = true
		}
		for _, s := range deep[i].Stages() {
			if !above[s] {
				t.Errorf("%s: %s is not in %s", deep[i], s, deep[i-1])
			}
		}
	}
	if NonMembers.Stages() != nil || SentToClass.Stages() != nil {
		t.Error("no file is kept of people who are only counted")
	}
}

func TestContradictionsAreFound(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		review Review
		want   string // words of the findings
		fields string
	}{
		{"no source and nobody left", said(false, 5, 0, 0, 0, 0, 0, 0, 0), "", ""},
		{"nothing is known", said(false), "", ""},
		{"young people are left", said(false, 5, 3, 0, 0, 0, 0, 0, 0), "độ tuổi đoàn", "has"},
		{"outstanding and certified people are left", said(false, 5, 0, 2, 1, 1, 0, 0, 0), "giấy chứng nhận", "has has"},
		{"source, but nobody", said(true, 5, 0, 0, 0, 0, 0, 0, 0), "còn nguồn", "has"},
		{"source among the young", said(true, 5, 4, 0, 0, 0, 0, 0, 0), "", ""},
		{"more young people than people", said(true, 3, 4, 1, 1, 1, 1, 1, 1), "nhiều hơn", "value-union_age"},
		{"more complete files than applications", said(true, 9, 4, 4, 4, 4, 2, 2, 3), "nhiều hơn", "value-file_complete"},
		{"an unknown layer is stepped over", said(true, 9, 4, 3, -1, 4, 2, 2, 2), "Có GCN", "value-certificate_valid"},
	} {
		found := c.review.Contradictions()
		text, fields := "", ""
		for _, f := range found {
			text += f.Message
			fields = strings.TrimSpace(fields + " " + f.Field)
			if f.Severity != rule.Warn {
				t.Errorf("%s: %q does not only warn", c.name, f.Message)
			}
		}
		if fields != c.fields {
			t.Errorf("%s: fields %q, want %q", c.name, fields, c.fields)
		}
		if !strings.Contains(text, c.want) {
			t.Errorf("%s: %q lacks %q", c.name, text, c.want)
		}
	}
}

func TestAReviewThatCannotBeIsRefusedAtItsField(t *testing.T) {
	t.Parallel()
	good := said(true, 5, 3, 2, -1, 1, 1, 0, 0)
	counted := good
	counted.Counts = append([]Count{}, good.Counts...)
	counted.Counts[2].Counted = number(4)
	explained := counted
	explained.Counts = append([]Count{}, counted.Counts...)
	explained.Counts[2].Reason = "hai người đã chuyển đi"
	below := said(true, 6, 3, 2, -1, 1, 1, 0, 0)
	none := said(false, 5, 0, 0, 0, 0, 0, 0, 0)
	for _, c := range []struct {
		name   string
		review Review
		below  *Review
		fields string
	}{
		{"all in order", good, nil, ""},
		{"a number below nothing", said(true, -5, 100000), nil, "value-union_age"},
		{"another number than was counted, without a reason", counted, nil, "why-outstanding"},
		{"with a reason", explained, nil, ""},
		{"the level below put another number", good, &below, "why-non_members"},
		{"the level below had corrected the count", counted, &good, ""},
		{"no source without a reason", none, nil, "reasons"},
		{"a reason that is no code", with(none, func(r *Review) { r.Reasons = []Reason{"x"} }), nil, "reasons"},
		{"long texts", with(good, func(r *Review) {
			r.Evidence, r.Despite = strings.Repeat("ă", MaxEvidence+1), strings.Repeat("ă", MaxDespite+1)
		}), nil, "evidence despite"},
	} {
		fields := ""
		for _, f := range c.review.Check(c.below) {
			fields = strings.TrimSpace(fields + " " + f.Field)
			if f.Severity != rule.Block || f.Message == "" {
				t.Errorf("%s: %+v", c.name, f)
			}
		}
		if fields != c.fields {
			t.Errorf("%s: fields %q, want %q", c.name, fields, c.fields)
		}
	}
}

func with(r Review, change func(*Review)) Review {
	change(&r)
	return r
}

func TestTheJudgementOfAReviewIsOneThatRatingsRead(t *testing.T) {
	t.Parallel()
	r := said(false)
	r.Period, r.On = period(t, "2024-H1"), date.Must("2024-06-20")
	r.Reasons = []Reason{AllMembers}
	if j := r.Judgement(); j.Reason != AllMembers || j.Year != 2024 || j.Validate() != nil {
		t.Errorf("%+v", j)
	}
	r.Reasons, r.Evidence = []Reason{AllMembers, OverAge}, "Biên bản họp chi bộ ngày 18/6/2024"
	if j := r.Judgement(); !strings.Contains(string(j.Reason), OverAge.Words()) || !strings.HasSuffix(string(j.Reason), "18/6/2024") {
		t.Errorf("%q", j.Reason)
	}
}

func TestPeriodsOfReviews(t *testing.T) {
	t.Parallel()
	today := date.Must("2024-10-15")
	for code, want := range map[string]bool{"2024": true, "2024-H1": true, "2024-H2": true, "2024-Q4": true, "2024-05": false, "2025": false, "1999": false} {
		if got := Reviewable(period(t, code), today); got != want {
			t.Errorf("%s: %v", code, got)
		}
	}
	if d := Change(number(3), number(5)); d == nil || *d != -2 || Change(nil, number(1)) != nil || Change(number(1), nil) != nil {
		t.Error("the change is now less before")
	}
}

// TestNumbersThatFitContradictNothing: whoever has source, with each layer no larger than
// the one above, is never warned; and whatever the numbers are, findings only warn.
func TestNumbersThatFitContradictNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		values := []int{rapid.IntRange(1, 500).Draw(t, "all"), 0}
		values[1] = rapid.IntRange(0, values[0]).Draw(t, "young")
		above := values[0]
		for range Layers()[2:] {
			if rapid.IntRange(0, 5).Draw(t, "known") == 0 {
				values = append(values, -1)
				continue
			}
			above = rapid.IntRange(1, above).Draw(t, "layer")
			values = append(values, above)
		}
		r := said(true, values...)
		if r.nobody() {
			t.Fatalf("%v is not nobody", values)
		}
		if found := r.Contradictions(); len(found) > 0 {
			t.Fatalf("%v: %q", values, found[0].Message)
		}
		if wild := said(rapid.Bool().Draw(t, "has"), rapid.SliceOfN(rapid.IntRange(-1, 9), 8, 8).Draw(t, "wild")...); rule.Blocked(wild.Contradictions()) {
			t.Fatal("a contradiction blocks")
		}
	})
}

// TestSumsAreTheirParts: adding up in any order gives the same, and a layer that nobody
// knows stays unknown.
func TestSumsAreTheirParts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var all []Review
		want, known := map[Layer]int{}, map[Layer]bool{}
		for range rapid.IntRange(0, 6).Draw(t, "branches") {
			values := rapid.SliceOfN(rapid.IntRange(-1, 30), 8, 8).Draw(t, "values")
			for i, l := range Layers() {
				if values[i] >= 0 {
					want[l] += values[i]
					known[l] = true
				}
			}
			all = append(all, said(true, values...))
		}
		for i, j := 0, len(all)-1; i < j; i, j = i+1, j-1 {
			all[i], all[j] = all[j], all[i]
		}
		sums := Sum(all)
		for _, l := range Layers() {
			switch s := sums[l]; {
			case !known[l] && s != nil, known[l] && (s == nil || *s != want[l]):
				t.Fatalf("%s: %v, want %d", l, s, want[l])
			}
		}
	})
}
