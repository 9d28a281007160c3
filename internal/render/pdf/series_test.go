package pdf_test

import (
	"bytes"
	"errors"
	"testing"

	"ketnap/document"
	"ketnap/internal/render/pdf"
)

func TestASeriesHasThePagesOfAllItsPapers(t *testing.T) {
	t.Parallel()
	paper := document.Document{Layout: document.Layout05, Issuer: "ĐẢNG ỦY", Kind: "GIẤY CHỨNG NHẬN", Body: []document.Block{document.P("Chứng nhận đồng chí Nguyễn Thị Lan")}}
	var one, three bytes.Buffer
	if err := pdf.WriteSeries(&one, []document.Document{paper}); err != nil {
		t.Fatal(err)
	}
	if err := pdf.WriteSeries(&three, []document.Document{paper, paper, paper}); err != nil {
		t.Fatal(err)
	}
	pages := func(b bytes.Buffer) int { return bytes.Count(b.Bytes(), []byte("/Type /Page\n")) }
	if pages(one) != 1 || pages(three) != 3 {
		t.Errorf("%d and %d pages", pages(one), pages(three))
	}
	if err := pdf.WriteSeries(&one, nil); !errors.Is(err, document.ErrShape) {
		t.Errorf("no paper at all: %v", err)
	}
}
