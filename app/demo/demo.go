// Package demo invents the committee that `ketnap demo` writes: units, heads, people with
// their histories, plans, a directive and accounts, the same for the same seed. It is for
// trials, training and measurements. Nobody in it exists, and it writes through package
// app alone, so that what it shows has passed every rule.
package demo

import (
	"context"
	"errors"
	"fmt"

	"ketnap/app"
	"ketnap/date"
	"ketnap/org"
)

// Sizes of a demonstration.
const (
	Block    = "block"    // one block committee: 70 base organizations, 1,200 files
	Province = "province" // 20 committees: 10,000 units, 100,000 files
)

// Options say what is invented.
type Options struct {
	Size  string    // Block or Province; "" is Block
	Seed  uint64    // the same seed gives the same data, ids and passwords aside
	Today date.Date // the day at which the business day stands still
}

// An Account is one that the demonstration opened, with its password in clear.
type Account struct {
	Login    string `json:"login"`
	Password string `json:"password"`
	Role     string `json:"role"`
	Unit     string `json:"unit"` // code
}

// A Result says what was written.
type Result struct {
	Today    date.Date `json:"today"`
	Units    int       `json:"units"`
	Files    int       `json:"files"`
	Accounts []Account `json:"accounts"`
}

// The ways in which a demonstration is refused.
var (
	ErrNotEmpty = errors.New("kho dữ liệu đã có đơn vị; dữ liệu dùng thử chỉ ghi vào kho trống, hãy chọn thư mục dữ liệu khác")
	ErrSize     = errors.New("cỡ dữ liệu dùng thử là block hoặc province")
	ErrToday    = errors.New("ngày làm việc của bản dùng thử phải từ 01/02/2020 đến 31/12/2049")
)

// Build fills an empty store. It fails with one of the errors above, or with what the
// application refused, which would be a mistake of this package.
func Build(ctx context.Context, a *app.App, o Options) (Result, error) {
	if o.Size == "" {
		o.Size = Block
	}
	switch {
	case o.Size != Block && o.Size != Province:
		return Result{}, ErrSize
	case o.Today.Before(date.Must("2020-02-01")) || o.Today.After(date.Must("2049-12-31")):
		return Result{}, ErrToday
	}
	if empty, err := a.Empty(ctx); err != nil {
		return Result{}, err
	} else if !empty {
		return Result{}, ErrNotEmpty
	}
	b := &builder{app: a, who: app.System("demo"), opt: o, year: o.Today.Year(), cal: date.Builtin()}
	if o.Size == Province {
		b.inventProvince()
	} else {
		b.inventBlock()
	}
	if err := b.write(ctx); err != nil {
		return Result{}, fmt.Errorf("dữ liệu dùng thử: %w", err)
	}
	return Result{Today: o.Today, Units: len(b.units), Files: b.files, Accounts: b.accounts}, nil
}

// builder holds what was invented, and writes it in the order in which it rests on
// each other.
type builder struct {
	app  *app.App
	who  app.Actor
	opt  Options
	year int // of the business day
	cal  date.Calendar

	units  []app.LoadedUnit
	blocks []*committee
	places []*place // branches that admit, in the order of their codes
	heads  map[string]string
	nos    map[org.Code]org.UnitNo

	files    int
	accounts []Account
}

func (b *builder) write(ctx context.Context) error {
	numbers, err := b.app.LoadUnits(ctx, b.who, b.units)
	if err != nil {
		return err
	}
	b.nos = numbers
	for _, k := range b.blocks {
		k.no = numbers[k.code]
		for _, s := range k.bases {
			s.no = numbers[s.code]
		}
	}
	for _, p := range b.places {
		p.no = numbers[p.code]
	}
	for _, part := range []func(context.Context) error{
		b.writeLetter, b.writePlans, b.writePlanning, b.writeJudgements,
		b.writeFiles, b.writeMeetings, b.writeReviews, b.writeGatherings, b.writeUnions, b.writeClasses,
		b.writeAccounts,
	} {
		if err := part(ctx); err != nil {
			return err
		}
	}
	return nil
}

// writeLetter enters the directive on its own day, before the business day stands at
// the day of the demonstration.
func (b *builder) writeLetter(ctx context.Context) error {
	if day := b.letterDay().AddDays(2); b.opt.Size == Block && !day.After(b.opt.Today) {
		if err := b.freeze(ctx, day); err != nil {
			return err
		}
		if err := b.enterLetter(ctx); err != nil {
			return err
		}
	}
	return b.freeze(ctx, b.opt.Today)
}

func (b *builder) freeze(ctx context.Context, day date.Date) error {
	return b.app.FreezeDay(ctx, b.who, day, "Bản dùng thử")
}
