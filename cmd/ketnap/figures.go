package main

import (
	"fmt"
	"io"
	"os"
	"slices"

	"ketnap/admission"
	"ketnap/app"
	"ketnap/date"
	"ketnap/document"
	"ketnap/internal/render/docx"
	"ketnap/internal/render/pdf"
	"ketnap/internal/render/table"
	"ketnap/internal/render/xlsx"
	"ketnap/report"
)

// reportCmd fills a form for a unit and a period.
type reportCmd struct {
	Form   string `arg:"" help:"Loại báo cáo: admission, source, class hoặc union."`
	Unit   string `required:"" help:"Mã đơn vị."`
	Period string `required:"" help:"2024, 2024-H1, 2024-Q2 hoặc 2024-05."`
	Format string `default:"json" enum:"json,xlsx,docx,pdf" help:"json, xlsx, docx hoặc pdf."`
	JSON   bool   `name:"json" help:"In JSON, như --format json."`
	Out    string `help:"Ghi ra tệp." placeholder:"FILE"`
}

// Run prints the report, or writes it to a file.
func (c reportCmd) Run(e *env) error {
	sheet := slices.Contains(app.SheetForms(), report.Form(c.Form))
	if !sheet && !slices.Contains(report.Forms(), report.Form(c.Form)) {
		return usage("không có loại báo cáo %q", c.Form)
	}
	if c.JSON && c.Format != "json" {
		return usage("chỉ chọn một: --json hoặc --format %s", c.Format)
	}
	period, err := date.ParsePeriod(c.Period)
	if err != nil {
		return usage("kỳ %q không có; viết như 2024, 2024-H1, 2024-Q2, 2024-05", c.Period)
	}
	return e.with(func(a *app.App) error {
		u, err := a.Unit(e.ctx, e.system(), c.Unit)
		if err != nil {
			return err
		}
		if sheet {
			s, err := a.Sheet(e.ctx, e.system(), report.Form(c.Form), c.Unit, period)
			if err != nil {
				return err
			}
			return c.write(e, s, table.Sheet(s), table.SheetPaper(s, u.Line, u.Today))
		}
		r, err := a.Report(e.ctx, e.system(), report.Form(c.Form), c.Unit, period)
		if err != nil {
			return err
		}
		return c.write(e, r, table.Report(r), table.ReportPaper(r, u.Line, u.Today))
	})
}

// write puts a report out in the format that was asked for.
func (c reportCmd) write(e *env, value any, sheet xlsx.Table, paper document.Document) error {
	return e.to(c.Out, func(w io.Writer) error {
		switch c.Format {
		case "xlsx":
			return xlsx.Write(w, sheet)
		case "docx":
			return docx.Write(w, paper)
		case "pdf":
			return pdf.Write(w, paper)
		}
		return (&env{out: w}).json(value)
	})
}

// to writes to a file when one is named, else to the output.
func (e *env) to(path string, write func(io.Writer) error) error {
	if path == "" {
		return write(e.out)
	}
	f, err := os.Create(path) //nolint:gosec // G304: the caller names where to write
	if err != nil {
		return refused{fmt.Sprintf("không ghi được %s: %v", path, err)}
	}
	if err := write(f); err != nil {
		_ = f.Close() // the failed write is what matters
		return err
	}
	return f.Close()
}

// ratingCmd prints the ceiling of a unit's year.
type ratingCmd struct {
	Unit string `arg:"" help:"Mã đơn vị."`
	Year int    `arg:"" help:"Năm."`
	JSON bool   `name:"json" help:"In JSON."`
}

// Run prints the rating.
func (c ratingCmd) Run(e *env) error {
	return e.with(func(a *app.App) error {
		p, err := a.Rating(e.ctx, e.system(), c.Unit, c.Year)
		if err != nil {
			return err
		}
		if c.JSON {
			return e.json(p.Rating)
		}
		if err := e.say("%s, năm %d: %s", p.Of.Name, c.Year, p.Sentence()); err != nil {
			return err
		}
		for _, b := range p.Because {
			if err := e.say("- %s — %s", b.Text, b.Cite); err != nil {
				return err
			}
		}
		return nil
	})
}

// stuckCmd lists the files that have source but move nowhere.
type stuckCmd struct {
	Unit string `required:"" help:"Mã đơn vị."`
	On   string `help:"Ngày xem; mặc định là ngày làm việc." placeholder:"DATE"`
	JSON bool   `name:"json" help:"In JSON."`
}

type stuckAnswer struct {
	File   string           `json:"file"`
	Unit   string           `json:"unit"`
	Since  date.Date        `json:"since"`
	Reason admission.Reason `json:"reason"`
	Next   admission.Code   `json:"next"`
}

// Run prints the stuck files.
func (c stuckCmd) Run(e *env) error {
	var on date.Date
	if c.On != "" {
		var err error
		if on, err = date.Parse(c.On); err != nil {
			return usage("ngày %q không có; viết như 2024-10-15", c.On)
		}
	}
	return e.with(func(a *app.App) error {
		p, err := a.Stuck(e.ctx, e.system(), c.Unit, on)
		if err != nil {
			return err
		}
		answer := []stuckAnswer{}
		for _, f := range p.Files {
			answer = append(answer, stuckAnswer{File: f.ID, Unit: string(f.Unit), Since: f.Since, Reason: f.Reason, Next: f.Next})
			if !c.JSON {
				if err := e.say("%s\t%s\ttừ %s\t%s", f.Name, f.UnitName, f.Since.VN(), f.Reason.Words()); err != nil {
					return err
				}
			}
		}
		if c.JSON {
			return e.json(answer)
		}
		return nil
	})
}
