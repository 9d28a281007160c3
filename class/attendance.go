package class

// A Presence is what the roll says of a learner at a session.
type Presence string

// What a roll says. Unknown is a place that was not filled in yet.
const (
	Unknown Presence = ""
	Present Presence = "present"
	Excused Presence = "excused" // absent with leave
	Away    Presence = "absent"  // absent without
)

// Presences lists what may be written into a roll.
func Presences() []Presence { return []Presence{Present, Excused, Away} }

// Valid reports whether p may be written into a roll.
func (p Presence) Valid() bool { return p == Present || p == Excused || p == Away }

// Words says it.
func (p Presence) Words() string {
	switch p {
	case Unknown:
		return "Chưa điểm danh"
	case Present:
		return "Có mặt"
	case Excused:
		return "Vắng có phép"
	case Away:
		return "Vắng không phép"
	}
	return string(p)
}

// A Tally is how much of the class a learner attended. Periods decide, not half-days.
type Tally struct {
	Periods  int // of all sessions that count
	Attended int // of those at which the learner was present
	Excused  int // sessions missed with leave
	Away     int // sessions missed without
	Open     int // sessions whose roll says nothing of the learner yet
}

// TallyOf counts what the rolls say of one learner, by id of session.
func TallyOf(sessions []Session, roll map[string]Presence) (t Tally) {
	for _, s := range sessions {
		if !s.Counts() {
			continue
		}
		t.Periods += s.Periods
		switch roll[s.ID] {
		case Present:
			t.Attended += s.Periods
		case Excused:
			t.Excused++
		case Away:
			t.Away++
		default:
			t.Open++
		}
	}
	return t
}

// Reaches reports whether the learner attended a share of the periods, in percent. Of a
// class without periods nobody attended anything.
func (t Tally) Reaches(percent int) bool {
	return t.Periods > 0 && t.Attended*100 >= percent*t.Periods
}

// Percent is the share attended, rounded down, so that 79,9 is never shown as 80.
func (t Tally) Percent() int {
	if t.Periods == 0 {
		return 0
	}
	return t.Attended * 100 / t.Periods
}
