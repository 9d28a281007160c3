package app

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"ketnap/access"
	"ketnap/date"
	"ketnap/errs"
	"ketnap/org"
	"ketnap/store"
)

// Limits of log-in: so many failures of a login or from an address within the window
// close the door until the window ends.
const (
	loginFailures = 8
	loginWindow   = 15 * time.Minute
)

// noHash is checked when there is no such account, so that the answer takes as long.
const noHash = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

// LogIn checks a login and its password and returns the account's id. The answer to a
// wrong login and to a wrong password is the same. Attempts are limited by login and by
// the address they come from; every success and every failure is audited.
func (a *App) LogIn(ctx context.Context, login, password, address, request string) (string, error) {
	login = strings.ToLower(strings.TrimSpace(login))
	keys := []string{"login:" + login, "address:" + address}
	if err := a.doorOpen(ctx, keys); err != nil {
		return "", err
	}
	var account store.Account
	err := a.store.Read(ctx, func(tx *store.Tx) (err error) {
		account, err = tx.AccountByLogin(ctx, login)
		return err
	})
	if err != nil && errs.KindOf(err) != errs.NotFound {
		return "", err
	}
	hash := account.Password
	if hash == "" {
		hash = noHash
	}
	right, err := checkPassword(hash, password)
	if err != nil {
		return "", fmt.Errorf("account %s: %w", account.ID, err)
	}
	right = right && account.ID != "" && !account.Disabled
	return account.ID, a.loginDone(ctx, account, keys, right, request)
}

func (a *App) doorOpen(ctx context.Context, keys []string) error {
	since := a.now().Add(-loginWindow)
	return a.store.Read(ctx, func(tx *store.Tx) error {
		for i, k := range keys {
			n, first, err := tx.LoginFailures(ctx, k, since)
			if err != nil {
				return err
			}
			limit := loginFailures
			if i > 0 {
				limit *= 10 // an office shares one address
			}
			if n >= limit {
				wait := loginWindow - a.now().Time().Sub(first.Time())
				return errs.E(errs.TooMany, "login.too_many", "minutes", int(wait/time.Minute)+1)
			}
		}
		return nil
	})
}

func (a *App) loginDone(ctx context.Context, account store.Account, keys []string, right bool, request string) error {
	who := Actor{ID: account.ID, Request: request}
	after := "refused"
	if right {
		after = "accepted"
	}
	err := a.store.Write(ctx, func(tx *store.Tx) error {
		now := a.now()
		for _, k := range keys {
			if right && strings.HasPrefix(k, "login:") {
				if err := tx.ClearLoginFailures(ctx, k); err != nil {
					return err
				}
			}
			if !right {
				if _, err := tx.AddLoginFailure(ctx, k, now, now.Add(-loginWindow)); err != nil {
					return err
				}
			}
		}
		return appendAudit(ctx, tx, now, who, "account.login", "", record{object: "account/" + account.ID, after: after})
	})
	if err == nil && !right {
		return errs.E(errs.Unauthorized, "login.wrong")
	}
	return err
}

// An Entrance is what a page needs before it knows what was asked: who is in, on which
// day of business, and the units for which the person works.
type Entrance struct {
	Actor  Actor
	Today  date.Date
	Frozen bool // the day stands still, for a demonstration
	Home   []org.Unit
}

// Enter lets the person of an account in. It fails with Unauthorized when the account is
// closed.
func (a *App) Enter(ctx context.Context, account, request string) (e Entrance, err error) {
	err = a.store.Read(ctx, func(tx *store.Tx) error {
		acc, rows, err := tx.AccountWithGrants(ctx, account)
		if e.Actor, err = actor(acc, rows, request, err); err != nil {
			return err
		}
		if e.Today, err = a.today(ctx, tx); err != nil {
			return err
		}
		e.Frozen, e.Actor.day = e.Today != a.realDay(), e.Today
		e.Home, err = (&reading{Tx: tx, Today: e.Today, who: e.Actor}).home(ctx)
		e.Actor.home = e.Home
		return err
	})
	return e, err
}

// Actor returns the person of an account. It fails with Unauthorized when the account is
// closed.
func (a *App) Actor(ctx context.Context, account, request string) (who Actor, err error) {
	err = a.store.Read(ctx, func(tx *store.Tx) error {
		acc, rows, err := tx.AccountWithGrants(ctx, account)
		who, err = actor(acc, rows, request, err)
		return err
	})
	return who, err
}

// actor makes a person of what the store found; a closed account is as good as none.
func actor(acc store.Account, rows []store.GrantRow, request string, err error) (Actor, error) {
	if errs.KindOf(err) == errs.NotFound || err == nil && acc.Disabled {
		return Actor{}, errs.E(errs.Unauthorized, "error.unauthorized").Because(err)
	}
	who := Actor{ID: acc.ID, Login: acc.Login, Name: acc.Name, Lang: acc.Lang, MustChange: acc.MustChange, Request: request}
	for _, g := range rows {
		who.Grants = append(who.Grants, access.Grant{Role: access.Role(g.Role), Unit: g.Unit, From: g.From, To: g.To})
	}
	return who, err
}

// ChangePassword replaces the actor's own password; every session of the account ends, and
// the page that asked goes on under a new token.
func (a *App) ChangePassword(ctx context.Context, who Actor, old, fresh string) error {
	var acc store.Account
	err := a.store.Read(ctx, func(tx *store.Tx) (err error) {
		acc, err = tx.AccountByID(ctx, who.ID)
		return err
	})
	if err != nil {
		return err
	}
	if right, err := checkPassword(acc.Password, old); err != nil || !right {
		return errors.Join(errs.E(errs.Invalid, "password.old").On("old"), err)
	}
	if err := strong(fresh, acc.Login); err != nil {
		return err
	}
	if old == fresh {
		return errs.E(errs.Invalid, "password.same").On("new")
	}
	hash, err := hashPassword(fresh)
	if err != nil {
		return err
	}
	return a.store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.SetPassword(ctx, who.ID, hash, false); err != nil {
			return err
		}
		if err := tx.EndSessions(ctx, who.ID, ""); err != nil {
			return err
		}
		return appendAudit(ctx, tx, a.now(), who, "account.password", "", record{object: "account/" + who.ID})
	})
}

// SetLang keeps the language that the actor reads.
func (a *App) SetLang(ctx context.Context, who Actor, lang string) error {
	return a.store.Write(ctx, func(tx *store.Tx) error { return tx.SetLang(ctx, who.ID, lang) })
}

// A NewAccount is a person who gets access, with a first role on a unit.
type NewAccount struct {
	Login string
	Name  string
	Role  access.Role
	Unit  string
	// Lasting lets the one-time password go on, for accounts of a demonstration.
	Lasting bool
}

var loginForm = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{1,63}$`)

// CreateAccount opens an account and returns its one-time password, which has to be
// changed at the first log-in unless the account is a lasting one. An administrator cannot
// name himself.
func (a *App) CreateAccount(ctx context.Context, who Actor, n NewAccount) (id, password string, err error) {
	n.Login = strings.ToLower(strings.TrimSpace(n.Login))
	switch {
	case !loginForm.MatchString(n.Login):
		return "", "", errs.E(errs.Invalid, "account.login").On("login")
	case !n.Role.Valid():
		return "", "", errs.E(errs.Invalid, "account.role", "role", string(n.Role)).On("role")
	}
	if n.Name = strings.TrimSpace(n.Name); n.Name == "" {
		n.Name = n.Login
	}
	if password, err = oneTimePassword(); err != nil {
		return "", "", err
	}
	hash, err := hashPassword(password)
	if err != nil {
		return "", "", err
	}
	err = a.write(ctx, who, atCode(ctx, access.ManageAccount, access.SeeUnit, n.Unit), func(w *writing) (record, error) {
		id = newID()
		if err := w.CreateAccount(ctx, store.Account{ID: id, Login: n.Login, Name: n.Name, Password: hash, MustChange: !n.Lasting, Lang: "vi", Created: w.At}); err != nil {
			return record{}, err
		}
		g := store.GrantRow{ID: newID(), Account: id, Role: string(n.Role), Unit: w.Permit.Unit(), From: grantStart(w.Today, date.Of(w.At.Time()))}
		return record{object: "account/" + id, after: map[string]string{"login": n.Login, "role": string(n.Role), "unit": n.Unit}}, w.AddGrant(ctx, g)
	})
	return id, password, err
}

// grantStart lets a grant begin on the earlier of business day and real day, so that it
// holds at once in a demonstration whose day stands still.
func grantStart(business, calendar date.Date) date.Date {
	if business.Before(calendar) {
		return business
	}
	return calendar
}

// tokenLife is how long a token of the API lives (contract: 90 days).
const tokenLife = 90 * 24 * time.Hour

// CreateToken makes a token of the API for an account and returns it once; only its hash
// is kept. It carries no more than the account's rights.
func (a *App) CreateToken(ctx context.Context, who Actor, login string) (token string, err error) {
	b := make([]byte, 32)
	if _, err := rand.Read(b); err != nil {
		return "", fmt.Errorf("token: %w", err)
	}
	token = "ketnap_" + base64.RawURLEncoding.EncodeToString(b)
	err = a.write(ctx, who, at(access.ManageAccount, access.SeeUnit, 0), func(w *writing) (record, error) {
		acc, err := w.AccountByLogin(ctx, strings.ToLower(strings.TrimSpace(login)))
		if err != nil {
			return record{}, err
		}
		k := store.APIToken{ID: newID(), Hash: tokenHash(token), Account: acc.ID, Created: w.At, Expires: w.At.Add(tokenLife)}
		return record{object: "token/" + k.ID, after: map[string]string{"account": acc.ID}}, w.AddToken(ctx, k)
	})
	return token, err
}

// RevokeTokens ends every token of an account that is still good, and returns how many.
func (a *App) RevokeTokens(ctx context.Context, who Actor, login string) (n int, err error) {
	err = a.write(ctx, who, at(access.ManageAccount, access.SeeUnit, 0), func(w *writing) (record, error) {
		n = 0
		acc, err := w.AccountByLogin(ctx, strings.ToLower(strings.TrimSpace(login)))
		if err != nil {
			return record{}, err
		}
		tokens, err := w.Tokens(ctx, acc.ID)
		if err != nil {
			return record{}, err
		}
		for _, k := range tokens {
			if !k.Revoked.IsZero() {
				continue
			}
			if err := w.RevokeToken(ctx, k.ID, w.At); err != nil {
				return record{}, err
			}
			n++
		}
		return record{object: "account/" + acc.ID, after: map[string]int{"tokens_revoked": n}}, nil
	})
	return n, err
}

func tokenHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// ActorByToken returns the person of a token. It fails with Unauthorized when the token
// is unknown, too old or revoked, or the account is closed.
func (a *App) ActorByToken(ctx context.Context, token, request string) (who Actor, err error) {
	err = a.store.Read(ctx, func(tx *store.Tx) error {
		acc, rows, err := tx.AccountByToken(ctx, tokenHash(token), a.now())
		who, err = actor(acc, rows, request, err)
		return err
	})
	return who, err
}
