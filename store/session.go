package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"ketnap/date"
	"ketnap/internal/sqldb"

	"github.com/alexedwards/scs/v2"
)

// SessionAccount is the name of the session value that holds the id of the account. The
// store keeps it beside the session, so that all sessions of an account can be ended.
const SessionAccount = "account"

// Sessions keeps the sessions of the session manager in table session. Its methods have
// the names and shapes that scs.CtxStore asks for.
type Sessions struct {
	store *Store
	now   func() date.Instant
}

var _ scs.CtxStore = (*Sessions)(nil)

// SessionCodec writes a session as JSON; all its values are texts. It takes a tenth of
// the time of the manager's own codec, which is paid at every request.
type SessionCodec struct{}

var _ scs.Codec = SessionCodec{}

type sessionData struct {
	Deadline time.Time         `json:"deadline"`
	Values   map[string]string `json:"values"`
}

// Encode fails when a value is no text.
func (SessionCodec) Encode(deadline time.Time, values map[string]any) ([]byte, error) {
	d := sessionData{Deadline: deadline, Values: make(map[string]string, len(values))}
	for k, v := range values {
		text, ok := v.(string)
		if !ok {
			return nil, fmt.Errorf("session value %s is a %T", k, v)
		}
		d.Values[k] = text
	}
	return json.Marshal(d)
}

// Decode reads what Encode wrote.
func (SessionCodec) Decode(b []byte) (time.Time, map[string]any, error) {
	var d sessionData
	if err := json.Unmarshal(b, &d); err != nil {
		return time.Time{}, nil, fmt.Errorf("session: %w", err)
	}
	values := make(map[string]any, len(d.Values))
	for k, v := range d.Values {
		values[k] = v
	}
	return d.Deadline, values, nil
}

// Sessions returns the store of sessions; now tells which have ended.
func (s *Store) Sessions(now func() date.Instant) *Sessions { return &Sessions{s, now} }

// FindCtx returns the data of a session that has not ended.
func (s *Sessions) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	err = s.store.Read(ctx, func(t *Tx) error {
		return t.Query(ctx, `SELECT data FROM session WHERE token = $1 AND expires_at > $2`, []any{token, s.now()},
			func(r sqldb.Row) error {
				found = true
				return r.Scan(&data)
			})
	})
	return data, found, err
}

// CommitCtx stores the data of a session, and whose it is.
func (s *Sessions) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	_, values, err := SessionCodec{}.Decode(data)
	if err != nil {
		return err
	}
	account, isText := values[SessionAccount].(string)
	if !isText {
		account = ""
	}
	return s.store.Write(ctx, func(t *Tx) error {
		_, err := t.Exec(ctx, `INSERT INTO session (token, account_id, data, expires_at) VALUES ($1, $2, $3, $4)
			ON CONFLICT (token) DO UPDATE SET account_id = excluded.account_id, data = excluded.data, expires_at = excluded.expires_at`,
			token, nullText(account), data, date.At(expiry))
		return err
	})
}

// DeleteCtx ends a session.
func (s *Sessions) DeleteCtx(ctx context.Context, token string) error {
	return s.store.Write(ctx, func(t *Tx) error {
		_, err := t.Exec(ctx, `DELETE FROM session WHERE token = $1`, token)
		return err
	})
}

// Clean erases the sessions that have ended.
func (s *Sessions) Clean(ctx context.Context) error {
	return s.store.Write(ctx, func(t *Tx) error {
		_, err := t.Exec(ctx, `DELETE FROM session WHERE expires_at <= $1`, s.now())
		return err
	})
}

// Find is FindCtx for callers without a context.
func (s *Sessions) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is CommitCtx for callers without a context.
func (s *Sessions) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

// Delete is DeleteCtx for callers without a context.
func (s *Sessions) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }

// EndSessions ends all sessions of an account but one: the password was changed, or the
// account disabled. Keep is "" where none is to stay.
func (t *Tx) EndSessions(ctx context.Context, account, keep string) error {
	_, err := t.Exec(ctx, `DELETE FROM session WHERE account_id = $1 AND token <> $2`, account, keep)
	return err
}
