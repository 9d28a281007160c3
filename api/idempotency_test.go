package api_test

import (
	"sync"
	"testing"
	"time"

	"ketnap/admission"
	"ketnap/api"
	"ketnap/api/shape"
	"ketnap/app"
	"ketnap/client"
	"ketnap/date"

	"net/http/httptest"
)

const newFile = `{"unit":"D01.B1","name":"Nguyễn Thị Lan","birth_date":"1996-04-12","sex":"female"}`

func TestKeyWritesOnce(t *testing.T) {
	t.Parallel()
	p := open(t)
	status, header, answer := p.send(t, "branch", "POST", "/api/v1/files", newFile, "Idempotency-Key", "k1")
	if status != 201 || header.Get("Idempotency-Replayed") != "" {
		t.Fatalf("%d %s", status, answer)
	}
	again, header, replayed := p.send(t, "branch", "POST", "/api/v1/files", newFile, "Idempotency-Key", "k1")
	if again != 201 || replayed != answer || header.Get("Idempotency-Replayed") != "true" || header.Get("Content-Type") != "application/json" {
		t.Errorf("again: %d %s", again, replayed)
	}
	id, _ := decode(t, answer)["id"].(string)
	for _, c := range []struct {
		name, who, path, body, key string
		want                       int
	}{
		{"another body under the key", "branch", "/api/v1/files", newFile + " ", "k1", 422},
		{"another path under the key", "branch", "/api/v1/files/" + id + "/acts", `{"act":"introduce","on":"2024-06-03","by":"member","version":1}`, "k1", 422},
		{"a key of spaces", "branch", "/api/v1/files", newFile, "a b", 422},
		{"the key of another account", "base", "/api/v1/files", newFile, "k1", 201},
	} {
		if status, _, body := p.send(t, c.who, "POST", c.path, c.body, "Idempotency-Key", c.key); status != c.want {
			t.Errorf("%s: %d %s", c.name, status, body)
		}
	}
	list, err := p.as("branch").Files(t.Context(), client.FileQuery{})
	if err != nil || len(list.Items) != 2 {
		t.Errorf("written %d times, %v", len(list.Items), err)
	}
}

func TestKeyOfAnAct(t *testing.T) {
	t.Parallel()
	p := open(t)
	f := p.drive(t, p.candidate(t, "branch", "D01.B1", "Nguyễn Thị Lan"), admission.Ready)
	act := shape.NewAct{Act: admission.BranchResolution, On: date.Must("2024-09-20"), Number: "9", Votes: votes(20, 13), Version: f.Version}
	for range 2 { // what rules said is kept as well
		_, err := p.as("branch").Once("short").RecordAct(t.Context(), f.ID, act)
		if said := problemOf(t, err, 422); len(said.Findings) != 1 || said.Findings[0].Rule != "VOT-01" {
			t.Errorf("%+v", said)
		}
	}
	act.Votes = votes(20, 20)
	_, err := p.as("branch").Once("short").RecordAct(t.Context(), f.ID, act)
	if said := problemOf(t, err, 422); len(said.Findings) != 0 {
		t.Errorf("%+v", said)
	}
	var answers []shape.Recorded
	for range 2 { // the second time the version is stale, and the answer is the same
		got, err := p.as("branch").Once("pass").RecordAct(t.Context(), f.ID, act)
		if err != nil {
			t.Fatal(err)
		}
		answers = append(answers, got)
	}
	if answers[0].Version != f.Version+1 || answers[1].Version != answers[0].Version || answers[1].Stage != admission.BranchResolved {
		t.Errorf("%+v", answers)
	}
	_, err = p.as("branch").Once("later").RecordAct(t.Context(), f.ID, act)
	problemOf(t, err, 409)
	act.Version = answers[0].Version
	act.Act, act.Votes = admission.Appraise, nil
	_, err = p.as("branch").Once("later").RecordAct(t.Context(), f.ID, act)
	problemOf(t, err, 403) // neither stale nor forbidden was kept
}

// TestRightsAreCheckedAgain takes the right away between the first answer and the second.
func TestRightsAreCheckedAgain(t *testing.T) {
	t.Parallel()
	p := open(t)
	f := p.drive(t, p.candidate(t, "branch", "D01.B1", "Nguyễn Thị Lan"), admission.Listed)
	help := shape.NewAct{Act: admission.AssignHelper, On: date.Must("2024-06-05"), Helper: "Trần Văn Bình", Version: f.Version}
	got, err := p.as("branch").Once("k").RecordAct(t.Context(), f.ID, help)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.as("board").RecordAct(t.Context(), f.ID, shape.NewAct{Act: admission.Transfer, On: date.Must("2024-06-06"), Unit: "D02.B1", Version: got.Version}); err != nil {
		t.Fatal(err)
	}
	_, err = p.as("branch").Once("k").RecordAct(t.Context(), f.ID, help)
	problemOf(t, err, 404)
}

func TestKeyIsForgottenAfterADay(t *testing.T) {
	t.Parallel()
	p := open(t)
	if status, _, body := p.send(t, "branch", "POST", "/api/v1/files", newFile, "Idempotency-Key", "k"); status != 201 {
		t.Fatal(body)
	}
	later := app.New(p.store, app.Options{Clock: func() time.Time { return time.Date(2026, 10, 16, 3, 0, 0, 0, time.UTC) }})
	server := httptest.NewServer(api.New(later, api.Options{}))
	t.Cleanup(server.Close)
	p.url = server.URL
	status, header, body := p.send(t, "branch", "POST", "/api/v1/files", newFile, "Idempotency-Key", "k")
	if status != 201 || header.Get("Idempotency-Replayed") != "" {
		t.Errorf("%d %s", status, body)
	}
}

// TestKeyAtTheSameMoment sends one request many times at once: it is done once, and all
// get the same answer.
func TestKeyAtTheSameMoment(t *testing.T) {
	t.Parallel()
	p := open(t)
	const many = 12
	answers := make([]string, many)
	var wait sync.WaitGroup
	for i := range many {
		wait.Go(func() {
			status, _, body := p.send(t, "branch", "POST", "/api/v1/files", newFile, "Idempotency-Key", "k")
			if status != 201 {
				t.Errorf("%d %s", status, body)
			}
			answers[i] = body
		})
	}
	wait.Wait()
	for _, a := range answers {
		if a != answers[0] {
			t.Fatalf("%s\n%s", a, answers[0])
		}
	}
	list, err := p.as("branch").Files(t.Context(), client.FileQuery{})
	if err != nil || len(list.Items) != 1 {
		t.Errorf("written %d times, %v", len(list.Items), err)
	}
}

// A figure sent again under its key is answered as the first time, though its version is
// no longer the last.
func TestAFigureUnderAKeyIsWrittenOnce(t *testing.T) {
	t.Parallel()
	p := open(t)
	const figure = `{"unit":"D01","year":2026,"indicator":"admission","min":5,"version":0}`
	status, _, answer := p.send(t, "board", "PUT", "/api/v1/targets", figure, "Idempotency-Key", "t1")
	if status != 200 {
		t.Fatalf("%d %s", status, answer)
	}
	again, header, replayed := p.send(t, "board", "PUT", "/api/v1/targets", figure, "Idempotency-Key", "t1")
	if again != 200 || replayed != answer || header.Get("Idempotency-Replayed") != "true" {
		t.Errorf("again: %d %s", again, replayed)
	}
	if status, _, body := p.send(t, "board", "PUT", "/api/v1/targets", figure+" ", "Idempotency-Key", "t1"); status != 422 {
		t.Errorf("another body under the key: %d %s", status, body)
	}
	if status, _, body := p.send(t, "board", "PUT", "/api/v1/targets", figure, "Idempotency-Key", "t2"); status != 409 {
		t.Errorf("another key: %d %s", status, body)
	}
}
