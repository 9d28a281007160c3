package app

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"ketnap/errs"
)

// Cost of a password: argon2id with 19 MiB and two passes, 38 ms on the machine of
// libraries.md. Stored hashes name their own cost, so that it can be raised later.
const (
	argonMemory = 19 * 1024
	argonPasses = 2
	argonLanes  = 1
	argonKey    = 32
	argonSalt   = 16
)

// Lengths of a password.
const (
	minPassword = 10
	maxPassword = 128
)

// hashPassword returns the hash of a password in the usual written form.
func hashPassword(password string) (string, error) {
	salt := make([]byte, argonSalt)
	if _, err := rand.Read(salt); err != nil {
		return "", fmt.Errorf("salt: %w", err)
	}
	key := argon2.IDKey([]byte(password), salt, argonPasses, argonMemory, argonLanes, argonKey)
	b64 := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonPasses, argonLanes, b64(salt), b64(key)), nil
}

var errHash = errors.New("not a password hash")

// checkPassword reports whether a password has the hash.
func checkPassword(hash, password string) (bool, error) {
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false, errHash
	}
	var version int
	var memory, passes uint32
	var lanes uint8
	if _, err := fmt.Sscanf(parts[2]+" "+parts[3], "v=%d m=%d,t=%d,p=%d", &version, &memory, &passes, &lanes); err != nil || version != argon2.Version {
		return false, errors.Join(errHash, err)
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(parts[4])
	want, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	if err := errors.Join(err1, err2); err != nil || len(want) != argonKey {
		return false, errors.Join(errHash, err)
	}
	got := argon2.IDKey([]byte(password), salt, passes, memory, lanes, argonKey)
	return subtle.ConstantTimeCompare(got, want) == 1, nil
}

// letters of a one-time password: none that is taken for another when read from paper.
const letters = "abcdefghjkmnpqrstuvwxyz23456789"

// oneTimePassword returns a password from the system's random source: 12 letters, 59 bits.
func oneTimePassword() (string, error) {
	b := make([]byte, 12)
	if _, err := rand.Read(b); err != nil {
		return "", fmt.Errorf("password: %w", err)
	}
	for i := range b {
		for int(b[i]) >= 256/len(letters)*len(letters) { // drop what would favour some letters
			if _, err := rand.Read(b[i : i+1]); err != nil {
				return "", fmt.Errorf("password: %w", err)
			}
		}
		b[i] = letters[int(b[i])%len(letters)]
	}
	return string(b[:4]) + "-" + string(b[4:8]) + "-" + string(b[8:]), nil
}

// strong refuses a new password that is too short, too long or the login itself.
func strong(password, login string) error {
	n := utf8.RuneCountInString(password)
	switch {
	case n < minPassword:
		return errs.E(errs.Invalid, "password.short", "min", minPassword).On("new")
	case n > maxPassword:
		return errs.E(errs.Invalid, "password.long", "max", maxPassword).On("new")
	case strings.Contains(strings.ToLower(password), strings.ToLower(login)):
		return errs.E(errs.Invalid, "password.login").On("new")
	}
	return nil
}
