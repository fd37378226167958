# Every target is short; what is long lives in Go.
GO      ?= go
STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.2
FUZZ    ?= 5s

.PHONY: help build test check fmt vet lint race golden corpus bench prove native fuzz soak docs deps

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

build: ## build bin/spec
	$(GO) build -o bin/spec ./cmd/spec

test: ## every test, the fuzz targets for a few seconds first
	$(GO) vet ./...
	$(MAKE) --no-print-directory fuzz
	$(GO) test -timeout 20m ./... ./testdata/corpus ./testdata/proof/contracts

check: fmt vet lint race golden ## what runs before every commit
	$(GO) test ./...

fmt: ## refuse files that gofmt would change
	@bad=$$(git ls-files -co --exclude-standard '*.go' | grep -v /testdata/ | xargs gofmt -l); test -z "$$bad" || { echo "gofmt: $$bad"; exit 1; }

vet:
	$(GO) vet ./...

lint: ## staticcheck
	$(GO) run $(STATICCHECK) ./...

race: ## the tests of what runs in parallel, under the race detector
	$(GO) test -race ./mc ./mc/store ./mc/simulate ./workspace ./lsp ./prover/solver

golden: ## rewriting the golden files changes nothing
	$(GO) test $$(grep -rl 'Bool("update"' --include='*_test.go' . | xargs -n1 dirname | sort -u) -run Golden -update >/dev/null && git diff --exit-code -- '*/testdata/*' testdata docs README.md

corpus: ## the published figures beside ours, with times
	cd testdata/corpus && $(GO) test -run TestCorpus -count=1 -table

bench: deps ## the engine beside Spin on the same models
	$(GO) test ./bench -tags peers -v -count=1 -timeout 120m
	$(GO) test ./lang/parse ./typecheck ./workspace ./mc ./testdata/corpus -run '^$$' -bench . -benchtime 5x

prove: deps ## proofs with z3 and cvc5
	$(GO) test -tags solvers ./prover/... ./testdata/induction ./testdata/proof/contracts -count=1

native: deps ## the same questions to the library of z3, with cgo
	rm -rf .build/go-z3 && mkdir -p .build && cp -r "$$($(GO) list -m -f '{{.Dir}}' github.com/mitchellh/go-z3)" .build/go-z3 && chmod -R u+w .build/go-z3
	echo 'INPUT(-lz3)' >.build/go-z3/libz3.a && echo 'module github.com/mitchellh/go-z3' >.build/go-z3/go.mod
	cp go.sum .build/z3.sum && { cat go.mod; echo 'replace github.com/mitchellh/go-z3 => ./.build/go-z3'; } >.build/z3.mod
	$(GO) test -modfile=.build/z3.mod -tags 'solvers z3' ./prover/solver/... ./testdata/induction -count=1

fuzz: ## each fuzz target for a few seconds
	@for t in lang/parse:FuzzParse lang/format:FuzzFormat typecheck:FuzzCheck elaborate:FuzzLower; do \
	  $(GO) test ./$${t%%:*} -run '^$$' -fuzz "^$${t##*:}$$" -fuzztime $(FUZZ) -fuzzminimizetime 5x || exit 1; done

soak: ## the long runs: fuzzing and random differential tests, bounded
	$(MAKE) fuzz FUZZ=5m
	$(GO) test -race ./mc/... ./prover/...
	SPEC_SOAK=1 $(GO) test -timeout 60m ./mc/... ./ir/... ./codegen/... ./analysis/...

docs: ## write what is generated in docs
	$(GO) test . -run Golden -update

DEBS = spin z3 cvc5 libz3-dev

deps: ## Debian packages: a peer of benchmarks, and solvers
	@command -v spin >/dev/null && command -v z3 >/dev/null && command -v cvc5 >/dev/null && test -e /usr/include/z3.h || apt-get install -y -qq $(DEBS) >/dev/null 2>&1 || \
	  { apt-get update -qq >/dev/null && apt-get install -y -qq $(DEBS) >/dev/null; } || echo "$(DEBS): not all are here, and the comparisons with them fail"
