# Every target is short; what is long lives in Go.
GO      ?= go
STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.2
FUZZ    ?= 5s

.PHONY: help build test check fmt vet lint race golden corpus bench fuzz soak docs deps

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

build: ## build bin/spec
	$(GO) build -o bin/spec ./cmd/spec

test: ## every test, the fuzz targets for a few seconds first
	$(GO) vet ./...
	$(MAKE) --no-print-directory fuzz
	$(GO) test -timeout 20m ./... ./testdata/corpus

check: fmt vet lint race golden ## what runs before every commit
	$(GO) test ./...

fmt: ## refuse files that gofmt would change
	@bad=$$(git ls-files -co --exclude-standard '*.go' | grep -v /testdata/ | xargs gofmt -l); test -z "$$bad" || { echo "gofmt: $$bad"; exit 1; }

vet:
	$(GO) vet ./...

lint: ## staticcheck
	$(GO) run $(STATICCHECK) ./...

race: ## the tests of what runs in parallel, under the race detector
	$(GO) test -race ./mc/... ./workspace/... ./lsp/...

golden: ## rewriting the golden files changes nothing
	$(GO) test $$(grep -rl 'Bool("update"' --include='*_test.go' . | xargs -n1 dirname | sort -u) -run Golden -update >/dev/null && git diff --exit-code -- '*/testdata/*' testdata docs README.md

corpus: ## the published figures beside ours, with times
	cd testdata/corpus && $(GO) test -run TestCorpus -count=1 -table

bench: deps ## the engine beside Spin on the same models
	$(GO) test ./bench -tags peers -v -count=1 -timeout 120m
	$(GO) test ./lang/parse ./typecheck ./workspace ./mc -run '^$$' -bench . -benchtime 5x

fuzz: ## each fuzz target for a few seconds
	@for t in lang/parse:FuzzParse lang/format:FuzzFormat typecheck:FuzzCheck elaborate:FuzzLower; do \
	  $(GO) test ./$${t%%:*} -run '^$$' -fuzz "^$${t##*:}$$" -fuzztime $(FUZZ) -fuzzminimizetime 5x || exit 1; done

soak: ## the long runs: fuzzing and random differential tests, bounded
	$(MAKE) fuzz FUZZ=5m
	SPEC_SOAK=1 $(GO) test -timeout 60m ./mc/... ./ir/... ./codegen/... ./analysis/...

docs: ## write what is generated in docs
	$(GO) test . -run Golden -update

deps: ## Debian packages that benchmarks compare with
	@command -v spin >/dev/null || { command -v apt-get >/dev/null && apt-get install -y -qq spin >/dev/null 2>&1; } || \
	  { apt-get update -qq >/dev/null && apt-get install -y -qq spin >/dev/null; } || echo "spin is missing: the comparison with it fails"
