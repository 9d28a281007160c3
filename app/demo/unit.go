package demo

import (
	"fmt"
	"strings"

	"ketnap/app"
	"ketnap/date"
	"ketnap/org"
	"ketnap/person"
)

// A committee is one above the grassroots: its standing committee decides.
type committee struct {
	code     org.Code
	name     string
	no       org.UnitNo
	standing int
	bases    []*base
}

// A base is a base organization: an đảng bộ cơ sở with branches, or a chi bộ cơ sở.
type base struct {
	code     org.Code
	no       org.UnitNo
	name     string // of the organization, without Đảng bộ or Chi bộ
	kind     org.Kind
	trait    trait
	block    *committee
	voters   int // of its committee; 0 for a chi bộ cơ sở
	members  int
	youth    int
	places   []*place
	plans    map[int]int // by year
	assigned bool        // by its superior, not by the directive
}

// A place is a branch that admits people.
type place struct {
	code      org.Code
	no        org.UnitNo
	base      *base
	sectional bool
	pupils    bool // most of its candidates are pupils
	students  bool // or students
	official  []app.LoadedCount
	helpers   []string
	youth     int
}

// votersOn returns the official members of a branch on a day.
func (p *place) votersOn(day date.Date) int {
	n := 0
	for _, c := range p.official {
		if !day.Before(c.From) {
			n = c.Value
		}
	}
	return n
}

// opened is a day before anything that is told.
func (b *builder) opened() date.Date { return b.yearDay(b.year-9, 1, 1) }

// yearDay is a day that is known to exist.
func (b *builder) yearDay(year, month, day int) date.Date {
	return date.Must(fmt.Sprintf("%04d-%02d-%02d", year, month, day))
}

func code(format string, args ...any) org.Code { return org.Code(fmt.Sprintf(format, args...)) }

// inventBlock draws the block committee with its bases, branches and unions.
func (b *builder) inventBlock() {
	b.heads = map[string]string{}
	k := b.addCommittee("K01", "Đảng ủy Khối các cơ quan tỉnh Hải Sơn", "", 15)
	for i, s := range blockSketch {
		d := b.throw("base", i)
		x := &base{code: code("K01.%02d", i+1), name: s.name, kind: s.kind, trait: s.trait, block: k, members: s.members, plans: map[int]int{}}
		k.bases = append(k.bases, x)
		if s.branches == 0 {
			b.addBaseBranch(d, x)
			continue
		}
		b.addBaseCommittee(d, x)
		b.addBranches(d, x, s.branches)
	}
	b.addUnions(k)
	b.addTradeUnions(k)
}

// addCommittee adds a committee with its boards.
func (b *builder) addCommittee(c org.Code, name string, parent org.Code, members int) *committee {
	k := &committee{code: c, name: name, standing: 9}
	b.blocks = append(b.blocks, k)
	d := b.throw("committee "+string(c), 0)
	from := b.opened()
	u := app.LoadedUnit{Code: c, Name: name, Type: org.Committee, Parent: parent, Opened: from, Counts: []app.LoadedCount{
		{Kind: org.StandingMembers, From: from, Value: k.standing}, {Kind: org.CommitteeMembers, From: from, Value: 2*members + 3}}}
	u.Posts = append(b.terms(d, c, "Bí thư"), org.Post{Title: "Phó Bí thư Thường trực", Name: b.known("phó bí thư "+string(c), d.anyName()), From: b.congress()},
		org.Post{Title: "Phó Bí thư, Trưởng Ban Tổ chức", Name: b.known("tổ chức "+string(c), d.name(person.Female).Full()), From: b.congress()})
	b.units = append(b.units, u)
	for _, board := range []struct{ code, name string }{{"BTC", "Ban Tổ chức"}, {"BTG", "Ban Tuyên giáo"}, {"VP", "Văn phòng"}} {
		b.units = append(b.units, app.LoadedUnit{Code: c + "." + org.Code(board.code), Name: board.name + " " + name, Type: org.Board, Parent: c, Opened: from})
	}
	return k
}

// known remembers who holds a post, so that accounts bear the same name.
func (b *builder) known(post, name string) string {
	b.heads[post] = name
	return name
}

// congress is the day from which the present committees lead.
func (b *builder) congress() date.Date { return b.yearDay(b.year-4, 6, 15) }

// terms are the heads of a unit since the congress: most have one, some have changed.
func (b *builder) terms(d dice, c org.Code, title string) []org.Post {
	first := org.Post{Title: title, Name: d.anyName(), Head: true, From: b.congress()}
	second := org.Post{Title: title, Name: d.anyName(), Head: true}
	switch roll := d.IntN(10); {
	case roll == 0:
		second.From = b.yearDay(b.year-2, d.between(2, 11), 1)
	case roll < 3:
		second.From = b.yearDay(b.year, d.between(1, 9), 1)
	}
	if second.From.IsZero() || second.From.After(b.opt.Today) {
		b.known(string(c), first.Name)
		return []org.Post{first}
	}
	first.To = second.From.AddDays(-1)
	b.known(string(c), second.Name)
	return []org.Post{first, second}
}

func (b *builder) addBaseCommittee(d dice, x *base) {
	x.voters = min(15, 5+2*(x.members/45))
	x.youth = x.members * d.between(35, 80) / 100
	from := b.opened()
	b.units = append(b.units, app.LoadedUnit{Code: x.code, Name: "Đảng bộ " + x.name, Type: org.BaseCommittee, Kind: x.kind, Parent: x.block.code,
		Opened: from, Posts: b.terms(d, x.code, "Bí thư Đảng ủy"), Counts: []app.LoadedCount{
			{Kind: org.CommitteeMembers, From: from, Value: x.voters}, {Kind: org.Members, From: from, Value: x.members - x.members/30},
			{Kind: org.Members, From: b.yearDay(b.year, 1, 1), Value: x.members}, {Kind: org.Youth, From: from, Value: x.youth}}})
}

func (b *builder) addBaseBranch(d dice, x *base) {
	p := &place{code: x.code, base: x, youth: x.members * d.between(35, 80) / 100, pupils: x.kind == org.UpperSecondary}
	x.youth = p.youth
	u := b.branchUnit(d, p, x.members, "Chi bộ "+x.name)
	u.Type, u.Kind, u.Parent = org.BaseBranch, x.kind, x.block.code
	b.units = append(b.units, u)
	x.places, b.places = append(x.places, p), append(b.places, p)
}

// branchUnit draws the unit of a branch with its head, its members over the years, and
// those who help candidates.
func (b *builder) branchUnit(d dice, p *place, members int, name string) app.LoadedUnit {
	from, n := b.opened(), max(3, members-d.IntN(2))
	earlier := max(3, n-d.IntN(3))
	p.official = []app.LoadedCount{{Kind: org.OfficialMembers, From: from, Value: earlier}}
	if n != earlier {
		p.official = append(p.official, app.LoadedCount{Kind: org.OfficialMembers, From: b.yearDay(b.year-1, 1, 1), Value: n})
	}
	for range 3 {
		p.helpers = append(p.helpers, d.anyName())
	}
	counts := append([]app.LoadedCount{{Kind: org.Members, From: from, Value: max(members, n)}, {Kind: org.Youth, From: from, Value: p.youth}}, p.official...)
	return app.LoadedUnit{Code: p.code, Name: name, Type: org.Branch, Opened: from, Posts: b.terms(d, p.code, "Bí thư Chi bộ"), Counts: counts}
}

// addBranches draws the branches of a base committee; the university has sectional
// committees over some of them.
func (b *builder) addBranches(d dice, x *base, n int) {
	names := branchNamesOf(x)
	own := n
	if x.kind == org.University {
		for _, s := range sections {
			own -= len(s.branches)
		}
	}
	left := x.members
	for i := range own {
		name := fmt.Sprintf("Tổ công tác %d", i+1)
		if i < len(names) {
			name = names[i]
		}
		left -= b.addBranch(d, x, x.code, code("%s.%02d", x.code, i+1), name, share(d, x.members, n))
	}
	if own == n {
		return
	}
	for i, s := range sections {
		c := code("%s.S%d", x.code, i+1)
		b.units = append(b.units, app.LoadedUnit{Code: c, Name: "Đảng ủy bộ phận " + s.name, Type: org.SectionalCommittee, Parent: x.code, Opened: b.opened(),
			Posts: b.terms(d, c, "Bí thư Đảng ủy bộ phận"), Counts: []app.LoadedCount{{Kind: org.CommitteeMembers, From: b.opened(), Value: 7}}})
		for j, name := range s.branches {
			b.addBranch(d, x, c, code("%s.%02d", c, j+1), name, share(d, x.members, n))
		}
	}
}

// share is about the part of a branch among n.
func share(d dice, members, n int) int {
	fair := members / n
	return max(3, min(40, fair-fair/4+d.IntN(fair/2+1)))
}

// secretaryBranch is that of the first account; its 20 official members make a vote of
// two thirds easy to follow.
const secretaryBranch = "Khoa Sư phạm" //nolint:gosec // G101: a name of a branch

func (b *builder) addBranch(d dice, x *base, parent, c org.Code, name string, members int) int {
	p := &place{code: c, base: x, sectional: parent != x.code, youth: max(2, x.youth*members/max(x.members, 1))}
	p.students = strings.HasPrefix(name, "Sinh viên") || x.kind == org.College && d.percent(30)
	p.pupils = name == "Học sinh" || x.kind == org.UpperSecondary && d.percent(40)
	u := b.branchUnit(d, p, members, "Chi bộ "+name)
	if name == secretaryBranch {
		p.official = []app.LoadedCount{{Kind: org.OfficialMembers, From: b.opened(), Value: 20}}
		u.Counts = append([]app.LoadedCount{{Kind: org.Members, From: b.opened(), Value: 21}, {Kind: org.Youth, From: b.opened(), Value: p.youth}}, p.official...)
	}
	u.Kind, u.Parent = x.kind, parent
	b.units = append(b.units, u)
	x.places, b.places = append(x.places, p), append(b.places, p)
	return members
}

func branchNamesOf(x *base) []string {
	if x.kind == org.PublicService && strings.HasPrefix(x.name, "Đài") {
		return mediaNames
	}
	return branchNames[x.kind]
}

// addUnions draws the youth unions beside the block and beside its bases.
func (b *builder) addUnions(k *committee) {
	from := b.opened()
	top := app.LoadedUnit{Code: "D01", Name: "Đoàn Khối các cơ quan tỉnh Hải Sơn", Type: org.Union, Kind: org.YouthUnion, Beside: k.code, Opened: from}
	d := b.throw("union", 0)
	top.Posts = b.terms(d, top.Code, "Bí thư Đoàn Khối")
	all := 0
	var below []app.LoadedUnit
	for i, x := range k.bases {
		if x.trait == barren || x.youth < 8 {
			continue
		}
		all += x.youth
		name := "Đoàn cơ sở " + x.name
		if strings.HasPrefix(x.name, "Trường") {
			name = "Đoàn " + x.name
		}
		c := code("D01.%02d", i+1)
		below = append(below, app.LoadedUnit{Code: c, Name: name, Type: org.Union, Kind: org.YouthUnion, Parent: top.Code, Beside: x.code, Opened: from,
			Posts: b.terms(d, c, "Bí thư Đoàn"), Counts: []app.LoadedCount{{Kind: org.Youth, From: from, Value: x.youth}}})
	}
	top.Counts = []app.LoadedCount{{Kind: org.Youth, From: from, Value: all}}
	b.units = append(append(b.units, top), below...)
}
