package admission

import (
	"testing"

	"ketnap/date"
)

// The clock of the decision goes on beside the next step, and is pressing at the desk
// that holds the file for it.
func TestTheDutyThatIsDueFirst(t *testing.T) {
	t.Parallel()
	w := World{Today: date.Must("2024-10-01"), Sets: Regulation(), Calendar: date.Builtin(), Over: Over{Base: true}, Counts: Counts{Branch: 20, Base: 9, Standing: 9}}
	for _, c := range []struct {
		name string
		file File
		act  Code
		who  Desk
		rule string
		due  string
	}{
		{"a file that waits for nothing with a day: its first step", File{State: State{Stage: Outstanding}}, List, DeskBranch, "ADM-10", ""},
		{"a certificate that has ended", File{State: State{Stage: Certified, Certificate: Certificate{Issued: date.Must("2019-05-27")}}}, Certify, DeskBranch, "DL-20", "2024-05-27"},
		{"a dossier returned to the branch: DL-70 before DL-30", File{State: State{Stage: Ready, By: Member, ClockFrom: date.Must("2024-08-15"),
			Certificate: Certificate{Issued: date.Must("2024-04-26")}, Papers: map[PaperCode]date.Date{PaperIntroducer: date.Must("2024-07-26")}}}, BranchResolution, DeskBranch, "DL-70", "2024-11-11"},
		{"a new member's CV while probation runs", File{State: State{Stage: Probationary, Decided: date.Must("2024-08-01"), Receipt: date.Must("2024-08-05"), Ceremony: date.Must("2024-09-10")}}, FileMemberCV, DeskBranch, "DL-82", "2024-10-22"},
		{"three ballots that fell short: the board's decision, though the branch's DL-100 has run out (VOT-11)", File{State: State{Stage: ReviewReady,
			Decided: date.Must("2023-05-01"), Receipt: date.Must("2023-05-05"), Ceremony: date.Must("2023-06-10"), MemberCV: date.Must("2023-06-20"), Ballots: map[Question]int{QuestionRecognition: 3}}},
			Recognize, DeskBoard, "VOT-11", ""},
	} {
		got, ok := c.file.Pressing(w)
		due := ""
		if !got.Due.IsZero() {
			due = got.Due.String()
		}
		if !ok || got.Act != c.act || got.Who != c.who || got.Rule != c.rule || due != c.due {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
	if _, ok := (File{State: State{Stage: Official}}).Pressing(w); ok {
		t.Error("an official member waits for nothing")
	}
}
