# Works as root and as a user, from a clean clone, twice in a row.
#   make run      serve a demo province on http://127.0.0.1:8080
#   make test     every test: SQLite, PostgreSQL, pages in a browser
#   make check    what a change must pass before it is sent
.PHONY: run test build check bench fuzz setup assets generate fresh lint fmt tools clean

DATA   ?= data
LISTEN ?= 127.0.0.1:8080
FUZZ   ?= 10s

export CGO_ENABLED := 0
TOOLS := bin/tools

run:
	@scripts/setup.sh build
	@$(MAKE) --no-print-directory build
	@scripts/run.sh "$(DATA)" "$(LISTEN)"

build: assets
	go build -trimpath -ldflags '-s -w' -o bin/ketnap ./cmd/ketnap

test: setup assets
	scripts/with-postgres.sh go test -timeout 25m ./...

check: fmt fresh
	go vet ./...
	$(MAKE) lint
	go test ./internal/archtest ./internal/i18n

# On the province demo: pages and counters beside their floor, then the bulk load. It takes
# about three minutes and wants the machine for itself.
bench: build
	go run ./cmd/bench -program bin/ketnap
	go test -run '^$$' -bench Load -benchtime 3s ./app/demo

# Each fuzz target for a short while; FUZZ=5m for longer.
fuzz:
	@scripts/fuzz.sh $(FUZZ)

# What the machine must have: as root it is installed, as a user it is named.
setup:
	@scripts/setup.sh test

# — pages: bundled once, and again when a source or a package changed —
ASSETS := web/dist/files/manifest.json
assets: $(ASSETS)

node_modules/.package-lock.json: package.json package-lock.json
	npm ci --no-audit --no-fund
	@touch $@

$(ASSETS): node_modules/.package-lock.json $(wildcard web/assets/*) $(wildcard cmd/assets/*.go)
	go run ./cmd/assets

# — generated code is committed; fresh fails when it is not what its source gives —
generate: $(TOOLS)/templ
	$(TOOLS)/templ generate -path web
	go generate ./...

fresh: $(TOOLS)/templ
	@scripts/fresh.sh

fmt:
	@bad=$$(gofmt -l $$(git ls-files --cached --others --exclude-standard '*.go')); if [ -n "$$bad" ]; then echo "not gofmt-ed:"; echo "$$bad"; exit 1; fi

lint: $(TOOLS)/golangci-lint
	$(TOOLS)/golangci-lint run ./...

# — tools: pinned in a module of their own, built once —
tools: $(TOOLS)/templ $(TOOLS)/golangci-lint

$(TOOLS)/templ: tools/go.mod
	cd tools && GOBIN=$(CURDIR)/$(TOOLS) go install github.com/a-h/templ/cmd/templ
	@touch $@

$(TOOLS)/golangci-lint: tools/go.mod
	cd tools && GOBIN=$(CURDIR)/$(TOOLS) go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint
	@touch $@

clean:
	rm -rf bin node_modules
	find web/dist/files -type f ! -name placeholder.txt -delete
