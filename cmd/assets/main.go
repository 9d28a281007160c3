// Command assets bundles the style, script, fonts and mark of the pages from web/assets
// into web/dist/files, under names that carry a hash of what is inside. It runs at build
// time only, from the root of the repository, after npm has fetched the packages.
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// entries are what a page may name; all else is reached from them.
var entries = []string{"web/assets/app.css", "web/assets/app.js", "web/assets/mark.svg"}

// licences go out with the program, as the licences of the bundled packages ask.
var licences = []string{"@fontsource/be-vietnam-pro/LICENSE", "htmx.org/LICENSE"}

func main() {
	if err := run("."); err != nil {
		fmt.Fprintln(os.Stderr, "assets:", err)
		os.Exit(1)
	}
}

func run(root string) error {
	for _, licence := range licences {
		if _, err := os.Stat(filepath.Join(root, "node_modules", licence)); err != nil {
			return fmt.Errorf("%w: run npm ci first", err)
		}
	}
	files, manifest, err := bundle(root)
	if err != nil {
		return err
	}
	if files["licences.txt"], err = joinLicences(root); err != nil {
		return err
	}
	if files["manifest.json"], err = json.MarshalIndent(manifest, "", "  "); err != nil {
		return fmt.Errorf("manifest: %w", err)
	}
	return write(filepath.Join(root, "web", "dist", "files"), files)
}

// bundle returns the bundled files by name, and under which of these names each entry
// is served.
func bundle(root string) (files map[string][]byte, manifest map[string]string, err error) {
	root, err = filepath.Abs(root)
	if err != nil {
		return nil, nil, fmt.Errorf("find root: %w", err)
	}
	result := api.Build(api.BuildOptions{
		AbsWorkingDir:     root,
		EntryPoints:       entries,
		Outdir:            "web/dist/files",
		EntryNames:        "[name]-[hash]",
		AssetNames:        "[name]-[hash]",
		Bundle:            true,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		LegalComments:     api.LegalCommentsNone, // licences.txt carries them whole
		Target:            api.ES2020,
		Loader:            map[string]api.Loader{".woff2": api.LoaderFile, ".svg": api.LoaderCopy},
		Metafile:          true,
		LogLevel:          api.LogLevelSilent,
	})
	if len(result.Errors) > 0 {
		messages := api.FormatMessages(result.Errors, api.FormatMessagesOptions{Kind: api.ErrorMessage})
		return nil, nil, errors.New(strings.Join(messages, ""))
	}
	files = make(map[string][]byte, len(result.OutputFiles))
	for _, f := range result.OutputFiles {
		files[filepath.Base(f.Path)] = f.Contents
	}
	manifest, err = entryNames(result.Metafile)
	return files, manifest, err
}

// entryNames reads from esbuild's metafile which output belongs to which entry.
func entryNames(metafile string) (map[string]string, error) {
	var meta struct {
		Outputs map[string]struct {
			EntryPoint string         `json:"entryPoint"`
			Inputs     map[string]any `json:"inputs"`
		} `json:"outputs"`
	}
	if err := json.Unmarshal([]byte(metafile), &meta); err != nil {
		return nil, fmt.Errorf("read metafile: %w", err)
	}
	names := make(map[string]string, len(entries))
	for output, o := range meta.Outputs {
		entry := o.EntryPoint
		if entry == "" && len(o.Inputs) == 1 { // a copied file has no entry point of its own
			for entry = range o.Inputs {
			}
		}
		if slices.Contains(entries, entry) {
			names[filepath.Base(entry)] = filepath.Base(output)
		}
	}
	if len(names) != len(entries) {
		return nil, fmt.Errorf("bundled %d of %d entries: %v", len(names), len(entries), names)
	}
	return names, nil
}

func joinLicences(root string) ([]byte, error) {
	var all bytes.Buffer
	for _, licence := range licences {
		text, err := os.ReadFile(filepath.Join(root, "node_modules", licence)) //nolint:gosec // G304: the list above
		if err != nil {
			return nil, fmt.Errorf("licence: %w", err)
		}
		fmt.Fprintf(&all, "— %s —\n\n%s\n", filepath.Dir(licence), text)
	}
	return all.Bytes(), nil
}

// write replaces what lies in folder by files, each text with a compressed copy beside
// it. The placeholder stays: it is the repository's.
func write(folder string, files map[string][]byte) error {
	old, err := os.ReadDir(folder)
	if err != nil {
		return fmt.Errorf("read folder: %w", err)
	}
	for _, f := range old {
		if f.Name() == "placeholder.txt" {
			continue
		}
		if err := os.Remove(filepath.Join(folder, f.Name())); err != nil {
			return fmt.Errorf("clear folder: %w", err)
		}
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o644); err != nil { //nolint:gosec // G306: public files
			return fmt.Errorf("write: %w", err)
		}
		if ext := filepath.Ext(name); ext != ".css" && ext != ".js" {
			continue
		}
		packed, err := pack(content)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(folder, name+".gz"), packed, 0o644); err != nil { //nolint:gosec // G306: public files
			return fmt.Errorf("write: %w", err)
		}
	}
	return nil
}

func pack(content []byte) ([]byte, error) {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, fmt.Errorf("gzip: %w", err)
	}
	if _, err := z.Write(content); err != nil {
		return nil, fmt.Errorf("gzip: %w", err)
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("gzip: %w", err)
	}
	return b.Bytes(), nil
}
