package docx

import (
	"fmt"
	"math"

	"ketnap/document"
)

const (
	declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	space       = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	relations   = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	wordML      = "application/vnd.openxmlformats-officedocument.wordprocessingml."
)

const contentTypes = declaration + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
	`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
	`<Default Extension="xml" ContentType="application/xml"/>` +
	`<Override PartName="/word/document.xml" ContentType="` + wordML + `document.main+xml"/>` +
	`<Override PartName="/word/styles.xml" ContentType="` + wordML + `styles+xml"/>` +
	`<Override PartName="/word/settings.xml" ContentType="` + wordML + `settings+xml"/>` +
	`<Override PartName="/word/header1.xml" ContentType="` + wordML + `header+xml"/>` +
	`<Override PartName="/word/header2.xml" ContentType="` + wordML + `header+xml"/>` +
	`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`

const packageRelations = declaration + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
	`<Relationship Id="rId1" Type="` + relations + `/officeDocument" Target="word/document.xml"/>` +
	`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`

const documentRelations = declaration + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
	`<Relationship Id="rId1" Type="` + relations + `/styles" Target="styles.xml"/>` +
	`<Relationship Id="rId2" Type="` + relations + `/settings" Target="settings.xml"/>` +
	`<Relationship Id="rId3" Type="` + relations + `/header" Target="header1.xml"/>` +
	`<Relationship Id="rId4" Type="` + relations + `/header" Target="header2.xml"/></Relationships>`

// settings says that the file is of today's Word, so that no older rules of layout apply.
const settings = declaration + `<w:settings ` + space + `><w:defaultTabStop w:val="567"/><w:characterSpacingControl w:val="doNotCompress"/>` +
	`<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>` +
	`<w:themeFontLang w:val="vi-VN"/></w:settings>`

// core is the properties of the file: what kind of paper, of which day, and nobody's name.
func core(d document.Document) string {
	day := "2000-01-01"
	if !d.On.IsZero() {
		day = d.On.String()
	}
	return declaration + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"` +
		` xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>` + escape(d.FileTitle()) +
		`</dc:title><dc:creator>ketnap</dc:creator><cp:lastModifiedBy>ketnap</cp:lastModifiedBy><dcterms:created xsi:type="dcterms:W3CDTF">` + day +
		`T00:00:00Z</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">` + day + `T00:00:00Z</dcterms:modified><dc:language>vi-VN</dc:language></cp:coreProperties>`
}

// styles are the styles that a secretary finds in Word: change one, and all its
// paragraphs follow.
func styles(m document.Measures) string {
	var x xmlText
	x.put(declaration + `<w:styles ` + space + `><w:docDefaults><w:rPrDefault><w:rPr>` +
		`<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"/><w:color w:val="000000"/>`)
	x.putf(`<w:sz w:val="%[1]d"/><w:szCs w:val="%[1]d"/><w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>`, half(m.Body))
	x.put(`<w:pPrDefault><w:pPr><w:widowControl/><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>`)
	leading := fmt.Sprintf(`w:after="%d" w:line="%d" w:lineRule="exact"`, points(m.After), points(m.Leading))
	indent := fmt.Sprintf(`<w:ind w:firstLine="%d"/>`, twips(m.Indent))
	for _, s := range []struct{ id, name, pPr, rPr string }{
		{"Normal", "Normal", "", ""},
		{"Frame", "Khung", "", ""},
		{"Body", "Nội dung", `<w:spacing ` + leading + `/>` + indent + `<w:jc w:val="both"/>`, ""},
		{"Basis", "Căn cứ", `<w:spacing ` + leading + `/>` + indent + `<w:jc w:val="both"/>`, `<w:i/><w:iCs/>`},
		{"Heading1", "heading 1", `<w:keepNext/><w:spacing ` + leading + `/>` + indent + `<w:jc w:val="both"/><w:outlineLvl w:val="0"/>`, `<w:b/><w:bCs/>`},
		{"Section", "Dòng riêng", `<w:keepNext/><w:spacing ` + leading + `/><w:jc w:val="center"/>`, `<w:b/><w:bCs/>`},
		{"Field", "Mục điền", fmt.Sprintf(`<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="%d"/></w:tabs><w:spacing %s/>`, twips(m.Width()), leading) + indent, ""},
		{"Lines", "Dòng để viết", fmt.Sprintf(`<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="%d"/></w:tabs><w:spacing w:before="%d"/>`, twips(m.Width()), points(m.After)), ""},
		{"Cell", "Ô bảng", `<w:spacing w:before="50" w:after="50"/>`, fmt.Sprintf(`<w:sz w:val="%[1]d"/><w:szCs w:val="%[1]d"/>`, half(m.Cell))},
	} {
		kind := `w:type="paragraph"`
		if s.id == "Normal" {
			kind += ` w:default="1"`
		}
		x.putf(`<w:style %s w:styleId="%s"><w:name w:val="%s"/>`, kind, s.id, s.name)
		if s.id != "Normal" {
			x.put(`<w:basedOn w:val="Normal"/>`)
		}
		x.putf(`<w:qFormat/><w:pPr>%s</w:pPr><w:rPr>%s</w:rPr></w:style>`, s.pPr, s.rPr)
	}
	x.put("</w:styles>")
	return x.String()
}

// header is the head of a page: the mark, the page's number from the second page on,
// the form code on the first.
func header(d document.Document, m document.Measures, first bool) string {
	var x xmlText
	x.put(declaration + `<w:hdr ` + space + `>`)
	x.open(look{style: "Frame", tabs: fmt.Sprintf(`<w:tab w:val="center" w:pos="%d"/><w:tab w:val="right" w:pos="%d"/>`, twips(m.Width()/2), twips(m.Width()))})
	if d.Mark != "" {
		x.run(look{bold: true, italic: true, size: m.Small}, flat(d.Mark))
	}
	if first && d.Form != "" {
		x.tab()
		x.tab()
		x.run(look{italic: true, size: m.Small}, "Mẫu "+flat(d.Form))
	}
	if !first {
		x.tab()
		props := fmt.Sprintf(`<w:rPr><w:sz w:val="%[1]d"/><w:szCs w:val="%[1]d"/></w:rPr>`, half(m.Page))
		x.put(`<w:r>` + props + `<w:fldChar w:fldCharType="begin"/></w:r><w:r>` + props + `<w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r>` +
			props + `<w:fldChar w:fldCharType="separate"/></w:r><w:r>` + props + `<w:t>2</w:t></w:r><w:r>` + props + `<w:fldChar w:fldCharType="end"/></w:r>`)
	}
	x.close()
	x.put("</w:hdr>")
	return x.String()
}

func half(points float64) int { return int(math.Round(2 * points)) }
func points(p float64) int    { return int(math.Round(20 * p)) }
