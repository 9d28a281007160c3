package app

import (
	"cmp"
	"context"
	"strings"
	"unicode/utf8"

	"ketnap/date"
	"ketnap/document"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/store"
)

// letterheads returns how the papers of units name them on a day: what was set, and what
// the unit's type, name and head give for the rest.
func letterheads(ctx context.Context, tx *store.Tx, units []org.Unit, on date.Date) (map[org.UnitNo]store.Letterhead, error) {
	var nos []org.UnitNo
	for _, u := range units {
		nos = append(nos, u.No)
	}
	set, err := tx.Letterheads(ctx, nos)
	if err != nil {
		return nil, err
	}
	out := make(map[org.UnitNo]store.Letterhead, len(units))
	for _, u := range units {
		h := set[u.No]
		h.Unit = u.No
		h.Name, h.Symbol = cmp.Or(h.Name, u.Name), cmp.Or(h.Symbol, document.SymbolOf(u))
		if h.Signer == "" {
			post, _, err := tx.HeadOn(ctx, u.No, on)
			if err != nil {
				return nil, err
			}
			h.Signer = post.Name
		}
		h.Title = cmp.Or(h.Title, signTitle(u))
		out[u.No] = h
	}
	return out, nil
}

// signTitle is the title under which the head of a unit signs (PAPER-20, PAPER-21).
func signTitle(u org.Unit) string {
	if u.Type == org.Board {
		return "TRƯỞNG BAN"
	}
	return "BÍ THƯ"
}

// placeOf is where a unit's papers are dated: its own place, or that of the nearest unit
// above which has one.
func placeOf(line []org.Unit, heads map[org.UnitNo]store.Letterhead) string {
	for _, u := range line {
		if place := heads[u.No].Place; place != "" {
			return place
		}
	}
	return ""
}

// maxHead is the greatest length of a field of a letterhead, in characters.
const maxHead = 120

// SetLetterhead records how the papers of a unit name it. What is left empty is drawn from
// the unit itself.
func (a *App) SetLetterhead(ctx context.Context, who Actor, unit string, h store.Letterhead) error {
	return a.write(ctx, who, a.numberOrder(ctx, unit), func(w *writing) (record, error) {
		h.Unit = w.Permit.Unit()
		for _, f := range []struct {
			field string
			text  *string
		}{{"name", &h.Name}, {"symbol", &h.Symbol}, {"place", &h.Place}, {"title", &h.Title}, {"signer", &h.Signer}} {
			*f.text = strings.Join(strings.Fields(*f.text), " ")
			if utf8.RuneCountInString(*f.text) > maxHead {
				return record{}, errs.E(errs.Invalid, "paper.long", "most", maxHead).On(f.field)
			}
		}
		h.Title = strings.ToUpper(h.Title)
		if h.Symbol != "" {
			if _, _, ok := document.ParseNumber("1-QĐ/" + h.Symbol); !ok {
				return record{}, errs.E(errs.Invalid, "paper.symbol", "symbol", h.Symbol).On("symbol")
			}
		}
		return record{object: "letterhead", after: h}, w.Tx.SetLetterhead(ctx, h)
	})
}
