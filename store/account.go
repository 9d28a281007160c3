package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"ketnap/date"
	"ketnap/internal/sqldb"
	"ketnap/org"
)

// An Account is a person who may log in. Password is the hash, never the word.
type Account struct {
	ID         string
	Login      string
	Name       string
	Password   string
	MustChange bool // the password was given out and has to be changed first
	Disabled   bool
	Lang       string
	Created    date.Instant
}

const accountColumns = `id, login, name, password, must_change, disabled, lang, created_at`

func scanAccount(r sqldb.Row) (a Account, err error) {
	err = r.Scan(&a.ID, &a.Login, &a.Name, &a.Password, &a.MustChange, &a.Disabled, &a.Lang, &a.Created)
	return a, err
}

// CreateAccount enters an account. It fails with Conflict when the login is taken.
func (t *Tx) CreateAccount(ctx context.Context, a Account) error {
	err := t.insert(ctx, "account", accountColumns, "",
		[]any{a.ID, a.Login, a.Name, a.Password, a.MustChange, a.Disabled, a.Lang, a.Created})
	if err != nil {
		return fmt.Errorf("create account: %w", t.orTaken(err, "account.login_taken", "login"))
	}
	return nil
}

// AccountByLogin finds an account by what its owner types. It fails with NotFound.
func (t *Tx) AccountByLogin(ctx context.Context, login string) (Account, error) {
	a, err := scanAccount(t.QueryRow(ctx, `SELECT `+accountColumns+` FROM account WHERE login = $1`, login))
	return a, orNotFound(err, "account.not_found")
}

// AccountByID finds an account. It fails with NotFound.
func (t *Tx) AccountByID(ctx context.Context, id string) (Account, error) {
	a, err := scanAccount(t.QueryRow(ctx, `SELECT `+accountColumns+` FROM account WHERE id = $1`, id))
	return a, orNotFound(err, "account.not_found")
}

// AccountWithGrants finds an account and all its grants with one question. It fails with
// NotFound.
func (t *Tx) AccountWithGrants(ctx context.Context, id string) (Account, []GrantRow, error) {
	return t.accountWithGrants(ctx, `a.id = $1`, id)
}

// AccountByToken finds the account of the token that is good at a moment, and all its
// grants. It fails with NotFound.
func (t *Tx) AccountByToken(ctx context.Context, hash string, at date.Instant) (Account, []GrantRow, error) {
	return t.accountWithGrants(ctx, `a.id = (SELECT account_id FROM api_token
		WHERE hash = $1 AND expires_at > $2 AND revoked_at IS NULL)`, hash, at)
}

func (t *Tx) accountWithGrants(ctx context.Context, where string, a ...any) (acc Account, grants []GrantRow, err error) {
	err = t.Query(ctx, `SELECT a.id, a.login, a.name, a.password, a.must_change, a.disabled, a.lang, a.created_at,
		COALESCE(g.id, ''), COALESCE(g.role, ''), COALESCE(g.unit_no, 0), g.from_on, g.to_on
		FROM account a LEFT JOIN account_grant g ON g.account_id = a.id WHERE `+where+` ORDER BY g.from_on, g.id`, a, func(r sqldb.Row) error {
		var g GrantRow
		acc, err = scanAccount(withTail{r, []any{&g.ID, &g.Role, &g.Unit, &g.From, &g.To}})
		if g.Account = acc.ID; g.ID != "" {
			grants = append(grants, g)
		}
		return err
	})
	if err == nil && acc.ID == "" {
		err = sqldb.ErrNoRows
	}
	return acc, grants, orNotFound(err, "account.not_found")
}

// Accounts returns all accounts by login.
func (t *Tx) Accounts(ctx context.Context) ([]Account, error) {
	all, err := collect(ctx, t, `SELECT `+accountColumns+` FROM account`, nil, scanAccount)
	slices.SortFunc(all, func(a, b Account) int { return cmp.Compare(a.Login, b.Login) })
	return all, err
}

// CountAccounts returns the number of accounts; 0 tells that nobody can log in yet.
func (t *Tx) CountAccounts(ctx context.Context) (n int, err error) {
	err = t.QueryRow(ctx, `SELECT COUNT(*) FROM account`).Scan(&n)
	return n, err
}

// SetPassword stores the hash of a new password.
func (t *Tx) SetPassword(ctx context.Context, id, hash string, mustChange bool) error {
	n, err := t.Exec(ctx, `UPDATE account SET password = $1, must_change = $2 WHERE id = $3`, hash, mustChange, id)
	return mustChangeRow(n, err, "account.not_found")
}

// SetDisabled closes an account to its owner, or opens it again.
func (t *Tx) SetDisabled(ctx context.Context, id string, disabled bool) error {
	n, err := t.Exec(ctx, `UPDATE account SET disabled = $1 WHERE id = $2`, disabled, id)
	return mustChangeRow(n, err, "account.not_found")
}

// SetLang stores the language that the owner of an account reads.
func (t *Tx) SetLang(ctx context.Context, id, lang string) error {
	n, err := t.Exec(ctx, `UPDATE account SET lang = $1 WHERE id = $2`, lang, id)
	return mustChangeRow(n, err, "account.not_found")
}

// A GrantRow gives an account a role on a unit and all below it, from a day to a day.
type GrantRow struct {
	ID      string
	Account string
	Role    string
	Unit    org.UnitNo
	From    date.Date
	To      date.Date // the last day; zero while it goes on
}

const grantColumns = `id, account_id, role, unit_no, from_on, to_on`

func scanGrant(r sqldb.Row) (g GrantRow, err error) {
	err = r.Scan(&g.ID, &g.Account, &g.Role, &g.Unit, &g.From, &g.To)
	return g, err
}

// AddGrant enters a grant.
func (t *Tx) AddGrant(ctx context.Context, g GrantRow) error {
	return t.insert(ctx, "account_grant", grantColumns, "", []any{g.ID, g.Account, g.Role, int(g.Unit), g.From, g.To})
}

// EndGrant ends a grant with a day. A grant is never erased: what it allowed was allowed.
func (t *Tx) EndGrant(ctx context.Context, id string, last date.Date) error {
	n, err := t.Exec(ctx, `UPDATE account_grant SET to_on = $1 WHERE id = $2`, last, id)
	return mustChangeRow(n, err, "grant.not_found")
}

// Grant finds a grant. It fails with NotFound.
func (t *Tx) Grant(ctx context.Context, id string) (GrantRow, error) {
	g, err := scanGrant(t.QueryRow(ctx, `SELECT `+grantColumns+` FROM account_grant WHERE id = $1`, id))
	return g, orNotFound(err, "grant.not_found")
}

// Grants returns all grants of an account, past and coming ones included.
func (t *Tx) Grants(ctx context.Context, account string) ([]GrantRow, error) {
	return collect(ctx, t, `SELECT `+grantColumns+` FROM account_grant WHERE account_id = $1 ORDER BY from_on`, []any{account}, scanGrant)
}

// GrantsAt returns all grants on a unit itself.
func (t *Tx) GrantsAt(ctx context.Context, unit org.UnitNo) ([]GrantRow, error) {
	return collect(ctx, t, `SELECT `+grantColumns+` FROM account_grant WHERE unit_no = $1 ORDER BY from_on`, []any{int(unit)}, scanGrant)
}

// AllGrants returns every grant, for the page of accounts.
func (t *Tx) AllGrants(ctx context.Context) ([]GrantRow, error) {
	return collect(ctx, t, `SELECT `+grantColumns+` FROM account_grant ORDER BY from_on`, nil, scanGrant)
}

// LoginFailures returns how often a log-in failed under an id since a moment, and when
// that stretch began. The id is a login or an address as the caller makes it.
func (t *Tx) LoginFailures(ctx context.Context, id string, since date.Instant) (n int, first date.Instant, err error) {
	err = t.Query(ctx, `SELECT failures, since FROM login_attempt WHERE id = $1 AND since >= $2`, []any{id, since},
		func(r sqldb.Row) error { return r.Scan(&n, &first) })
	return n, first, err
}

// AddLoginFailure counts a failure and returns how many there are since a moment; those
// of a stretch that began before it are forgotten.
func (t *Tx) AddLoginFailure(ctx context.Context, id string, at, since date.Instant) (n int, err error) {
	err = t.QueryRow(ctx, `INSERT INTO login_attempt (id, failures, since) VALUES ($1, 1, $2)
		ON CONFLICT (id) DO UPDATE SET
			failures = CASE WHEN login_attempt.since < $3 THEN 1 ELSE login_attempt.failures + 1 END,
			since = CASE WHEN login_attempt.since < $3 THEN excluded.since ELSE login_attempt.since END
		RETURNING failures`, id, at, since).Scan(&n)
	return n, err
}

// ClearLoginFailures forgets the failures under an id, after a log-in that succeeded.
func (t *Tx) ClearLoginFailures(ctx context.Context, id string) error {
	_, err := t.Exec(ctx, `DELETE FROM login_attempt WHERE id = $1`, id)
	return err
}

// DropLoginFailures forgets all stretches of failures that began before a moment.
func (t *Tx) DropLoginFailures(ctx context.Context, before date.Instant) error {
	_, err := t.Exec(ctx, `DELETE FROM login_attempt WHERE since < $1`, before)
	return err
}
