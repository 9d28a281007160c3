package report

import (
	"encoding/json"

	"ketnap/date"
)

// The other forms of the letter. Each has columns of its own and is a Sheet.
const (
	Source Form = "source" // the review of sources (TGT-20…27)
	Class  Form = "class"  // awareness classes and classes for new members (CLS-16)
	Union  Form = "union"  // the count of young people and what came of it (UNI-04, UNI-13)
)

// A Figure is one column of a sheet: its key in JSON and its heading on paper.
type Figure struct {
	Key  string
	Name string
}

// A SheetRow is one unit; its values stand in the order of the columns. A nil value is one
// that nobody has given yet: a dash on paper, null in JSON.
type SheetRow struct {
	Unit   string // code
	Name   string
	Values []*int
}

// A Sheet is a report whose figures are the form's own.
type Sheet struct {
	Form    Form
	Unit    string // code of the unit that reports
	Name    string // of that unit, for the title
	Title   string // as paper says it, without the unit and the period
	Period  date.Period
	Cutoff  date.Date
	Columns []Figure
	Rows    []SheetRow
	Total   SheetRow
	Notes   []string // under the table: where the figures come from
}

// MarshalJSON writes each row as one object: unit, name, and a key per column.
func (s Sheet) MarshalJSON() ([]byte, error) {
	rows := make([]map[string]any, len(s.Rows))
	for i, r := range s.Rows {
		rows[i] = s.object(r)
		rows[i]["unit"], rows[i]["name"] = r.Unit, r.Name
	}
	return json.Marshal(map[string]any{"form": s.Form, "unit": s.Unit, "period": s.Period, "cutoff": s.Cutoff,
		"rows": rows, "total": s.object(s.Total), "notes": s.Notes})
}

func (s Sheet) object(r SheetRow) map[string]any {
	out := make(map[string]any, len(s.Columns)+2)
	for i, c := range s.Columns {
		if i < len(r.Values) && r.Values[i] != nil {
			out[c.Key] = *r.Values[i]
		} else {
			out[c.Key] = nil
		}
	}
	return out
}

// Sum adds the rows up, column by column. A column that no row has a value for has none.
func (s Sheet) Sum() SheetRow {
	total := SheetRow{Unit: s.Unit, Name: s.Name, Values: make([]*int, len(s.Columns))}
	for _, r := range s.Rows {
		for i := range s.Columns {
			if i >= len(r.Values) || r.Values[i] == nil {
				continue
			}
			if total.Values[i] == nil {
				total.Values[i] = new(int)
			}
			*total.Values[i] += *r.Values[i]
		}
	}
	return total
}
