package testpg

import (
	"database/sql"
	"testing"
)

func TestServer(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, value  string
		ci           bool
		address, why string
	}{
		{name: "an address is the server", value: "postgres://u@127.0.0.1:5/postgres", address: "postgres://u@127.0.0.1:5/postgres"},
		{name: "without one the test is skipped", why: absent},
		{name: "in CI the test fails", ci: true, why: required},
		{name: "where it is required the test fails", value: "required", why: required},
		{name: "an address serves in CI too", value: "postgresql:///x", ci: true, address: "postgresql:///x"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if address, why := server(tt.value, tt.ci); address != tt.address || why != tt.why {
				t.Errorf("got %q, %q", address, why)
			}
		})
	}
}

func TestDatabaseKeepsTheRestOfTheAddress(t *testing.T) {
	t.Parallel()
	got, err := database("postgres://u@/postgres?host=/tmp/x&sslmode=disable", "t1")
	if want := "postgres://u@/t1?host=/tmp/x&sslmode=disable"; err != nil || got != want {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
}

func TestURLGivesEachTestItsOwnEmptyDatabase(t *testing.T) {
	t.Parallel()
	addresses := []string{URL(t), URL(t)}
	if addresses[0] == addresses[1] {
		t.Fatal("two tests share a database")
	}
	for _, address := range addresses {
		db, err := sql.Open("pgx", address)
		if err != nil {
			t.Fatal(err)
		}
		defer func() {
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		}()
		var tables int
		if err := db.QueryRowContext(t.Context(), "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").Scan(&tables); err != nil {
			t.Fatal(err)
		}
		if tables != 0 {
			t.Errorf("%d tables", tables)
		}
		if _, err := db.ExecContext(t.Context(), "CREATE TABLE file (id TEXT PRIMARY KEY)"); err != nil {
			t.Error(err)
		}
	}
}
