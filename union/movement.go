package union

import (
	"errors"
	"strings"
	"unicode/utf8"

	"ketnap/date"
)

// An EvidenceKind is what shows that somebody took part (UNI-10). The paper itself stays
// where it is kept; the program stores none.
type EvidenceKind string

// Kinds of evidence.
const (
	NoEvidence  EvidenceKind = ""
	Commended   EvidenceKind = "commended"   // giấy khen
	Honoured    EvidenceKind = "honoured"    // bằng khen
	Attested    EvidenceKind = "attested"    // giấy chứng nhận tham gia
	Blood       EvidenceKind = "blood"       // giấy chứng nhận hiến máu
	UnionReport EvidenceKind = "union_paper" // báo cáo, danh sách của tổ chức
)

// EvidenceKinds lists the kinds of evidence, none first.
func EvidenceKinds() []EvidenceKind {
	return []EvidenceKind{NoEvidence, Commended, Honoured, Attested, Blood, UnionReport}
}

// Words names the kind.
func (k EvidenceKind) Words() string {
	switch k {
	case NoEvidence:
		return "không có giấy tờ riêng"
	case Commended:
		return "giấy khen"
	case Honoured:
		return "bằng khen"
	case Attested:
		return "giấy chứng nhận tham gia"
	case Blood:
		return "giấy chứng nhận hiến máu"
	case UnionReport:
		return "báo cáo, danh sách của đoàn thể"
	}
	return string(k)
}

// Valid reports whether k is a kind of evidence.
func (k EvidenceKind) Valid() bool { return k.Words() != string(k) }

// A Movement is an activity by which people can be judged and introduced (UNI-09).
type Movement struct {
	Name     string
	From     date.Date
	To       date.Date // the last day; the first where it was one day
	Count    int       // of all who took part, named or not
	Result   string
	Evidence EvidenceKind
	Kept     string // where the evidence lies
	People   []Participant
}

// A Participant is an introduced person's part in a movement.
type Participant struct {
	Introduced string // id of the introduction
	Name       string // when read
	Role       string
	Result     string
}

// Ways in which a movement is refused.
var (
	ErrName     = errors.New("union: it has no name")
	ErrOrder    = errors.New("union: it ends before it begins")
	ErrCount    = errors.New("union: fewer took part than are named")
	ErrEvidence = errors.New("union: evidence of no known kind")
	ErrKept     = errors.New("union: where the evidence is kept is not said")
)

// Fault returns the field that is wrong, and why; "" where nothing is.
func (m Movement) Fault(today date.Date) (field string, err error) {
	switch {
	case strings.TrimSpace(m.Name) == "":
		return "name", ErrName
	case utf8.RuneCountInString(m.Name) > MostName:
		return "name", ErrLong
	case m.From.IsZero() || m.From.After(today) || m.From.Year() < 2000:
		return "from", ErrDay
	case m.To.Before(m.From) || m.To.After(m.From.AddMonths(12)):
		return "to", ErrOrder
	case m.Count < 0 || m.Count > MostPeople || m.Count < len(m.People):
		return "count", ErrCount
	case !m.Evidence.Valid():
		return "evidence", ErrEvidence
	case m.Evidence != NoEvidence && strings.TrimSpace(m.Kept) == "":
		return "kept", ErrKept
	case utf8.RuneCountInString(m.Kept) > MostName:
		return "kept", ErrLong
	case utf8.RuneCountInString(m.Result) > MostText:
		return "result", ErrLong
	}
	return "", nil
}
