package app

import (
	"errors"
	"slices"

	"ketnap/errs"
	"ketnap/org"
	"ketnap/target"
)

// A SpreadWay is by what a figure is handed out to the children.
type SpreadWay string

// The ways. By hand is no way: it is what the cells are for.
const (
	SpreadKind     SpreadWay = "kind"     // what each kind of unit owes (TGT-06, TGT-10)
	SpreadMembers  SpreadWay = "members"  // by members
	SpreadSource   SpreadWay = "source"   // by people who are source
	SpreadLast     SpreadWay = "last"     // by what each did last year
	SpreadProposed SpreadWay = "proposed" // what each unit proposed (TGT-08)
)

// SpreadWays lists the ways in the order of a form.
func SpreadWays() []SpreadWay {
	return []SpreadWay{SpreadMembers, SpreadSource, SpreadLast, SpreadKind, SpreadProposed}
}

// A SpreadOrder says what is handed out, and how.
type SpreadOrder struct {
	Column int
	Way    SpreadWay
	Sum    target.Range
	Least  int  // for each child
	Most   *int // for each child; none for no bound
	Kinds  map[org.Kind]target.Range
}

// Kinds lists the kinds of the children that are open, each once, in the order of the code.
func (p TargetSheet) Kinds() []org.Kind {
	var out []org.Kind
	for _, k := range org.Kinds() {
		if slices.ContainsFunc(p.Rows, func(r TargetSheetRow) bool { return r.Unit.Kind == k && !r.Closed() }) {
			out = append(out, k)
		}
	}
	return out
}

// Owed returns what a letter asks of each kind in a column, from the goals of its units.
func (p TargetSheet) Owed(column int) map[org.Kind]target.Range {
	out := map[org.Kind]target.Range{}
	for _, r := range p.Rows {
		f := r.Fields[column]
		if _, known := out[r.Unit.Kind]; known || r.Unit.Kind == "" {
			continue
		}
		switch {
		case f.Goal != nil:
			out[r.Unit.Kind] = f.Goal.Range()
		case f.Plan != nil && f.Plan.Clause != "": // the letter's goal, assigned as it was
			out[r.Unit.Kind] = f.Plan.Range()
		}
	}
	return out
}

// Spread hands a figure out over the children that are open, and writes nothing: it
// returns the figure of each by code; who gets none is absent. It fails with Invalid on
// the field that is in the way.
func (p TargetSheet) Spread(o SpreadOrder) (map[string]target.Range, error) {
	if o.Column < 0 || o.Column >= len(p.Columns) {
		return nil, errs.E(errs.Invalid, "target.spread.column").On("column")
	}
	out := map[string]target.Range{}
	switch o.Way {
	case SpreadKind:
		for _, r := range p.Rows {
			if owed, ok := o.Kinds[r.Unit.Kind]; ok && !r.Closed() {
				out[string(r.Unit.Code)] = owed
			}
		}
		return out, nil
	case SpreadProposed:
		for _, r := range p.Rows {
			if m := r.Fields[o.Column].Move; m != nil && m.Range != nil && !r.Closed() {
				out[string(r.Unit.Code)] = *m.Range
			}
		}
		return out, nil
	case SpreadMembers, SpreadSource, SpreadLast:
	default:
		return nil, errs.E(errs.Invalid, "target.spread.way").On("way")
	}
	claims := p.claims(o)
	ranges, err := target.SpreadRange(o.Sum, claims)
	if err != nil {
		return nil, spreadError(err, o, claims)
	}
	for i, c := range claims {
		out[c.Code] = ranges[i]
	}
	return out, nil
}

func (p TargetSheet) claims(o SpreadOrder) []target.Claim {
	var claims []target.Claim
	for _, r := range p.Rows {
		if r.Closed() {
			continue
		}
		c := target.Claim{Code: string(r.Unit.Code), Min: o.Least, Max: o.Most}
		switch {
		case o.Way == SpreadMembers && r.Members != nil:
			c.Weight = *r.Members
		case o.Way == SpreadSource:
			c.Weight = r.Source
		case o.Way == SpreadLast:
			c.Weight = r.Last
		}
		claims = append(claims, c)
	}
	return claims
}

// spreadError says which bound is in the way, and how far one may go.
func spreadError(err error, o SpreadOrder, claims []target.Claim) error {
	weighed := 0
	for _, c := range claims {
		if c.Weight > 0 {
			weighed++
		}
	}
	switch {
	case errors.Is(err, target.ErrClaim):
		return errs.E(errs.Invalid, "target.spread.bounds").On("most").Because(err)
	case errors.Is(err, target.ErrTooFew):
		return errs.E(errs.Invalid, "target.spread.few", "sum", o.Sum.Min, "units", len(claims), "least", o.Least).On("least").Because(err)
	case weighed == 0:
		return errs.E(errs.Invalid, "target.spread.weights").On("way").Because(err)
	case o.Most == nil:
		return err
	}
	return errs.E(errs.Invalid, "target.spread.many", "sum", o.Sum.Words(), "units", weighed, "most", *o.Most).On("most").Because(err)
}
