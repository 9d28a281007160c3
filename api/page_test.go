package api_test

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"testing"

	"ketnap/admission"
	"ketnap/app"
	"ketnap/client"
	"ketnap/date"
	"ketnap/org"
	"ketnap/person"
)

// load enters many people in turn into the branches, without acts but for every third,
// who is introduced.
func (p *place) load(t testing.TB, people int, branches ...string) {
	t.Helper()
	family := []string{"Nguyễn", "Trần", "Lê", "Đặng", "Bùi", "Hồ", "Ngô", "Đỗ"}
	given := []string{"An", "Ánh", "Bình", "Đào", "Hòa", "Hỏa", "Hoa", "Lan", "Út", "Vũ", "Ý"}
	var nos []org.UnitNo
	for _, b := range branches {
		u, err := p.app.Unit(t.Context(), app.System("test"), b)
		if err != nil {
			t.Fatal(err)
		}
		nos = append(nos, u.Unit.No)
	}
	top, err := p.app.Unit(t.Context(), app.System("test"), "K01")
	if err != nil {
		t.Fatal(err)
	}
	var all []app.History
	for i := range people {
		name, err := person.Parse(family[i%len(family)] + " Thị " + given[(i/3)%len(given)])
		if err != nil {
			t.Fatal(err)
		}
		h := app.History{Name: name, Birth: date.Must("1998-01-01").AddDays(i % 1500), Sex: person.Female, Unit: nos[i%len(nos)]}
		if i%3 == 0 {
			h.Acts = []admission.Act{{Code: admission.Introduce, On: date.Must("2026-03-03"), By: admission.Member}}
		}
		all = append(all, h)
	}
	if err := p.app.LoadHistories(t.Context(), app.System("test"), top.Unit.No, all); err != nil {
		t.Fatal(err)
	}
}

// TestPagesCoverEverythingOnce walks the pages of lists in every way to narrow them.
func TestPagesCoverEverythingOnce(t *testing.T) {
	t.Parallel()
	p := open(t)
	p.load(t, 301, "D01.B1", "D01.B2", "D02.B1", "C01")
	for _, c := range []struct {
		name  string
		query client.FileQuery
		want  int
	}{
		{"all", client.FileQuery{Page: client.Page{Limit: 23}}, 301},
		{"pages of one", client.FileQuery{Unit: "C01", Page: client.Page{Limit: 1}}, 75},
		{"pages of as many as the server thinks fit", client.FileQuery{}, 301},
		{"a subtree", client.FileQuery{Unit: "D01", Page: client.Page{Limit: 7}}, 151},
		{"a stage", client.FileQuery{Stages: []admission.Stage{admission.Outstanding}, Page: client.Page{Limit: 11}}, 101},
		{"two stages of a branch", client.FileQuery{Unit: "D01.B1", Stages: []admission.Stage{admission.Outstanding, admission.New}, Page: client.Page{Limit: 50}}, 76},
		{"a name without tones", client.FileQuery{Query: "hoa", Page: client.Page{Limit: 10}}, 81},
		{"two words of a name", client.FileQuery{Query: "ngo hoa", Page: client.Page{Limit: 3}}, -1},
		{"nobody", client.FileQuery{Query: "zzz"}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			seen := map[string]bool{}
			var names []person.Name
			for {
				list, err := p.as("board").Files(t.Context(), c.query)
				if err != nil {
					t.Fatal(err)
				}
				if c.query.Limit > 0 && (len(list.Items) > c.query.Limit || list.Next != nil && len(list.Items) != c.query.Limit) {
					t.Fatalf("a page of %d", len(list.Items))
				}
				for _, f := range list.Items {
					if seen[f.ID] {
						t.Fatalf("%s comes twice", f.ID)
					}
					seen[f.ID] = true
					name, err := person.Parse(f.Name)
					if err != nil {
						t.Fatal(err)
					}
					names = append(names, name)
				}
				if list.Next == nil {
					break
				}
				c.query.Cursor = *list.Next
			}
			if c.want >= 0 && len(seen) != c.want || c.want < 0 && len(seen) == 0 {
				t.Errorf("%d of %d", len(seen), c.want)
			}
			if !slices.IsSortedFunc(names, byName) {
				t.Errorf("not in the order of names: %v", names)
			}
		})
	}
	first, err := p.as("board").Files(t.Context(), client.FileQuery{})
	if err != nil || len(first.Items) != 50 || !strings.HasSuffix(first.Items[0].Name, " An") {
		t.Errorf("the first page: %d, %v", len(first.Items), err)
	}
}

// byName compares by given name, then by family and middle name.
func byName(a, b person.Name) int {
	givenA, restA := person.SortKeys(a)
	givenB, restB := person.SortKeys(b)
	return cmp.Or(bytes.Compare(givenA, givenB), bytes.Compare(restA, restB))
}
