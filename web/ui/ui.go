// Package ui holds the parts that pages are built of: the frame, fields, states, meters,
// lists of tasks and acts. It is for package web, whose pages fill the structs below. It
// reads no database, decides no right and reckons nothing but the width of a bar; every
// word comes by key from internal/i18n or in the struct. Nothing here is an inline script
// or style: pages go out under `default-src 'self'`.
package ui

import "ketnap/internal/i18n"

// Base is what the frame of every page needs. Page structs embed it.
type Base struct {
	Title  string // of the page, without the program's name
	Lang   i18n.Lang
	Path   string // of the request with its query: where the language switch comes back to
	User   User   // zero when nobody is logged in: the frame is then the door's
	Units  []UnitLink
	Menu   []MenuItem
	Banner string // a line above all pages, such as that of the trial; none when empty
	Crumbs []Crumb
	Flash  *Flash // what the last act did; none when nil
	Wide   bool   // the page uses the whole width: the big tables
}

// User is who is logged in, as the bar names them.
type User struct {
	Name string
	Role string // in words: "Bí thư chi bộ"
	Unit string // short name of the unit served now
}

// UnitLink is one unit that the person serves.
type UnitLink struct {
	Name, Href string
	Current    bool
}

// MenuItem is a line of the menu. Key is the key of its text, Count what waits there;
// 0 shows no figure. Below are the pages of its part of the program, which show while it is
// open: while one is in it.
type MenuItem struct {
	Key, Href string
	Count     int
	Current   bool
	Open      bool
	Below     []MenuItem
}

// Crumb is a step of the path to the page.
type Crumb struct{ Label, Href string }

// Flash is a message at the head of the next page.
type Flash struct {
	Mood Mood
	Text string
}

// Mood is how a thing stands. It picks the icon and the word first, a colour second;
// what is in order has no colour.
type Mood string

// The moods there are.
const (
	Todo Mood = "todo"
	Done Mood = "done"
	Soon Mood = "soon"
	Late Mood = "late"
	Shut Mood = "shut"
)

// tone is the class that colours a mood, "" for those without colour.
func (m Mood) tone() string {
	if m == Late || m == Soon {
		return string(m)
	}
	return ""
}

// frameTone is tone for a message or a problem, whose edge is coloured and not its text.
func (m Mood) frameTone() string {
	if t := m.tone(); t != "" {
		return "is-" + t
	}
	return ""
}

// Action is a link that looks like a button. At most one of a page is Primary.
type Action struct {
	Label, Href string
	Primary     bool
	Wide        bool // as wide as its column
	WideOnly    bool // not on a phone, where Thumb repeats it
	Download    bool // a file, not a page
}

func (a Action) class() string {
	return classes("button", on(a.Primary, "primary"), on(a.Wide, "wide"), on(a.WideOnly, "wide-only"))
}

// Link is a plain link.
type Link struct{ Label, Href string }

func on(is bool, class string) string {
	if is {
		return class
	}
	return ""
}

func classes(names ...string) string {
	all := ""
	for _, n := range names {
		if n == "" {
			continue
		}
		if all != "" {
			all += " "
		}
		all += n
	}
	return all
}
