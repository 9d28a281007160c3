package demo

import (
	"context"
	"fmt"

	"ketnap/app"
	"ketnap/org"
	"ketnap/person"
)

// The shape of the province: 20 committees of 24 bases with 20 branches each. One branch
// of the first five bases of each committee is large: 500 files, so that lists of one
// branch and one stage fill pages.
const (
	provinceBlocks   = 20
	basesOfBlock     = 24
	branchesOfBase   = 20
	bigBases         = 5
	bigFiles         = 500
	provinceFiles    = 100_000
	provinceBranches = provinceBlocks * basesOfBlock * branchesOfBase
	bigBranches      = provinceBlocks * bigBases
)

var (
	districts = []string{"Huyện ủy Hải Ninh", "Huyện ủy Hải Bình", "Huyện ủy Sơn Trung", "Huyện ủy Sơn Thủy", "Huyện ủy Đông Sơn", "Huyện ủy An Phú",
		"Huyện ủy Tân Hải", "Huyện ủy Phú Lộc", "Huyện ủy Vạn Hải", "Huyện ủy Bình Sơn", "Huyện ủy Nam Sơn", "Huyện ủy Tây Sơn", "Huyện ủy Long Hải",
		"Huyện ủy Thanh Sơn", "Huyện ủy Minh Hải", "Thị ủy Cửa Hải", "Thành ủy Hải Sơn", "Đảng ủy Khối Doanh nghiệp tỉnh", "Đảng ủy Khu kinh tế Hải Sơn"}
	hamlets = []string{"An", "Bình", "Cát", "Đông", "Giang", "Hà", "Hòa", "Khánh", "Lộc", "Mỹ", "Ninh", "Phong", "Quang", "Sơn", "Tân", "Thịnh", "Trung", "Vinh", "Xuân", "Yên"}
)

// inventProvince draws the province committee, its blocks and all below them.
func (b *builder) inventProvince() {
	b.heads = map[string]string{}
	top := b.addCommittee("T01", "Tỉnh ủy Hải Sơn", "", 24)
	b.blocks = b.blocks[:0]
	for i := range provinceBlocks {
		name := "Đảng ủy Khối các cơ quan tỉnh Hải Sơn"
		if i > 0 {
			name = districts[i-1]
		}
		k := b.addCommittee(code("K%02d", i+1), name, top.code, 18)
		for j := range basesOfBlock {
			b.addProvinceBase(k, i, j)
		}
	}
	d := b.throw("union", 0)
	b.units = append(b.units, app.LoadedUnit{Code: "D01", Name: "Tỉnh đoàn Hải Sơn", Type: org.Union, Kind: org.YouthUnion, Beside: top.code,
		Opened: b.opened(), Posts: b.terms(d, "D01", "Bí thư Tỉnh đoàn"), Counts: []app.LoadedCount{{Kind: org.Youth, From: b.opened(), Value: 42000}}})
}

func (b *builder) addProvinceBase(k *committee, block, number int) {
	d := b.throw("base", block*1000+number)
	x := &base{code: code("%s.%02d", k.code, number+1), name: fmt.Sprintf("xã %s %s", pick(d, hamlets), pick(d, hamlets)), block: k, plans: map[int]int{}}
	switch {
	case number == 2:
		x.name, x.kind = "Trường THPT "+d.name(person.Male).Full(), org.UpperSecondary
	case block == 0 || number%8 == 7:
		x.name, x.kind = fmt.Sprintf("Cơ quan %d", number+1), org.Agency
	case number%8 == 6:
		x.name, x.kind = fmt.Sprintf("Doanh nghiệp %d", number+1), org.Enterprise
	}
	x.members = branchesOfBase * d.between(8, 20)
	k.bases = append(k.bases, x)
	b.addBaseCommittee(d, x)
	for i := range branchesOfBase {
		name := fmt.Sprintf("thôn %s %d", hamlets[i%len(hamlets)], 1+i/len(hamlets))
		if x.kind != "" {
			name = fmt.Sprintf("số %d", i+1)
		}
		b.addBranch(d, x, x.code, code("%s.%02d", x.code, i+1), name, share(d, x.members, branchesOfBase))
	}
}

// mix is what happens in the branches of the province: each scenario as many times as
// its share of 1,200, with those decided over three years.
func (b *builder) mix() []told {
	var out []told
	add := func(n int, tell func(*story)) {
		for range n {
			out = append(out, told{tell: tell})
		}
	}
	for _, c := range append(sourceScenarios(), memberScenarios()...) {
		if c.needs != underSection { // the province has no sectional committees
			add(c.files, c.tell)
		}
	}
	add(190, until("introduce", 4, 150))
	for _, year := range b.planYears() {
		add(130, func(s *story) { s.decided(b.decisionDay(s.dice, year)) })
	}
	return out
}

// writeProvinceFiles loads the files in the order of the branches, so that what a load
// shares lies together.
func (b *builder) writeProvinceFiles(ctx context.Context) error {
	mix, branch, given := b.mix(), 0, 0
	small := provinceFiles - bigBranches*bigFiles
	for _, k := range b.blocks {
		l := &loading{builder: b, block: k}
		for i, x := range k.bases {
			for j, p := range x.places {
				n := bigFiles
				if i >= bigBases || j > 0 {
					branch++
					n = small*branch/(provinceBranches-bigBranches) - given
					given += n
				}
				for range n {
					s := b.begin("file", b.files+len(l.people), p)
					pick(s.dice, mix).tell(s)
					if err := l.add(ctx, s.history()); err != nil {
						return err
					}
				}
			}
		}
		if err := l.flush(ctx); err != nil {
			return err
		}
	}
	return nil
}
