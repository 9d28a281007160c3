package app

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/rating"
	"ketnap/rule"
	"ketnap/source"
	"ketnap/store"
)

var levelRight = map[source.Level]access.Right{
	source.Declared: access.DeclareSource, source.Confirmed: access.ConfirmSource, source.Checked: access.CheckSource,
}

// judgeLevel is the highest level at which an actor may judge the source of the unit of a
// line; 0 for none.
func judgeLevel(who Actor, today date.Date, line []org.UnitNo) source.Level {
	best := source.Level(0)
	for _, l := range []source.Level{source.Declared, source.Confirmed, source.Checked} {
		if who.may(levelRight[l], today, line) {
			best = l
		}
	}
	return best
}

// maxReason is how long a reason of one's own may be, in letters.
const maxReason = 1000

// JudgeSource records whether a unit has source, at the highest level that the actor
// holds there: the superior checks, the base confirms, the branch declares (TGT-25). It
// fails with Invalid where no reason is given for having none.
func (a *App) JudgeSource(ctx context.Context, who Actor, unit string, year int, has bool, reason string) error {
	level := source.Declared
	find := func(tx *store.Tx) (order, error) {
		o, err := atCode(ctx, access.DeclareSource, access.SeeRating, unit)(tx)
		if err != nil {
			return o, err
		}
		today, err := a.today(ctx, tx)
		if err != nil {
			return o, err
		}
		line, err := tx.Line(ctx, o.unit)
		if l := judgeLevel(who, today, line); l != 0 {
			level, o.right = l, levelRight[l]
		}
		return o, err
	}
	return a.write(ctx, who, find, func(w *writing) (record, error) {
		if err := judgeable(year, w.Today, reason); err != nil {
			return record{}, err
		}
		j := source.Judgement{Unit: unit, Year: year, Level: level, HasSource: has, Reason: source.Reason(strings.TrimSpace(reason)), On: w.Today, By: w.who.Name}
		if err := j.Validate(); err != nil {
			return record{}, errs.E(errs.Invalid, "source.reason").On("reason").Because(err)
		}
		row := store.JudgementRow{ID: newID(), Unit: w.Permit.Unit(), Year: year, Level: int(level), HasSource: has,
			Reason: string(j.Reason), On: w.Today, By: w.who.Name, At: w.At}
		return record{object: "source/" + row.ID, after: map[string]any{"year": year, "level": level.String(), "has_source": has}, rules: "TGT-25 TGT-26"}, w.AddJudgement(ctx, w.Permit, row)
	})
}

// judgeable refuses a year that is not to be judged yet, or at all, and a reason that is
// too long.
func judgeable(year int, today date.Date, reason string) error {
	if year < 2000 || year > today.Year() {
		return errs.E(errs.Invalid, "source.year", "year", fmt.Sprint(year)).On("has")
	}
	if utf8.RuneCountInString(reason) > maxReason {
		return errs.E(errs.Invalid, "source.reason_long", "limit", maxReason).On("text")
	}
	return nil
}

// Contradictions sets a judgement against the files of the unit (TGT-27). They warn: the
// committee may know what the files do not show.
func (p RatingPage) Contradictions(has bool) []rule.Finding {
	var out []rule.Finding
	warn := func(format string, args ...any) {
		out = append(out, rule.Finding{Rule: "TGT-27", Severity: rule.Warn, Field: "has", Message: fmt.Sprintf(format, args...)})
	}
	day := rating.Day(p.Year, p.Today)
	if has {
		if len(p.Source) == 0 {
			warn("Ngày %s không có hồ sơ nào từ cảm tình đảng đến chờ quyết định, mà kết luận là còn nguồn.", day.VN())
		}
		return out
	}
	if n := len(p.Source); n > 0 {
		warn("Ngày %s còn %d người từ cảm tình đảng đến chờ quyết định, mà kết luận là không còn nguồn.", day.VN(), n)
	}
	trained := 0
	for _, s := range p.Source {
		if s.Stage != admission.Listed && !s.CertificateUntil.IsZero() && !s.CertificateUntil.Before(day) {
			trained++
		}
	}
	if trained > 0 {
		warn("%d người trong số đó có giấy chứng nhận lớp nhận thức về Đảng còn giá trị.", trained)
	}
	if p.Outstanding > 0 && p.Year == p.Today.Year() {
		warn("Đoàn thể, đảng viên đang giới thiệu %d quần chúng ưu tú chưa được chi bộ xem xét.", p.Outstanding)
	}
	return out
}
