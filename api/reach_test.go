package api_test

import (
	"fmt"
	"testing"
)

// TestUnitOutOfReachIsAnsweredAsOneThatIsNot: nobody learns from an answer which codes exist.
func TestUnitOutOfReachIsAnsweredAsOneThatIsNot(t *testing.T) {
	t.Parallel()
	p := open(t)
	for _, c := range []struct{ method, path, body string }{
		{"GET", "/api/v1/units/%s", ""},
		{"GET", "/api/v1/files?unit=%s", ""},
		{"GET", "/api/v1/targets?unit=%s", ""},
		{"GET", "/api/v1/progress?unit=%s", ""},
		{"GET", "/api/v1/reports/admission?unit=%s&period=2026", ""},
		{"GET", "/api/v1/ratings/%s/2026", ""},
		{"POST", "/api/v1/files", `{"unit":"%s","name":"Nguyễn Thị Lan","birth_date":"2000-01-02","sex":"female"}`},
	} {
		ask := func(code string) (int, string) {
			path, body := c.path, c.body
			if c.method == "GET" {
				path = fmt.Sprintf(path, code)
			} else {
				body = fmt.Sprintf(body, code)
			}
			status, _, answer := p.send(t, "other base", c.method, path, body)
			return status, answer
		}
		status, answer := ask("D01.B1")
		if s, none := ask("D01.B9"); status != 404 || s != status || none != answer {
			t.Errorf("%s %s: %d %s of a foreign unit, %d %s of none", c.method, c.path, status, answer, s, none)
		}
	}
}
