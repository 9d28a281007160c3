package errs

import "net/http"

// faces is how each kind shows on the outside: its status, and its name in addresses,
// keys and problem documents.
var faces = map[Kind]struct {
	status int
	name   string
}{
	Internal:     {http.StatusInternalServerError, "internal"},
	Invalid:      {http.StatusUnprocessableEntity, "invalid"},
	NotFound:     {http.StatusNotFound, "not_found"},
	Forbidden:    {http.StatusForbidden, "forbidden"},
	Conflict:     {http.StatusConflict, "conflict"},
	Stale:        {http.StatusConflict, "stale"},
	Unavailable:  {http.StatusServiceUnavailable, "unavailable"},
	Unauthorized: {http.StatusUnauthorized, "unauthorized"},
	TooMany:      {http.StatusTooManyRequests, "too_many"},
}

// Status returns the status with which a failure of the kind is answered.
func (k Kind) Status() int { return faces[k].status }

// String returns the name of the kind, such as not_found.
func (k Kind) String() string { return faces[k].name }
