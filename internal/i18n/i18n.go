// Package i18n holds the words of the pages: texts by language and key, and the ways in
// which Vietnamese offices write dates, counts and shares. It is for package web and its
// components. It decides nothing and reads nothing but its own embedded texts.
//
// The texts lie in one file per noun, vi/file.txt and, where English has them,
// en/file.txt. Every key of a file begins with the noun:
//
//	file.stage.ready = Đủ hồ sơ
//	file.late = Chậm {days} ngày làm việc
package i18n

import (
	"context"
	"embed"
	"sync"
)

// A Lang is a language of the pages, as the lang attribute of HTML names it.
type Lang string

// The languages there are. Vietnamese is complete; English has the frame, the log-in and
// the error pages, and falls back to Vietnamese.
const (
	Vietnamese Lang = "vi"
	English    Lang = "en"
)

// ParseLang returns the language named s, and Vietnamese for any other name.
func ParseLang(s string) Lang {
	if Lang(s) == English {
		return English
	}
	return Vietnamese
}

//go:embed vi en
var embedded embed.FS

var catalogue = sync.OnceValue(mustLoad)

// mustLoad panics when the embedded texts are faulty, which TestEmbedded finds first.
func mustLoad() *Catalogue {
	c, err := Load(embedded)
	if err != nil {
		panic("i18n: " + err.Error())
	}
	return c
}

// Default returns the catalogue that the program carries.
func Default() *Catalogue { return catalogue() }

// T returns the text of key in lang; Catalogue.Text says how it is found and filled.
func T(lang Lang, key string, args ...any) string {
	return catalogue().Text(lang, key, args...)
}

// Text is T in the language that ctx carries.
func Text(ctx context.Context, key string, args ...any) string {
	return T(From(ctx), key, args...)
}

// Args turns the named arguments of an error into the pairs that T and Text take.
func Args(named map[string]any) []any {
	pairs := make([]any, 0, 2*len(named))
	for name, value := range named {
		pairs = append(pairs, name, value)
	}
	return pairs
}

type langKey struct{}

// With returns a context that carries lang.
func With(ctx context.Context, lang Lang) context.Context {
	return context.WithValue(ctx, langKey{}, lang)
}

// From returns the language that ctx carries, Vietnamese if none.
func From(ctx context.Context) Lang {
	if lang, ok := ctx.Value(langKey{}).(Lang); ok {
		return lang
	}
	return Vietnamese
}
