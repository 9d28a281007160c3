package target

import (
	"errors"
	"strings"
	"testing"

	"ketnap/date"
)

func TestAPlanIsSentAndThenAnswered(t *testing.T) {
	t.Parallel()
	allowed := map[PlanState][]PlanState{
		NoPlan: {PlanSent}, PlanDraft: {PlanSent}, PlanReturned: {PlanSent}, PlanSent: {PlanApproved, PlanReturned}, PlanApproved: nil,
	}
	for from, to := range allowed {
		for _, next := range []PlanState{NoPlan, PlanDraft, PlanSent, PlanApproved, PlanReturned} {
			may := false
			for _, s := range to {
				may = may || s == next
			}
			if err := from.Move(next); (err == nil) != may || err != nil && !errors.Is(err, ErrPlan) {
				t.Errorf("%q to %q: %v", from, next, err)
			}
		}
		if from.Words() == string(from) {
			t.Errorf("%q has no words", from)
		}
	}
}

func TestAMeasureNamesWhatWhoAndWhen(t *testing.T) {
	t.Parallel()
	good := PlanMeasure{Year: 2024, Text: "Mở lớp bồi dưỡng", Owner: "Đồng chí Hoa", Due: date.Must("2024-09-30"), State: MeasureOpen}
	for _, c := range []struct {
		name   string
		change func(*PlanMeasure)
		want   error
	}{
		{"whole", func(*PlanMeasure) {}, nil},
		{"without words", func(m *PlanMeasure) { m.Text = " " }, ErrMeasure},
		{"of nobody", func(m *PlanMeasure) { m.Owner = "" }, ErrOwner},
		{"without a day", func(m *PlanMeasure) { m.Due = date.Date{} }, ErrDue},
		{"of another year", func(m *PlanMeasure) { m.Due = date.Must("2042-09-30") }, ErrDue},
		{"from far away", func(m *PlanMeasure) { m.Origin = strings.Repeat("ă", maxName+1) }, ErrOrigin},
		{"dropped for nothing", func(m *PlanMeasure) { m.State = MeasureDropped }, ErrDropped},
		{"dropped for a reason", func(m *PlanMeasure) { m.State, m.Reason = MeasureDropped, "lớp do cấp trên mở" }, nil},
	} {
		m := good
		if c.change(&m); !errors.Is(m.Validate(), c.want) {
			t.Errorf("%s: got %v", c.name, m.Validate())
		}
	}
	if good.Late(date.Must("2024-09-30")) || !good.Late(date.Must("2024-10-01")) {
		t.Error("a measure is late after its day")
	}
}
