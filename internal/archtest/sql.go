package archtest

import "regexp"

// sqlLaw is something that one SQL text for two engines must not say.
type sqlLaw struct {
	form *regexp.Regexp
	why  string
}

var sqlLaws = []sqlLaw{
	{regexp.MustCompile(`(?i)\bSELECT\s+(?:DISTINCT\s+)?(?:\w+\.)?\*`), "SELECT *: columns are enumerated"},
	{regexp.MustCompile(`(?i)\bRETURNING\s+\*`), "RETURNING *: columns are enumerated"},
	{regexp.MustCompile(`(?i)\bnow\s*\(\s*\)|\bCURRENT_(?:DATE|TIME|TIMESTAMP)\b`), "the clock of the database: instants come from the application"},
	{regexp.MustCompile(`(?i)\bI?LIKE\s`), "LIKE: names are searched by folded words"},
	{regexp.MustCompile(`(?i)\bCOLLATE\s`), "COLLATE: names are sorted by keys made in Go"},
	{regexp.MustCompile(`->>?\s*['$\d]`), "a JSON operator"},
	{regexp.MustCompile(`(?i)\$\d+\s+IS\s+NULL\s+OR\b`), "$n IS NULL OR: the WHERE is built in Go"},
	{regexp.MustCompile(`(?i)\bCAST\s*\([^)]*\bAS\s+(?:DATE|TIMESTAMP)|::\s*(?:date|timestamp)`), "a cast to a date"},
	{regexp.MustCompile(`(?i)\bANY\s*\(\s*\$|\bARRAY\s*\[`), "an array"},
}

var (
	looksLikeSQL = regexp.MustCompile(`(?i)\b(?:SELECT|INSERT|UPDATE|DELETE|WHERE|FROM|CREATE|ALTER|ORDER BY|RETURNING)\b`)
	sqlComment   = regexp.MustCompile(`--[^\n]*`)
)

// checkSQL returns what text, if it is a piece of SQL, must not say.
func checkSQL(text string) []string {
	if !looksLikeSQL.MatchString(text) {
		return nil
	}
	text = sqlComment.ReplaceAllString(text, "")
	var found []string
	for _, law := range sqlLaws {
		if law.form.MatchString(text) {
			found = append(found, law.why)
		}
	}
	return found
}
