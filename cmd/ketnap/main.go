// Command ketnap runs the loop from a committee's letter to the rating of its units: the
// pages, the API and the tools of the office in one program. This package only wires.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/alecthomas/kong"

	"ketnap/app"
	"ketnap/errs"
	"ketnap/internal/i18n"
	"ketnap/internal/sqldb"
	"ketnap/store"
)

// Exit codes of the contract.
const (
	exitDone    = 0 // also when the answer is "no"
	exitRefused = 1
	exitUsage   = 2
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// cli is the command line. A store is named by a folder or by an address.
type cli struct {
	Data     string `help:"Thư mục dữ liệu (SQLite)." env:"KETNAP_DATA" placeholder:"DIR"`
	Database string `help:"Địa chỉ PostgreSQL." env:"KETNAP_DATABASE" placeholder:"URL"`

	Serve    serveCmd    `cmd:"" help:"Chạy máy chủ: trang web và API."`
	Demo     demoCmd     `cmd:"" help:"Ghi dữ liệu dùng thử vào kho còn trống."`
	Letter   letterCmd   `cmd:"" help:"Đọc một công văn thành các trường."`
	Deadline deadlineCmd `cmd:"" help:"Tính một thời hạn của quy định."`
	Vote     voteCmd     `cmd:"" help:"Tính số phiếu cần có."`
	Report   reportCmd   `cmd:"" help:"Lập báo cáo của một đơn vị."`
	Rating   ratingCmd   `cmd:"" help:"Mức trần xếp loại của một đơn vị trong một năm."`
	Stuck    stuckCmd    `cmd:"" help:"Hồ sơ có nguồn mà không chuyển động."`
	Forecast forecastCmd `cmd:"" help:"Dự báo kết nạp của một năm."`
	Unit     unitCmds    `cmd:"" help:"Đơn vị."`
	Account  accountCmds `cmd:"" help:"Tài khoản."`
	Token    tokenCmds   `cmd:"" help:"Mã truy cập API."`
	Audit    auditCmds   `cmd:"" help:"Sổ ghi việc."`
	Backup   backupCmd   `cmd:"" help:"Sao lưu ra một tệp, kể cả khi máy chủ đang chạy."`
	Restore  restoreCmd  `cmd:"" help:"Khôi phục vào kho còn trống."`
	Doctor   doctorCmd   `cmd:"" help:"Tự kiểm tra: số đếm, cây tổ chức, chỗ trống của đĩa."`
	Docs     docsCmd     `cmd:"" hidden:"" help:"Viết docs/rules từ các quy tắc."`
}

// env is what every command gets: where to write, and the store that was named.
type env struct {
	ctx      context.Context
	out, err io.Writer
	data     string
	database string
	named    bool // a store was named; else the default folder
}

// usageError is a mistake of whoever called the command.
type usageError struct{ message string }

func (e usageError) Error() string { return e.message }

func usage(format string, args ...any) error { return usageError{fmt.Sprintf(format, args...)} }

func run(args []string, stdout, stderr io.Writer) int {
	var c cli
	exit := -1
	parser, err := kong.New(&c, kong.Name("ketnap"), kong.Description("Từ công văn đến xếp loại: tạo nguồn và kết nạp đảng viên."),
		kong.Writers(stdout, stderr), kong.Exit(func(code int) { exit = code }), kong.UsageOnError())
	if err != nil {
		complain(stderr, err.Error())
		return exitRefused
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	k, err := parser.Parse(args)
	if exit >= 0 { // --help wrote and wanted to leave
		return exit
	}
	if err != nil {
		complain(stderr, err.Error())
		return exitUsage
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	e := &env{ctx: ctx, out: stdout, err: stderr, data: c.Data, database: c.Database, named: c.Data != "" || c.Database != ""}
	if e.data == "" {
		e.data = "data"
	}
	return e.exit(k.Run(e))
}

// exit says what went wrong in one line and returns the code for it.
func (e *env) exit(err error) int {
	if err == nil {
		return exitDone
	}
	if u, ok := errors.AsType[usageError](err); ok {
		complain(e.err, u.message)
		return exitUsage
	}
	if quiet, ok := errors.AsType[refused](err); ok {
		if quiet.message != "" {
			complain(e.err, quiet.message)
		}
		return exitRefused
	}
	text := err.Error()
	if known, ok := errors.AsType[*errs.Error](err); ok && known.Kind != errs.Internal {
		text = i18n.T(i18n.Vietnamese, known.Key, i18n.Args(known.Args)...)
	}
	complain(e.err, text)
	return exitRefused
}

// complain writes one line to stderr. Where that fails there is nobody left to tell.
func complain(w io.Writer, message string) {
	_, _ = fmt.Fprintln(w, "ketnap:", message)
}

// refused is an answer that is no failure of ours but ends with exit 1.
type refused struct{ message string }

func (r refused) Error() string { return r.message }

// open opens the store that was named, or the one in the default folder.
func (e *env) open() (*app.App, func() error, error) {
	config := sqldb.Config{URL: e.database}
	if e.database == "" {
		if err := os.MkdirAll(e.data, 0o700); err != nil {
			return nil, nil, fmt.Errorf("không mở được thư mục dữ liệu %s: %w", e.data, err)
		}
		config.Path = filepath.Join(e.data, "ketnap.db")
	}
	s, err := store.Open(e.ctx, config)
	if err != nil {
		return nil, nil, err
	}
	return app.New(s, app.Options{}), s.Close, nil
}

// with runs a command on the store, and closes it.
func (e *env) with(fn func(*app.App) error) (err error) {
	a, closeStore, err := e.open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeStore()) }()
	return fn(a)
}

// system is the actor as which commands work.
func (e *env) system() app.Actor { return app.System("cli") }

// json prints exactly one document.
func (e *env) json(v any) error {
	enc := json.NewEncoder(e.out)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// say prints a line for people.
func (e *env) say(format string, args ...any) error {
	_, err := fmt.Fprintf(e.out, format+"\n", args...)
	return err
}
