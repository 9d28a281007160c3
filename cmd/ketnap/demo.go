package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"ketnap/app"
	"ketnap/app/demo"
	"ketnap/date"
)

// demoCmd fills an empty store with an invented block.
type demoCmd struct {
	Size  string `default:"block" enum:"block,province" help:"block hoặc province."`
	Seed  uint64 `default:"708" help:"Cùng số này cho cùng dữ liệu."`
	Today string `default:"2024-10-15" help:"Ngày làm việc của bản dùng thử." placeholder:"DATE"`
	JSON  bool   `name:"json" help:"In JSON."`
}

// accountsFile keeps the log-ins of the demo, so that a second start prints them again.
const accountsFile = "demo-accounts.json"

// Run writes the demo and its log-ins.
func (c demoCmd) Run(e *env) error {
	today, err := date.Parse(c.Today)
	if err != nil {
		return usage("ngày %q không có; viết như 2024-10-15", c.Today)
	}
	return e.with(func(a *app.App) error {
		r, err := demo.Build(e.ctx, a, demo.Options{Size: c.Size, Seed: c.Seed, Today: today})
		if err != nil {
			return err
		}
		if err := e.keepAccounts(r); err != nil {
			return err
		}
		if c.JSON {
			return e.json(r)
		}
		return e.say("Đã ghi %d đơn vị, %d hồ sơ; tài khoản trong %s", r.Units, r.Files, filepath.Join(e.data, accountsFile))
	})
}

func (e *env) keepAccounts(r demo.Result) error {
	b, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return fmt.Errorf("tài khoản dùng thử: %w", err)
	}
	if err := os.MkdirAll(e.data, 0o700); err != nil {
		return fmt.Errorf("tài khoản dùng thử: %w", err)
	}
	return os.WriteFile(filepath.Join(e.data, accountsFile), append(b, '\n'), 0o600)
}
