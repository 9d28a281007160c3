package class

import (
	"testing"

	"pgregory.net/rapid"

	"ketnap/date"
	"ketnap/rule"
)

func TestNumbersOfCertificatesAreReadHoweverTheyAreWritten(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind Kind
		text string
		want int
		ok   bool
	}{
		{Awareness, "0312/CN", 312, true}, {Awareness, "312/CN", 312, true}, {Awareness, " 312 / cn ", 312, true},
		{Awareness, "312/TTCT", 0, false}, {Awareness, "312", 0, false}, {Awareness, "0/CN", 0, false}, {Awareness, "/CN", 0, false},
		{NewMember, "12/CN-ĐVM", 12, true}, {NewMember, "12/CN", 0, false}, {Awareness, "12/CN-ĐVM", 0, false}, {Awareness, "9999999/CN", 0, false},
	} {
		if got, ok := ParseNumber(c.kind, c.text); got != c.want || ok != c.ok {
			t.Errorf("%q is %d, %v", c.text, got, ok)
		}
	}
}

func TestNoNumberIsUsedTwice(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom(Kinds()).Draw(t, "kind")
		used := map[int]bool{}
		byHand := rapid.SliceOfN(rapid.IntRange(1, 400), 0, 20).Draw(t, "by hand")
		for _, n := range byHand {
			used[n] = true
		}
		last := 0
		for range rapid.IntRange(1, 50).Draw(t, "issued") {
			next := NextNumber(last, byHand)
			if used[next] || next <= last {
				t.Fatalf("%d after %d", next, last)
			}
			if got, ok := ParseNumber(kind, FormatNumber(kind, next)); !ok || got != next {
				t.Fatalf("%s is %d", FormatNumber(kind, next), got)
			}
			used[next], last = true, next
		}
	})
}

func TestCertificatesAreLateAfterFifteenDays(t *testing.T) {
	t.Parallel()
	decided := date.Must("2026-03-10")
	if got := Late(decided, decided.AddDays(15)); got != nil {
		t.Errorf("on the fifteenth day: %v", got)
	}
	if got := Late(decided, decided.AddDays(16)); len(got) != 1 || rule.Blocked(got) {
		t.Errorf("on the sixteenth: %v", got)
	}
}

func TestACertificateIsPrintedAgainForAnErrorOfPrintOnly(t *testing.T) {
	t.Parallel()
	on := date.Must("2026-03-10")
	if got := Replace(true, on, "sai ngày sinh"); got != nil {
		t.Errorf("with an error of print: %v", got)
	}
	if !rule.Blocked(Replace(true, on, " ")) || !rule.Blocked(Replace(false, on, "sai tên")) {
		t.Error("without a reason, or of one that was replaced, it is not refused")
	}
}

func TestEntriesFillThePagesOfTheRegister(t *testing.T) {
	t.Parallel()
	for _, c := range [][3]int{{1, 1, 1}, {20, 1, 20}, {21, 2, 1}, {40, 2, 20}, {41, 3, 1}} {
		if page, line := PageOf(c[0]); page != c[1] || line != c[2] {
			t.Errorf("entry %d stands on page %d, line %d", c[0], page, line)
		}
	}
}
