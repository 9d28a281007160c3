// Command bench measures ketnap on the province demo and prints each figure beside its
// floor of the same run: the same SQL and settings behind a bare handler. It builds the
// demo in a folder of its own, starts the program as an office would, and loads it over
// loopback with eight connections for a bounded time. It is for developers.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// Options of a run.
type options struct {
	program  string        // the built ketnap
	data     string        // folder of the store; a temporary one when empty
	size     string        // of the demo
	duration time.Duration // of each load
	floor    string        // folder of a store to serve barely: the child that is the floor
}

func main() {
	var o options
	flag.StringVar(&o.program, "program", "bin/ketnap", "the built program")
	flag.StringVar(&o.data, "data", "", "folder of the store; kept and used again when given")
	flag.StringVar(&o.size, "size", "province", "size of the demo")
	flag.DurationVar(&o.duration, "duration", 8*time.Second, "time of each load")
	flag.StringVar(&o.floor, "floor", "", "serve a store barely (used by the program itself)")
	flag.Parse()
	var err error
	if o.floor != "" {
		err = serveFloor(o.floor)
	} else {
		err = run(context.Background(), o)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// demoAccounts is what the bench reads of the demo's answer.
type demoAccounts struct {
	Units    int `json:"units"`
	Files    int `json:"files"`
	Accounts []struct {
		Login    string `json:"login"`
		Password string `json:"password"`
		Role     string `json:"role"`
		Unit     string `json:"unit"`
	} `json:"accounts"`
}

func run(ctx context.Context, o options) (err error) {
	if o.data == "" {
		dir, err := os.MkdirTemp("", "ketnap-bench-")
		if err != nil {
			return err
		}
		defer func() { err = os.RemoveAll(dir) }()
		o.data = dir
	}
	demo, err := o.demo(ctx)
	if err != nil {
		return err
	}
	t := &table{}
	if err := measureStore(ctx, o, demo, t); err != nil {
		return err
	}
	if err := measurePages(ctx, o, demo, t); err != nil {
		return err
	}
	t.print(os.Stdout)
	return nil
}

// demo fills the store, unless it is there, and says how long that took.
func (o options) demo(ctx context.Context) (d demoAccounts, err error) {
	kept := filepath.Join(o.data, "demo-accounts.json")
	if _, err := os.Stat(kept); err != nil {
		began := time.Now()
		cmd := exec.CommandContext(ctx, o.program, "--data", o.data, "demo", "--size", o.size, "--json") //nolint:gosec // G204: our own program
		cmd.Stderr = os.Stderr
		if err := cmd.Run(); err != nil {
			return d, fmt.Errorf("demo: %w", err)
		}
		fmt.Printf("demo %s: %.1f s\n", o.size, time.Since(began).Seconds())
	}
	b, err := os.ReadFile(kept) //nolint:gosec // G304: a path of ours
	if err != nil {
		return d, err
	}
	return d, json.Unmarshal(b, &d)
}

// top returns the unit over the whole demo: where its administrator sits.
func (d demoAccounts) top() string {
	for _, a := range d.Accounts {
		if a.Role == "admin" {
			return a.Unit
		}
	}
	return ""
}
