package api

import (
	"encoding/json"
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"ketnap/admission"
	"ketnap/api/shape"
	"ketnap/app"
	"ketnap/rating"
	"ketnap/report"
)

// A route is one operation: how it is reached, who answers it, and what it asks and answers.
type route struct {
	method, path string
	handle       handler
	name         string // of the operation
	summary      string
	params       []param
	body         any // nil without one
	status       int
	answer       any
	refuses      []int // statuses beside those that every operation has
}

// A param is a value in the address or the query.
type param struct {
	name, in, about string
	required        bool
	schema          *huma.Schema
}

func str() *huma.Schema { return &huma.Schema{Type: huma.TypeString} }

func whole(least, most float64) *huma.Schema {
	return &huma.Schema{Type: huma.TypeInteger, Minimum: &least, Maximum: &most}
}

func paging() []param {
	one := 1.0
	return []param{
		{name: "limit", in: "query", about: "rows of a page: 50 where it is not given, never more than 500", schema: &huma.Schema{Type: huma.TypeInteger, Minimum: &one}},
		{name: "cursor", in: "query", about: "next of the page before", schema: str()},
	}
}

func unitYearParams() []param {
	return []param{
		{name: "unit", in: "query", about: "code of the unit", required: true, schema: str()},
		{name: "year", in: "query", about: "that of the business day where it is not given", schema: whole(firstYear, lastYear)},
	}
}

// routes is every operation: the mux and the description are both drawn from it.
func (s *server) routes() []route {
	stage := str()
	for _, st := range admission.Stages() {
		stage.Enum = append(stage.Enum, string(st))
	}
	under := param{name: "unit", in: "query", about: "code of a unit: only its subtree", schema: str()}
	id := param{name: "id", in: "path", about: "id of the file", required: true, schema: str()}
	return []route{
		{method: http.MethodGet, path: "/units", handle: s.listUnits, name: "listUnits", summary: "Units within reach of the account, by code",
			params: append([]param{under}, paging()...), status: http.StatusOK, answer: shape.UnitList{}},
		{method: http.MethodGet, path: "/units/{code}", handle: s.showUnit, name: "showUnit", summary: "A unit with the counts that votes are measured against, and its head",
			params: []param{{name: "code", in: "path", about: "code of the unit", required: true, schema: str()},
				{name: "on", in: "query", about: "the day whose counts and head are shown; the day of business without it", schema: str()}}, status: http.StatusOK, answer: shape.Unit{}},
		{method: http.MethodGet, path: "/files", handle: s.listFiles, name: "listFiles", summary: "Files within reach of the account, by Vietnamese order of names",
			params: append([]param{under, {name: "stage", in: "query", about: "may be given more than once", schema: &huma.Schema{Type: huma.TypeArray, Items: stage}},
				{name: "q", in: "query", about: "beginnings of words of the name, without tones", schema: str()}}, paging()...), status: http.StatusOK, answer: shape.FileList{}},
		{method: http.MethodPost, path: "/files", handle: s.openFile, name: "openFile", summary: "Open a file",
			body: shape.NewFile{}, status: http.StatusCreated, answer: shape.Recorded{}},
		{method: http.MethodGet, path: "/files/{id}", handle: s.showFile, name: "showFile", summary: "A file with its acts, deadlines, papers and next steps",
			params: []param{id}, status: http.StatusOK, answer: shape.File{}},
		{method: http.MethodPost, path: "/files/{id}/acts", handle: s.recordAct, name: "recordAct", summary: "Record an act; where a rule blocks it, nothing is written",
			params: []param{id}, body: shape.NewAct{}, status: http.StatusCreated, answer: shape.Recorded{}, refuses: []int{http.StatusConflict}},
		{method: http.MethodGet, path: "/targets", handle: s.listTargets, name: "listTargets", summary: "Current figures of a unit and its children",
			params: unitYearParams(), status: http.StatusOK, answer: shape.TargetList{}},
		{method: http.MethodPut, path: "/targets", handle: s.putTarget, name: "putTarget", summary: "Give a unit a figure as its plan of a year; earlier figures stay as history",
			body: shape.NewTarget{}, status: http.StatusOK, answer: shape.Target{}, refuses: []int{http.StatusConflict}},
		{method: http.MethodGet, path: "/progress", handle: s.showProgress, name: "showProgress", summary: "What a unit and its children did of their figures, and files by stage",
			params: unitYearParams(), status: http.StatusOK, answer: shape.Progress{}},
		{method: http.MethodGet, path: "/reports/{form}", handle: s.showReport, name: "showReport", summary: "A report of a unit for a period",
			params: []param{{name: "form", in: "path", about: formsAbout(), required: true, schema: str()},
				{name: "unit", in: "query", about: "code of the unit", required: true, schema: str()},
				{name: "period", in: "query", about: "2024, 2024-H1, 2024-Q2 or 2024-05", required: true, schema: str()}}, status: http.StatusOK, answer: report.Report{}},
		{method: http.MethodGet, path: "/ratings/{unit}/{year}", handle: s.showRating, name: "showRating", summary: "The best level still open to a unit in a year, and why",
			params: []param{{name: "unit", in: "path", about: "code of the unit", required: true, schema: str()},
				{name: "year", in: "path", about: "from 2000 to 2100", required: true, schema: whole(2000, 2100)}}, status: http.StatusOK, answer: rating.Rating{}},
		{method: http.MethodGet, path: "/forecasts/{unit}/{year}", handle: s.showForecast, name: "showForecast", summary: "What a unit's year will bring, and the last useful dates",
			params: []param{{name: "unit", in: "path", about: "code of the unit", required: true, schema: str()},
				{name: "year", in: "path", about: "from 2017 to 2049", required: true, schema: whole(2017, 2049)},
				{name: "on", in: "query", about: "the day of the forecast, the business day where none is given", schema: str()}}, status: http.StatusOK, answer: app.ForecastAnswer{}},
	}
}

// everyRefusal are the statuses that every operation may answer.
var everyRefusal = []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusUnprocessableEntity, http.StatusInternalServerError, http.StatusServiceUnavailable}

const refPrefix = "#/components/schemas/"

// mustDescribe writes the description of the API (OpenAPI 3.1) from its routes and the
// Go types of package shape. It panics where a type cannot be described, which every
// test of the package would find.
func mustDescribe(routes []route) []byte {
	registry := huma.NewMapRegistry(refPrefix, schemaName)
	doc := &huma.OpenAPI{
		OpenAPI:    "3.1.0",
		Info:       &huma.Info{Title: "ketnap", Version: "1", Description: "Admission of Party members: files and their acts, targets, reports and ratings. Errors are RFC 9457 problems; their sentences are in Vietnamese."},
		Components: &huma.Components{Schemas: registry, SecuritySchemes: map[string]*huma.SecurityScheme{"token": {Type: "http", Scheme: "bearer"}}},
		Security:   []map[string][]string{{"token": {}}},
	}
	problem := registry.Schema(reflect.TypeFor[shape.Problem](), true, "")
	for _, r := range routes {
		doc.AddOperation(r.operation(registry, problem))
	}
	for _, s := range registry.Map() {
		loosen(s)
	}
	b, err := json.Marshal(doc)
	if err != nil {
		panic("api: " + err.Error())
	}
	return append(b, '\n')
}

func (r route) operation(registry huma.Registry, problem *huma.Schema) *huma.Operation {
	op := &huma.Operation{Method: r.method, Path: prefix + r.path, OperationID: r.name, Summary: r.summary, Responses: map[string]*huma.Response{}}
	for _, p := range r.params {
		op.Parameters = append(op.Parameters, &huma.Param{Name: p.name, In: p.in, Description: p.about, Required: p.required, Schema: p.schema})
	}
	if r.body != nil {
		op.Parameters = append(op.Parameters, &huma.Param{Name: "Idempotency-Key", In: "header", Schema: str(),
			Description: "the same key with the same body is answered as the first time, for 24 hours; with another body it is refused (422)"})
	}
	if r.body != nil {
		op.RequestBody = &huma.RequestBody{Required: true, Content: content("application/json", registry.Schema(reflect.TypeOf(r.body), true, ""))}
	}
	op.Responses[strconv.Itoa(r.status)] = &huma.Response{Description: http.StatusText(r.status), Content: content("application/json", registry.Schema(reflect.TypeOf(r.answer), true, ""))}
	for _, status := range append(append([]int{}, everyRefusal...), r.refuses...) {
		op.Responses[strconv.Itoa(status)] = &huma.Response{Description: http.StatusText(status), Content: content("application/problem+json", problem)}
	}
	return op
}

func content(mediaType string, s *huma.Schema) map[string]*huma.MediaType {
	return map[string]*huma.MediaType{mediaType: {Schema: s}}
}

// schemaName keeps names of the domain apart from those of package shape.
func schemaName(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if pkg := t.PkgPath(); strings.HasSuffix(pkg, "/rating") || strings.HasSuffix(pkg, "/report") {
		noun := pkg[strings.LastIndex(pkg, "/")+1:]
		if !strings.EqualFold(noun, name) {
			return strings.ToUpper(noun[:1]) + noun[1:] + name
		}
	}
	return name
}

// loosen says of a schema what holds for ours: more keys may come with a later version,
// and lists are never null.
func loosen(s *huma.Schema) {
	if s == nil {
		return
	}
	if no, ok := s.AdditionalProperties.(bool); ok && !no {
		s.AdditionalProperties = nil
	}
	if s.Type == huma.TypeArray {
		s.Nullable = false
	}
	for _, p := range s.Properties {
		loosen(p)
	}
	loosen(s.Items)
}

// showDocument answers with the description of the API, to whoever asks.
func (s *server) showDocument(w http.ResponseWriter, _ *http.Request) {
	s.write(w, http.StatusOK, jsonType, s.document)
}

// formsAbout names the forms of a report. Those after the first answer rows with a key for
// each column of their own.
func formsAbout() string {
	about := string(report.Admission)
	for _, f := range app.SheetForms() {
		about += ", " + string(f)
	}
	return about
}
