package web

import (
	"slices"
	"strconv"
	"strings"

	"ketnap/admission"
	"ketnap/meeting"
	"ketnap/rule"
)

// meetingSheetOf reads the form of a meeting, as it was typed. Points ticked to be dropped
// and rows left empty are left out.
func meetingSheetOf(r *request) meeting.Sheet {
	get := func(name string) string { return strings.TrimSpace(r.PostFormValue(name)) }
	s := meeting.Sheet{On: get("on"), Place: get("place"), Chair: get("chair"), Secretary: get("secretary"), Method: meeting.Method(get("method")),
		Members: get("members"), Present: get("present"), Probationary: get("probationary"), Auto: get("auto") != ""}
	if d, ok := writtenDay(s.On); ok {
		s.On = d.String()
	}
	rows, _ := writtenNumber(get("rows"))
	for i := range min(rows, meeting.MaxAbsences+absentRows) {
		at := "-" + strconv.Itoa(i)
		s.Absences = append(s.Absences, meeting.Absence{Name: get("absent-name" + at), Reason: meeting.Reason(get("absent-reason" + at)), Decision: get("absent-decision" + at)})
	}
	s.Absences = s.Filled()
	lines, _ := writtenNumber(get("lines"))
	for i := range min(lines, meeting.MaxLines) {
		at := "-" + strconv.Itoa(i)
		if get("drop"+at) != "" {
			continue
		}
		s.Lines = append(s.Lines, meeting.Line{File: get("file" + at), Act: admission.Code(get("act" + at)), Number: get("number" + at),
			Helper: get("helper" + at), Note: get("note" + at), For: get("for" + at), Against: get("against" + at)})
	}
	return s
}

// fillMeeting puts the same votes, and numbers that follow one another, where nothing was
// typed yet.
func fillMeeting(s *meeting.Sheet, yes, no, first string) {
	var open []int
	for i := range s.Lines {
		l := &s.Lines[i]
		if !l.Votes() {
			continue
		}
		if l.For == "" && l.Against == "" {
			l.For, l.Against = yes, no
		}
		if l.Number == "" {
			open = append(open, i)
		}
	}
	numbers, ok := meeting.NumbersFrom(first, len(open))
	for n, i := range open {
		if ok {
			s.Lines[i].Number = numbers[n]
		}
	}
}

// meetingTyped is what stands in a field of the sheet, by the name of the field.
func meetingTyped(s meeting.Sheet, field string) string {
	whole := map[string]string{"on": s.On, "place": s.Place, "chair": s.Chair, "secretary": s.Secretary, "members": s.Members,
		"present": s.Present, "probationary": s.Probationary}
	if text, ok := whole[field]; ok {
		return text
	}
	cut := strings.LastIndex(field, "-")
	i, err := strconv.Atoi(field[cut+1:])
	if cut < 0 || err != nil || i < 0 {
		return ""
	}
	if a, ok := strings.CutPrefix(field[:cut], "absent-"); ok && i < len(s.Absences) {
		row := s.Absences[i]
		return map[string]string{"name": row.Name, "reason": row.Name + string(row.Reason) + row.Decision, "decision": row.Decision}[a]
	}
	if i >= len(s.Lines) {
		return ""
	}
	l := s.Lines[i]
	return map[string]string{"number": l.Number, "helper": l.Helper, "note": l.Note, "for": l.For, "against": l.Against}[field[:cut]]
}

// meetingSlips are the findings about what was typed, not about what is still lacking: a
// draft shows these, the rest when it is to be recorded.
func meetingSlips(s meeting.Sheet, findings []rule.Finding) []rule.Finding {
	return slices.DeleteFunc(slices.Clone(findings), func(f rule.Finding) bool {
		return f.Severity != rule.Block || meetingTyped(s, f.Field) == ""
	})
}

// meetingWarnings are the findings that stop nothing.
func meetingWarnings(findings []rule.Finding) []rule.Finding {
	return slices.DeleteFunc(slices.Clone(findings), func(f rule.Finding) bool { return f.Severity == rule.Block })
}
