package app

import (
	"context"
	"errors"
	"slices"
	"strings"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/person"
	"ketnap/rule"
	"ketnap/store"
)

// An IdentityChange is what somebody entered of a person: the fields that the form
// carried, and the version that was read.
type IdentityChange struct {
	Details person.Details
	Fields  []person.Field // others stay as they are
	Version int
	Ask     bool // warnings come back before anything is written
}

// identityRecord is what the audit keeps of a change: the fields, never what stands in them.
type identityRecord struct {
	Fields  []person.Field `json:"fields"`
	Version int            `json:"version"`
}

// SaveIdentity writes what was entered of the person of a file. What seems wrong comes
// back as findings: a field that may not be entered yet blocks (LAW-09, LAW-17), all else
// warns (IDN-05). It fails with Stale when somebody wrote since.
func (a *App) SaveIdentity(ctx context.Context, who Actor, id string, c IdentityChange) (findings []rule.Finding, written bool, err error) {
	err = a.write(ctx, who, identityOrder(ctx, access.EditIdentity, id), func(w *writing) (record, error) {
		f, _, err := w.File(ctx, access.ScopeOfPermit(w.Permit), id)
		if err != nil {
			return record{}, err
		}
		kept, err := w.Identity(ctx, id)
		if err != nil {
			return record{}, err
		}
		if kept.Version != c.Version {
			return record{}, errs.E(errs.Stale, "identity.stale")
		}
		next := kept.With(c.Details, c.Fields)
		changed := next.Changed(kept.Details)
		if findings, err = a.judgeIdentity(ctx, w, f, next, changed); err != nil {
			return record{}, err
		}
		if rule.Blocked(findings) || c.Ask && len(findings) > 0 {
			return record{}, errBlocked
		}
		kept.Details, kept.By, kept.At = next, who.ID, w.At
		r := record{object: "file/" + id, after: identityRecord{changed, kept.Version + 1}, rules: identityRules(findings)}
		return r, w.SaveIdentity(ctx, w.Permit, kept)
	})
	if errors.Is(err, errBlocked) {
		return findings, false, nil
	}
	return findings, err == nil, err
}

// judgeIdentity says what speaks against a change.
func (a *App) judgeIdentity(ctx context.Context, w *writing, f admission.File, next person.Details, changed []person.Field) ([]rule.Finding, error) {
	consents, err := w.Consents(ctx, f.ID)
	if err != nil {
		return nil, err
	}
	m := identityMoment(f, consents, w.Today)
	var findings []rule.Finding
	entered := slices.DeleteFunc(slices.Clone(changed), func(field person.Field) bool { return !slices.Contains(next.Filled(), field) })
	for _, field := range entered { // what is cleared may always be
		if why, closed := m.Closed(field); closed {
			findings = append(findings, identityFinding(why, rule.Block))
		}
	}
	if err := a.listed(ctx, w, next, changed); err != nil {
		return nil, err
	}
	warnings := m.Ask(entered)
	if slices.Contains(changed, person.FieldNumber) {
		warnings = append(warnings, next.Number.Check(person.Sex(f.Sex), f.Birth)...)
	}
	for _, warning := range warnings {
		findings = append(findings, identityFinding(warning, rule.Warn))
	}
	if !slices.Contains(changed, person.FieldNumber) {
		return findings, nil
	}
	s, err := scope(ctx, w.Tx, w.who, w.Today, access.SeeFile)
	if err != nil {
		return nil, err
	}
	twins, err := w.NumberTwins(ctx, s, next.Number, f.ID)
	for _, t := range twins {
		findings = append(findings, twinFinding(t))
	}
	return findings, err
}

// listed makes sure that what was chosen stands in its list, and that no entry is taken
// that is closed. What no form sends is answered as a form that cannot be read.
func (a *App) listed(ctx context.Context, w *writing, next person.Details, changed []person.Field) error {
	religions, closed, err := identityReligions(ctx, w.Tx, w.Today)
	if err != nil {
		return err
	}
	for _, field := range []struct {
		name person.Field
		list person.List
		code string
	}{
		{person.FieldEthnicity, person.EthnicGroups(), next.Ethnicity}, {person.FieldReligion, religions, next.Religion},
		{person.FieldProfession, person.ProfessionalLevels(), next.Professional}, {person.FieldTitle, person.AcademicTitles(), next.Title},
		{person.FieldTheory, person.PoliticalTheories(), next.Theory}, {person.FieldOccupationGroup, person.OccupationGroups(), next.OccupationGroup},
	} {
		taken := slices.Contains(changed, field.name)
		if taken && field.code != "" && (!field.list.Has(field.code) || field.name == person.FieldReligion && closed[field.code]) {
			return errs.E(errs.Invalid, "identity.not_listed").On(string(field.name))
		}
	}
	return nil
}

func identityFinding(w person.Warning, severity rule.Severity) rule.Finding {
	return rule.Finding{Rule: w.Rule, Severity: severity, Message: w.Text, Field: string(w.Field)}
}

func identityRules(findings []rule.Finding) string {
	words := []string{"LAW-09"}
	for _, f := range findings {
		if !slices.Contains(words, f.Rule) {
			words = append(words, f.Rule)
		}
	}
	return strings.Join(words, " ")
}

// WithdrawalDays is within how many days a withdrawal must be dealt with (LAW-11).
const WithdrawalDays = 15

// ConsentForms are the ways in which a person agrees, in the order of the list. The last
// is for who is not of age (LAW-17).
func ConsentForms() []string { return []string{"written", "application", "representative"} }

// A ConsentNote is that a person agreed to give the data, or took it back.
type ConsentNote struct {
	Withdrawn bool
	Form      string // of ConsentForms; of a withdrawal none
	On        date.Date
	Note      string
}

// RecordConsent records a person's consent or its withdrawal (LAW-06, LAW-11). A
// withdrawal takes back the consent that stands; a second consent beside one that stands
// is refused.
func (a *App) RecordConsent(ctx context.Context, who Actor, id string, n ConsentNote) error {
	return a.write(ctx, who, identityOrder(ctx, access.EditIdentity, id), func(w *writing) (record, error) {
		known, err := w.Consents(ctx, id)
		if err != nil {
			return record{}, err
		}
		if n.Note, err = person.FreeText(n.Note); err != nil {
			return record{}, errs.E(errs.Invalid, "identity.words", "why", err.Error()).On("consent_note").Because(err)
		}
		if err := n.check(known, w.Today); err != nil {
			return record{}, err
		}
		c := store.Consent{Withdrawn: n.Withdrawn, Form: n.Form, On: n.On, Note: n.Note, By: who.ID, At: w.At}
		r := record{object: "file/" + id, rules: "LAW-06 LAW-11",
			after: map[string]any{"consent": !n.Withdrawn, "form": n.Form, "on": n.On}}
		return r, w.AddConsent(ctx, w.Permit, id, len(known)+1, c)
	})
}

func (n ConsentNote) check(known []store.Consent, today date.Date) error {
	var last store.Consent
	stands := false
	if len(known) > 0 {
		last = known[len(known)-1]
		stands = !last.Withdrawn
	}
	switch {
	case n.Withdrawn && !stands:
		return errs.E(errs.Conflict, "identity.consent.none")
	case !n.Withdrawn && stands:
		return errs.E(errs.Conflict, "identity.consent.stands", "day", last.On.VN())
	case !n.Withdrawn && !slices.Contains(ConsentForms(), n.Form):
		return errs.E(errs.Invalid, "identity.consent.form_missing").On("form")
	case n.Withdrawn && n.Form != "":
		return errs.E(errs.Invalid, "error.bad_form")
	case n.On.IsZero():
		return errs.E(errs.Invalid, "identity.consent.day_missing").On("on")
	case n.On.After(today):
		return errs.E(errs.Invalid, "identity.consent.future", "today", today.VN()).On("on")
	case n.On.Before(last.On):
		return errs.E(errs.Invalid, "identity.consent.before", "day", last.On.VN()).On("on")
	}
	return nil
}
