package class

import (
	"cmp"
	"slices"

	"ketnap/date"
	"ketnap/rule"
)

// A Reach says for whom a proposed class is (CLS-01).
type Reach string

// The reaches.
const (
	ForAll   Reach = "all"   // everybody of the demand
	ForLarge Reach = "large" // units with many people being prepared
	ForYouth Reach = "youth" // youth of the whole block
	ForUnits Reach = "units" // units that are named: a school
)

// Reaches lists the reaches.
func Reaches() []Reach { return []Reach{ForLarge, ForYouth, ForUnits, ForAll} }

// Valid reports whether r is a reach.
func (r Reach) Valid() bool { return slices.Contains(Reaches(), r) }

// Words says for whom.
func (r Reach) Words() string {
	switch r {
	case ForAll:
		return "Tất cả người có nhu cầu"
	case ForLarge:
		return "Các đơn vị có nhiều người"
	case ForYouth:
		return "Thanh niên toàn Khối"
	case ForUnits:
		return "Riêng các đơn vị chọn dưới đây"
	}
	return string(r)
}

// youthAge is the age up to which somebody is of union age (Luật Thanh niên; UNI-02).
const youthAge = 30

// An Option is one class of a proposal: for whom, where, when, how large.
type Option struct {
	Title    string
	Reach    Reach
	Least    int      // of ForLarge: people that a unit must have
	Units    []string // of ForUnits: codes of base organizations
	Host     Host
	Place    string
	From, To date.Date
	HalfDays int
	Seats    int // 0 without a limit
	Chosen   bool
	Opened   string // id of the class that came of it; "" for none
}

// A Place is somebody in the demand as a proposal sees them: the person, and the base
// organization under which they stand.
type Place struct {
	Person
	Base, BaseName string
}

// A Share is how many people of a base organization an option takes in, and leaves out.
type Share struct {
	Unit, Name  string
	In, Without int
}

// A Cover is what an option would do for the demand.
type Cover struct {
	People  []Place // with a seat
	Over    []Place // the option is for them, but seats are short
	Outside []Place // the option is not for them
	TooLate []Place // with a seat, but the class ends after it is of use to them
	Stuck   []Place // without a seat, and cannot wait for another class
	Shares  []Share // by base organization, those with most people first
}

// Left is how many people the option leaves without a seat.
func (c Cover) Left() int { return len(c.Over) + len(c.Outside) }

// Covers says what an option would do for the people of a demand. Where seats are short
// they go to those who can wait least: people come in that order.
func (o Option) Covers(people []Place, today date.Date) Cover {
	perUnit := map[string]int{}
	for _, p := range people {
		perUnit[p.Base]++
	}
	var c Cover
	shares := map[string]*Share{}
	for _, p := range people {
		s := shares[p.Base]
		if s == nil {
			s = &Share{Unit: p.Base, Name: p.BaseName}
			shares[p.Base] = s
		}
		in := false
		switch {
		case !o.isFor(p, perUnit[p.Base], today):
			c.Outside = append(c.Outside, p)
		case o.Seats > 0 && len(c.People) >= o.Seats:
			c.Over = append(c.Over, p)
		default:
			in = true
			c.People = append(c.People, p)
		}
		if in {
			s.In++
			if !p.Until.IsZero() && !o.To.IsZero() && p.Until.Before(o.To) {
				c.TooLate = append(c.TooLate, p)
			}
			continue
		}
		s.Without++
		if p.Need.Pressing() {
			c.Stuck = append(c.Stuck, p)
		}
	}
	for _, s := range shares {
		c.Shares = append(c.Shares, *s)
	}
	slices.SortFunc(c.Shares, func(a, b Share) int {
		return cmp.Or(cmp.Compare(b.In, a.In), cmp.Compare(b.Without, a.Without), cmp.Compare(a.Unit, b.Unit))
	})
	return c
}

func (o Option) isFor(p Place, ofUnit int, today date.Date) bool {
	switch o.Reach {
	case ForLarge:
		return ofUnit >= o.Least
	case ForYouth:
		return !p.Birth.IsZero() && p.Birth.MonthsUntil(today) < 12*(youthAge+1)
	case ForUnits:
		return slices.Contains(o.Units, p.Base)
	}
	return true
}

// ShareOut gives each person to the first of the chosen options that is for them and has
// a seat, so that nobody stands on two lists. The answer has one cover per option, empty
// for those not chosen.
func ShareOut(options []Option, people []Place, today date.Date) []Cover {
	out := make([]Cover, len(options))
	left := people
	for i, o := range options {
		if !o.Chosen {
			continue
		}
		out[i] = o.Covers(left, today)
		taken := map[string]bool{}
		for _, p := range out[i].People {
			taken[p.File] = true
		}
		left = slices.DeleteFunc(slices.Clone(left), func(p Place) bool { return taken[p.File] })
	}
	return out
}

// LeastSize is how many learners a class must have when it is opened on a day, 0 where no
// figure is known: the regulation binds classes at political centres from 01/12/2025.
func LeastSize(h Host, day date.Date) (least int, cite string) {
	r := RegulationOn(day)
	if h != ByCentre || r.Size.Confidence != rule.Sourced {
		return 0, ""
	}
	return r.Least, r.Size.Cite
}

// CheckOpening says what speaks against opening a class with so many people by a decision
// of a day. Findings that block are sourced, or are days that cannot be.
func CheckOpening(c Class, people int, today date.Date) []rule.Finding {
	var out []rule.Finding
	say := func(severity rule.Severity, id, cite, field, message string) {
		out = append(out, rule.Finding{Rule: id, Cite: cite, Severity: severity, Field: field, Message: message})
	}
	if c.DecidedOn.After(today) {
		say(rule.Block, "CLS-02", "", "decided_on", "Ngày quyết định "+c.DecidedOn.VN()+" chưa đến. Ghi ngày đã ký quyết định.")
	}
	if !c.From.IsZero() && !c.DecidedOn.IsZero() && c.From.Before(c.DecidedOn) {
		say(rule.Warn, "CLS-02", "", "from", "Lớp khai giảng "+c.From.VN()+", trước ngày quyết định mở lớp "+c.DecidedOn.VN()+".")
	}
	if people == 0 {
		say(rule.Block, "CLS-02", "", "people", "Danh sách chưa có ai. Thêm học viên rồi mới ra quyết định mở lớp.")
	}
	if least, cite := LeastSize(c.Host, c.DecidedOn); people > 0 && people < least {
		say(rule.Block, "CLS-09", cite, "people", sizeWords(people, least))
	}
	return out
}
