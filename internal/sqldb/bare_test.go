package sqldb

import "testing"

func TestParametersThatStandInOrderLoseTheirNames(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, want string }{
		{"none", "SELECT id FROM unit", "SELECT id FROM unit"},
		{"in order", "INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4)", "INSERT INTO t (a, b) VALUES (?, ?), (?, ?)"},
		{"ten and more", "($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)", "(?,?,?,?,?,?,?,?,?,?)"},
		{"one twice", "WHERE a = $1 OR b = $1", "WHERE a = $1 OR b = $1"},
		{"out of order", "WHERE a = $2 AND b = $1", "WHERE a = $2 AND b = $1"},
		{"a sign that is no parameter", "SELECT '$'", "SELECT '$'"},
		{"a number with a zero in front", "WHERE a = $01", "WHERE a = $01"},
	} {
		if got := bare(c.text); got != c.want {
			t.Errorf("%s: %s becomes %s", c.name, c.text, got)
		}
	}
}
