// Package testpg gives tests a PostgreSQL database of their own, empty and gone when the
// test ends. It is for the conformance suite of store and for whatever else must hold on
// both engines. It starts no server: scripts/with-postgres.sh does, once for a whole run.
package testpg

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver named pgx
)

// Variable names the environment variable that holds the address of the server, or the
// word required: then a test that finds no server fails instead of being skipped.
const Variable = "KETNAP_TEST_POSTGRES"

// patience is how long making or dropping a database may take.
const patience = 30 * time.Second

// URL makes an empty database and returns its address. Without a server it skips the
// test and says how to get one; in CI, or where one is required, it fails it.
func URL(tb testing.TB) string {
	tb.Helper()
	server, why := server(os.Getenv(Variable), os.Getenv("CI") != "")
	switch {
	case server != "":
		return create(tb, server)
	case why == required:
		tb.Fatal(why)
	default:
		tb.Skip(why)
	}
	return ""
}

const (
	absent   = "no PostgreSQL: run the tests through scripts/with-postgres.sh, or set " + Variable + " to postgres://…"
	required = "PostgreSQL is required and absent: run the tests through scripts/with-postgres.sh"
)

// server returns the address of the server, or why there is none.
func server(value string, ci bool) (address, why string) {
	switch {
	case strings.HasPrefix(value, "postgres://"), strings.HasPrefix(value, "postgresql://"):
		return value, ""
	case ci, value == "required":
		return "", required
	}
	return "", absent
}

func create(tb testing.TB, server string) string {
	tb.Helper()
	name := "t" + strings.ToLower(rand.Text())
	if err := run(server, "CREATE DATABASE "+name+" TEMPLATE template0 ENCODING 'UTF8'"); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := run(server, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			tb.Error(err)
		}
	})
	address, err := database(server, name)
	if err != nil {
		tb.Fatal(err)
	}
	return address
}

// run executes one statement outside the test's own database.
func run(server, statement string) (err error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	db, err := sql.Open("pgx", server)
	if err != nil {
		return fmt.Errorf("open server: %w", err)
	}
	defer func() {
		if cerr := db.Close(); err == nil && cerr != nil {
			err = fmt.Errorf("close server: %w", cerr)
		}
	}()
	if _, err := db.ExecContext(ctx, statement); err != nil {
		return fmt.Errorf("%s: %w", statement, err)
	}
	return nil
}

// database returns the address of another database on the same server.
func database(server, name string) (string, error) {
	u, err := url.Parse(server)
	if err != nil {
		return "", fmt.Errorf("address of the server: %w", err)
	}
	u.Path = "/" + name
	return u.String(), nil
}
