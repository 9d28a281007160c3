package app

import (
	"strconv"
	"strings"

	"ketnap/admission"
	"ketnap/date"
	"ketnap/org"
	"ketnap/store"
)

// lineText keeps the line under which an act was done: numbers, the branch first.
func lineText(line []org.UnitNo) string {
	words := make([]string, len(line))
	for i, u := range line {
		words[i] = strconv.Itoa(int(u))
	}
	return strings.Join(words, "/")
}

func parseLine(s string) []org.UnitNo {
	var line []org.UnitNo
	for w := range strings.SplitSeq(s, "/") {
		if n, err := strconv.Atoi(w); err == nil {
			line = append(line, org.UnitNo(n))
		}
	}
	return line
}

// stageDeltas moves a file from one stage of one line to another: each unit above is told.
func stageDeltas(from, to []org.UnitNo, was, is admission.Stage) []store.Delta {
	var out []store.Delta
	for _, u := range from {
		out = append(out, store.Delta{Unit: u, Period: store.Now, Indicator: store.StageIndicator(was), Value: -1})
	}
	for _, u := range to {
		out = append(out, store.Delta{Unit: u, Period: store.Now, Indicator: store.StageIndicator(is), Value: 1})
	}
	return out
}

// events are the acts that are counted by month, each under the line it was done in.
var events = map[admission.Code]string{
	admission.Introduce: store.IndicatorIntroduced,
	admission.Certify:   store.IndicatorAwareness,
	admission.Decide:    store.IndicatorDecided,
	admission.Ceremony:  store.IndicatorAdmitted,
}

// eventDeltas counts what happened between two versions of a file. An act that is now
// voided is taken back from the units under which it was done.
func eventDeltas(was, is admission.File) []store.Delta {
	return append(eventsOf(was, -1), eventsOf(is, 1)...)
}

func eventsOf(f admission.File, sign int) []store.Delta {
	var out []store.Delta
	seen := map[string]bool{}
	for i := len(f.Acts) - 1; i >= 0; i-- { // the last certificate counts, an earlier one was replaced
		a := f.Acts[i]
		if a.Code == admission.Annul && !a.Voided { // an annulled admission was none (ADM-82)
			seen[store.IndicatorDecided], seen[store.IndicatorAdmitted] = true, true
		}
		indicator, ok := events[a.Code]
		if !ok || a.Voided || seen[indicator] {
			continue
		}
		seen[indicator] = true
		for _, u := range parseLine(a.Line) {
			out = append(out, store.Delta{Unit: u, Period: store.Month(eventDay(a)), Indicator: indicator, Value: sign})
		}
	}
	return out
}

// eventDay is the day by which an act is counted: of a certificate, its issue.
func eventDay(a admission.Act) date.Date {
	if a.Code == admission.Certify && !a.Issued.IsZero() {
		return a.Issued
	}
	return a.On
}
