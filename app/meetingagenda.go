package app

import (
	"cmp"
	"context"
	"slices"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/meeting"
	"ketnap/org"
	"ketnap/rule"
	"ketnap/store"
)

// A MeetingChoice is a file that a meeting may decide on, or why it may not yet.
type MeetingChoice struct {
	Row       store.FileRow
	Act       admission.Code
	Due       date.Date
	Suggested bool     // the file waits for just this
	Ready     bool     // it can be decided on the day of the meeting
	Reasons   []string // why not
	Warnings  []string // what to know all the same
	Missing   []admission.PaperCode
	Ballots   int  // ballots on the question that fell short (VOT-11)
	On        bool // stands on the agenda already
}

// A MeetingAgenda is what may be put on the agenda of a draft, what waits first.
type MeetingAgenda struct {
	Page    MeetingPage
	Choices []MeetingChoice
	Cut     bool // there are more files than are shown
}

// maxChoices is how many files one chooses among; those due first are kept.
const maxChoices = 1000

// MeetingAgenda returns what may be put on the agenda of a draft.
func (a *App) MeetingAgenda(ctx context.Context, who Actor, id string) (out MeetingAgenda, err error) {
	err = a.read(ctx, who, access.SeeFile, func(r *reading) error {
		m, err := r.Tx.Meeting(ctx, r.Scope, id)
		if err != nil {
			return err
		}
		if out, err = a.meetingAgenda(ctx, r.Tx, r.Scope, m, r.Today); err != nil {
			return err
		}
		out.Page, err = a.meetingPage(ctx, r, m)
		if err == nil && !out.Page.May {
			err = errs.E(errs.Forbidden, "error.forbidden")
		}
		return err
	})
	return out, err
}

// nearly says of each act from which stages a file is still on its way to it, so that the
// list shows it with the reason.
var nearly = map[admission.Code][]admission.Stage{
	admission.BranchResolution: {admission.Verifying, admission.Verified, admission.Held},
	admission.BaseResolution:   {admission.BranchResolved},
	admission.BaseRecognition:  {admission.RecognitionProposed},
	admission.Decide:           {admission.BranchResolved, admission.Appraised},
	admission.Recognize:        {admission.RecognitionProposed, admission.RecognitionAppraised},
}

// meetingStages are where the files stand that concern a body.
func meetingStages(b meeting.Body) []admission.Stage {
	switch b {
	case meeting.Base:
		return []admission.Stage{admission.BranchResolved, admission.Appraised, admission.RecognitionProposed, admission.RecognitionAppraised}
	case meeting.Standing:
		return []admission.Stage{admission.BranchResolved, admission.Appraised, admission.BaseResolved,
			admission.RecognitionProposed, admission.RecognitionAppraised, admission.RemovalProposed}
	}
	return openStages()
}

func (a *App) meetingAgenda(ctx context.Context, tx *store.Tx, s access.Scope, m store.Meeting, today date.Date) (MeetingAgenda, error) {
	var out MeetingAgenda
	rows, err := tx.StageFiles(ctx, s, m.Unit, meetingStages(m.Body))
	if err != nil {
		return out, err
	}
	if out.Cut = len(rows) > maxChoices; out.Cut {
		slices.SortStableFunc(rows, func(x, y store.FileRow) int { return compareDue(x.NextDue, y.NextDue) })
		rows = rows[:maxChoices]
	}
	ids := make([]string, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	files, _, err := tx.FilesByID(ctx, s, ids)
	if err != nil {
		return out, err
	}
	on := m.On
	if on.IsZero() || on.After(today) {
		on = today
	}
	worlds := newMeetingWorlds(a, tx, today)
	for _, row := range rows {
		w, err := worlds.at(ctx, row.Unit, on)
		if err != nil {
			return out, err
		}
		home, err := worlds.home(ctx, row.Unit, m.Body)
		if err != nil {
			return out, err
		}
		if home != m.Unit {
			continue // another body's: of a committee further down
		}
		for _, code := range m.Body.Acts() {
			if c, ok := meetingChoice(files[row.ID], row, code, on, w); ok {
				c.On = slices.ContainsFunc(m.Sheet.Lines, func(l meeting.Line) bool { return l.File == row.ID && l.Act == code })
				out.Choices = append(out.Choices, c)
			}
		}
	}
	slices.SortStableFunc(out.Choices, func(x, y MeetingChoice) int {
		return cmp.Or(cmp.Compare(b2i(!x.Suggested), b2i(!y.Suggested)), cmp.Compare(b2i(!x.Ready), b2i(!y.Ready)), compareDue(x.Due, y.Due))
	})
	return out, nil
}

// compareDue puts the earlier day first, and no day last.
func compareDue(x, y date.Date) int {
	if x.IsZero() != y.IsZero() {
		return cmp.Compare(b2i(x.IsZero()), b2i(y.IsZero()))
	}
	return x.Compare(y)
}

// meetingChoice tries an act on a file as if everybody agreed; false where the file is not
// on its way to the act.
func meetingChoice(f admission.File, row store.FileRow, code admission.Code, on date.Date, w admission.World) (MeetingChoice, bool) {
	c := MeetingChoice{Row: row, Act: code}
	if q, ok := meeting.QuestionOf(code); ok {
		c.Ballots = f.Ballots[q]
	}
	next := f.Next(w)
	for _, n := range next {
		if n.Act == code {
			c.Suggested, c.Due, c.Missing = true, n.Due, n.Missing
		}
	}
	if !slices.Contains(f.Possible(w.Over), code) {
		if !slices.Contains(nearly[code], f.Stage) || len(next) == 0 {
			return c, false
		}
		c.Missing = next[0].Missing
		c.Reasons = []string{next[0].Act.Words()}
		return c, true
	}
	_, _, findings := admission.Advance(f, meetingProbe(f, code, on, w.Counts), w)
	for _, fd := range findings {
		if fd.Severity == rule.Block {
			c.Reasons = append(c.Reasons, fd.Message)
		} else if fd.Field != "members" { // the count of voters is the meeting's to know
			c.Warnings = append(c.Warnings, fd.Message)
		}
	}
	c.Ready = !rule.Blocked(findings)
	return c, true
}

// meetingProbe is an act with all that a meeting will fill in.
func meetingProbe(f admission.File, code admission.Code, on date.Date, counts admission.Counts) admission.Act {
	const anything = "…"
	a := admission.Act{ID: "probe-" + f.ID, Code: code, On: on, Number: anything, Helper: anything, Note: anything}
	if b, ok := admission.BallotFor(code, counts); ok {
		n := max(b.Members, 1)
		if b.Members == 0 {
			n = mostVoters
		}
		a.Votes = &admission.Votes{Members: n, Present: n, For: n}
	}
	return a
}

// mostVoters stands for a body whose number is not recorded.
const mostVoters = 1000

// meetingWorlds keeps what many files share: of each branch, what the state machine must
// know on a day, and the units that meet on its files.
type meetingWorlds struct {
	app    *App
	tx     *store.Tx
	today  date.Date
	worlds map[worldKey]admission.World
	lines  map[org.UnitNo]org.Above
}

type worldKey struct {
	unit org.UnitNo
	on   date.Date
}

func newMeetingWorlds(a *App, tx *store.Tx, today date.Date) *meetingWorlds {
	return &meetingWorlds{app: a, tx: tx, today: today, worlds: map[worldKey]admission.World{}, lines: map[org.UnitNo]org.Above{}}
}

func (m *meetingWorlds) at(ctx context.Context, branch org.UnitNo, on date.Date) (admission.World, error) {
	k := worldKey{branch, on}
	if w, ok := m.worlds[k]; ok {
		return w, nil
	}
	w, err := m.app.world(ctx, m.tx, branch, m.today, on)
	if err == nil {
		m.worlds[k] = w
	}
	return w, err
}

// home is the unit whose body meets on the files of a branch; 0 where there is none.
func (m *meetingWorlds) home(ctx context.Context, branch org.UnitNo, b meeting.Body) (org.UnitNo, error) {
	above, ok := m.lines[branch]
	if !ok {
		line, err := m.tx.LineUnits(ctx, branch)
		if err != nil {
			return 0, err
		}
		above = org.AboveOf(line)
		m.lines[branch] = above
	}
	switch b {
	case meeting.Base:
		return above.Base, nil
	case meeting.Standing:
		return above.Competent, nil
	}
	return branch, nil
}
