package web

import (
	"net/http"
	"strconv"
	"strings"

	"ketnap/access"
	"ketnap/app"
	"ketnap/internal/i18n"
	"ketnap/org"
	"ketnap/target"
	"ketnap/web/ui"
)

func (s *Server) workRoutes() {
	s.get("/{$}", s.showWork)
	s.taskRoutes()
	s.searchRoutes()
}

// How many items of a group are shown in full; the rest is a list that opens.
const (
	fullItems  = 10
	laterItems = 12
)

// A workGroup is a heading with its items: the first in full, the rest as lines.
type workGroup struct {
	ID    string
	Title string
	Note  string
	Rows  []ui.TaskRow
	Lines []workLine
	Rest  []workLine // behind "xem thêm"
	More  string
}

// A workLine is an item on one line.
type workLine struct {
	Text, Href, When string
	Late             bool
}

// A workMeter is one indicator of the unit's year.
type workMeter struct {
	Label string
	Bar   ui.MeterBar
	Note  string
}

// A workAside stands beside the list: the unit's year and whom it follows.
type workAside struct {
	Label   string
	Year    string
	Meters  []workMeter
	Links   []ui.Link // of the year
	People  []workLine
	Count   string  // of the people
	All     ui.Link // all the people
	Watch   []ui.Link
	Present bool
}

// A workPage is Việc của tôi.
type workPage struct {
	ui.Base
	Lead   workLead
	Groups []workGroup
	More   string // there are more than the page shows
	Files  ui.Link
	Aside  workAside
	Empty  *ui.Nothing
	Thumb  *ui.Action
	Remind *ui.Link   // new reminders; nil without any
	Meet   []workMeet // by when to meet on complete dossiers; at most one
	Unions []ui.TaskRow
	late   int // what is overdue outside the groups of files: about unions and classes
}

// A workLead is the sentence under the title, with what is overdue marked.
type workLead struct {
	Text string
	Late string // the part of Text that is marked; "" for none
}

func (s *Server) showWork(w http.ResponseWriter, r *request) error {
	work, err := s.app.Work(r.Context(), r.who)
	if err != nil {
		return err
	}
	ctx := r.Context()
	p := workPage{Base: s.base(r, i18n.Text(ctx, "work.title")), late: lateUnions(work)}
	for _, g := range []struct {
		group   app.WorkGroup
		id, key string
	}{{app.Overdue, "h-late", "work.group.late"}, {app.ThisWeek, "h-week", "work.group.week"}, {app.Later, "h-later", "work.group.later"}} {
		if items := work.In(g.group); len(items) > 0 {
			group := workGroup{ID: g.id, Title: i18n.Text(ctx, g.key), Note: i18n.Text(ctx, "work.count", "n", len(items))}
			group.fill(r, items, g.group, work.Home)
			p.Groups = append(p.Groups, group)
		}
	}
	p.primary(work)
	if work.More {
		p.More = i18n.Text(ctx, "work.more", "n", len(work.Items))
		p.Files = ui.Link{Label: i18n.Text(ctx, "work.more.link"), Href: "/files"}
	}
	p.Unions = unionTodos(r, work.Unions)
	if len(work.Items) == 0 && len(p.Unions) == 0 {
		p.Empty = noWork(r)
	}
	p.Aside = aside(r, work)
	if err := s.classWork(r, &p); err != nil {
		return err
	}
	p.Lead = lead(r, work, p.late)
	for i, item := range p.Menu {
		if item.Href == "/" {
			p.Menu[i].Count = len(work.In(app.Overdue)) + p.late + len(work.In(app.ThisWeek))
		}
	}
	if p.Remind, err = s.reminderBox(r); err != nil {
		return err
	}
	if p.Meet, err = s.workMeet(r, work); err != nil {
		return err
	}
	return s.page(w, r, http.StatusOK, workView(p))
}

// lateUnions counts what is overdue about unions, which stands in a group of its own.
func lateUnions(work app.WorkPage) (n int) {
	for _, t := range work.Unions {
		if t.Late > 0 {
			n++
		}
	}
	return n
}

func lead(r *request, work app.WorkPage, more int) workLead {
	ctx := r.Context()
	late, week := len(work.In(app.Overdue))+more, len(work.In(app.ThisWeek))
	day := i18n.Sentence(i18n.LongDate(i18n.From(ctx), work.Today))
	switch {
	case late > 0 && week == 0:
		return workLead{Text: i18n.Text(ctx, "work.lead.late_only", "day", day, "late", late), Late: i18n.Text(ctx, "work.lead.marked", "late", late)}
	case late > 0:
		return workLead{Text: i18n.Text(ctx, "work.lead.late", "day", day, "late", late, "week", week), Late: i18n.Text(ctx, "work.lead.marked", "late", late)}
	case week > 0:
		return workLead{Text: i18n.Text(ctx, "work.lead.week", "day", day, "week", week)}
	}
	return workLead{Text: i18n.Text(ctx, "work.lead.none", "day", day)}
}

// fill shows the first items of what presses in full, and everything else as lines.
func (g *workGroup) fill(r *request, items []app.WorkItem, group app.WorkGroup, home []org.Unit) {
	full, lines := fullItems, 0
	if group == app.Later {
		full, lines = 0, laterItems
	}
	for i, it := range items {
		switch {
		case i < full:
			g.Rows = append(g.Rows, taskRow(r, it, home))
		case i < full+lines:
			g.Lines = append(g.Lines, line(r, it, home))
		default:
			g.Rest = append(g.Rest, line(r, it, home))
		}
	}
	g.More = i18n.Text(r.Context(), "work.rest", "n", len(g.Rest))
}

// workSoon is how many days before its day a thing is soon due: today and tomorrow.
const workSoon = 1

func taskRow(r *request, it app.WorkItem, home []org.Unit) ui.TaskRow {
	ctx := r.Context()
	row := ui.TaskRow{Mood: ui.Todo, What: what(r, it), Whom: whom(it, home), Why: it.Why, Cite: it.Cite}
	due := i18n.Text(ctx, "work.due", "day", i18n.LongDate(i18n.From(ctx), it.Due))
	switch {
	case it.Due.IsZero():
		row.When = i18n.Sentence(i18n.Text(ctx, "work.undated"))
	case it.Late > 0:
		row.Mood, row.Delay, row.When = ui.Late, i18n.Text(ctx, "work.delay", "n", it.Late), due
	case !it.Due.After(r.today.AddDays(workSoon)):
		row.Mood, row.Delay, row.When = ui.Soon, i18n.Text(ctx, "work.soon"), due
	default:
		row.When = i18n.Sentence(due)
	}
	if row.Why == "" && row.Cite != "" { // a source alone needs a word before it
		row.Why, row.Cite = i18n.Text(ctx, "work.task.under", "cite", row.Cite), ""
	}
	row.Act = &ui.Action{Label: i18n.Text(ctx, actKey(it)), Href: href(it)}
	if it.File != nil && !it.Urge {
		row.Also = &ui.Link{Label: i18n.Text(ctx, "work.urge.open"), Href: "/files/" + it.File.ID}
	}
	return row
}

func what(r *request, it app.WorkItem) string {
	switch {
	case it.Task != nil:
		return brief(i18n.Sentence(it.Task.Text))
	case it.Urge:
		return i18n.Text(r.Context(), "work.urge", "what", it.Act.Words())
	}
	return it.Act.Words()
}

// briefRunes is how much of a clause stands in a list: about three lines on a phone. The
// whole text is on the page of the task.
const briefRunes = 130

// brief cuts a long text after a word.
func brief(text string) string {
	runes := []rune(text)
	if len(runes) <= briefRunes {
		return text
	}
	short := string(runes[:briefRunes])
	if i := strings.LastIndexByte(short, ' '); i > 0 {
		short = short[:i]
	}
	return strings.TrimRight(short, " ,;:–-") + "…"
}

// whom is the person and the unit. Who works for one unit knows which.
func whom(it app.WorkItem, home []org.Unit) string {
	var unit string
	var no org.UnitNo
	if it.Task != nil {
		unit, no = it.Task.UnitName, it.Task.Unit
	} else {
		unit, no = it.File.UnitName, it.File.Unit
	}
	if len(home) == 1 && home[0].No == no {
		unit = ""
	}
	switch {
	case it.Task != nil:
		return unit
	case unit == "":
		return it.File.Name
	}
	return it.File.Name + " · " + unit
}

// ofPerson is whose file an item is about; nobody's where it is a task of the unit.
func ofPerson(it app.WorkItem) string {
	if it.File == nil {
		return ""
	}
	return it.File.Name
}

func joined(what, whom string) string {
	if whom == "" {
		return what
	}
	return what + " — " + whom
}

func actKey(it app.WorkItem) string {
	switch {
	case it.Task != nil:
		return "work.task.open"
	case it.Urge:
		return "work.urge.open"
	}
	return "work.act"
}

func href(it app.WorkItem) string {
	switch {
	case it.Task != nil:
		return "/tasks/" + it.Task.ID
	case it.Urge:
		return "/files/" + it.File.ID
	}
	return "/files/" + it.File.ID + "/acts/" + string(it.Act)
}

func line(r *request, it app.WorkItem, home []org.Unit) workLine {
	ctx := r.Context()
	l := workLine{Text: joined(what(r, it), whom(it, home)), Href: href(it), When: i18n.LongDate(i18n.From(ctx), it.Due), Late: it.Late > 0}
	switch {
	case it.Due.IsZero():
		l.When = i18n.Text(ctx, "work.undated")
	case l.Late:
		l.When = i18n.Text(ctx, "work.delay", "n", it.Late)
	}
	return l
}

// primary marks the first button of what presses most, and repeats it under the thumb.
func (p *workPage) primary(work app.WorkPage) {
	for i, g := range p.Groups {
		if len(g.Rows) == 0 {
			continue
		}
		act := p.Groups[i].Rows[0].Act
		act.Primary, act.WideOnly = true, true
		p.Thumb = &ui.Action{Label: joined(act.Label, ofPerson(work.Items[0])), Href: act.Href}
		return
	}
}

// A firstStep is where somebody with a right begins who has nothing to do.
type firstStep struct {
	right           access.Right
	text, open, url string
}

// noWork teaches what will stand here, by what the person does.
func noWork(r *request) *ui.Nothing {
	ctx := r.Context()
	first := firstStep{access.SeeFile, "work.empty", "work.empty.open", "/files"}
	if r.who.Has(access.SeeFile, r.today) && !r.who.Has(access.OpenFile, r.today) { // a reader begins with the whole
		first = firstStep{access.SeeFile, "work.empty", "work.empty.overview.open", "/overview"}
	}
	n := &ui.Nothing{Title: i18n.Text(ctx, "work.empty.title"), Text: i18n.Text(ctx, "work.empty")}
	for _, k := range []firstStep{
		first,
		{access.SeeDocument, "work.empty", "work.empty.document.open", "/documents"},
		{access.ManageAccount, "work.empty.admin", "work.empty.admin.open", "/admin"},
		{access.SeeAudit, "work.empty.auditor", "work.empty.auditor.open", "/audit"},
	} {
		if r.who.Has(k.right, r.today) {
			n.Text = i18n.Text(ctx, k.text)
			n.First = &ui.Action{Label: i18n.Text(ctx, k.open), Href: k.url, Primary: true}
			return n
		}
	}
	n.Text = i18n.Text(ctx, "work.empty.none")
	return n
}

func aside(r *request, work app.WorkPage) workAside {
	ctx := r.Context()
	year := r.today.Year()
	a := workAside{Label: i18n.Text(ctx, "work.aside", "year", strconv.Itoa(year))}
	if work.Year != nil {
		code := string(work.Year.Unit.Code)
		query := "?unit=" + code + "&year=" + strconv.Itoa(year)
		a.Year = i18n.Text(ctx, "work.year", "unit", work.Year.Unit.Name, "year", strconv.Itoa(year))
		a.Meters = meters(r, work.Year.Cells)
		a.Links = []ui.Link{{Label: i18n.Text(ctx, "work.targets", "year", strconv.Itoa(year)), Href: "/targets" + query}}
		if r.who.Has(access.SeeRating, r.today) {
			a.Links = append(a.Links, ui.Link{Label: i18n.Text(ctx, "work.rating", "year", strconv.Itoa(year)), Href: "/ratings" + query})
		}
	}
	for _, f := range work.People {
		a.People = append(a.People, workLine{Text: f.Name, Href: "/files/" + f.ID, When: f.Stage.Words()})
	}
	if len(work.People) > 0 {
		key := "work.people.n"
		if work.MorePeople {
			key = "work.people.first"
		}
		a.Count = i18n.Text(ctx, key, "n", len(work.People))
		a.All = ui.Link{Label: i18n.Text(ctx, "work.people.all"), Href: "/files?unit=" + string(work.Home[0].Code)}
	}
	if r.who.Has(access.SeeFile, r.today) && len(work.People) == 0 && len(work.Home) > 0 {
		query := "?unit=" + string(work.Home[0].Code)
		a.Watch = []ui.Link{{Label: i18n.Text(ctx, "work.watch.stuck"), Href: "/stuck" + query}, {Label: i18n.Text(ctx, "work.watch.files"), Href: "/files" + query}}
	}
	a.Present = a.Year != "" || len(a.People) > 0 || len(a.Watch) > 0
	return a
}

// meters shows what the unit owes. What nobody asked of it and nobody did stays away.
func meters(r *request, cells []app.TargetCell) []workMeter {
	ctx := r.Context()
	var out []workMeter
	for _, c := range cells {
		aim := c.Aim()
		if aim == nil && c.Indicator != target.Admission {
			continue
		}
		m := workMeter{Label: i18n.Text(ctx, "work.meter."+string(c.Indicator))}
		plan := 0
		if aim != nil {
			plan = aim.Min
		}
		m.Bar = ui.NewMeter(i18n.From(ctx), c.Done, plan)
		if aim != nil && c.Plan == nil {
			m.Note = i18n.Text(ctx, "work.meter.goal")
		}
		out = append(out, m)
	}
	return out
}
