package org

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"ketnap/date"

	"pgregory.net/rapid"
)

func TestParseCode(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, in, want string }{
		{"a code stays as it is", "K01.03", "K01.03"},
		{"small letters become capitals", " k01-a_2 ", "K01-A_2"},
		{"a Vietnamese letter is a letter", "đuk", "ĐUK"},
		{"14 digits get the dots of ORG-04", "38168053000001", "38.168.053.000.001"},
		{"dots of ORG-04 stay", "38.168.053.000.001", "38.168.053.000.001"},
		{"13 digits are just a code", "3816805300000", "3816805300000"},
		{"a code is not empty", "  ", ""},
		{"a code begins with a letter or digit", ".A", ""},
		{"a code has no slash", "A/B", ""},
		{"a code has no space within", "A B", ""},
		{"a code has no markup", "A<B", ""},
		{"a code has 32 characters at most", "A23456789012345678901234567890123", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := ParseCode(c.in)
			if (c.want == "") != errors.Is(err, ErrCode) || string(got) != c.want {
				t.Errorf("ParseCode(%q) = %q, %v, want %q", c.in, got, err, c.want)
			}
		})
	}
}

func FuzzParseCode(f *testing.F) {
	for _, s := range []string{"K01.03", "38168053000001", "đuk", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := ParseCode(s)
		if err != nil {
			return
		}
		if again, err := ParseCode(string(c)); err != nil || again != c {
			t.Errorf("%q became %q, and that %q, %v", s, c, again, err)
		}
	})
}

func TestPlacement(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name          string
		child, parent Type
		want          bool
	}{
		{"a committee may be the top", Committee, "", true},
		{"a committee stands under a committee", Committee, Committee, true},
		{"a base branch stands under a committee", BaseBranch, Committee, true},
		{"a base branch is not under a base committee", BaseBranch, BaseCommittee, false},
		{"a branch stands under a base committee", Branch, BaseCommittee, true},
		{"a branch stands under a sectional committee", Branch, SectionalCommittee, true},
		{"a branch has something above it", Branch, "", false},
		{"nothing stands under a branch", Branch, Branch, false},
		{"a section needs a base committee", SectionalCommittee, Committee, false},
		{"a board works for a committee", Board, Committee, true},
		{"a union stands under a union", Union, Union, true},
		{"a union is not in the tree of the Party", Union, Committee, false},
		{"an unknown type stands nowhere", "cell", Committee, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := c.child.MayStandUnder(c.parent); got != c.want {
				t.Errorf("%s under %q: %v", c.child, c.parent, got)
			}
		})
	}
}

// block is a committee (1) with a base committee (2) that has a section (3) with a
// branch (4) and a branch (5) of its own, and a base branch (6).
func block() []Unit {
	return []Unit{
		{No: 4, Code: "C4", Type: Branch, Parent: 3},
		{No: 1, Code: "C1", Type: Committee, Parent: 7},
		{No: 2, Code: "C2", Type: BaseCommittee, Parent: 1},
		{No: 3, Code: "C3", Type: SectionalCommittee, Parent: 2},
		{No: 5, Code: "C5", Type: Branch, Parent: 2},
		{No: 6, Code: "C6", Type: BaseBranch, Parent: 1},
		{No: 7, Code: "C7", Type: Committee},
		{No: 8, Code: "C8", Type: Board, Parent: 1},
		{No: 9, Code: "C9", Type: Union, Beside: 1},
	}
}

func TestAbove(t *testing.T) {
	t.Parallel()
	tree, err := NewTree(block())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		unit UnitNo
		want Above
	}{
		{"a branch of a section is appraised, resolved, decided", 4, Above{Sectional: 3, Base: 2, Competent: 1}},
		{"a branch without a section goes to the base committee", 5, Above{Base: 2, Competent: 1}},
		{"a base branch goes straight to the committee", 6, Above{Competent: 1, Straight: true}},
		{"a base committee stands over itself", 2, Above{Base: 2, Competent: 1}},
		{"a board is no branch", 8, Above{Competent: 1}},
		{"the committee just above decides, not the province", 1, Above{Competent: 1}},
		{"a union has none", 9, Above{}},
		{"an unknown unit has none", 99, Above{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := tree.Above(c.unit); got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

func TestNewTreeRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		units []Unit
	}{
		{"a number twice", []Unit{{No: 1, Code: "A"}, {No: 1, Code: "B"}}},
		{"a code twice", []Unit{{No: 1, Code: "A"}, {No: 2, Code: "A"}}},
		{"no number", []Unit{{Code: "A"}}},
		{"a missing parent", []Unit{{No: 1, Code: "A", Parent: 5}}},
		{"a circle", []Unit{{No: 1, Code: "A", Parent: 2}, {No: 2, Code: "B", Parent: 1}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if _, err := NewTree(c.units); !errors.Is(err, ErrTree) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestHeadOn(t *testing.T) {
	t.Parallel()
	posts := []Post{
		{Name: "An", Head: true, From: date.Must("2020-01-01"), To: date.Must("2024-06-30")},
		{Name: "Bình", Head: true, From: date.Must("2024-06-30")},
		{Name: "Chi", From: date.Must("2020-01-01")},
	}
	for _, c := range []struct{ name, day, want string }{
		{"the head of a day is who held the post", "2024-06-29", "An"},
		{"the day of handing over is the successor's", "2024-06-30", "Bình"},
		{"a post without end goes on", "2030-01-01", "Bình"},
		{"a deputy is no head", "2019-12-31", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, ok := HeadOn(posts, date.Must(c.day))
			if got.Name != c.want || ok != (c.want != "") {
				t.Errorf("got %q, %v", got.Name, ok)
			}
		})
	}
}

func drawUnits(t *rapid.T) []Unit {
	n := rapid.IntRange(1, 40).Draw(t, "units")
	units := make([]Unit, 0, n)
	for i := 1; i <= n; i++ {
		units = append(units, Unit{No: UnitNo(i), Code: Code(fmt.Sprintf("U%03d", i)), Parent: UnitNo(rapid.IntRange(0, i-1).Draw(t, "parent"))})
	}
	return rapid.Permutation(units).Draw(t, "order")
}

func TestTreeIsOneTreeHoweverAsked(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		units := drawUnits(t)
		tree, err := NewTree(units)
		if err != nil {
			t.Fatal(err)
		}
		pairs := map[Pair]bool{}
		for _, p := range tree.Closure() {
			pairs[p] = true
		}
		for _, u := range units {
			line := tree.Line(u.No)
			for _, v := range units {
				depth := slices.Index(line, v.No)
				if tree.InSubtree(v.No, u.No) != (depth >= 0) {
					t.Fatalf("InSubtree(%d, %d) disagrees with the walk", v.No, u.No)
				}
				if slices.Contains(tree.Subtree(v.No), u.No) != (depth >= 0) {
					t.Fatalf("Subtree(%d) disagrees with the walk to %d", v.No, u.No)
				}
				if depth >= 0 && !pairs[Pair{v.No, u.No, depth}] {
					t.Fatalf("the closure lacks %d over %d", v.No, u.No)
				}
				delete(pairs, Pair{v.No, u.No, depth})
			}
			if tree.Depth(u.No) != len(line)-1 {
				t.Fatalf("depth of %d", u.No)
			}
		}
		if len(pairs) != 0 {
			t.Fatalf("the closure has pairs that nobody walked: %v", pairs)
		}
	})
}

func TestMovesKeepThePast(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		units := drawUnits(t)
		start := date.Must("2020-01-01")
		var links []Link
		for _, u := range units {
			links = append(links, Link{Unit: u.No, Parent: u.Parent, From: start})
		}
		for step := 1; step <= rapid.IntRange(1, 8).Draw(t, "moves"); step++ {
			day := start.AddDays(step * 10)
			u := rapid.SampledFrom(units).Draw(t, "unit")
			to := UnitNo(rapid.IntRange(0, len(units)).Draw(t, "to"))
			if over, err := LineOn(links, to, day); err != nil {
				t.Fatal(err)
			} else if to != 0 && slices.Contains(over, u.No) {
				continue // the application refuses to put a unit under itself
			}
			moved := Move(links, u.No, to, day)
			for _, v := range units {
				before, err := LineOn(links, v.No, day.AddDays(-1))
				if err != nil {
					t.Fatal(err)
				}
				after, err := LineOn(moved, v.No, day.AddDays(-1))
				if err != nil || !slices.Equal(before, after) {
					t.Fatalf("the line of the day before changed: %v, %v, %v", before, after, err)
				}
				if _, err := LineOn(moved, v.No, day); err != nil {
					t.Fatal(err)
				}
			}
			if line, err := LineOn(moved, u.No, day); err != nil || (to != 0 && line[1] != to) || (to == 0 && len(line) != 1) {
				t.Fatalf("unit %d did not come under %d: %v, %v", u.No, to, line, err)
			}
			links = moved
		}
	})
}
