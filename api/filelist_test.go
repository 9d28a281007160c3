package api

import (
	"encoding/json"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ketnap/admission"
	"ketnap/api/shape"
	"ketnap/app"
	"ketnap/date"
	"ketnap/org"
)

// TestFileListShape holds the list that is written by hand to the shape that it has.
func TestFileListShape(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var rows []app.FileRow
		want := shape.FileList{Items: []shape.FileRow{}}
		for range rapid.IntRange(0, 4).Draw(t, "rows") {
			r := app.FileRow{ID: rapid.String().Draw(t, "id"), Name: rapid.String().Draw(t, "name"), UnitCode: org.Code(rapid.String().Draw(t, "unit")),
				Stage: rapid.SampledFrom(admission.Stages()).Draw(t, "stage"), Version: rapid.Int().Draw(t, "version")}
			if rapid.Bool().Draw(t, "dated") {
				r.Since = date.Must("2024-05-27")
			}
			rows = append(rows, r)
			want.Items = append(want.Items, shape.FileRow{ID: r.ID, Name: r.Name, Unit: string(r.UnitCode), Stage: r.Stage, Since: r.Since, Version: r.Version})
		}
		next := rapid.SampledFrom([]string{"", "abc"}).Draw(t, "next")
		want.Next = orNil(next)
		b := appendFiles(nil, rows, next)
		var got shape.FileList
		if err := json.Unmarshal(b, &got); err != nil {
			t.Fatalf("%v in %s", err, b)
		}
		a, err := json.Marshal(got)
		if err != nil {
			t.Fatal(err)
		}
		w, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		if string(a) != string(w) {
			t.Fatalf("got %s\nwant %s", a, w)
		}
	})
}

func TestTextThatIsNoUTF8(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"Lê": `"Lê"`, "a\xffb": `"a\ufffdb"`, "\"\\\n": `"\"\\\n"`, "\u2028": `"\u2028"`} {
		if got := string(appendText(nil, in)); got != want {
			t.Errorf("%q gives %s, want %s", in, got, want)
		}
	}
	if !strings.Contains(text("api.no_day", "field", "on"), "on phải là ngày") {
		t.Error("a sentence lost its field")
	}
}
