package job_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"ketnap/internal/job"
	"ketnap/internal/sqldb"
	"ketnap/internal/testpg"
)

// patience is how long a test waits for what must come.
const patience = 30 * time.Second

type opener func(*testing.T) sqldb.Config

func onSQLite(t *testing.T) sqldb.Config {
	t.Helper()
	return sqldb.Config{Path: filepath.Join(t.TempDir(), "ketnap.db")}
}

func onPostgres(t *testing.T) sqldb.Config {
	t.Helper()
	return sqldb.Config{URL: testpg.URL(t)}
}

func TestJobs(t *testing.T) {
	t.Parallel()
	for _, engine := range []struct {
		name string
		open opener
	}{{"SQLite", onSQLite}, {"PostgreSQL", onPostgres}} {
		t.Run(engine.name, func(t *testing.T) {
			t.Parallel()
			for _, c := range []struct {
				name string
				test func(*testing.T, sqldb.Config)
			}{
				{"a job exists when its transaction is committed and only then", testTransaction},
				{"a second job is needless while the first is there", testOnce},
				{"a job is done with what it was given", testWork},
				{"what fails for good is dead, and can be tried again or dropped", testDead},
				{"what a server that died had begun is done by another", testRescue},
				{"a stop waits for the job that runs", testStop},
				{"a daily job is asked for once by two servers", testDaily},
				{"several processes may make the tables at once", testMigrateTogether},
			} {
				t.Run(c.name, func(t *testing.T) {
					t.Parallel()
					c.test(t, engine.open(t))
				})
			}
		})
	}
}

func openQueue(t *testing.T, c sqldb.Config) (*sqldb.DB, *job.Queue) {
	t.Helper()
	db, err := sqldb.Open(t.Context(), c)
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	must(t, job.Migrate(t.Context(), db))
	q, err := job.New(db)
	must(t, err)
	return db, q
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func insert(t *testing.T, db *sqldb.DB, q *job.Queue, j job.Job) {
	t.Helper()
	must(t, db.Write(t.Context(), func(tx *sqldb.Tx) error { return q.Insert(t.Context(), tx, j) }))
}

func list(t *testing.T, db *sqldb.DB, q *job.Queue, s job.State) (out []job.Entry) {
	t.Helper()
	must(t, db.Read(t.Context(), func(tx *sqldb.Tx) (err error) {
		out, err = q.List(t.Context(), tx, s, 100)
		return err
	}))
	return out
}

// eventually waits until the queue shows n jobs in a state.
func eventually(t *testing.T, db *sqldb.DB, q *job.Queue, s job.State, n int) []job.Entry {
	t.Helper()
	end := time.After(patience)
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		found := list(t, db, q, s)
		if len(found) == n {
			return found
		}
		select {
		case <-end:
			t.Fatalf("%d jobs are %s, want %d", len(found), s, n)
		case <-tick.C:
		}
	}
}

func start(t *testing.T, q *job.Queue, o job.Options) *job.Runner {
	t.Helper()
	o.Log, o.Poll = slog.New(slog.DiscardHandler), 100*time.Millisecond
	r, err := q.Start(t.Context(), o)
	must(t, err)
	return r
}

func stop(t *testing.T, r *job.Runner) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(t.Context()), patience)
	defer cancel()
	must(t, r.Stop(ctx))
}

func receive[T any](t *testing.T, c <-chan T) (v T) {
	t.Helper()
	select {
	case v = <-c:
	case <-time.After(patience):
		t.Fatal("nothing came")
	}
	return v
}

func testTransaction(t *testing.T, c sqldb.Config) {
	db, q := openQueue(t, c)
	must(t, db.Write(t.Context(), func(tx *sqldb.Tx) error {
		_, err := tx.Exec(t.Context(), `CREATE TABLE thing (id INTEGER PRIMARY KEY)`)
		return err
	}))
	boom := errors.New("boom")
	for _, fails := range []bool{true, false, true} {
		err := db.Write(t.Context(), func(tx *sqldb.Tx) error {
			if _, err := tx.Exec(t.Context(), `INSERT INTO thing (id) VALUES ($1)`, 1); err != nil {
				return err
			}
			if err := q.Insert(t.Context(), tx, job.Job{Kind: "think", Args: map[string]int{"thing": 1}}); err != nil {
				return err
			}
			var n int // the transaction goes on after the job
			if err := tx.QueryRow(t.Context(), `SELECT count(*) FROM thing`).Scan(&n); err != nil || n != 1 {
				return fmt.Errorf("%d things: %w", n, err)
			}
			if fails {
				return boom
			}
			return nil
		})
		if fails != (err != nil) {
			t.Fatalf("got %v", err)
		}
		if fails && !errors.Is(err, boom) { // the third time the row is there already
			break
		}
	}
	if n := len(list(t, db, q, job.Waiting)); n != 1 {
		t.Errorf("%d jobs wait, want 1", n)
	}
}

func testOnce(t *testing.T, c sqldb.Config) {
	db, q := openQueue(t, c)
	for _, j := range []struct {
		job  job.Job
		want int
	}{
		{job.Job{Kind: "sweep", Once: job.WhileWaiting}, 1},
		{job.Job{Kind: "sweep", Once: job.WhileWaiting}, 1},
		{job.Job{Kind: "remind", Args: map[string]string{"day": "2024-10-15"}, Once: job.WhileKept}, 2},
		{job.Job{Kind: "remind", Args: map[string]string{"day": "2024-10-15"}, Once: job.WhileKept}, 2},
		{job.Job{Kind: "remind", Args: map[string]string{"day": "2024-10-16"}, Once: job.WhileKept}, 3},
		{job.Job{Kind: "think"}, 4},
		{job.Job{Kind: "think"}, 5},
	} {
		insert(t, db, q, j.job)
		if n := len(list(t, db, q, job.Waiting)); n != j.want {
			t.Errorf("after %+v %d jobs wait, want %d", j.job, n, j.want)
		}
	}
	ignore := func(context.Context, []byte) error { return nil }
	r := start(t, q, job.Options{Workers: map[string]job.Worker{"sweep": ignore, "remind": ignore, "think": ignore}})
	eventually(t, db, q, job.Done, 5)
	stop(t, r)
	insert(t, db, q, job.Job{Kind: "sweep", Once: job.WhileWaiting})
	insert(t, db, q, job.Job{Kind: "remind", Args: map[string]string{"day": "2024-10-16"}, Once: job.WhileKept})
	if left := list(t, db, q, job.Waiting); len(left) != 1 || left[0].Kind != "sweep" {
		t.Errorf("after all were done there wait %+v", left)
	}
}

func testWork(t *testing.T, c sqldb.Config) {
	db, q := openQueue(t, c)
	got := make(chan string, 8)
	r := start(t, q, job.Options{Workers: map[string]job.Worker{
		"echo": func(_ context.Context, args []byte) error {
			var a struct{ Word string }
			err := json.Unmarshal(args, &a)
			got <- "echo " + a.Word
			return err
		},
		"plain": func(_ context.Context, args []byte) error { got <- "plain " + string(args); return nil },
	}})
	defer stop(t, r)
	insert(t, db, q, job.Job{Kind: "echo", Args: map[string]string{"word": "đảng viên"}})
	if g := receive(t, got); g != "echo đảng viên" {
		t.Errorf("got %q", g)
	}
	insert(t, db, q, job.Job{Kind: "plain"})
	if g := receive(t, got); g != "plain {}" {
		t.Errorf("got %q", g)
	}
	eventually(t, db, q, job.Done, 2)
}

func testDead(t *testing.T, c sqldb.Config) {
	db, q := openQueue(t, c)
	var mu sync.Mutex
	broken := true
	r := start(t, q, job.Options{Workers: map[string]job.Worker{"mend": func(context.Context, []byte) error {
		mu.Lock()
		defer mu.Unlock()
		if broken {
			return errors.New("the tool is broken")
		}
		return nil
	}}})
	defer stop(t, r)
	insert(t, db, q, job.Job{Kind: "mend"})
	insert(t, db, q, job.Job{Kind: "mend"})
	// Seven attempts lie behind: the next failure is the last.
	exec(t, db, `UPDATE river_job SET attempt = 7 WHERE kind = 'mend'`)
	dead := eventually(t, db, q, job.Dead, 2)
	if e := dead[0]; e.Kind != "mend" || e.Error != "the tool is broken" || e.Attempt != e.Most || e.Made.IsZero() {
		t.Errorf("dead: %+v", e)
	}
	mu.Lock()
	broken = false
	mu.Unlock()
	change := func(do func(context.Context, *sqldb.Tx, int64) error, id int64) error {
		return db.Write(t.Context(), func(tx *sqldb.Tx) error { return do(t.Context(), tx, id) })
	}
	must(t, change(q.Retry, dead[0].ID))
	must(t, change(q.Drop, dead[1].ID))
	eventually(t, db, q, job.Done, 1)
	eventually(t, db, q, job.Dead, 0)
	for _, do := range []func(context.Context, *sqldb.Tx, int64) error{q.Retry, q.Drop} {
		if err := change(do, 4711); !errors.Is(err, job.ErrNone) {
			t.Errorf("of a job that is not there: %v", err)
		}
	}
}

func exec(t *testing.T, db *sqldb.DB, text string) {
	t.Helper()
	must(t, db.Write(t.Context(), func(tx *sqldb.Tx) error {
		_, err := tx.Exec(t.Context(), text)
		return err
	}))
}

// testRescue leaves a job as a server leaves it that is killed: begun, long ago, by
// nobody who lives.
func testRescue(t *testing.T, c sqldb.Config) {
	db, q := openQueue(t, c)
	insert(t, db, q, job.Job{Kind: "carry", Args: map[string]int{"load": 3}})
	exec(t, db, `UPDATE river_job SET state = 'running', attempt = 1, attempted_at = '2024-10-15 01:00:00.000'`)
	if n := len(list(t, db, q, job.Running)); n != 1 {
		t.Fatalf("%d jobs run, want 1", n)
	}
	got := make(chan string, 8)
	r := start(t, q, job.Options{Timeout: time.Second, Workers: map[string]job.Worker{
		"carry": func(_ context.Context, args []byte) error {
			got <- strings.ReplaceAll(string(args), " ", "")
			return nil
		}}})
	defer stop(t, r)
	if g := receive(t, got); g != `{"load":3}` {
		t.Errorf("got %q", g)
	}
	if done := eventually(t, db, q, job.Done, 1); done[0].Attempt != 2 {
		t.Errorf("attempt %d, want the second", done[0].Attempt)
	}
}

func testStop(t *testing.T, c sqldb.Config) {
	db, q := openQueue(t, c)
	begun, finish := make(chan bool, 1), make(chan bool)
	r := start(t, q, job.Options{Workers: map[string]job.Worker{"long": func(context.Context, []byte) error {
		begun <- true
		<-finish
		return nil
	}}})
	insert(t, db, q, job.Job{Kind: "long"})
	receive(t, begun)
	insert(t, db, q, job.Job{Kind: "other"}) // is left for the next server
	stopped := make(chan error, 1)
	go func() { stopped <- r.Stop(context.WithoutCancel(t.Context())) }()
	select {
	case err := <-stopped:
		t.Fatalf("the stop did not wait: %v", err)
	case <-time.After(50 * time.Millisecond):
	}
	close(finish)
	must(t, receive(t, stopped))
	if n := len(list(t, db, q, job.Done)); n != 1 {
		t.Errorf("%d jobs are done, want 1", n)
	}
}

func testDaily(t *testing.T, c sqldb.Config) {
	db, q := openQueue(t, c)
	got := make(chan bool, 8)
	o := job.Options{
		Workers: map[string]job.Worker{"rise": func(context.Context, []byte) error { got <- true; return nil }},
		Daily: []job.Daily{{Hour: 5, Zone: time.UTC, OnStart: true, Job: func() job.Job {
			return job.Job{Kind: "rise", Args: map[string]string{"day": "2024-10-15"}, Once: job.WhileKept}
		}}},
	}
	first := start(t, q, o)
	receive(t, got)
	eventually(t, db, q, job.Done, 1)
	stop(t, first)
	second := start(t, q, o) // a server that starts again on the same day
	insert(t, db, q, job.Job{Kind: "rise", Args: map[string]string{"day": "2024-10-16"}})
	eventually(t, db, q, job.Done, 2)
	stop(t, second)
	if n := len(list(t, db, q, job.Done)); n != 2 {
		t.Errorf("%d jobs are done, want 2", n)
	}
}

func testMigrateTogether(t *testing.T, c sqldb.Config) {
	errs := make(chan error, 4)
	for range 4 {
		go func() {
			db, err := sqldb.Open(t.Context(), c)
			if err == nil {
				err = errors.Join(job.Migrate(t.Context(), db), db.Close())
			}
			errs <- err
		}()
	}
	for range 4 {
		must(t, receive(t, errs))
	}
}

func TestNextTimeOfDay(t *testing.T) {
	t.Parallel()
	zone := time.FixedZone("ICT", 7*60*60)
	d := job.Daily{Hour: 5, Minute: 30, Zone: zone}
	for _, c := range []struct{ name, now, want string }{
		{"before it, the same day", "2024-10-14T22:00:00Z", "2024-10-15T05:30:00+07:00"},
		{"at it, the next day", "2024-10-14T22:30:00Z", "2024-10-16T05:30:00+07:00"},
		{"after it, over the end of the month", "2024-10-31T03:00:00Z", "2024-11-01T05:30:00+07:00"},
	} {
		now, err := time.Parse(time.RFC3339, c.now)
		must(t, err)
		if got := d.Next(now).Format(time.RFC3339); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}
