package knd

import (
	"strings"

	"ketnap/document"
)

// A level is one of the bodies over a person, from the branch up.
type level int

const (
	branchLevel level = iota
	sectionalLevel
	baseLevel
	competentLevel
	aboveLevel
)

func (p *paper) body(l level) Body {
	return [...]Body{p.Branch, p.Sectional, p.Base, p.Competent, p.Above}[l]
}

// next is the body that stands over a level: the nearest that is named and is not the
// level itself (an authorised base committee is its own competent one).
func (p *paper) next(l level) Body {
	own := p.body(l).Name
	for up := l + 1; up <= aboveLevel; up++ {
		if b := p.body(up); clean(b.Name) != "" && b.Name != own {
			return b
		}
	}
	return Body{}
}

// organizations and their committees: the name of one is made from that of the other.
var committees = []struct{ party, committee string }{
	{"Đảng bộ tỉnh ", "Tỉnh ủy "}, {"Đảng bộ thành phố ", "Thành ủy "}, {"Đảng bộ huyện ", "Huyện ủy "},
	{"Đảng bộ thị xã ", "Thị ủy "}, {"Đảng bộ quận ", "Quận ủy "},
	{"Đảng bộ bộ phận ", "Đảng ủy bộ phận "}, {"Đảng bộ ", "Đảng ủy "},
}

// partyName is the organization, as the line above the issuer names it (letter 708:
// ĐẢNG BỘ TỈNH over ĐẢNG ỦY KHỐI).
func partyName(name string) string {
	name = strings.ReplaceAll(clean(name), "uỷ", "ủy")
	for _, c := range committees {
		if rest, ok := strings.CutPrefix(name, c.committee); ok {
			return c.party + rest
		}
	}
	return name
}

// committeeName is who acts for it. One tone place is written throughout (PAPER-18).
func committeeName(name string) string {
	name = strings.ReplaceAll(clean(name), "uỷ", "ủy")
	for _, c := range committees {
		if rest, ok := strings.CutPrefix(name, c.party); ok {
			return c.committee + rest
		}
	}
	return name
}

// branchName is the branch on the day of the paper: since RS-2026B chi bộ is its one
// name (ORG-03).
func (p *paper) branchName() string {
	name := clean(p.Branch.Name)
	if p.day.Before(single2026) {
		return name
	}
	for _, old := range []string{"Chi bộ cơ sở ", "Chi bộ trực thuộc "} {
		if rest, ok := strings.CutPrefix(name, old); ok {
			return "Chi bộ " + rest
		}
	}
	return name
}

// named is a body in running text, dots where there is none.
func (p *paper) named(l level) string {
	if l == branchLevel {
		return p.branchName()
	}
	return orDots(committeeName(p.body(l).Name))
}

// deciding is who decides on admission: the standing committee of the competent
// committee, or the authorised base committee itself, as a whole until RS-2026B and by
// its standing committee since (ORG-07, ORG-08).
func (p *paper) deciding() string {
	if p.whole() {
		return p.named(competentLevel)
	}
	return "Ban Thường vụ " + p.named(competentLevel)
}

func (p *paper) authorised() bool {
	return clean(p.Competent.Name) != "" && clean(p.Competent.Name) == clean(p.Base.Name)
}

func (p *paper) whole() bool { return p.authorised() && p.day.Before(single2026) }

// symbols of bodies where their own is not recorded (PAPER-09).
func symbolOf(l level, b Body) string {
	switch {
	case clean(b.Symbol) != "":
		return clean(b.Symbol)
	case l == branchLevel:
		return "CB"
	}
	return "ĐU"
}

// from gives a paper the head of a body, its authority words, its number series and the
// last line of Nơi nhận.
func (p *paper) from(l level, kind string) {
	b := p.body(l)
	over := p.next(l)
	p.doc.Superior = strings.ToUpper(partyName(over.Name))
	p.doc.Issuer = strings.ToUpper(p.named(l))
	p.doc.Place = b.Place
	if kind != "" {
		p.number(kind + "/" + symbolOf(l, b))
	}
	p.doc.Signatures = []document.Signature{{Authority: p.authority(l), Title: or(b.Title, "BÍ THƯ"), Name: b.Head}}
	p.doc.Filed = p.filed(l, b)
}

// authority: a chi bộ signs T/M CHI BỘ without a seal (ORG-09, PAPER-22); a committee is
// a collective, and the competent one acts by its standing committee (PAPER-20).
func (p *paper) authority(l level) string {
	switch l {
	case branchLevel:
		return "T/M CHI BỘ"
	case sectionalLevel:
		return "T/M ĐẢNG ỦY BỘ PHẬN"
	case baseLevel:
		return "T/M ĐẢNG ỦY"
	}
	if p.whole() {
		return "T/M ĐẢNG ỦY"
	}
	return "T/M BAN THƯỜNG VỤ"
}

// filed is the line Lưu: by the body under 05-HD/VPTW, by its office before (PAPER-12).
func (p *paper) filed(l level, b Body) string {
	switch {
	case l == branchLevel:
		return "Lưu Chi bộ"
	case p.doc.Layout == document.Layout05:
		return "Lưu Đảng ủy"
	case l == sectionalLevel:
		return "Lưu Đảng ủy bộ phận"
	}
	return "Lưu VP " + symbolOf(l, b)
}

// send adds a line of Nơi nhận; a body without a name gets none.
func (p *paper) send(name, purpose string) {
	if clean(name) != "" && name != dots {
		p.doc.Recipients = append(p.doc.Recipients, document.Recipient{Name: name, Purpose: purpose})
	}
}
