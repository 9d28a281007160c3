package api

import (
	"encoding/json"
	"net/http"
	"strconv"
	"sync"
	"unicode/utf8"

	"ketnap/admission"
	"ketnap/app"
)

// listFiles is the road that programs walk most: its answer is written straight into a
// buffer that is used again, without a value of package shape between (TestFileListShape
// holds the two together).
func (s *server) listFiles(w http.ResponseWriter, r *request) error {
	q, err := queryOf(r)
	if err != nil {
		return err
	}
	ask := app.FileQuery{Unit: q.get("unit"), Query: q.get("q"), Limit: q.limit(), Cursor: q.get("cursor")}
	for _, stage := range q.values["stage"] {
		if stage == "" {
			continue
		}
		if !admission.Stage(stage).Valid() {
			q.bad("stage", "api.stage", "stage", stage)
		}
		ask.Stages = append(ask.Stages, admission.Stage(stage))
	}
	if err := q.err(); err != nil {
		return err
	}
	rows, next, err := s.app.Files(r.Context(), r.who, ask)
	if err != nil {
		return err
	}
	b, ok := buffers.Get().(*[]byte)
	if !ok {
		b = new([]byte)
	}
	*b = appendFiles((*b)[:0], rows, next)
	s.write(w, http.StatusOK, jsonType, *b)
	buffers.Put(b)
	return nil
}

var buffers = sync.Pool{New: func() any { return new([]byte) }} //nolint:gochecknoglobals // a pool is shared by its nature

func appendFiles(b []byte, rows []app.FileRow, next string) []byte {
	b = append(b, `{"items":[`...)
	for i, r := range rows {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, `{"id":`...)
		b = appendText(b, r.ID)
		b = append(b, `,"name":`...)
		b = appendText(b, r.Name)
		b = append(b, `,"unit":`...)
		b = appendText(b, string(r.UnitCode))
		b = append(b, `,"stage":`...)
		b = appendText(b, string(r.Stage))
		b = append(b, `,"since":`...)
		if r.Since.IsZero() {
			b = append(b, "null"...)
		} else {
			b = appendText(b, r.Since.String())
		}
		b = append(b, `,"version":`...)
		b = strconv.AppendInt(b, int64(r.Version), 10)
		b = append(b, '}')
	}
	b = append(b, `],"next":`...)
	if next == "" {
		b = append(b, "null"...)
	} else {
		b = appendText(b, next)
	}
	return append(b, "}\n"...)
}

// appendText writes a JSON text. Names need no escapes; what does is left to the library.
func appendText(b []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c == '"' || c == '\\' || c == 0xe2 { // 0xe2 begins U+2028, which some readers take for a line's end
			return appendHard(b, s)
		}
	}
	if !utf8.ValidString(s) {
		return appendHard(b, s)
	}
	b = append(b, '"')
	b = append(b, s...)
	return append(b, '"')
}

func appendHard(b []byte, s string) []byte {
	quoted, err := json.Marshal(s)
	if err != nil { // a text always marshals
		return append(b, `""`...)
	}
	return append(b, quoted...)
}
