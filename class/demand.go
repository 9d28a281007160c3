package class

import (
	"cmp"
	"slices"

	"ketnap/admission"
	"ketnap/date"
	"ketnap/org"
)

// A Group is one of the groups by which a survey counts people (CLS-17).
type Group string

// The groups.
const (
	Staff   Group = "staff"
	Pupil   Group = "pupil"
	Student Group = "student"
	Worker  Group = "worker"
)

// Groups lists the groups.
func Groups() []Group { return []Group{Staff, Pupil, Student, Worker} }

// Words names the people of a group.
func (g Group) Words() string {
	switch g {
	case Staff:
		return "cán bộ, viên chức"
	case Pupil:
		return "học sinh"
	case Student:
		return "sinh viên, học viên"
	case Worker:
		return "công nhân, người lao động"
	}
	return string(g)
}

// Ages up to which a person of a school is counted as learning there, not as teaching.
const (
	pupilAge   = 19
	studentAge = 26
)

// GroupOf tells the group of a person from the kind of the unit and the age on a day. The
// register keeps no occupation for it (LAW-01: the least); a unit that knows better says
// so in its answer.
func GroupOf(kind org.Kind, birth, today date.Date) Group {
	age := studentAge + 1
	if !birth.IsZero() {
		age = birth.MonthsUntil(today) / 12
	}
	switch kind {
	case org.UpperSecondary:
		if age <= pupilAge {
			return Pupil
		}
	case org.Vocational, org.College, org.University:
		if age <= studentAge {
			return Student
		}
	case org.Enterprise:
		return Worker
	}
	return Staff
}

// A Candidate is what the register knows of a person that bears on a class.
type Candidate struct {
	File        string
	Name        string
	Birth       date.Date
	Sex         string
	Unit        string // code of the branch
	UnitName    string
	Kind        org.Kind // of the unit, or of the nearest above that has one
	Stage       admission.Stage
	Since       date.Date // at that stage since
	Certificate date.Date // the last day on which it is valid; none without one
	Ceremony    date.Date
	Learned     bool // certified by a class for new members
	Going       bool // has a seat in a class of the kind that is opened or running
	Asked       bool // proposed by the unit
}

// A Person is somebody who needs a class, and why.
type Person struct {
	Candidate
	Need  Need
	Group Group
	Until date.Date // the class is of use only if it ends by then; none where nothing ends
}

// useWithin is how many months ahead a certificate must still be valid to be of use: from
// the class to the branch's vote [I].
const useWithin = 6

// UseBy is the day until which a certificate should be valid to be used (DL-20).
func UseBy(today date.Date) date.Date { return today.AddMonths(useWithin) }

// beforeVote reports whether a file stands at one of the stages before the branch's vote at which a certificate is still to be used.
func beforeVote(s admission.Stage) bool {
	switch s {
	case admission.Listed, admission.Certified, admission.Applying, admission.Verifying, admission.Verified, admission.Held, admission.Ready:
		return true
	}
	return false
}

// DemandStages are the stages at which somebody may need the class of a kind.
func DemandStages(k Kind) []admission.Stage {
	if k == NewMember {
		return []admission.Stage{admission.Probationary, admission.ReviewReady}
	}
	return slices.DeleteFunc(admission.Stages(), func(s admission.Stage) bool { return !beforeVote(s) })
}

// needOf is what a candidate needs; false for nothing.
func needOf(k Kind, c Candidate, today date.Date) (Need, bool) {
	switch {
	case c.Going:
		return "", false
	case k == NewMember && c.Stage == admission.Probationary && !c.Learned:
		return NewMemberNeed(c.Ceremony, today), true
	case k == Awareness && beforeVote(c.Stage) && (c.Stage == admission.Listed || !c.Certificate.IsZero()):
		if n, ok := AwarenessNeed(c.Certificate, today, UseBy(today)); ok {
			return n, true
		}
	}
	return ByUnit, c.Asked
}

// Demand lists who needs the class of a kind on a day: whom the register shows and whom
// units proposed, each person once however often handed in, and nobody who has a seat in
// a class already. Those who can wait least stand first, then those who wait longest.
func Demand(k Kind, all []Candidate, today date.Date) []Person {
	at := map[string]int{}
	var people, out []Person
	for _, c := range all {
		i, twice := at[c.File]
		if twice {
			p := &people[i]
			p.Going, p.Asked, p.Learned = p.Going || c.Going, p.Asked || c.Asked, p.Learned || c.Learned
			continue
		}
		at[c.File] = len(people)
		people = append(people, Person{Candidate: c})
	}
	for _, p := range people {
		need, needs := needOf(k, p.Candidate, today)
		if !needs {
			continue
		}
		p.Need = need
		p.Group = GroupOf(p.Kind, p.Birth, today)
		if k == NewMember {
			p.Until = ProbationEnds(p.Ceremony)
		} else if p.Need == Expires {
			p.Until = p.Certificate
		}
		out = append(out, p)
	}
	slices.SortStableFunc(out, sooner)
	return out
}

// sooner orders people by how long they can wait, then by how long they have waited.
func sooner(a, b Person) int {
	order := Needs()
	pressing := func(p Person) int {
		if p.Need.Pressing() {
			return slices.Index(order, p.Need)
		}
		return len(order)
	}
	return cmp.Or(cmp.Compare(pressing(a), pressing(b)), lastZero(a.Until, b.Until), lastZero(a.Since, b.Since), cmp.Compare(a.File, b.File))
}

func lastZero(a, b date.Date) int {
	if a.IsZero() != b.IsZero() {
		return b.Compare(a)
	}
	return a.Compare(b)
}

// A Headcount counts people of one unit by need and by group.
type Headcount struct {
	Total, Asked, Pressing int
	Needs                  map[Need]int
	Groups                 map[Group]int
}

// Count tallies people.
func Count(people []Person) Headcount {
	t := Headcount{Needs: map[Need]int{}, Groups: map[Group]int{}}
	for _, p := range people {
		t.Total++
		t.Needs[p.Need]++
		t.Groups[p.Group]++
		if p.Asked {
			t.Asked++
		}
		if p.Need.Pressing() {
			t.Pressing++
		}
	}
	return t
}
