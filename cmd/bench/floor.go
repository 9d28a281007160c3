package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"ketnap/date"
	"ketnap/internal/sqldb"
)

// floorSQL is the statement by which a page of one unit and stage is read, with every
// column that the program reads.
const floorSQL = `SELECT f.id, f.unit_no, u.code, u.name, f.name, f.birth_date, f.sex, f.stage, f.since, f.version,
	f.last_on, f.helper, f.next_act, f.next_who, f.next_rule, f.next_due,
	f.certificate_until, f.papers_until, f.answer_due, f.decided_on, f.admitted_on, f.sort_given, f.sort_rest
	FROM admission_file f CROSS JOIN unit u WHERE f.realm = $1 AND u.no = f.unit_no AND f.unit_no = $2 AND f.stage = $3
	ORDER BY f.sort_given, f.sort_rest, f.id LIMIT $4`

// floorRow is what the bare handler answers of a file.
type floorRow struct {
	ID      string    `json:"id"`
	Name    string    `json:"name"`
	Unit    string    `json:"unit"`
	Stage   string    `json:"stage"`
	Since   date.Date `json:"since"`
	Version int       `json:"version"`
}

// serveFloor answers /?unit=NO&stage=S with the page as JSON: no session, no rights.
func serveFloor(data string) error {
	debug.SetGCPercent(300) // as serve does
	debug.SetMemoryLimit(96 << 20)
	db, err := sqldb.Open(context.Background(), sqldb.Config{Path: filepath.Join(data, "ketnap.db")})
	if err != nil {
		return err
	}
	listener, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Printf("ketnap listening on http://%s\n", listener.Addr())
	server := &http.Server{ReadHeaderTimeout: 5 * time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rows, err := floorPage(r.Context(), db, r.FormValue("unit"), r.FormValue("stage"))
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		if err := json.NewEncoder(w).Encode(rows); err != nil && !strings.Contains(err.Error(), "broken pipe") {
			fmt.Println(err)
		}
	})}
	return server.Serve(listener)
}

func floorPage(ctx context.Context, db *sqldb.DB, unit, stage string) ([]floorRow, error) {
	rows := make([]floorRow, 0, 51)
	err := db.Read(ctx, func(tx *sqldb.Tx) error {
		return tx.Query(ctx, floorSQL, []any{1, unit, stage, 51}, func(r sqldb.Row) error {
			var f floorRow
			var unitName, sex, helper, nextAct, nextWho, nextRule string
			var no int
			var birth, last, due, cert, papers, answer, decided, admitted date.Date
			var given, rest []byte
			err := r.Scan(&f.ID, &no, &f.Unit, &unitName, &f.Name, &birth, &sex, &f.Stage, &f.Since, &f.Version, &last, &helper,
				&nextAct, &nextWho, &nextRule, &due, &cert, &papers, &answer, &decided, &admitted, &given, &rest)
			rows = append(rows, f)
			return err
		})
	})
	return rows[:min(len(rows), 50)], err
}
