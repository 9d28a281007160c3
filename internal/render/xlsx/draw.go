package xlsx

import (
	"errors"
	"fmt"

	"github.com/xuri/excelize/v2"
)

// errLongRow is a row with more cells than there are columns.
var errLongRow = errors.New("row longer than the columns")

// drawing draws one table into one workbook, from the top down.
type drawing struct {
	file  *excelize.File
	table Table

	title, note, head, text, number, totalText, totalNumber int // styles
}

func (d *drawing) properties() error {
	title := clean(d.table.Title)
	if err := d.file.SetDocProps(&excelize.DocProperties{Title: title, Creator: "ketnap", LastModifiedBy: "ketnap", Created: created, Modified: created, Language: "vi"}); err != nil {
		return err
	}
	return d.file.SetDefaultFont(font)
}

func (d *drawing) styles() error {
	edge := []excelize.Border{
		{Type: "left", Color: "000000", Style: 1}, {Type: "right", Color: "000000", Style: 1},
		{Type: "top", Color: "000000", Style: 1}, {Type: "bottom", Color: "000000", Style: 1},
	}
	plain := &excelize.Font{Family: font, Size: fontSize}
	bold := &excelize.Font{Family: font, Size: fontSize, Bold: true}
	italic := &excelize.Font{Family: font, Size: fontSize, Italic: true}
	left := &excelize.Alignment{Vertical: "center", WrapText: true}
	right := &excelize.Alignment{Horizontal: "right", Vertical: "center"}
	centre := &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}
	for _, s := range []struct {
		id    *int
		style excelize.Style
	}{
		{&d.title, excelize.Style{Font: bold, Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center"}}},
		{&d.note, excelize.Style{Font: italic}},
		{&d.head, excelize.Style{Font: bold, Alignment: centre, Border: edge}},
		{&d.text, excelize.Style{Font: plain, Alignment: left, Border: edge}},
		{&d.number, excelize.Style{Font: plain, Alignment: right, Border: edge}},
		{&d.totalText, excelize.Style{Font: bold, Alignment: left, Border: edge}},
		{&d.totalNumber, excelize.Style{Font: bold, Alignment: right, Border: edge}},
	} {
		id, err := d.file.NewStyle(&s.style)
		if err != nil {
			return err
		}
		*s.id = id
	}
	return nil
}

// headRow is the row of the column heads, below title, subtitle and an empty row.
func (d *drawing) headRow() int {
	if d.table.Subtitle == "" {
		return 3
	}
	return 4
}

// page sets the sheet up for A4, as wide as one page, with the head on each page.
func (d *drawing) page() error {
	orientation := "portrait"
	if len(d.table.Columns) >= landscapeFrom {
		orientation = "landscape"
	}
	size, wide, tall, fit := paperA4, 1, 0, true
	if err := d.file.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	if err := d.file.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &size, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &tall}); err != nil {
		return err
	}
	return d.file.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("'%s'!$%d:$%d", sheet, d.headRow(), d.headRow()), Scope: sheet,
	})
}

func (d *drawing) rows() error {
	s, err := d.file.NewStreamWriter(sheet)
	if err != nil {
		return err
	}
	for i, c := range d.table.Columns {
		width := c.Width
		if width <= 0 && c.Kind == Text {
			width = textWidth
		} else if width <= 0 {
			width = numWidth
		}
		if err := s.SetColWidth(i+1, i+1, min(width, excelize.MaxColumnWidth)); err != nil {
			return err
		}
	}
	head := d.headRow()
	if err := s.SetPanes(&excelize.Panes{Freeze: true, YSplit: head, TopLeftCell: fmt.Sprintf("A%d", head+1), ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	for i, heading := range []string{d.table.Title, d.table.Subtitle} {
		if heading != "" {
			if err := d.across(s, i+1, heading, d.title); err != nil {
				return err
			}
		}
	}
	if err := d.body(s, head); err != nil {
		return err
	}
	return s.Flush()
}

// across writes a text over the whole width of the table.
func (d *drawing) across(s *excelize.StreamWriter, row int, text string, style int) error {
	first := fmt.Sprintf("A%d", row)
	if err := s.SetRow(first, []any{excelize.Cell{StyleID: style, Value: clean(text)}}); err != nil {
		return err
	}
	if len(d.table.Columns) < 2 {
		return nil
	}
	last, err := excelize.CoordinatesToCellName(len(d.table.Columns), row)
	if err != nil {
		return err
	}
	return s.MergeCell(first, last)
}

func (d *drawing) body(s *excelize.StreamWriter, row int) error {
	heads := make([]any, len(d.table.Columns))
	for i, c := range d.table.Columns {
		heads[i] = excelize.Cell{StyleID: d.head, Value: clean(c.Name)}
	}
	if err := s.SetRow(fmt.Sprintf("A%d", row), heads); err != nil {
		return err
	}
	for _, cells := range d.table.Rows {
		row++
		if err := d.line(s, row, cells, d.text, d.number); err != nil {
			return err
		}
	}
	if d.table.Total != nil {
		row++
		if err := d.line(s, row, d.table.Total, d.totalText, d.totalNumber); err != nil {
			return err
		}
	}
	for i, note := range d.table.Notes {
		if err := s.SetRow(fmt.Sprintf("A%d", row+2+i), []any{excelize.Cell{StyleID: d.note, Value: clean(note)}}); err != nil {
			return err
		}
	}
	return nil
}

func (d *drawing) line(s *excelize.StreamWriter, row int, cells []Cell, text, number int) error {
	if len(cells) > len(d.table.Columns) {
		return fmt.Errorf("%w: %d cells", errLongRow, len(cells))
	}
	values := make([]any, len(d.table.Columns))
	for i, c := range d.table.Columns {
		v := excelize.Cell{StyleID: text}
		if c.Kind == Number {
			v.StyleID = number
		}
		if i < len(cells) {
			v.Value = cells[i].value
		}
		values[i] = v
	}
	return s.SetRow(fmt.Sprintf("A%d", row), values)
}
