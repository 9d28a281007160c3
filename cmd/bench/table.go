package main

import (
	"fmt"
	"io"
	"text/tabwriter"
)

// table gathers what was measured, with the floor and the aim of each.
type table struct{ rows []row }

type row struct{ what, got, floor, aim, verdict string }

func (t *table) add(what, got, floor, aim string, met bool) {
	verdict := "met"
	if !met {
		verdict = "MISSED"
	}
	t.rows = append(t.rows, row{what, got, floor, aim, verdict})
}

func (t *table) print(w io.Writer) {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, "what\tmeasured\tfloor\taim\t")
	for _, r := range t.rows {
		fmt.Fprintf(tw, "%s\t%s\t%s\t%s\t%s\n", r.what, r.got, r.floor, r.aim, r.verdict)
	}
	if err := tw.Flush(); err != nil {
		_, _ = fmt.Fprintln(w, err)
	}
}
