package i18n

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// A Catalogue holds every text of the pages by language and key. It does not change
// once loaded.
type Catalogue struct {
	texts map[Lang]map[string]string
}

// Load reads the folders vi and en of folder, each of files named after a noun, such as
// file.txt, all of whose keys begin with that noun. It fails on the first line that
// Parse refuses, on a key in the wrong file and on an English key without a Vietnamese
// one, whose text would otherwise be forgotten.
func Load(folder fs.FS) (*Catalogue, error) {
	c := &Catalogue{texts: map[Lang]map[string]string{}}
	for _, lang := range []Lang{Vietnamese, English} {
		texts, err := loadLang(folder, lang)
		if err != nil {
			return nil, err
		}
		c.texts[lang] = texts
	}
	for key := range c.texts[English] {
		if _, ok := c.texts[Vietnamese][key]; !ok {
			return nil, fmt.Errorf("en: %s has no Vietnamese text", key)
		}
	}
	return c, nil
}

func loadLang(folder fs.FS, lang Lang) (map[string]string, error) {
	names, err := fs.Glob(folder, string(lang)+"/*.txt")
	if err != nil {
		return nil, fmt.Errorf("list texts: %w", err)
	}
	all := map[string]string{}
	for _, name := range names {
		source, err := fs.ReadFile(folder, name)
		if err != nil {
			return nil, fmt.Errorf("read texts: %w", err)
		}
		texts, err := Parse(string(source))
		if err != nil {
			return nil, fmt.Errorf("%s:%w", name, err)
		}
		noun := strings.TrimSuffix(path.Base(name), ".txt") + "."
		for key, text := range texts {
			if !strings.HasPrefix(key, noun) {
				return nil, fmt.Errorf("%s: key %s does not begin with %s", name, key, noun)
			}
			all[key] = text // each noun has one file, so that no key comes twice
		}
	}
	return all, nil
}

var (
	keyForm   = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$`)
	namedPart = regexp.MustCompile(`\{[a-z][a-z0-9_]*\}`)
)

// Parse reads lines of the form "key = text". A line that begins with # and an empty
// line say nothing; a line that begins with a blank goes on with the text above it, a
// space between. Parse fails, naming the line, on any other line, on a key given twice,
// on an empty text, on text that is not in NFC and on a brace that encloses no name.
func Parse(source string) (map[string]string, error) {
	texts := map[string]string{}
	last := ""
	for i, line := range strings.Split(source, "\n") {
		line = strings.TrimSuffix(line, "\r")
		var err error
		switch {
		case strings.TrimSpace(line) == "" || line[0] == '#':
			last = ""
		case line[0] == ' ' || line[0] == '\t':
			err = goOn(texts, last, strings.TrimSpace(line))
		default:
			last, err = begin(texts, line)
		}
		if err != nil {
			return nil, fmt.Errorf("%d: %w", i+1, err)
		}
	}
	return texts, nil
}

func begin(texts map[string]string, line string) (string, error) {
	key, text, found := strings.Cut(line, "=")
	key, text = strings.TrimSpace(key), strings.TrimSpace(text)
	switch {
	case !found:
		return "", errors.New("no = in the line")
	case !keyForm.MatchString(key):
		return "", fmt.Errorf("%q is no key", key)
	case texts[key] != "":
		return "", fmt.Errorf("%s is given twice", key)
	}
	texts[key] = text
	return key, checkText(text)
}

func goOn(texts map[string]string, key, more string) error {
	if key == "" {
		return errors.New("the line goes on with nothing")
	}
	texts[key] += " " + more
	return checkText(more)
}

func checkText(text string) error {
	switch {
	case text == "":
		return errors.New("empty text")
	case !norm.NFC.IsNormalString(text):
		return errors.New("text is not in NFC")
	case strings.ContainsAny(namedPart.ReplaceAllString(text, ""), "{}"):
		return errors.New("a brace encloses no name")
	}
	return nil
}

// Has reports whether lang has a text of its own for key.
func (c *Catalogue) Has(lang Lang, key string) bool {
	_, ok := c.texts[lang][key]
	return ok
}

// HasPrefix reports whether Vietnamese has a key that begins with prefix.
func (c *Catalogue) HasPrefix(prefix string) bool {
	for key := range c.texts[Vietnamese] {
		if strings.HasPrefix(key, prefix) {
			return true
		}
	}
	return false
}

// Text returns the text of key in lang, else in Vietnamese, else the key itself. Args
// are names and values in turn; each {name} of the text is replaced by its value, one
// without a value stays as it is, so that the fault can be seen.
func (c *Catalogue) Text(lang Lang, key string, args ...any) string {
	text, ok := c.texts[lang][key]
	if !ok {
		lang = Vietnamese
		text, ok = c.texts[lang][key]
	}
	if !ok {
		return key
	}
	if len(args) == 0 {
		return text
	}
	pairs := make([]string, 0, len(args))
	for i := 0; i+1 < len(args); i += 2 {
		pairs = append(pairs, fmt.Sprintf("{%v}", args[i]), show(lang, args[i+1]))
	}
	return strings.NewReplacer(pairs...).Replace(text)
}
