package ui

import (
	"maps"
	"slices"

	"github.com/a-h/templ"

	"ketnap/internal/i18n"
)

// Input is one field of a form: Name is the name it is sent under, Value what was typed,
// kept when something is wrong. Error, if any, stands beside the field and says what to
// put right.
type Input struct {
	Name, Label, Value string
	Help, Error        string
	Type               string           // of the input element; text when empty
	ID                 string           // Name when empty
	Optional           bool             // fields are asked for unless this says otherwise
	Short              bool             // a date, a number: not as wide as the form
	Attrs              templ.Attributes // autocomplete, inputmode, placeholder and the like
}

// Option is a choice of Select and Radios.
type Option struct{ Value, Label string }

func (in Input) id() string {
	if in.ID != "" {
		return in.ID
	}
	return in.Name
}

func (in Input) class() string { return classes("field", on(in.Short, "short")) }

// attrs joins what every control carries with what the page asked for.
func (in Input) attrs() templ.Attributes {
	a := templ.Attributes{"id": in.id(), "name": in.Name}
	if notes := in.notes(); notes != "" {
		a["aria-describedby"] = notes
	}
	if in.Error != "" {
		a["aria-invalid"] = "true"
	}
	if !in.Optional {
		a["aria-required"] = "true"
	}
	for k, v := range in.Attrs {
		a[k] = v
	}
	return a
}

// notes names the elements that say more about the field.
func (in Input) notes() string {
	return classes(on(in.Error != "", in.id()+"-err"), on(in.Help != "", in.id()+"-help"))
}

// groupAttrs is attrs for a group of choices: its name is theirs.
func (in Input) groupAttrs() templ.Attributes {
	a := templ.Attributes{"id": in.id()}
	if notes := in.notes(); notes != "" {
		a["aria-describedby"] = notes
	}
	return a
}

// inputAttrs is attrs with the type and, but for a password, the value.
func (in Input) inputAttrs() templ.Attributes {
	a := in.attrs()
	a["type"] = "text"
	if in.Type != "" {
		a["type"] = in.Type
	}
	if in.Type != "password" {
		a["value"] = in.Value
	}
	return a
}

// Finding is one thing that speaks against what was sent: a message, the source that
// says so, and the field it is about.
type Finding struct {
	Message string
	Cite    string // "Điều lệ Đảng, Điều 4; VOT-01"; none for a slip in a form
	Field   string // id of the field; none when it is about the whole
}

// ProblemBox is the box that heads a refused form. Mood is Late where nothing was
// written, Soon where the findings only warn.
type ProblemBox struct {
	Mood     Mood
	Heading  string // when empty, the usual words for the mood
	Findings []Finding
}

func (p ProblemBox) headingKey() string {
	if p.Mood == Soon {
		return "ui.problem.warn"
	}
	return "ui.problem.title"
}

// Ask is a question before an act that cannot be taken back lightly. It works without
// script: the button opens a popover with a form of its own.
type Ask struct {
	ID      string // unique on the page
	Open    string // label of the button that asks
	Heading string
	Text    string
	Action  string            // where the form is posted
	Hidden  map[string]string // what it sends besides the children's fields
	Submit  string            // label of the button that does it, naming the act
	Primary bool
}

func current(is bool, what string) templ.Attributes {
	if is {
		return templ.Attributes{"aria-current": what}
	}
	return nil
}

func otherLang(l i18n.Lang) string {
	if l == i18n.English {
		return string(i18n.Vietnamese)
	}
	return string(i18n.English)
}

func dated(in Input) Input {
	in.Type, in.Short = "date", true
	return in
}

func (in Input) checkAttrs(checked bool) templ.Attributes {
	in.Optional = true // an unticked box is an answer
	a := in.attrs()
	if in.Value != "" {
		a["value"] = in.Value
	}
	if checked {
		a["checked"] = true
	}
	return a
}

func hasValue(options []Option, value string) bool {
	return slices.ContainsFunc(options, func(o Option) bool { return o.Value == value })
}

func sortedPairs(m map[string]string) [][2]string {
	pairs := make([][2]string, 0, len(m))
	for _, k := range slices.Sorted(maps.Keys(m)) {
		pairs = append(pairs, [2]string{k, m[k]})
	}
	return pairs
}
