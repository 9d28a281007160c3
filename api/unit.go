package api

import (
	"encoding/base64"
	"net/http"

	"ketnap/api/shape"
	"ketnap/app"
	"ketnap/errs"
	"ketnap/org"
)

func (s *server) listUnits(w http.ResponseWriter, r *request) error {
	q, err := queryOf(r)
	if err != nil {
		return err
	}
	unit, limit := q.get("unit"), q.limit()
	if err := q.err(); err != nil {
		return err
	}
	after, err := unitCursor(q.get("cursor"))
	if err != nil {
		return err
	}
	units, parents, err := s.app.Units(r.Context(), r.who, unit, after, limit+1)
	if err != nil {
		return err
	}
	var next *string
	if len(units) > limit {
		units = units[:limit]
		cursor := base64.RawURLEncoding.EncodeToString([]byte(units[limit-1].Code))
		next = &cursor
	}
	return s.answer(w, shape.UnitList{Next: next, Items: list(units, func(u org.Unit) shape.UnitRow {
		return unitRow(u, parents[u.Parent])
	})})
}

// unitCursor unpacks the code behind which a page begins.
func unitCursor(s string) (string, error) {
	if s == "" {
		return "", nil
	}
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return "", errs.E(errs.Invalid, "list.cursor").On("query.cursor").Because(err)
	}
	code, err := org.ParseCode(string(b))
	if err != nil {
		return "", errs.E(errs.Invalid, "list.cursor").On("query.cursor").Because(err)
	}
	return string(code), nil
}

func unitRow(u org.Unit, parent org.Code) shape.UnitRow {
	row := shape.UnitRow{Code: string(u.Code), Name: u.Name, Type: u.Type, Kind: orNil(u.Kind)}
	row.Parent = orNil(string(parent))
	return row
}

func (s *server) showUnit(w http.ResponseWriter, r *request) error {
	q, err := queryOf(r)
	if err != nil {
		return err
	}
	on := q.day("on")
	if err := q.err(); err != nil {
		return err
	}
	p, err := s.app.UnitOn(r.Context(), r.who, r.PathValue("code"), on)
	if err != nil {
		return err
	}
	return s.answer(w, unitShape(p))
}

func unitShape(p app.UnitPage) shape.Unit {
	count := func(k org.CountKind) *int {
		n, ok := p.Counts[k]
		if !ok {
			return nil
		}
		return &n
	}
	name := func(u org.Unit) shape.UnitName {
		return shape.UnitName{Code: string(u.Code), Name: u.Name, Type: u.Type}
	}
	out := shape.Unit{
		OfficialMembers: count(org.OfficialMembers), CommitteeMembers: count(org.CommitteeMembers),
		StandingMembers: count(org.StandingMembers), Members: count(org.Members), Youth: count(org.Youth),
		Line: list(p.Line[1:], name), Children: list(p.Children, name),
	}
	var parent org.Code
	if len(p.Line) > 1 {
		parent = p.Line[1].Code
	}
	out.UnitRow = unitRow(p.Unit, parent)
	if p.Head.Name != "" {
		out.Head = &shape.Head{Name: p.Head.Name, Title: p.Head.Title, From: p.Head.From, To: p.Head.To}
	}
	return out
}
