// Package errs is the one kind of error that crosses from the application to a page,
// the API or the command line: a kind, the key of the sentence that a person reads,
// and the cause for the log. A rule that says no is not an error but a finding.
package errs

import (
	"errors"
	"fmt"
)

// A Kind says what sort of failure it is. Kinds are only ever added at the end.
type Kind int

// The kinds of failure.
const (
	Internal     Kind = iota // ours; the cause is for the log only
	Invalid                  // what was sent is wrong; the sentence says what and where
	NotFound                 // there is no such thing, or the actor may not know that there is
	Forbidden                // the actor sees it but may not do this
	Conflict                 // it contradicts what is recorded
	Stale                    // it was changed since it was read
	Unavailable              // try again later
	Unauthorized             // nobody is logged in
	TooMany                  // too many attempts
)

// An Error is a failure with the key of its sentence and the arguments of that sentence.
type Error struct {
	Kind  Kind
	Key   string         // of the sentence, in package i18n
	Args  map[string]any // of the sentence
	Field string         // of the form, where the sentence belongs beside one
	Cause error
}

// E returns an error of a kind with the key of its sentence; args are name, value pairs.
func E(kind Kind, key string, args ...any) *Error {
	e := &Error{Kind: kind, Key: key}
	for i := 0; i+1 < len(args); i += 2 {
		if e.Args == nil {
			e.Args = map[string]any{}
		}
		e.Args[fmt.Sprint(args[i])] = args[i+1]
	}
	return e
}

// On names the field of the form beside which the sentence stands.
func (e *Error) On(field string) *Error { e.Field = field; return e }

// Because adds the cause for the log.
func (e *Error) Because(cause error) *Error { e.Cause = cause; return e }

// Error returns key and cause, for the log.
func (e *Error) Error() string {
	if e.Cause != nil {
		return e.Key + ": " + e.Cause.Error()
	}
	return e.Key
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// KindOf returns the kind of err, Internal for an error that is not ours.
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Internal
}

// As returns err as an Error; one that is not ours becomes Internal.
func As(err error) *Error {
	if e, ok := errors.AsType[*Error](err); ok {
		return e
	}
	return E(Internal, "error.internal").Because(err)
}
