package target

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"ketnap/date"
)

// A Move is one step of the talk between a unit and its superior about the figure of a
// year (TGT-08). What the superior assigns is not a move but a figure of its own; a move
// names the figure that it answers.
type Move struct {
	Unit      string // code
	Year      int
	Indicator Indicator
	Kind      MoveKind
	Figure    int    // Seq of the last assigned figure when it was made; 0 for none
	Range     *Range // what is proposed; none for an acceptance
	Reason    string
	On        date.Date
	By        string
}

// A MoveKind is what a move does.
type MoveKind string

// The kinds of moves.
const (
	Proposed  MoveKind = "proposed"  // the unit registers a figure of its own
	Accepted  MoveKind = "accepted"  // the unit takes the figure on ("nhận chỉ tiêu")
	Countered MoveKind = "countered" // the unit asks for another figure
	Kept      MoveKind = "kept"      // the superior keeps the figure, with a reason
)

// Words returns what was done.
func (k MoveKind) Words() string {
	switch k {
	case Proposed:
		return "đề nghị"
	case Accepted:
		return "nhận chỉ tiêu"
	case Countered:
		return "đề nghị lại"
	case Kept:
		return "cấp trên giữ nguyên"
	}
	return string(k)
}

// A Turn says where the talk stands, and whose answer is awaited.
type Turn string

// The turns.
const (
	Silent      Turn = ""          // nothing was proposed or assigned
	AtSuperior  Turn = "proposed"  // the unit proposed; the superior has not assigned
	AtUnit      Turn = "assigned"  // assigned or changed; the unit has not answered
	Agreed      Turn = "accepted"  // the unit took it on
	Contested   Turn = "countered" // the unit asks for another figure; the superior's turn
	SettledKept Turn = "kept"      // the superior kept the figure
)

// Turned returns where the talk stands after its moves, oldest first, where assigned is
// the Seq of the last assigned figure, 0 for none. A figure assigned after a move answers
// it, and waits for the unit again.
func Turned(moves []Move, assigned int) Turn {
	if len(moves) == 0 || moves[len(moves)-1].Figure < assigned {
		if assigned == 0 {
			return Silent
		}
		return AtUnit
	}
	switch moves[len(moves)-1].Kind {
	case Proposed:
		return AtSuperior
	case Accepted:
		return Agreed
	case Countered:
		return Contested
	case Kept:
		return SettledKept
	}
	return Silent
}

// Waits reports whether the superior owes an answer.
func (t Turn) Waits() bool { return t == AtSuperior || t == Contested }

// Words returns the turn as both sides read it.
func (t Turn) Words() string {
	switch t {
	case AtSuperior:
		return "đơn vị đề nghị, chờ cấp trên giao"
	case AtUnit:
		return "đã giao, chờ đơn vị nhận"
	case Agreed:
		return "đơn vị đã nhận chỉ tiêu"
	case Contested:
		return "đơn vị đề nghị lại, chờ cấp trên trả lời"
	case SettledKept:
		return "cấp trên giữ nguyên chỉ tiêu"
	}
	return "chưa đề nghị, chưa giao"
}

// The ways in which a move is refused.
var (
	ErrMove   = errors.New("this move is not possible now")
	ErrReason = errors.New("a reason is needed")
)

// Check fails where the move cannot be made at this turn: with ErrMove, with ErrReason
// where it needs words, or with what is wrong about its figure.
func (m Move) Check(turn Turn) error {
	if !m.fits(turn) {
		return fmt.Errorf("%w: %s at %q", ErrMove, m.Kind, turn)
	}
	if m.Kind == Accepted {
		return nil
	}
	if strings.TrimSpace(m.Reason) == "" {
		return ErrReason
	}
	if utf8.RuneCountInString(m.Reason) > maxText {
		return ErrText
	}
	if m.Kind == Kept {
		return nil
	}
	switch {
	case m.Range == nil || m.Range.Min < 0 || m.Range.Min > maxPeople:
		return ErrMin
	case m.Range.Max != nil && (*m.Range.Max < m.Range.Min || *m.Range.Max > maxPeople):
		return ErrMax
	}
	return nil
}

func (m Move) fits(turn Turn) bool {
	switch m.Kind {
	case Proposed:
		return turn == Silent || turn == AtSuperior
	case Accepted:
		return turn == AtUnit || turn == Contested || turn == SettledKept
	case Countered:
		return turn == AtUnit || turn == Agreed || turn == Contested || turn == SettledKept
	case Kept:
		return turn == Contested
	}
	return false
}
