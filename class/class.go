// Package class is the classes of the Party: who needs one, what units answer when they
// are asked, how a class is proposed, opened and filled with people. It is for the
// application, its pages and reports. It reads nothing, knows no rights, and judges no
// person: who is on a list is there for a reason that is written beside the name.
package class

import (
	"slices"

	"ketnap/date"
)

// A Kind is one of the two classes that the road of a member leads through.
type Kind string

// The kinds.
const (
	Awareness Kind = "awareness"  // lớp bồi dưỡng nhận thức về Đảng (CLS-03)
	NewMember Kind = "new_member" // lớp bồi dưỡng đảng viên mới (CLS-20)
)

// Kinds lists the kinds, in the order of the road.
func Kinds() []Kind { return []Kind{Awareness, NewMember} }

// Valid reports whether k is a kind.
func (k Kind) Valid() bool { return slices.Contains(Kinds(), k) }

// Words names the class as papers do.
func (k Kind) Words() string {
	switch k {
	case Awareness:
		return "Lớp bồi dưỡng nhận thức về Đảng"
	case NewMember:
		return "Lớp bồi dưỡng đảng viên mới"
	}
	return string(k)
}

// People names those whom the class is for.
func (k Kind) People() string {
	if k == NewMember {
		return "đảng viên dự bị"
	}
	return "quần chúng ưu tú"
}

// A State says how far a class is.
type State string

// The states. A class is opened by a decision, runs from its first session, has ended when
// its results are decided and is closed when its certificates are issued.
const (
	Draft     State = "draft"     // being prepared; nobody outside the board sees it
	Proposed  State = "proposed"  // before the standing committee
	Opened    State = "opened"    // decided; people are invited
	Running   State = "running"   // its sessions are held
	Ended     State = "ended"     // its results are decided
	Closed    State = "closed"    // its certificates are issued
	Cancelled State = "cancelled" // will not be held
)

// States lists the states in their order.
func States() []State { return []State{Draft, Proposed, Opened, Running, Ended, Closed, Cancelled} }

// Valid reports whether s is a state.
func (s State) Valid() bool { return slices.Contains(States(), s) }

// Going reports whether people on the list of such a class are on their way to a
// certificate, so that they are no demand for another class.
func (s State) Going() bool { return s == Opened || s == Running }

// Words says the state.
func (s State) Words() string {
	switch s {
	case Draft:
		return "Đang chuẩn bị"
	case Proposed:
		return "Đã trình"
	case Opened:
		return "Đã có quyết định mở"
	case Running:
		return "Đang học"
	case Ended:
		return "Đã có kết quả"
	case Closed:
		return "Đã cấp giấy chứng nhận"
	case Cancelled:
		return "Không mở"
	}
	return string(s)
}

// next says to which states a class may go from each.
var next = map[State][]State{ //nolint:gochecknoglobals // a table that nobody changes
	Draft:    {Proposed, Opened, Cancelled},
	Proposed: {Draft, Opened, Cancelled},
	Opened:   {Running, Cancelled},
	Running:  {Ended, Cancelled},
	Ended:    {Running, Closed}, // a result decision may be taken back to correct it
	Closed:   {Ended},
}

// MayBecome reports whether a class may go from state s to state t.
func (s State) MayBecome(t State) bool { return slices.Contains(next[s], t) }

// A Host is who holds the class, for rules differ (CLS-07, CLS-09).
type Host string

// The hosts.
const (
	ByCommittee Host = "committee" // the committee itself, with its propaganda board
	ByCentre    Host = "centre"    // a political centre (trung tâm chính trị)
	ByOther     Host = "other"     // a school, the military committee
)

// Hosts lists the hosts.
func Hosts() []Host { return []Host{ByCommittee, ByCentre, ByOther} }

// Valid reports whether h is a host.
func (h Host) Valid() bool { return slices.Contains(Hosts(), h) }

// Words names the host.
func (h Host) Words() string {
	switch h {
	case ByCommittee:
		return "Đảng ủy tự tổ chức"
	case ByCentre:
		return "Trung tâm chính trị"
	case ByOther:
		return "Cơ sở khác"
	}
	return string(h)
}

// A Class is one class, from its preparation to its certificates.
type Class struct {
	ID       string
	Unit     string // code of the committee that holds it
	Kind     Kind
	Title    string
	Host     Host
	Place    string
	From, To date.Date // first and last day as planned
	HalfDays int       // planned; real ones are its sessions (CLS-06)
	Seats    int       // 0 where none were fixed
	State    State

	Number    string    // of the decision to open
	DecidedOn date.Date // its day
	DecidedBy string    // who signed it
	Proposal  string    // id of the proposal that it came from; "" for none

	Head      string // chủ nhiệm lớp
	Registrar string // giáo vụ
	Monitor   string // lớp trưởng

	Note    string
	Version int
}

// Year returns the year of the class: of its first day, else of the decision; 0 where
// neither is known.
func (c Class) Year() int {
	switch {
	case !c.From.IsZero():
		return c.From.Year()
	case !c.DecidedOn.IsZero():
		return c.DecidedOn.Year()
	}
	return 0
}

// A LearnerState says how it stands between a person and the class.
type LearnerState string

// The states of a learner.
const (
	Named     LearnerState = "named"     // on the list; not yet summoned
	Invited   LearnerState = "invited"   // summoned
	Attending LearnerState = "attending" // the unit confirmed, or the person came
	Absent    LearnerState = "absent"    // never came
	Dropped   LearnerState = "dropped"   // excused or replaced, with a reason
)

// LearnerStates lists the states of a learner.
func LearnerStates() []LearnerState {
	return []LearnerState{Named, Invited, Attending, Absent, Dropped}
}

// Valid reports whether s is a state of a learner.
func (s LearnerState) Valid() bool { return slices.Contains(LearnerStates(), s) }

// On reports whether who is in that state has a seat in the class.
func (s LearnerState) On() bool { return s == Named || s == Invited || s == Attending }

// Words says the state of a learner.
func (s LearnerState) Words() string {
	switch s {
	case Named:
		return "Trong danh sách"
	case Invited:
		return "Đã triệu tập"
	case Attending:
		return "Đơn vị xác nhận"
	case Absent:
		return "Không đến học"
	case Dropped:
		return "Rút khỏi danh sách"
	}
	return string(s)
}

// A Learner is a person on the list of a class. It carries what a list of summons and a
// certificate print, and nothing more (SEC-08).
type Learner struct {
	ID       string
	Class    string
	File     string // id of the admission file; "" for a person without one
	Name     string
	Birth    date.Date // none where it is not known of a person without a file
	Sex      string
	Unit     string // code of the unit that sends the person
	UnitName string
	Need     Need // why the person is on the list
	State    LearnerState
	Reason   string // why dropped or absent
	Replaces string // id of the learner whose seat was taken over

	Acknowledged date.Date // the unit confirmed the summons
	Certified    date.Date // issue of the certificate that came of this class; none without
}
