package admission

import (
	"slices"

	"ketnap/date"
	"ketnap/rule"
)

// A Share is the working days of a term that passed while the file lay at a desk.
type Share struct {
	Desk Desk
	Days int
}

// Used returns the working days that have passed at all desks together.
func (d Deadline) Used() int {
	n := 0
	for _, s := range d.Shares {
		n += s.Days
	}
	return n
}

// Percent returns how much of the whole term a number of its days is, rounded down.
func (d Deadline) Percent(days int) int {
	if d.total() <= 0 {
		return 0
	}
	return days * 100 / d.total()
}

// custodians are the desks in the order of the road.
var custodians = []Desk{DeskBranch, DeskSectional, DeskBase, DeskBoard}

// holder says who has the file in this state. A dossier that was returned lies with the
// branch again, though its clock runs on (ADM-122).
func (s State) holder(over Over) Desk {
	if !s.Stage.Open() {
		return DeskNone
	}
	desk := DeskBranch
	switch s.Stage {
	case BranchResolved:
		desk = above(over, over.Sectional)
	case Appraised:
		desk = DeskBase
	case RecognitionProposed, RecognitionAppraised:
		if s.BaseRecognized.IsZero() {
			desk = above(over, over.Sectional && s.Stage == RecognitionProposed)
		} else {
			desk = DeskBoard
		}
	case BaseResolved, RemovalProposed:
		desk = DeskBoard
	case Held, Suspended:
		desk = DeskBase
	}
	if desk == DeskBase && !over.Base {
		return DeskBranch
	}
	return desk
}

// above is who gets what the branch resolved.
func above(over Over, sectional bool) Desk {
	switch {
	case sectional:
		return DeskSectional
	case over.Base:
		return DeskBase
	}
	return DeskBoard
}

// A stay is how long a file lay at a desk: from a day until the next stay begins.
type stay struct {
	from date.Date
	desk Desk
}

// A holding is where a file lay from its first act on.
type holding struct {
	world World
	stays []stay
	open  bool
	ended date.Date // the day the file ended, where it is not open
}

func (f File) holding(w World) holding {
	h := holding{world: w, open: f.Stage.Open(), ended: f.Since}
	s := begun()
	for _, a := range f.Acts {
		if a.Voided || a.Code == Void {
			continue
		}
		s.apply(a)
		if desk := s.holder(w.Over); len(h.stays) == 0 || h.stays[len(h.stays)-1].desk != desk {
			h.stays = append(h.stays, stay{a.On, desk})
		}
	}
	return h
}

// ownDuty are the terms that bind the branch wherever the rest of the file lies.
var ownDuty = []string{termAnswer, termCeremony, termMemberCV, termProposal, termTransfer}

// share says of a term at whose desk its working days passed, and who holds it now.
func (h holding) share(d Deadline) Deadline {
	end := d.Done
	if end.IsZero() {
		end = h.world.Today
		if !h.open {
			end = h.ended
		}
	}
	if d.Done.IsZero() && h.open && len(h.stays) > 0 {
		d.Custodian = h.stays[len(h.stays)-1].desk
	}
	if slices.Contains(ownDuty, d.Rule) {
		if d.Custodian != DeskNone {
			d.Custodian = DeskBranch
		}
		h.stays = []stay{{d.From, DeskBranch}}
	}
	if d.Unit != rule.WorkingDays {
		return d
	}
	days := map[Desk]int{}
	for i, s := range h.stays {
		from, to := later(s.from, d.From), end
		if i+1 < len(h.stays) && h.stays[i+1].from.Before(end) {
			to = h.stays[i+1].from
		}
		if to.After(from) {
			days[s.desk] += h.world.Calendar.WorkingBetween(from, to)
		}
	}
	for _, desk := range custodians {
		if n, held := days[desk]; held || desk == d.Custodian {
			d.Shares = append(d.Shares, Share{desk, n})
		}
	}
	return d
}

func later(a, b date.Date) date.Date {
	if a.After(b) {
		return a
	}
	return b
}
