package web

import (
	"fmt"
	"strconv"

	"ketnap/internal/i18n"
	"ketnap/web/ui"
)

// A monthChart is the admissions of two years by month, as bars and as a table.
type monthChart struct {
	Label  string
	Note   string
	Legend []ui.Part
	Bars   []chartBar
	Texts  []chartText
	Rows   []monthRow
	Sums   [2]string
}

// A chartBar is a bar; Fill 1 is this year, 2 the one before. All measures are of the
// drawing, 580 by 216.
type chartBar struct{ Fill, X, Y, Height string }

// A chartText is a figure over a bar or a month under it.
type chartText struct{ Class, X, Y, Text string }

// A monthRow is a month of the table.
type monthRow struct {
	Month  string
	Now    numberLink
	Before string
}

// Measures of the drawing.
const (
	chartStep = 47
	chartBase = 190
	chartTop  = 164 // height of the tallest bar
	barWide   = 17
)

func (v overviewer) chart() monthChart {
	o := v.o
	c := monthChart{Legend: []ui.Part{{Fill: 1, Label: i18n.Sentence(v.text("overview.year", "year", v.year))}, {Fill: 2, Label: i18n.Sentence(v.text("overview.year", "year", strconv.Itoa(o.Year-1)))}}}
	most := 1
	for m := range 12 {
		most = max(most, o.Months[m], o.Before[m])
	}
	now, before, all := 0, 0, 0
	done := v.months()
	for m := range 12 {
		if m < done {
			now, before = now+o.Months[m], before+o.Before[m]
		}
		all += o.Before[m]
		c.month(m, o.Before[m], o.Months[m], most, o.Year == o.Today.Year() && m+1 == o.Today.Month(), v.lang)
		row := monthRow{Month: strconv.Itoa(m + 1), Now: v.s.number(v.r, o.Months[m], ""), Before: i18n.Count(v.lang, o.Before[m])}
		if o.Months[m] > 0 {
			row.Now.Href = v.monthHref(m + 1)
		}
		c.Rows = append(c.Rows, row)
	}
	c.Label = v.text("overview.chart.label", "year", v.year, "last", strconv.Itoa(o.Year-1))
	c.Note = v.text("overview.chart.full", "now", now, "before", before)
	if done < 12 {
		c.Note = v.text("overview.chart.note", "n", done, "now", now, "before", before, "rest", all-before)
	}
	if done == 0 {
		c.Note = v.text("overview.chart.none")
	}
	sum := 0
	for _, n := range o.Months {
		sum += n
	}
	c.Sums = [2]string{i18n.Count(v.lang, sum), i18n.Count(v.lang, all)}
	return c
}

// months is how many months of the year are over.
func (v overviewer) months() int {
	switch year := v.o.Today.Year(); {
	case v.o.Year < year:
		return 12
	case v.o.Year > year:
		return 0
	}
	return v.o.Today.Month() - 1
}

// monthHref is the list of those admitted in a month, for who may see them.
func (v overviewer) monthHref(month int) string {
	if !v.o.MaySee {
		return address("/reports/admission", "unit", v.code, "period", fmt.Sprintf("%s-%02d", v.year, month))
	}
	return address("/files/admitted", "unit", v.code, "period", fmt.Sprintf("%s-%02d", v.year, month))
}

// month draws the two bars of a month with the figure over this year's.
func (c *monthChart) month(m, before, now, most int, current bool, lang i18n.Lang) {
	x := 14 + m*chartStep
	bar := func(fill string, x, n int) int {
		h := n * chartTop / most
		c.Bars = append(c.Bars, chartBar{Fill: fill, X: strconv.Itoa(x), Y: strconv.Itoa(chartBase - h), Height: strconv.Itoa(h)})
		return chartBase - h
	}
	over := func(class string, x, top, n int) {
		if n > 0 {
			c.Texts = append(c.Texts, chartText{Class: class, X: half(2*x + barWide), Y: strconv.Itoa(top - 6), Text: i18n.Count(lang, n)})
		}
	}
	top := bar("f2", x, before)
	if now == 0 {
		over("last", x, top, before)
	}
	over("now", x+barWide+1, bar("f1", x+barWide+1, now), now)
	class := ""
	if current {
		class = "now"
	}
	c.Texts = append(c.Texts, chartText{Class: class, X: half(2*x + 2*barWide + 1), Y: "209", Text: strconv.Itoa(m + 1)})
}

// half writes n/2 as a measure of the drawing.
func half(n int) string { return fmt.Sprintf("%d.%d", n/2, n%2*5) }
