package web

import (
	"net/http"
	"strconv"
)

const sessionUnit = "unit"

// chosen returns the code of the unit that the person works for now: the one chosen in
// the switcher, or else the first of the grants.
func (s *Server) chosen(r *request) string {
	want := s.sessions.GetString(r.Context(), sessionUnit)
	for _, u := range r.home {
		if string(u.Code) == want {
			return want
		}
	}
	if len(r.home) > 0 {
		return string(r.home[0].Code)
	}
	return ""
}

// unitOf returns the code of the unit that a page is about: the one in the address, or
// the one the person works for. The gate decides whether it may be seen.
func (s *Server) unitOf(r *request) string {
	if code := r.FormValue("unit"); code != "" {
		return code
	}
	return s.chosen(r)
}

// yearOf returns the year that a page is about: the one in the address, or this one.
func yearOf(r *request) int {
	if y, err := strconv.Atoi(r.FormValue("year")); err == nil && y >= 2000 && y <= 2100 {
		return y
	}
	return r.today.Year()
}

// switchUnit makes a unit the one that the person works for.
func (s *Server) switchUnit(w http.ResponseWriter, r *request) error {
	s.sessions.Put(r.Context(), sessionUnit, r.PathValue("code"))
	return s.redirect(w, r, "/", "")
}
