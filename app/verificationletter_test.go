package app

import (
	"path/filepath"
	"testing"
	"time"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/date"
	"ketnap/internal/sqldb"
	"ketnap/org"
	"ketnap/store"
)

func TestALetterSaysWhomItIsAboutAndHowLongThereIs(t *testing.T) {
	t.Parallel()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	st, err := store.Open(t.Context(), sqldb.Config{Path: filepath.Join(t.TempDir(), "ketnap.db")})
	must(err)
	t.Cleanup(func() { must(st.Close()) })
	a := New(st, Options{Clock: func() time.Time { return time.Date(2024, 7, 1, 2, 0, 0, 0, time.UTC) }})
	ctx, who := t.Context(), System("t")
	from := date.Must("2015-01-01")
	_, err = a.LoadUnits(ctx, who, []LoadedUnit{{Code: "K", Name: "Đảng ủy Khối", Type: org.Committee, Opened: from},
		{Code: "K1", Name: "Chi bộ cơ sở Đài", Type: org.BaseBranch, Kind: org.Agency, Parent: "K", Opened: from}})
	must(err)
	p, err := a.OpenFile(ctx, who, NewFile{Unit: "K1", Name: "Nguyễn Thị Ánh", Birth: date.Must("2000-03-01"), Sex: "female"})
	must(err)
	for _, act := range []admission.Act{{Code: admission.Introduce, By: admission.YouthUnion, Number: "1"}, {Code: admission.List, Number: "2"},
		{Code: admission.Certify, Number: "3"}, {Code: admission.Apply}} {
		act.On = date.Must("2024-05-27")
		r, err := a.RecordAct(ctx, who, p.File.ID, act, p.File.Version, false)
		must(err)
		p = r.Page
	}
	ask := func(place string, abroad bool, way admission.Way) admission.VerificationStep {
		return admission.VerificationStep{Kind: admission.StepRequest, Subject: admission.Applicant, Place: place, Abroad: abroad, Way: way}
	}
	_, err = a.RecordVerification(ctx, who, p.File.ID, []admission.VerificationStep{ask("Đảng ủy xã Hải Phú", false, admission.ByPost),
		ask("Đại sứ quán tại Lào", true, admission.ByPost), ask("Đảng ủy phường Đồng Sơn", false, admission.ByMembers)}, VerificationVersion{File: p.File.Version}, false)
	must(err)
	must(a.read(ctx, who, access.SeeFile, func(r *reading) error {
		letters, err := a.verificationLetters(ctx, r.Tx, r.Scope, p.File, p.Unit.No)
		if len(letters) != 2 || letters[0].Days != 30 || letters[1].Days != 90 || letters[0].Name != "Nguyễn Thị Ánh" || letters[0].Cite == "" {
			t.Errorf("%+v", letters)
		}
		return err
	}))
}
