package web

import (
	"net/http"

	"ketnap/internal/i18n"
	"ketnap/web/ui"
)

// placeKeys are the letters that lead to the places of the menu after g. The script has
// them too; a test holds both together.
var placeKeys = []struct{ letter, href string }{
	{"v", "/"}, {"t", "/overview"}, {"h", "/files"}, {"c", "/meetings"}, {"l", "/verification"}, {"k", "/targets"},
	{"d", "/documents"}, {"n", "/table"}, {"m", "/deadlines"}, {"b", "/reports"}, {"s", "/registers"}, {"x", "/ratings"}, {"q", "/rules"},
	{"a", "/admin"}, {"y", "/audit"}, {"o", "/source"}, {"p", "/classes"}, {"u", "/unions"},
}

// A keysPage says what the keys do.
type keysPage struct {
	ui.Base
	Rows   []keyRow
	Places []keyRow
}

// A keyRow is one key, or one after another, with what it does.
type keyRow struct {
	Keys []string
	Text string
}

// showKeys lists the keys. With script it opens as a window over any page, on "?".
func (s *Server) showKeys(w http.ResponseWriter, r *request) error {
	ctx := r.Context()
	p := keysPage{Base: s.base(r, i18n.Text(ctx, "board.keys.title"))}
	for _, k := range []struct{ key, what string }{
		{"/", "find"}, {"j", "down"}, {"k", "up"}, {"Enter", "open"}, {"x", "pick"}, {"n", "new"}, {"?", "help"}, {"Esc", "leave"},
	} {
		p.Rows = append(p.Rows, keyRow{Keys: []string{k.key}, Text: i18n.Text(ctx, "board.keys."+k.what)})
	}
	for _, part := range p.Menu {
		for _, m := range append([]ui.MenuItem{part}, part.Below...) {
			for _, k := range placeKeys {
				if k.href == m.Href {
					p.Places = append(p.Places, keyRow{Keys: []string{"g", k.letter}, Text: i18n.Text(ctx, m.Key)})
				}
			}
		}
	}
	return s.page(w, r, http.StatusOK, keysView(p))
}
