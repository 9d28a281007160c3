package web

import (
	"net/http"

	"ketnap/app"
	"ketnap/class"
	"ketnap/internal/i18n"
	"ketnap/web/ui"
)

// A classDemandPage is who needs a class, unit by unit.
type classDemandPage struct {
	ui.Base
	Sheet  sheetHeading
	Lead   string
	Kinds  []registerLink
	Boxes  []classBox
	Units  classTable
	People classTable
	Closed string // why no names are shown
	Export string
	Empty  *ui.Nothing
}

func (s *Server) readClassDemand(r *request) (app.ClassDemand, error) {
	return s.app.ClassDemand(r.Context(), r.who, s.unitOf(r), classKindOf(r))
}

func (s *Server) showClassDemand(w http.ResponseWriter, r *request) error {
	d, err := s.readClassDemand(r)
	if err != nil {
		return err
	}
	t := classTextOf(r)
	code := string(d.Unit.Code)
	p := classDemandPage{Base: s.base(r, t.text("class.demand.title"), ui.Crumb{Label: t.text("class.menu"), Href: address("/classes", "unit", code)}), Sheet: sheetOf(r, d.Line),
		Lead: t.text("class.demand.lead", "unit", d.Unit.Name, "kind", d.Kind.Words()), Export: address("/classes/demand.xlsx", "unit", code, "kind", string(d.Kind))}
	for _, k := range class.Kinds() {
		p.Kinds = append(p.Kinds, registerLink{Label: t.text("class.kind." + string(k)), Href: address("/classes/demand", "unit", code, "kind", string(k)), Current: k == d.Kind})
	}
	if d.Total.Total == 0 {
		p.Empty = &ui.Nothing{Title: t.text("class.demand.none"), Text: t.text("class.demand.none." + string(d.Kind))}
	}
	for _, n := range class.Needs() {
		if c := d.Total.Needs[n]; c > 0 {
			p.Boxes = append(p.Boxes, classBox{Label: n.Words(), Figure: i18n.Count(t.lang, c), Late: n.Pressing()})
		}
	}
	p.Units = t.demandUnits(d)
	if d.Names {
		p.People = t.demandPeople(d)
	} else {
		p.Closed = t.text("class.demand.closed")
	}
	return s.page(w, r, http.StatusOK, classDemandView(p))
}

// demandUnits counts the demand of the units below, by why and by group (CLS-17).
func (t classText) demandUnits(d app.ClassDemand) classTable {
	c := t.table(t.text("class.demand.units"), "class.col.unit", "class.col.total", "class.col.pressing", "class.col.asked", "class.group.staff", "class.group.pupil", "class.group.student", "class.group.worker")
	c.Notes = []string{t.text("class.demand.groups")}
	for _, l := range d.Lines {
		row := []registerCell{{Text: l.Unit.Name, Href: address("/classes/demand", "unit", string(l.Unit.Code), "kind", string(d.Kind))},
			plainCell(t.n(l.Total)), plainCell(t.n(l.Pressing)), plainCell(t.n(l.Asked))}
		for _, g := range class.Groups() {
			row = append(row, plainCell(t.n(l.Groups[g])))
		}
		c.add(row...)
	}
	return c
}

func (t classText) demandPeople(d app.ClassDemand) classTable {
	c := t.table(t.text("class.demand.people"), "file.col.name", "file.field.birth", "file.col.unit", "class.col.group", "class.col.need", "class.col.until")
	for _, p := range d.People {
		c.add(registerCell{Text: p.Name, Href: "/files/" + p.File}, plainCell(t.day(p.Birth)), plainCell(placeUnit(p)), plainCell(p.Group.Words()),
			plainCell(p.Need.Short()), plainCell(t.day(p.Until)))
	}
	return c
}

func (s *Server) downloadClassDemand(w http.ResponseWriter, r *request) error {
	d, err := s.readClassDemand(r)
	if err != nil {
		return err
	}
	t := classTextOf(r)
	name := "nhu-cau-hoc-lop-" + r.today.String()
	title := t.text("class.demand.title") + ": " + d.Kind.Words()
	if !d.Names {
		c := t.demandUnits(d)
		return s.sendSheet(w, name, registerSheet(title, d.Unit.Name, c.Columns, c.Rows, c.Notes))
	}
	c := t.demandPeople(d)
	return s.sendPeople(w, r, "class_demand", string(d.Unit.Code), name, registerSheet(title, d.Unit.Name, c.Columns, c.Rows, c.Notes))
}
