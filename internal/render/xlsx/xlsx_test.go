package xlsx

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/unicode/norm"
)

func ptr[T any](v T) *T { return &v }

func table() Table {
	return Table{
		Title: "Kết quả kết nạp đảng viên năm 2024", Subtitle: "Đảng ủy Khối",
		Columns: []Column{{Name: "Đơn vị", Width: 40}, {Name: "Chỉ tiêu", Kind: Number}, {Name: "Đã kết nạp", Kind: Number}, {Name: "Tỷ lệ (%)", Kind: Number}},
		Rows: [][]Cell{
			{Str(norm.NFD.String("Trường THPT số 1")), Int(5), Int(3), Decimal(ptr("60"))},
			{Str("=HYPERLINK(\"http://x\")"), OptInt(nil), Int(0), Decimal(nil)},
			{Str("Sở\x00 Y\tTế\nquận"), OptInt(ptr(12)), Int(17), Decimal(ptr("141,67"))},
			{Str("00123")},
		},
		Total: []Cell{Str("Toàn đơn vị"), Int(17), Int(20), Decimal(ptr("117,65"))},
		Notes: []string{"Số liệu đến hết ngày 31/12/2024."},
	}
}

func written(t *testing.T, table Table) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, table); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func opened(t *testing.T, b []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	return f
}

func TestTheTableIsReadBackAsItWasWritten(t *testing.T) {
	t.Parallel()
	f := opened(t, written(t, table()))
	for cell, want := range map[string]string{
		"A1": "Kết quả kết nạp đảng viên năm 2024", "A2": "Đảng ủy Khối", "A4": "Đơn vị", "D4": "Tỷ lệ (%)",
		"A5": "Trường THPT số 1", "B5": "5", "D5": "60", "B6": "", "D6": "", "C6": "0", "A7": "Sở Y\tTế\nquận", "D7": "141.67",
		"A8": "00123", "B8": "", "A9": "Toàn đơn vị", "D9": "117.65", "A11": "Số liệu đến hết ngày 31/12/2024.",
	} {
		if got, err := f.GetCellValue(sheet, cell); err != nil || got != want {
			t.Errorf("%s: got %q, want %q (%v)", cell, got, want, err)
		}
	}
	for cell, number := range map[string]bool{"B5": true, "D7": true, "C6": true, "A8": false, "A6": false} {
		kind, err := f.GetCellType(sheet, cell)
		if err != nil || (kind == excelize.CellTypeNumber || kind == excelize.CellTypeUnset) != number {
			t.Errorf("%s: type %v (%v)", cell, kind, err)
		}
	}
}

func TestATextIsNeverAFormula(t *testing.T) {
	t.Parallel()
	tb := table()
	tb.Rows = nil
	for _, s := range []string{"=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "{=1}"} {
		tb.Rows = append(tb.Rows, []Cell{Str(s)})
	}
	b := written(t, tb)
	f := opened(t, b)
	for row := range tb.Rows {
		cell, err := excelize.CoordinatesToCellName(1, 5+row)
		if err != nil {
			t.Fatal(err)
		}
		if formula, err := f.GetCellFormula(sheet, cell); err != nil || formula != "" {
			t.Errorf("%s: formula %q (%v)", cell, formula, err)
		}
	}
	if strings.Contains(part(t, b, "xl/worksheets/sheet1.xml"), "<f>") {
		t.Error("the sheet holds a formula")
	}
}

func TestTheSameTableMakesTheSameBytes(t *testing.T) {
	t.Parallel()
	first := written(t, table())
	for range 5 {
		if !bytes.Equal(first, written(t, table())) {
			t.Fatal("the bytes differ")
		}
	}
	if core := part(t, first, "docProps/core.xml"); strings.Count(core, created) != 2 {
		t.Errorf("properties carry another day: %s", core)
	}
}

func TestTheSheetIsReadyToPrint(t *testing.T) {
	t.Parallel()
	f := opened(t, written(t, table()))
	layout, err := f.GetPageLayout(sheet)
	if err != nil || *layout.Size != paperA4 || *layout.Orientation != "portrait" || *layout.FitToWidth != 1 {
		t.Errorf("layout %+v (%v)", layout, err)
	}
	names := f.GetDefinedName()
	if len(names) != 1 || names[0].Name != "_xlnm.Print_Titles" || names[0].RefersTo != "'Sheet1'!$4:$4" {
		t.Errorf("print titles %+v", names)
	}
	for _, cell := range []string{"A1", "A4", "A5", "B5", "A9", "A11"} {
		id, err := f.GetCellStyle(sheet, cell)
		if err != nil {
			t.Fatal(err)
		}
		style, err := f.GetStyle(id)
		if err != nil || style.Font == nil || style.Font.Family != font || style.Font.Size != fontSize {
			t.Errorf("%s: font %+v (%v)", cell, style.Font, err)
		}
	}
	wide := table()
	wide.Columns = append(wide.Columns, Column{Name: "a"}, Column{Name: "b"}, Column{Name: "c"})
	wide.Subtitle, wide.Total = "", nil
	f = opened(t, written(t, wide))
	if layout, err := f.GetPageLayout(sheet); err != nil || *layout.Orientation != "landscape" {
		t.Errorf("a wide table lies on its side: %+v (%v)", layout, err)
	}
	if got, err := f.GetCellValue(sheet, "A3"); err != nil || got != "Đơn vị" {
		t.Errorf("without a subtitle the head moves up: %q (%v)", got, err)
	}
}

func TestWhatIsNoDecimalStaysAText(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]any{"105": 105.0, "67,9": 67.9, "35,34": 35.34, "0,01": 0.01, "": "", "a": "a", "1.5": "1.5", ",5": ",5", "-1": "-1", "1,2,3": "1,2,3"} {
		if got := Decimal(&s).value; got != want {
			t.Errorf("%q: got %v", s, got)
		}
	}
}

func TestARowLongerThanTheColumnsIsRefused(t *testing.T) {
	t.Parallel()
	tb := table()
	tb.Rows = append(tb.Rows, make([]Cell, 5))
	if err := Write(io.Discard, tb); !errors.Is(err, errLongRow) {
		t.Errorf("got %v", err)
	}
	if err := Write(io.Discard, Table{Title: "Trống"}); err != nil {
		t.Errorf("an empty table is a table: %v", err)
	}
}

func part(t *testing.T, b []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
