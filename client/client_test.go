package client

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"ketnap/admission"
	"ketnap/api/shape"
)

func TestRequests(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, want string
		call       func(*testing.T, *Client) error
	}{
		{"a list carries what narrows it", "GET /api/v1/files?cursor=c&limit=20&q=h%C3%B2a&stage=listed&stage=ready&unit=D01 ", func(t *testing.T, c *Client) error {
			_, err := c.Files(t.Context(), FileQuery{Unit: "D01", Stages: []admission.Stage{admission.Listed, admission.Ready}, Query: "hòa", Page: Page{20, "c"}})
			return err
		}},
		{"a list of all carries nothing", "GET /api/v1/units ", func(t *testing.T, c *Client) error {
			_, err := c.Units(t.Context(), "", Page{})
			return err
		}},
		{"a code with a slash stays one part of the path", "GET /api/v1/units/A%2FB ", func(t *testing.T, c *Client) error {
			_, err := c.Unit(t.Context(), "A/B")
			return err
		}},
		{"a write once carries its key", "POST /api/v1/files/f1/acts k1", func(t *testing.T, c *Client) error {
			_, err := c.Once("k1").RecordAct(t.Context(), "f1", shape.NewAct{Act: admission.Apply, Version: 3})
			return err
		}},
		{"the year of today is not sent", "GET /api/v1/progress?unit=K01 ", func(t *testing.T, c *Client) error {
			_, err := c.Progress(t.Context(), "K01", 0)
			return err
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := ""
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				got = r.Method + " " + r.RequestURI + " " + r.Header.Get("Idempotency-Key")
				if r.Header.Get("Authorization") != "Bearer secret" {
					t.Error("no token")
				}
				if _, err := w.Write([]byte("{}")); err != nil {
					t.Error(err)
				}
			}))
			defer s.Close()
			if err := c.call(t, New(s.URL+"/", "secret")); err != nil {
				t.Fatal(err)
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestErrors(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, body, want string }{
		{"a problem is handed on", `{"type":"urn:ketnap:problem:stale","title":"Dữ liệu đã thay đổi","status":409,"detail":"Xin mở lại."}`, "409 Dữ liệu đã thay đổi: Xin mở lại."},
		{"what is no problem keeps its status", "<html>bad gateway</html>", "409 Conflict: <html>bad gateway</html>"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(http.StatusConflict)
				if _, err := w.Write([]byte(c.body)); err != nil {
					t.Error(err)
				}
			}))
			defer s.Close()
			_, err := New(s.URL, "x").File(t.Context(), "f1")
			var e *Error
			if !errors.As(err, &e) || e.Status != http.StatusConflict || !strings.Contains(e.Error(), c.want) {
				t.Errorf("got %v", err)
			}
		})
	}
}
