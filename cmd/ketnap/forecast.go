package main

import (
	"ketnap/app"
	"ketnap/date"
)

// forecastCmd says what a unit's year will bring.
type forecastCmd struct {
	Unit string `required:"" help:"Mã đơn vị."`
	Year int    `required:"" help:"Năm."`
	On   string `help:"Ngày xem; mặc định là ngày làm việc." placeholder:"DATE"`
	JSON bool   `name:"json" help:"In JSON."`
}

// Run prints the forecast.
func (c forecastCmd) Run(e *env) error {
	var on date.Date
	if c.On != "" {
		var err error
		if on, err = date.Parse(c.On); err != nil {
			return usage("ngày %q không có; viết như 2024-06-30", c.On)
		}
	}
	return e.with(func(a *app.App) error {
		p, err := a.ForecastAll(e.ctx, e.system(), c.Unit, c.Year, on)
		if err != nil {
			return err
		}
		if c.JSON {
			return e.json(p.Answer())
		}
		if err := e.say("%s: %s", p.Own.Unit.Name, p.Own.Sentence(c.Year)); err != nil {
			return err
		}
		if missing := p.Own.Missing(p.Last, p.On); missing != "" {
			if err := e.say("%s", missing); err != nil {
				return err
			}
		}
		for _, d := range p.Last.Steps {
			if err := e.say("%s: muộn nhất %s — %s", d.Step.Words(), d.On.VN(), d.Rule); err != nil {
				return err
			}
		}
		for _, f := range p.People {
			if err := e.say("%s\t%s\tsớm nhất %s\tdự kiến %s", f.Name, f.UnitName, dayWords(f.Earliest), dayWords(f.Expected)); err != nil {
				return err
			}
		}
		return nil
	})
}

func dayWords(d date.Date) string {
	if d.IsZero() {
		return "chưa tính được"
	}
	return d.VN()
}
