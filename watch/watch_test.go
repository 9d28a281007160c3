package watch

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ketnap/date"
	"ketnap/rule"
)

var today = date.Must("2024-10-15") //nolint:gochecknoglobals // a day of business, never changed

func fields(t *testing.T, findings []rule.Finding) string {
	t.Helper()
	all := ""
	for _, f := range findings {
		if f.Message == "" || f.Severity != rule.Block {
			t.Errorf("%+v", f)
		}
		all = strings.TrimSpace(all + " " + f.Field)
	}
	return all
}

func gathering(change func(*Gathering)) Gathering {
	g := Gathering{On: date.Must("2024-09-10"), Kind: Thematic, Topic: "Tạo nguồn trong sinh viên", Led: "Lê Thị Hoa, Bí thư", Invited: 30, Attended: 27,
		Conclusions: []Conclusion{{Text: "Mỗi chi đoàn giới thiệu hai đoàn viên", Owner: "Đoàn trường", Due: date.Must("2024-11-30")}}}
	change(&g)
	return g
}

func TestAGatheringThatCannotBeIsRefusedAtItsField(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*Gathering)
		want   string
	}{
		"in order":                   {func(*Gathering) {}, ""},
		"without a conclusion":       {func(g *Gathering) { g.Conclusions = nil }, ""},
		"no day":                     {func(g *Gathering) { g.On = date.Date{} }, "on"},
		"a day to come":              {func(g *Gathering) { g.On = today.AddDays(1); g.Conclusions = nil }, "on"},
		"long ago":                   {func(g *Gathering) { g.On = date.Must("1924-09-10"); g.Conclusions = nil }, "on"},
		"no kind, no topic":          {func(g *Gathering) { g.Kind, g.Topic = "x", " " }, "kind topic"},
		"nobody led":                 {func(g *Gathering) { g.Led = "" }, "led"},
		"more came than were asked":  {func(g *Gathering) { g.Attended = 31 }, "attended"},
		"nobody came":                {func(g *Gathering) { g.Attended = 0 }, "attended"},
		"a count below nothing":      {func(g *Gathering) { g.Invited = -1 }, "invited"},
		"due before it was decided":  {func(g *Gathering) { g.Conclusions[0].Due = date.Must("2024-09-09") }, "conclusion-0-due"},
		"a conclusion without owner": {func(g *Gathering) { g.Conclusions[0].Owner = "" }, "conclusion-0-owner"},
		"due in another century":     {func(g *Gathering) { g.Conclusions[0].Due = date.Must("2124-09-09") }, "conclusion-0-due"},
		"too many conclusions": {func(g *Gathering) {
			for len(g.Conclusions) <= MaxConclusions {
				g.Conclusions = append(g.Conclusions, g.Conclusions[0])
			}
		}, "conclusions"},
		"a long topic": {func(g *Gathering) { g.Topic = strings.Repeat("ă", MaxTopic+1) }, "topic"},
	} {
		if got := fields(t, gathering(c.change).Check(today)); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	if fields(t, Reason("")) != "reason" || fields(t, Reason("ghi nhầm ngày")) != "" {
		t.Error("who corrects says why")
	}
}

func TestAConclusionIsOpenLateOrDone(t *testing.T) {
	t.Parallel()
	for want, c := range map[string]Conclusion{"open": {Due: today}, "late": {Due: today.AddDays(-1)}, "done": {Due: today.AddDays(-1), Done: today}} {
		if got := c.State(today); got != want {
			t.Errorf("%+v: %s", c, got)
		}
	}
	if (Conclusion{}).State(today) != "open" {
		t.Error("without a day nothing is late")
	}
}

func TestAnObstacleThatCannotBeIsRefusedAtItsField(t *testing.T) {
	t.Parallel()
	good := Obstacle{Text: "Không còn chi đoàn", Remedy: "Ghép chi đoàn hai phòng", Owner: "Đoàn cơ quan", Due: today.AddDays(30), State: Open}
	noted := good
	noted.State, noted.Note = Solved, "đã ghép từ 01/10"
	for _, c := range []struct {
		name string
		o    Obstacle
		was  *Obstacle
		want string
	}{
		{"a new one", good, nil, ""},
		{"solved with a word", noted, &good, ""},
		{"changed without a word", good, &good, "note"},
		{"dropped at once without a word", Obstacle{Text: "x", Remedy: "y", Owner: "z", State: Dropped}, nil, "note"},
		{"empty", Obstacle{}, nil, "text remedy owner state"},
		{"due yesterday", Obstacle{Text: "x", Remedy: "y", Owner: "z", State: Open, Due: today.AddDays(-1)}, nil, "due"},
		{"an old day that stays", Obstacle{Text: "x", Remedy: "y", Owner: "z", State: Open, Due: today.AddDays(-1), Note: "chậm"},
			&Obstacle{Due: today.AddDays(-1)}, ""},
	} {
		if got := fields(t, c.o.Check(today, c.was)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	if good.Late(today) || !(Obstacle{State: Open, Due: today.AddDays(-1)}).Late(today) || noted.Late(today.AddDays(99)) {
		t.Error("late is what is open past its day")
	}
}

func TestEveryCodeHasWords(t *testing.T) {
	t.Parallel()
	for _, k := range GatheringKinds() {
		if !k.Valid() {
			t.Errorf("%s has no words", k)
		}
	}
	for _, s := range ObstacleStates() {
		if !s.Valid() {
			t.Errorf("%s has no words", s)
		}
	}
}

// TestCheckNamesFieldsOfTheForm: whatever is typed, each finding stands beside a field
// that the form has.
func TestCheckNamesFieldsOfTheForm(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		g := Gathering{Kind: GatheringKind(rapid.SampledFrom([]string{"", "thematic", "x"}).Draw(t, "kind")), Topic: rapid.String().Draw(t, "topic"),
			Led: rapid.String().Draw(t, "led"), Invited: rapid.Int().Draw(t, "invited"), Attended: rapid.Int().Draw(t, "attended")}
		known := map[string]bool{"on": true, "kind": true, "topic": true, "led": true, "invited": true, "attended": true, "conclusions": true}
		for i := range rapid.IntRange(0, 25).Draw(t, "conclusions") {
			g.Conclusions = append(g.Conclusions, Conclusion{Text: rapid.String().Draw(t, "text")})
			for _, part := range []string{"text", "owner", "due"} {
				known[ConclusionField(i, part)] = true
			}
		}
		for _, f := range g.Check(today) {
			if !known[f.Field] {
				t.Fatalf("no field %q", f.Field)
			}
		}
	})
}
