package store

import (
	"context"
	"time"

	"ketnap/date"
	"ketnap/errs"
	"ketnap/internal/sqldb"
)

// An APIToken lets a program in with the rights of an account. Only the hash of the
// token is known here.
type APIToken struct {
	ID      string
	Hash    string
	Account string
	Created date.Instant
	Expires date.Instant
	Revoked date.Instant // zero while it is good
}

const tokenColumns = `id, hash, account_id, created_at, expires_at, revoked_at` //nolint:gosec // G101: names of columns

func scanToken(r sqldb.Row) (k APIToken, err error) {
	err = r.Scan(&k.ID, &k.Hash, &k.Account, &k.Created, &k.Expires, &k.Revoked)
	return k, err
}

// AddToken enters a token.
func (t *Tx) AddToken(ctx context.Context, k APIToken) error {
	return t.insert(ctx, "api_token", tokenColumns, "", []any{k.ID, k.Hash, k.Account, k.Created, k.Expires, k.Revoked})
}

// TokenByHash finds the token that is good at a moment. It fails with NotFound.
func (t *Tx) TokenByHash(ctx context.Context, hash string, at date.Instant) (APIToken, error) {
	k, err := scanToken(t.QueryRow(ctx, `SELECT `+tokenColumns+` FROM api_token
		WHERE hash = $1 AND expires_at > $2 AND revoked_at IS NULL`, hash, at))
	return k, orNotFound(err, "token.not_found")
}

// Tokens returns the tokens of an account, the newest first.
func (t *Tx) Tokens(ctx context.Context, account string) ([]APIToken, error) {
	return collect(ctx, t, `SELECT `+tokenColumns+` FROM api_token WHERE account_id = $1 ORDER BY created_at DESC`, []any{account}, scanToken)
}

// RevokeToken ends a token. It fails with NotFound when there is none that is good.
func (t *Tx) RevokeToken(ctx context.Context, id string, at date.Instant) error {
	n, err := t.Exec(ctx, `UPDATE api_token SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL`, at, id)
	return mustChangeRow(n, err, "token.not_found")
}

// AnswerKept is how long an answer is kept for a request that is sent again.
const AnswerKept = 24 * time.Hour

// An Answer is what a request of the API was answered under its Idempotency-Key.
type Answer struct {
	Account string
	Key     string
	Request string // hash of method, path and body: the key with another body is an error
	Status  int
	Body    []byte
	Created date.Instant
}

// KeptAnswer returns the answer under a key, while it is kept; false where there is none.
func (t *Tx) KeptAnswer(ctx context.Context, account, key string, now date.Instant) (a Answer, found bool, err error) {
	err = t.Query(ctx, `SELECT account_id, id, request, status, body, created_at FROM idempotency
		WHERE account_id = $1 AND id = $2 AND created_at > $3`, []any{account, key, now.Add(-AnswerKept)}, func(r sqldb.Row) error {
		found = true
		return r.Scan(&a.Account, &a.Key, &a.Request, &a.Status, &a.Body, &a.Created)
	})
	return a, found, err
}

// KeepAnswer stores an answer. It fails with Conflict when the key has one that is still
// kept: the same request is being answered elsewhere.
func (t *Tx) KeepAnswer(ctx context.Context, a Answer) error {
	n, err := t.Exec(ctx, `INSERT INTO idempotency (account_id, id, request, status, body, created_at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (account_id, id) DO UPDATE SET request = excluded.request, status = excluded.status, body = excluded.body,
		created_at = excluded.created_at WHERE idempotency.created_at <= $7`,
		a.Account, a.Key, a.Request, a.Status, a.Body, a.Created, a.Created.Add(-AnswerKept))
	if err == nil && n == 0 {
		return errs.E(errs.Conflict, "api.key_used")
	}
	return err
}

// DropAnswers erases the answers that are kept no longer.
func (t *Tx) DropAnswers(ctx context.Context, now date.Instant) error {
	_, err := t.Exec(ctx, `DELETE FROM idempotency WHERE created_at <= $1`, now.Add(-AnswerKept))
	return err
}
