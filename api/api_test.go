package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"ketnap/access"
	"ketnap/admission"
	"ketnap/api"
	"ketnap/api/shape"
	"ketnap/app"
	"ketnap/client"
	"ketnap/date"
	"ketnap/internal/sqldb"
	"ketnap/org"
	"ketnap/store"
)

// A place is a real store with a block, two base committees and a chi bộ cơ sở, served
// over HTTP to a token of each role.
type place struct {
	store  *store.Store
	app    *app.App
	url    string
	tokens map[string]string
}

// open makes the place: K01 over D01 (D01.B1, D01.B2), D02 (D02.B1) and C01.
func open(t testing.TB) *place {
	t.Helper()
	s, err := store.Open(t.Context(), sqldb.Config{Path: filepath.Join(t.TempDir(), "ketnap.db")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	clock := func() time.Time { return time.Date(2026, 10, 15, 3, 0, 0, 0, time.UTC) }
	p := &place{store: s, app: app.New(s, app.Options{Clock: clock}), tokens: map[string]string{}}
	if _, err := p.app.LoadUnits(t.Context(), app.System("test"), units()); err != nil {
		t.Fatal(err)
	}
	for _, a := range []struct {
		name string
		role access.Role
		unit string
	}{
		{"branch", access.BranchSecretary, "D01.B1"}, {"base", access.BaseOffice, "D01"}, {"board", access.OrgBoard, "K01"},
		{"other branch", access.BranchSecretary, "D02.B1"}, {"other base", access.BaseOffice, "D02"}, {"base branch", access.BranchSecretary, "C01"},
		{"propaganda", access.PropagandaBoard, "K01"}, {"standing", access.StandingCommittee, "K01"},
		{"admin", access.Admin, "K01"}, {"auditor", access.Auditor, "K01"},
	} {
		login := "u" + string(rune('a'+len(p.tokens)))
		if _, _, err := p.app.CreateAccount(t.Context(), app.System("test"), app.NewAccount{Login: login, Role: a.role, Unit: a.unit}); err != nil {
			t.Fatal(err)
		}
		if p.tokens[a.name], err = p.app.CreateToken(t.Context(), app.System("test"), login); err != nil {
			t.Fatal(err)
		}
	}
	server := httptest.NewServer(api.New(p.app, api.Options{}))
	t.Cleanup(server.Close)
	p.url = server.URL
	return p
}

func units() []app.LoadedUnit {
	from := date.Must("2020-01-01")
	count := func(k org.CountKind, n int) app.LoadedCount { return app.LoadedCount{Kind: k, From: from, Value: n} }
	unit := func(code, parent org.Code, name string, typ org.Type, counts ...app.LoadedCount) app.LoadedUnit {
		return app.LoadedUnit{Code: code, Name: name, Type: typ, Parent: parent, Opened: from, Counts: counts}
	}
	d01 := unit("D01", "K01", "Đảng bộ Sở Y tế", org.BaseCommittee, count(org.CommitteeMembers, 11))
	d01.Kind = org.Agency
	d01.Posts = []org.Post{{Title: "Bí thư Đảng ủy", Name: "Lê Văn Hùng", Head: true, From: from}}
	return []app.LoadedUnit{
		unit("K01", "", "Đảng bộ Khối các cơ quan tỉnh", org.Committee, count(org.StandingMembers, 9)), d01,
		unit("D01.B1", "D01", "Chi bộ Văn phòng", org.Branch, count(org.OfficialMembers, 20), count(org.Members, 22), count(org.Youth, 7)),
		unit("D01.B2", "D01", "Chi bộ Nghiệp vụ", org.Branch, count(org.OfficialMembers, 8)),
		unit("D02", "K01", "Đảng bộ Sở Tài chính", org.BaseCommittee, count(org.CommitteeMembers, 9)),
		unit("D02.B1", "D02", "Chi bộ Ngân sách", org.Branch, count(org.OfficialMembers, 12)),
		unit("C01", "K01", "Chi bộ Ban Dân tộc", org.BaseBranch, count(org.OfficialMembers, 14)),
		unit("C02", "K01", "Chi bộ Hội Nông dân", org.BaseBranch),
	}
}

// as is a client with the token of a role.
func (p *place) as(who string) *client.Client { return client.New(p.url, p.tokens[who]) }

// send sends a request as it is written and returns status, header and body.
func (p *place) send(t testing.TB, who, method, path, body string, header ...string) (int, http.Header, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(context.Background(), method, p.url+path, bytes.NewBufferString(body))
	if err != nil {
		t.Fatal(err)
	}
	if token := p.tokens[who]; token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if err := answer.Body.Close(); err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, answer.Header, string(b)
}

// candidate opens a file in a branch.
func (p *place) candidate(t testing.TB, who, unit, name string) shape.Recorded {
	t.Helper()
	f, err := p.as(who).OpenFile(t.Context(), shape.NewFile{Unit: unit, Name: name, Birth: date.Must("1996-04-12"), Sex: "female"})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// problemOf is the problem of an error, which must have a status.
func problemOf(t testing.TB, err error, status int) shape.Problem {
	t.Helper()
	var e *client.Error
	if !errors.As(err, &e) {
		t.Fatalf("want status %d, got %v", status, err)
	}
	if e.Status != status {
		t.Fatalf("want status %d, got %v %+v", status, e, e.Findings)
	}
	return e.Problem
}

func decode(t testing.TB, body string) map[string]any {
	t.Helper()
	var v map[string]any
	if err := json.Unmarshal([]byte(body), &v); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	return v
}

// A step is an act of the road, with who may record it.
type step struct {
	who  string
	act  shape.NewAct
	want admission.Stage
}

func votes(members, forIt int) *admission.Votes {
	return &admission.Votes{Members: members, Present: members, For: forIt, Against: members - forIt}
}

func days(on string, codes ...admission.PaperCode) map[admission.PaperCode]date.Date {
	out := map[admission.PaperCode]date.Date{}
	for _, c := range codes {
		out[c] = date.Must(on)
	}
	return out
}

// road is the whole way from the introduction to official, by three desks.
func road() []step {
	on := date.Must
	return []step{
		{"branch", shape.NewAct{Act: admission.Introduce, On: on("2024-06-03"), By: admission.YouthUnion, Number: "12-NQ/ĐTN"}, admission.Outstanding},
		{"branch", shape.NewAct{Act: admission.List, On: on("2024-06-05"), Number: "03-NQ/CB"}, admission.Listed},
		{"branch", shape.NewAct{Act: admission.AssignHelper, On: on("2024-06-05"), Helper: "Trần Văn Bình"}, admission.Listed},
		{"branch", shape.NewAct{Act: admission.Certify, On: on("2024-08-01"), Issued: on("2024-07-25"), Number: "118/GCN"}, admission.Certified},
		{"branch", shape.NewAct{Act: admission.Apply, On: on("2024-08-10")}, admission.Applying},
		{"branch", shape.NewAct{Act: admission.SendVerification, On: on("2024-08-12"), To: "Đảng ủy xã Quảng Phú"}, admission.Verifying},
		{"branch", shape.NewAct{Act: admission.ReceiveRequest, On: on("2024-08-15")}, admission.Verifying},
		{"branch", shape.NewAct{Act: admission.ConcludeVerification, On: on("2024-09-04"), Result: admission.ResultClear}, admission.Verified},
		{"branch", shape.NewAct{Act: admission.CompleteDossier, On: on("2024-09-16"), Papers: days("2024-09-12", "3-KNĐ", "4-KNĐ", "5-KNĐ")}, admission.Ready},
		{"branch", shape.NewAct{Act: admission.BranchResolution, On: on("2024-09-20"), Number: "09-NQ/CB", Votes: votes(20, 18)}, admission.BranchResolved},
		{"base", shape.NewAct{Act: admission.BaseResolution, On: on("2024-10-02"), Number: "41-NQ/ĐU", Votes: votes(11, 11)}, admission.BaseResolved},
		{"board", shape.NewAct{Act: admission.Decide, On: on("2024-10-21"), Number: "512-QĐ/ĐUK", Votes: votes(9, 9)}, admission.Decided},
		{"branch", shape.NewAct{Act: admission.ReceiveDecision, On: on("2024-10-24")}, admission.Decided},
		{"branch", shape.NewAct{Act: admission.Ceremony, On: on("2024-11-07"), Helper: "Trần Văn Bình"}, admission.Probationary},
		{"branch", shape.NewAct{Act: admission.CompleteReview, On: on("2025-11-12"), Papers: days("2025-11-10", "10-KNĐ", "11-KNĐ", "12-KNĐ", "CN-ĐVM")}, admission.ReviewReady},
		{"branch", shape.NewAct{Act: admission.ProposeRecognition, On: on("2025-11-14"), Number: "21-NQ/CB", Votes: votes(20, 20)}, admission.RecognitionProposed},
		{"base", shape.NewAct{Act: admission.BaseRecognition, On: on("2025-11-24"), Number: "60-NQ/ĐU", Votes: votes(11, 10)}, admission.RecognitionAppraised},
		{"board", shape.NewAct{Act: admission.Recognize, On: on("2025-12-08"), Number: "700-QĐ/ĐUK", Votes: votes(9, 8)}, admission.Official},
	}
}

// drive takes a file along the road up to a stage.
func (p *place) drive(t testing.TB, f shape.Recorded, to admission.Stage) shape.Recorded {
	t.Helper()
	for _, s := range road() {
		s.act.Version = f.Version
		next, err := p.as(s.who).RecordAct(t.Context(), f.ID, s.act)
		if err != nil {
			t.Fatalf("%s: %v", s.act.Act, err)
		}
		if f = next; f.Stage == to {
			return f
		}
	}
	return f
}

func indented(t testing.TB, body string) string {
	t.Helper()
	var b bytes.Buffer
	if err := json.Indent(&b, []byte(body), "", "\t"); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
