package admission

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"ketnap/date"
	"ketnap/rule"
)

var (
	quotedRule = regexp.MustCompile(`"((?:ADM|ORG|ELI|DOC|DL|VOT|REP|SEC|CAL|IDN|PAPER)-[0-9]+)(?: [a-z]+)?"`)
	saidRule   = regexp.MustCompile(`(?:block|warn|say|required|once|papers)\([^\n]*"((?:ADM|ORG|ELI|DOC|DL|VOT|IDN)-[0-9]+)"|rule: "([A-Z]+-[0-9]+)"|Rule: "([A-Z]+-[0-9]+)"`)
)

// sources reads the package without its tests and without the catalogue itself.
func sources(t *testing.T) string {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, "rules_table") || name == "ruleinfo.go" {
			continue
		}
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(b)
	}
	return all.String()
}

func TestTheCatalogueHasEveryRuleThatTheProgramNames(t *testing.T) {
	t.Parallel()
	text := sources(t)
	for _, m := range quotedRule.FindAllStringSubmatch(text, -1) {
		if _, ok := RuleByID(m[1]); !ok {
			t.Errorf("%s is named in the package and has no line in rules_table.go", m[1])
		}
	}
	emitted := map[string]bool{}
	for _, m := range saidRule.FindAllStringSubmatch(text, -1) {
		emitted[m[1]+m[2]+m[3]] = true
	}
	for _, i := range RuleInfos() {
		checked := emitted[i.ID] || slices.ContainsFunc(i.Figures(), func(f TermInfo) bool { return f.Rule == i.ID && strings.Contains(text, `"`+i.ID) })
		if i.Use == UseChecked && !checked {
			t.Errorf("%s is called checked, and no act checks it", i.ID)
		}
	}
}

func TestALineOfTheCatalogueIsWhole(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, i := range RuleInfos() {
		if seen[i.ID] {
			t.Errorf("%s stands twice", i.ID)
		}
		seen[i.ID] = true
		if i.Says == "" || i.Cite == "" || i.Part.Words() == "" || i.Use.Words() == "" || ConfidenceWords(i.Confidence) == "" {
			t.Errorf("%s: %+v", i.ID, i)
		}
		if !strings.HasSuffix(i.Says, ".") {
			t.Errorf("%s is no sentence: %q", i.ID, i.Says)
		}
		if (i.Use == UseChecked) != (i.Default != "") {
			t.Errorf("%s: %s with the severity %q", i.ID, i.Use, i.Default)
		}
		if i.Fixed && (i.Default != rule.Block || i.Turnable()) {
			t.Errorf("%s is fixed: it blocks and is not turned", i.ID)
		}
		for _, c := range i.Acts {
			if !c.Valid() {
				t.Errorf("%s: there is no act %s", i.ID, c)
			}
		}
	}
	for _, id := range []string{"VOT-01", "VOT-06", "VOT-07", "VOT-10", "DL-20", "DL-80", "DL-100", "ADM-45"} {
		if i, _ := RuleByID(id); !i.Fixed {
			t.Errorf("%s blocks whatever its mark (contract)", id)
		}
	}
	for _, id := range []string{"DL-30", "ADM-12", "ELI-22", "DL-21"} {
		if i, _ := RuleByID(id); !i.Turnable() {
			t.Errorf("%s warns from memory: an administrator may turn it", id)
		}
	}
	if _, ok := RuleByID("DL-99"); ok {
		t.Error("DL-99 is no rule")
	}
}

func TestEveryFigureHasItsLine(t *testing.T) {
	t.Parallel()
	for _, id := range termIDs() {
		info, ok := TermByID(id)
		if _, known := RuleByID(info.Rule); !ok || !known || info.Words == "" || info.From == "" {
			t.Errorf("%s: %+v", id, info)
		}
		st, err := Regulation().Term(id, date.Must("2025-08-01"))
		if err != nil || st.Unit != info.Unit || (st.Extension > 0) != info.Extends || (st.Start != "") != info.Starts {
			t.Errorf("%s is stated as %+v", id, st)
		}
	}
	if _, ok := TermByID("DL-99"); ok {
		t.Error("DL-99 is no figure")
	}
	if len(TermInfos()) != len(termIDs()) {
		t.Errorf("%d lines for %d figures", len(TermInfos()), len(termIDs()))
	}
}

// TestScriptsSpeakOfTheCatalogue: what the cases of testdata expect of a rule is a rule.
func TestScriptsSpeakOfTheCatalogue(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal(err)
	}
	outcome := regexp.MustCompile(`(?:block|warn) ([A-Z]+-[0-9]+)`)
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range outcome.FindAllStringSubmatch(string(b), -1) {
			if _, ok := RuleByID(m[1]); !ok {
				t.Errorf("%s: %s is not in the catalogue", name, m[1])
			}
		}
	}
}

func TestHowSureASetIs(t *testing.T) {
	t.Parallel()
	want := map[string]rule.Confidence{"RS-2016": rule.Sourced, "RS-2021": rule.Remembered, "RS-2026A": rule.Remembered, "RS-2026B": rule.Sourced}
	for _, s := range Regulation() {
		if w, ok := want[s.ID]; ok && SetConfidence(s) != w {
			t.Errorf("%s: %s", s.ID, SetConfidence(s))
		}
	}
	if f := FormsChanges(); len(f) != 1 || f[0].ID != "RS-2021F" {
		t.Errorf("%+v", f)
	}
}
