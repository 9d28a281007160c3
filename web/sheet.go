package web

import (
	"bytes"
	"fmt"
	"net/http"

	"ketnap/internal/i18n"
	"ketnap/internal/render/xlsx"
)

// sendSheet answers with a spreadsheet, which is made whole before the first byte goes out.
func (s *Server) sendSheet(w http.ResponseWriter, name string, t xlsx.Table) error {
	var b bytes.Buffer
	if err := xlsx.Write(&b, t); err != nil {
		return fmt.Errorf("sheet %s: %w", name, err)
	}
	w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`.xlsx"`)
	if _, err := b.WriteTo(w); err != nil {
		s.log.Debug("sheet not taken", "error", err)
	}
	return nil
}

// sendPeople is sendSheet for a list of people of a unit: who took it is written down
// first, and without that there is no file.
func (s *Server) sendPeople(w http.ResponseWriter, r *request, what, unit, name string, t xlsx.Table) error {
	if err := s.app.LogExport(r.Context(), r.who, what, unit, len(t.Rows)); err != nil {
		return err
	}
	return s.sendSheet(w, name, t)
}

// texts are the words of some keys, such as the columns of a table.
func texts(lang i18n.Lang, keys ...string) []string {
	out := make([]string, len(keys))
	for i, key := range keys {
		out[i] = i18n.T(lang, key)
	}
	return out
}
