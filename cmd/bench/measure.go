package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"ketnap/internal/sqldb"
	"ketnap/org"
	"ketnap/store"
)

// bigUnits and bigStages make full pages: units with hundreds of files, by eight stages.
const bigUnits = 100

var bigStages = []string{"outstanding", "listed", "certified", "applying", "verified", "ready", "decided", "probationary"}

// page is one unit and stage of the load.
type page struct {
	no    int
	code  string
	stage string
}

// pages finds the units that hold the most files at the stages.
func pages(ctx context.Context, data string) (out []page, err error) {
	db, err := sqldb.Open(ctx, sqldb.Config{Path: filepath.Join(data, "ketnap.db"), ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	err = db.Read(ctx, func(tx *sqldb.Tx) error {
		return tx.Query(ctx, `SELECT f.unit_no, u.code, count(*) FROM admission_file f JOIN unit u ON u.no = f.unit_no
			GROUP BY f.unit_no, u.code ORDER BY count(*) DESC, f.unit_no LIMIT $1`, []any{bigUnits}, func(r sqldb.Row) error {
			var p page
			var n int
			err := r.Scan(&p.no, &p.code, &n)
			for _, p.stage = range bigStages {
				out = append(out, p)
			}
			return err
		})
	})
	return out, err
}

// measureStore times the tables of counters inside the process.
func measureStore(ctx context.Context, o options, _ demoAccounts, t *table) (err error) {
	s, err := store.Open(ctx, sqldb.Config{Path: filepath.Join(o.data, "ketnap.db")})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	return s.Read(ctx, func(tx *store.Tx) error {
		units, err := tx.AllUnits(ctx)
		if err != nil {
			return err
		}
		var blocks []org.UnitNo
		for _, u := range units {
			if u.Type == org.Committee && len(blocks) < 20 && u.Parent != 0 {
				blocks = append(blocks, u.No)
			}
		}
		best := func(fn func() error) (time.Duration, error) {
			least := time.Hour
			for range 20 {
				began := time.Now()
				if err := fn(); err != nil {
					return 0, err
				}
				least = min(least, time.Since(began))
			}
			return least, nil
		}
		took, err := best(func() error { _, err := tx.StageTable(ctx, store.Realm, blocks); return err })
		if err != nil {
			return err
		}
		t.add(fmt.Sprintf("table of %d subtrees × stages", len(blocks)), fmt.Sprintf("%.2f ms", ms(took)), "", "< 5 ms", took < 5*time.Millisecond)
		took, err = best(func() error { _, err := tx.StageTableOfAll(ctx, store.Realm); return err })
		t.add(fmt.Sprintf("table of all %d units × stages", len(units)), fmt.Sprintf("%.0f ms", ms(took)), "", "< 250 ms", took < 250*time.Millisecond)
		return err
	})
}

// measurePages starts the program, loads its list as JSON and as a page, and sets both
// beside the bare handler.
func measurePages(ctx context.Context, o options, d demoAccounts, t *table) (err error) {
	list, err := pages(ctx, o.data)
	if err != nil {
		return err
	}
	floor, err := start(ctx, os.Args[0], "-floor", o.data)
	if err != nil {
		return err
	}
	bare, err := hammer(ctx, addresses(list, func(p page) string { return fmt.Sprintf("%s/?unit=%d&stage=%s", floor.address, p.no, p.stage) }), nil, o.duration)
	if err = errors.Join(err, floor.stop()); err != nil {
		return err
	}
	server, err := start(ctx, o.program, "--data", o.data, "serve", "--listen", "127.0.0.1:0")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.stop()) }()
	t.add("serve ready", fmt.Sprintf("%.0f ms", ms(server.ready)), "", "< 300 ms", server.ready < 300*time.Millisecond)
	time.Sleep(time.Second)
	idle, err := server.memory()
	if err != nil {
		return err
	}
	t.add("memory idle", fmt.Sprintf("%d MB", idle), "", "< 60 MB", idle < 60)
	if err := o.list(ctx, d, t, server, list, bare); err != nil {
		return err
	}
	after, err := server.memory()
	t.add("memory after the load", fmt.Sprintf("%d MB", after), "", "< 150 MB", after < 150)
	return err
}

// list loads the list of candidates as JSON with a token and as a page with a session.
func (o options) list(ctx context.Context, d demoAccounts, t *table, server *child, list []page, bare load) error {
	login, password, err := o.account(ctx, d)
	if err != nil {
		return err
	}
	token, err := o.token(ctx, login)
	if err != nil {
		return err
	}
	asJSON, err := hammer(ctx, addresses(list, func(p page) string {
		return fmt.Sprintf("%s/api/v1/files?unit=%s&stage=%s&limit=50", server.address, p.code, p.stage)
	}), http.Header{"Authorization": {"Bearer " + token}}, o.duration)
	if err != nil {
		return err
	}
	ratio := asJSON.perSecond / bare.perSecond
	t.add("list of 50 as JSON", fmt.Sprintf("%s = %.2f of the floor", asJSON, ratio), bare.String(), "≥ 0.7, p99 < 40 ms", ratio >= 0.7 && asJSON.p99 < 40*time.Millisecond)
	cookie, err := signIn(ctx, server.address, login, password)
	if err != nil {
		return err
	}
	asPage, err := hammer(ctx, addresses(list, func(p page) string {
		return fmt.Sprintf("%s/files?unit=%s&stage=%s", server.address, p.code, p.stage)
	}), http.Header{"Cookie": {cookie}}, o.duration)
	if err != nil {
		return err
	}
	ratio = asPage.perSecond / bare.perSecond
	t.add("list of 50 as HTML", fmt.Sprintf("%s = %.2f of the floor", asPage, ratio), bare.String(), "≥ 0.5", ratio >= 0.5)
	return nil
}

func addresses(list []page, of func(page) string) []string {
	out := make([]string, len(list))
	for i, p := range list {
		out[i] = of(p)
	}
	return out
}

// account opens an account over the whole province, and returns its one-time password.
func (o options) account(ctx context.Context, d demoAccounts) (login, password string, err error) {
	login = "bench" + strconv.FormatInt(time.Now().Unix(), 36)
	b, err := exec.CommandContext(ctx, o.program, "--data", o.data, "account", "create", login, "--role", "org_board", "--unit", d.top(), "--json").Output() //nolint:gosec // G204: our own program
	if err != nil {
		return "", "", fmt.Errorf("account: %w", err)
	}
	var answer struct {
		Password string `json:"password"`
	}
	return login, answer.Password, json.Unmarshal(b, &answer)
}

func (o options) token(ctx context.Context, login string) (string, error) {
	b, err := exec.CommandContext(ctx, o.program, "--data", o.data, "token", "create", login, "--json").Output() //nolint:gosec // G204: our own program
	if err != nil {
		return "", fmt.Errorf("token: %w", err)
	}
	var answer struct {
		Token string `json:"token"`
	}
	return answer.Token, json.Unmarshal(b, &answer)
}

// signIn logs in as a browser does, changes the one-time password, and returns the cookie.
func signIn(ctx context.Context, address, login, password string) (string, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return "", err
	}
	client := &http.Client{Jar: jar}
	if err := post(ctx, client, address+"/login", url.Values{"login": {login}, "password": {password}}); err != nil {
		return "", err
	}
	fresh := "mat khau do toc do"
	if err := post(ctx, client, address+"/account/password", url.Values{"old": {password}, "new": {fresh}, "repeat": {fresh}}); err != nil {
		return "", err
	}
	u, err := url.Parse(address)
	if err != nil {
		return "", err
	}
	for _, c := range jar.Cookies(u) {
		if c.Name == "ketnap" {
			return c.String(), nil
		}
	}
	return "", fmt.Errorf("log-in of %s gave no session", login)
}

func post(ctx context.Context, client *http.Client, address string, form url.Values) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := client.Do(r)
	if err != nil {
		return err
	}
	if err := resp.Body.Close(); err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answered %s", address, resp.Status)
	}
	return nil
}

// child is a program that listens.
type child struct {
	cmd     *exec.Cmd
	address string
	ready   time.Duration
}

// start runs a program and waits for the line that says where it listens.
func start(ctx context.Context, program string, args ...string) (*child, error) {
	c := &child{cmd: exec.CommandContext(ctx, program, args...)} //nolint:gosec // G204: our own programs
	c.cmd.Stderr = os.Stderr
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	began := time.Now()
	if err := c.cmd.Start(); err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if _, address, ok := strings.Cut(lines.Text(), "listening on "); ok {
			c.ready, c.address = time.Since(began), address
			return c, nil
		}
	}
	return nil, errors.Join(fmt.Errorf("%s did not start", program), lines.Err(), c.stop())
}

func (c *child) stop() error {
	if err := c.cmd.Process.Signal(os.Interrupt); err != nil {
		return err
	}
	err := c.cmd.Wait()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok && !exit.Exited() {
		return nil // ended by the signal, as the bare handler is
	}
	return err
}

// memory returns the resident memory in MB.
func (c *child) memory() (int, error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", c.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(b)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kb, err := strconv.Atoi(strings.Fields(rest)[0])
			return kb / 1024, err
		}
	}
	return 0, errors.New("no VmRSS in the status of the process")
}
