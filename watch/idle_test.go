package watch

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ketnap/admission"
	"ketnap/date"
)

func TestTheEarliestVoteWaitsForTheVerification(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		stage  admission.Stage
		answer string
		want   string
	}{
		"verified":                  {admission.Verified, "", "2024-10-15"},
		"complete":                  {admission.Ready, "", "2024-10-15"},
		"an answer to come":         {admission.Verifying, "2024-11-01", "2024-11-01"},
		"an answer that is late":    {admission.Verifying, "2024-09-01", "2024-10-15"},
		"thirty working days ahead": {admission.Certified, "", "2024-11-26"},
	} {
		answer := date.Date{}
		if c.answer != "" {
			answer = date.Must(c.answer)
		}
		got, err := EarliestVote(c.stage, answer, today, 30, date.Builtin())
		if err != nil || got.String() != c.want {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

func TestACertificateIsOfUseUntilItsLastDay(t *testing.T) {
	t.Parallel()
	vote := date.Must("2024-11-26")
	for until, want := range map[string]IdleReason{"2024-11-26": "", "2024-11-25": CertificateEnds, "2024-10-15": CertificateEnds, "2024-10-14": CertificateEnded} {
		if got := CertificateIn(date.Must(until), vote, today); got != want {
			t.Errorf("%s: %q", until, got)
		}
	}
	if CertificateIn(date.Date{}, vote, today) != "" {
		t.Error("no certificate does not end")
	}
	rapid.Check(t, func(t *rapid.T) {
		until := today.AddDays(rapid.IntRange(-400, 400).Draw(t, "until"))
		vote := today.AddDays(rapid.IntRange(0, 200).Draw(t, "vote"))
		if (CertificateIn(until, vote, today) == "") != !until.Before(vote) {
			t.Fatal("a certificate is of use on the day of the vote, and not after its last day")
		}
	})
}

func TestSettingAsideNeedsAReasonAndADay(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		reason string
		until  date.Date
		want   string
	}{
		{"chờ tốt nghiệp", today.AddDays(60), ""}, {" ", today.AddDays(60), "reason"}, {"chờ", today, "until"}, {"chờ", date.Date{}, "until"},
		{"chờ", today.AddDays(MaxSilence), ""}, {"chờ", today.AddDays(MaxSilence + 1), "until"}, {strings.Repeat("ă", MaxReason+1), date.Date{}, "reason until"},
	} {
		if got := fields(t, Silence(c.reason, c.until, today)); got != c.want {
			t.Errorf("%.10q until %v: %q", c.reason, c.until, got)
		}
	}
}

func TestReasonsAndOutcomesHaveWords(t *testing.T) {
	t.Parallel()
	for _, r := range IdleReasons() {
		if !r.Valid() {
			t.Errorf("%s has no words", r)
		}
	}
	for _, o := range HelperOutcomes() {
		if !o.Valid() {
			t.Errorf("%s has no words", o)
		}
	}
	if IdleReason("x").Valid() || HelperOutcome("x").Valid() {
		t.Error("only the codes are codes")
	}
}
