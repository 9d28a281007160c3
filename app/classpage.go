package app

import (
	"context"

	"ketnap/access"
	"ketnap/class"
	"ketnap/date"
	"ketnap/org"
	"ketnap/store"
)

// A ClassHome is where the classes of a unit begin: what waits, who needs one, and the
// classes there are.
type ClassHome struct {
	Unit      org.Unit
	Line      []org.Unit
	Today     date.Date
	Year      int
	Waiting   []ClassSurveyBrief // open surveys, with the actor's units that did not answer
	Summons   []ClassSummonsBrief
	Surveys   []store.ClassSurveyRow
	Proposals []store.ClassProposalRow
	Demand    map[class.Kind]class.Headcount
	Standing  map[class.Kind]int // proposed by units without being asked
	Classes   []store.ClassRow   // of the year, and those that are not over
	MayManage bool
	MayName   bool
}

// A ClassSummonsBrief is a class that waits for a unit to confirm who comes.
type ClassSummonsBrief struct {
	store.ClassRow
	People int // summoned and not confirmed
}

// ClassHome gathers what there is about classes for a unit in a year.
func (a *App) ClassHome(ctx context.Context, who Actor, unit string, year int) (h ClassHome, err error) {
	err = a.read(ctx, who, access.SeeClass, func(r *reading) error {
		u, line, err := r.unit(ctx, unit)
		if err != nil {
			return err
		}
		h = ClassHome{Unit: u, Today: r.Today, Year: year, Demand: map[class.Kind]class.Headcount{}, Standing: map[class.Kind]int{},
			MayManage: who.may(access.ManageClass, r.Today, line), MayName: who.may(access.NameLearner, r.Today, line)}
		if h.Line, err = r.LineUnits(ctx, u.No); err != nil {
			return err
		}
		for _, k := range class.Kinds() {
			found, err := r.classDemand(ctx, u, h.Line, k, nil)
			if err != nil {
				return err
			}
			h.Demand[k] = class.Count(persons(found.people))
			for _, p := range found.people {
				if found.namedIn(p.File, "") {
					h.Standing[k]++
				}
			}
		}
		if h.Classes, err = r.classesOf(ctx, u.No, year); err != nil {
			return err
		}
		if h.Surveys, err = r.ClassSurveys(ctx, r.Scope, u.No, false, maxSurveys); err != nil {
			return err
		}
		if h.Proposals, err = r.ClassProposals(ctx, r.Scope, maxSurveys); err != nil {
			return err
		}
		if h.Waiting, err = r.waitingSurveys(ctx); err != nil {
			return err
		}
		h.Summons, err = r.waitingSummons(ctx)
		return err
	})
	return h, err
}

// classesOf are the classes of a year that concern a unit, and those that go on.
func (r *reading) classesOf(ctx context.Context, unit org.UnitNo, year int) ([]store.ClassRow, error) {
	first, err := date.New(year, 1, 1)
	if err != nil {
		return nil, err
	}
	last, err := date.New(year, 12, 31)
	if err != nil {
		return nil, err
	}
	return r.Classes(ctx, r.Scope, store.ClassFilter{Unit: unit, From: first, To: last, Limit: maxSurveys})
}

// waitingSummons are the classes that wait for the actor's units to confirm who comes.
func (r *reading) waitingSummons(ctx context.Context) ([]ClassSummonsBrief, error) {
	s, err := r.scopeFor(ctx, access.NameLearner)
	if err != nil || s.Empty() {
		return nil, err
	}
	classes, err := r.Classes(ctx, s, store.ClassFilter{States: []class.State{class.Opened, class.Running}, Limit: maxSurveys})
	if err != nil || len(classes) == 0 {
		return nil, err
	}
	counts, err := r.SummonedCounts(ctx, s)
	var out []ClassSummonsBrief
	for _, c := range classes {
		if n := counts[c.ID]; n > 0 {
			out = append(out, ClassSummonsBrief{ClassRow: c, People: n})
		}
	}
	return out, err
}

// A ClassUnitLine is how a unit stands to its summons: a base organization, or to who
// looks from below it, each of the units that send people.
type ClassUnitLine struct {
	Unit      string // code
	Name      string
	On        int // with a seat
	Invited   int // summoned and not confirmed
	Confirmed int
	Dropped   int
}

// A ClassPage is a class with the people whom the actor may see on its list.
type ClassPage struct {
	Class     store.ClassRow
	Line      []org.Unit
	Today     date.Date
	Learners  []store.LearnerRow
	Units     []ClassUnitLine // that send people, of those in sight
	Whole     bool            // the actor sees the whole list
	MayManage bool
	Answers   map[string]bool // codes of units for which the actor answers
	At        []int           // index in Units of each of the learners
}

// Class returns a class, with the people of the units in the actor's reach.
func (a *App) Class(ctx context.Context, who Actor, id string) (p ClassPage, err error) {
	err = a.read(ctx, who, access.SeeClass, func(r *reading) error {
		if p.Class, err = r.Tx.Class(ctx, r.Scope, id); err != nil {
			return err
		}
		p.Today = r.Today
		if p.Line, err = r.LineUnits(ctx, p.Class.UnitNo); err != nil {
			return err
		}
		p.Whole = r.Scope.Covers(numbers(p.Line))
		p.MayManage = who.may(access.ManageClass, r.Today, numbers(p.Line))
		if p.Learners, err = r.Learners(ctx, r.Scope, id, 0); err != nil {
			return err
		}
		return r.classUnits(ctx, &p)
	})
	return p, err
}

// classUnits counts the list by unit, and says for which of them the actor answers.
func (r *reading) classUnits(ctx context.Context, p *ClassPage) error {
	p.Answers = map[string]bool{}
	s, err := r.scopeFor(ctx, access.NameLearner)
	if err != nil {
		return err
	}
	mine, err := r.Owners(ctx, s.Roots())
	if err != nil {
		return err
	}
	bases, err := r.classSenders(ctx, p)
	if err != nil {
		return err
	}
	at := map[string]int{}
	p.At = make([]int, len(p.Learners))
	for k, l := range p.Learners {
		sender, ok := bases[l.UnitNo]
		if !ok {
			sender = org.Unit{No: l.UnitNo, Code: org.Code(l.Unit), Name: l.UnitName}
		}
		code := string(sender.Code)
		i, known := at[code]
		if !known {
			i = len(p.Units)
			at[code] = i
			p.Units = append(p.Units, ClassUnitLine{Unit: code, Name: sender.Name})
			_, answers := mine[sender.No]
			p.Answers[code] = answers || r.who.system
		}
		p.At[k] = i
		p.Units[i].count(l.State)
	}
	return nil
}

func (u *ClassUnitLine) count(s class.LearnerState) {
	switch {
	case !s.On():
		u.Dropped++
		return
	case s == class.Invited:
		u.Invited++
	case s == class.Attending:
		u.Confirmed++
	}
	u.On++
}

// classSenders are the base organizations under which units stand, for who sees the whole
// of them; the branches of one bear the names of those of another.
func (r *reading) classSenders(ctx context.Context, p *ClassPage) (map[org.UnitNo]org.Unit, error) {
	children, err := r.classChildren(ctx, p.Class.UnitNo)
	if err != nil {
		return nil, err
	}
	covers, err := r.Owners(ctx, r.Scope.Roots())
	if err != nil {
		return nil, err
	}
	var roots []org.UnitNo
	byNo := map[org.UnitNo]org.Unit{}
	for _, c := range children {
		if _, seen := covers[c.No]; seen {
			roots, byNo[c.No] = append(roots, c.No), c
		}
	}
	owners, err := r.Owners(ctx, roots)
	out := map[org.UnitNo]org.Unit{}
	for unit, base := range owners {
		out[unit] = byNo[base]
	}
	return out, err
}

// UnitOf names the unit of a learner, with the base organization over it.
func (p ClassPage) UnitOf(i int) string {
	base := p.Units[p.At[i]]
	if base.Unit == p.Learners[i].Unit {
		return base.Name
	}
	return p.Learners[i].UnitName + " · " + base.Name
}

// FreeForClass lists the people of a unit who need the class and have no seat, for whoever
// answers for the unit.
func (a *App) FreeForClass(ctx context.Context, who Actor, id, unit string) (out []class.Place, err error) {
	err = a.read(ctx, who, access.NameLearner, func(r *reading) error {
		c, err := r.Tx.Class(ctx, r.Scope, id)
		if err != nil {
			return err
		}
		u, _, err := r.unit(ctx, unit)
		if err != nil {
			return err
		}
		out, err = r.freePeople(ctx, c, u)
		return err
	})
	return out, err
}
