package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"ketnap/internal/sqldb"
)

var update = flag.Bool("update", false, "rewrite the expected output of the scripts")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"ketnap": func() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }})
}

func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		Setup: func(e *testscript.Env) error {
			for _, name := range []string{"KETNAP_DATA", "KETNAP_DATABASE"} {
				e.Setenv(name, "")
			}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits,
			"field": field,
			"sql":   statement,
		},
	})
}

// exits CODE ARG… runs ketnap and fails unless it ends with the code, with one line on
// stderr when the code is 1.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: exits CODE ARG…")
	}
	code := 0
	if err := ts.Exec("ketnap", args[1:]...); err != nil {
		exit, ok := errors.AsType[*exec.ExitError](err)
		if !ok {
			ts.Fatalf("ketnap %s: %v", strings.Join(args[1:], " "), err)
		}
		code = exit.ExitCode()
	}
	stderr := ts.ReadFile("stderr")
	if got := fmt.Sprint(code); got != args[0] {
		ts.Fatalf("ketnap %s: exit %s, want %s\n%s", strings.Join(args[1:], " "), got, args[0], stderr)
	}
	if lines := strings.Count(stderr, "\n"); code == exitRefused && lines != 1 {
		ts.Fatalf("exit 1 needs one line on stderr, got %d:\n%s", lines, stderr)
	}
}

// field FILE PATH WANT looks into a JSON document: a.b.0.c; WANT is JSON.
func field(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: field FILE PATH WANT")
	}
	var doc any
	decoder := json.NewDecoder(strings.NewReader(ts.ReadFile(args[0])))
	ts.Check(decoder.Decode(&doc))
	if decoder.More() {
		ts.Fatalf("%s holds more than one document", args[0])
	}
	for _, key := range strings.Split(args[1], ".") {
		switch v := doc.(type) {
		case map[string]any:
			value, ok := v[key]
			if !ok {
				ts.Fatalf("%s: no key %q", args[0], key)
			}
			doc = value
		case []any:
			var i int
			_, err := fmt.Sscan(key, &i)
			ts.Check(errors.Join(err))
			doc = v[i]
		default:
			ts.Fatalf("%s: nothing below %q", args[0], key)
		}
	}
	got, err := json.Marshal(doc)
	ts.Check(err)
	if string(got) != args[2] {
		ts.Fatalf("%s %s = %s, want %s", args[0], args[1], got, args[2])
	}
}

// sql FOLDER STATEMENT changes the store past the program, as somebody would who opens the file.
func statement(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: sql FOLDER STATEMENT")
	}
	db, err := sqldb.Open(context.Background(), sqldb.Config{Path: filepath.Join(ts.MkAbs(args[0]), "ketnap.db")})
	ts.Check(err)
	defer func() { ts.Check(db.Close()) }()
	ts.Check(db.Write(context.Background(), func(tx *sqldb.Tx) error {
		n, err := tx.Exec(context.Background(), args[1])
		if err == nil && n == 0 {
			err = errors.New("the statement changed nothing")
		}
		return err
	}))
}
