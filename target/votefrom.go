package target

import (
	"slices"

	"ketnap/admission"
	"ketnap/date"
	"ketnap/rule"
)

// VoteFrom returns the first day on which the rules let the branch of a file vote on its
// person, whatever its papers: the age, the wait of who was a member before, the school
// left. It asks the state machine itself, taking a consent from above for granted where
// the rules know one. It returns Never where they do not let this branch vote, and no day
// for a file on which the branch has voted or need not vote any more.
func VoteFrom(f admission.File, w admission.World) date.Date {
	if !f.Stage.Open() || rank(f.Stage) > rank(admission.Ready) && f.Stage != admission.Suspended {
		return date.Date{}
	}
	days := voteDays(f, w)
	for _, quiet := range []bool{true, false} { // a day of which nothing is said comes first
		for _, day := range days {
			if mayVote(f, w, day, quiet) {
				return day
			}
		}
	}
	return Never()
}

// voteDays are the days on which what the rules say of a person may change.
func voteDays(f admission.File, w admission.World) []date.Date {
	days := []date.Date{f.Birth}
	months := func(id string, from date.Date) {
		if t, err := w.Sets.Term(id, w.Today); err == nil && !from.IsZero() {
			days = append(days, from.AddMonths(t.Amount))
		}
	}
	months("ELI-02 min", f.Birth)
	full := days[len(days)-1]
	months("ELI-08", f.Readmission.Left)
	months("ELI-08 conviction", f.Readmission.Cleared)
	days = slices.DeleteFunc(days, func(d date.Date) bool { return d.Before(full) })
	slices.SortFunc(days, date.Date.Compare)
	return days
}

// personal are the rules that speak of the person, not of the papers or the ballot.
func personal(id string) bool {
	return slices.Contains([]string{"ELI-02", "ELI-04", "ELI-08", "ELI-09", "ADM-112"}, id)
}

// mayVote plays the vote of the branch on a day, on a dossier that lacks nothing.
func mayVote(f admission.File, w admission.World, day date.Date, quiet bool) bool {
	f.State = admission.State{Stage: admission.Ready, By: f.By, Helper: "x", Education: f.Education, Area: f.Area, Readmission: f.Readmission,
		LeftSchool: f.LeftSchool, Certificate: admission.Certificate{Number: "x", Issued: day}, Papers: map[admission.PaperCode]date.Date{},
		Consents: map[string]string{"ELI-02": "x", "ELI-04": "x", "ELI-08": "x"}}
	w.Today, w.Counts, w.Closed = day, admission.Counts{}, date.Date{}
	votes := admission.Votes{Members: 3, Present: 3, For: 3}
	_, _, findings := admission.Advance(f, admission.Act{ID: "vote", Code: admission.BranchResolution, On: day, Number: "x", Votes: &votes}, w)
	return !slices.ContainsFunc(findings, func(x rule.Finding) bool {
		return personal(x.Rule) && (quiet && x.Rule != "ELI-04" || x.Severity == rule.Block)
	})
}
