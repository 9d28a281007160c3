package table

import "ketnap/internal/render/xlsx"

// Register returns the table of a register, or of a list of people, as its page shows it:
// the columns by name, the rows cell by cell.
func Register(title, unit string, columns []string, rows [][]string, notes []string) xlsx.Table {
	t := xlsx.Table{Title: title, Subtitle: unit, Columns: texts(columns...), Notes: notes}
	for _, row := range rows {
		cells := make([]xlsx.Cell, len(columns))
		for i := range cells {
			if i < len(row) {
				cells[i] = xlsx.Str(row[i])
			} else {
				cells[i] = xlsx.Str("")
			}
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}
