package app

import (
	"context"
	"slices"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/internal/i18n"
	"ketnap/person"
	"ketnap/rule"
	"ketnap/store"
)

// identityTwins are the files that may be of the same person as a file: by the number
// first, then by name, birth and sex, each once.
func identityTwins(ctx context.Context, tx *store.Tx, s access.Scope, f admission.File, number person.Number) ([]Twin, error) {
	twins, err := tx.NumberTwins(ctx, s, number, f.ID)
	if err != nil {
		return nil, err
	}
	name, err := person.Parse(f.Name)
	if err != nil {
		return twins, nil //nolint:nilerr // a name of before the rules for names has no twin by name
	}
	named, err := tx.NameTwins(ctx, s, name, f.Birth, person.Sex(f.Sex), f.ID)
	if err != nil {
		return nil, err
	}
	for _, t := range named {
		again := slices.ContainsFunc(twins, func(u Twin) bool { return u.ID == t.ID }) // two that are not seen are told of as one
		if !again {
			twins = append(twins, t)
		}
	}
	return twins, nil
}

// NewFileTwins returns the files that may be of the person for whom a file is about to be
// opened (IDN-05). It never blocks. That there is one out of the actor's scope is itself
// something told of a person, and is put on record.
func (a *App) NewFileTwins(ctx context.Context, who Actor, n NewFile) (twins []Twin, err error) {
	name, err := person.Parse(n.Name)
	sex, errSex := person.ParseSex(n.Sex)
	if err != nil || errSex != nil || n.Birth.IsZero() {
		return nil, nil //nolint:nilerr // OpenFile says what is wrong with these
	}
	err = a.read(ctx, who, access.OpenFile, func(r *reading) error {
		if _, _, err := r.unit(ctx, n.Unit); err != nil {
			return err
		}
		s, err := r.scopeFor(ctx, access.SeeFile)
		if err != nil {
			return err
		}
		twins, err = r.NameTwins(ctx, s, name, n.Birth, sex, "")
		return err
	})
	hidden := 0
	for _, t := range twins {
		if !t.Seen() {
			hidden++
		}
	}
	if err != nil || hidden == 0 {
		return twins, err
	}
	return twins, a.write(ctx, who, atCode(ctx, access.OpenFile, access.SeeFile, n.Unit), func(*writing) (record, error) {
		return record{object: "twin/" + n.Unit, after: map[string]int{"elsewhere": hidden}, rules: "IDN-05 SEC-08"}, nil
	})
}

// TwinText says of a twin what may be said.
func TwinText(t Twin) string {
	key := "identity.twin.name"
	if t.Number {
		key = "identity.twin.number"
	}
	if !t.Seen() {
		return i18n.T(i18n.Vietnamese, key+".hidden")
	}
	return i18n.T(i18n.Vietnamese, key, "name", t.Name, "unit", t.UnitName, "birth", t.Birth.VN())
}

func twinFinding(t Twin) rule.Finding {
	return rule.Finding{Rule: "IDN-05", Severity: rule.Warn, Message: TwinText(t), Field: string(person.FieldNumber)}
}

// pairsShown is how many pairs a page shows.
const pairsShown = 200

// Duplicates lists the files of a unit's subtree, "" for all that the actor may open the
// data of, that may be of one person with another of the installation, and whether there
// are more than are shown.
func (a *App) Duplicates(ctx context.Context, who Actor, unit string) (pairs []TwinPair, more bool, err error) {
	err = a.read(ctx, who, access.SeeIdentity, func(r *reading) error {
		f, _, err := r.filter(ctx, FileQuery{Unit: unit})
		if err != nil {
			return err
		}
		pairs, more, err = r.TwinPairs(ctx, r.Scope, f.Unit, pairsShown)
		return err
	})
	return pairs, more, err
}
