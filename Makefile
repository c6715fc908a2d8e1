# Two commands on a fresh Debian machine with Swift do everything: `make demo` and `make test`.

# What Boon is built with, and what it needs when it runs.
DEPS = ca-certificates git libcurl4-openssl-dev libsqlite3-dev tzdata
# What the tests against real servers and a browser use. No service is started.
TEST_SERVERS = chromium dovecot-imapd dovecot-pop3d faketime fonts-noto-core openssl postfix python3 python3-croniter python3-dkim \
	python3-jsonschema spamassassin sqlite3 strace
SOURCES = Package.swift Sources Tests Benchmarks Modules

.PHONY: deps test-servers build test long fuzz fuzz-short check format demo bench

deps:
	@.ci/install $(DEPS)

test-servers:
	@.ci/install $(TEST_SERVERS)

# One file that needs no Swift where it runs.
build: deps
	swift build -c release --static-swift-stdlib --product boon

demo: deps
	swift build --product boon
	.build/debug/boon demo

test: deps check
	swift build --build-tests
	swift test --skip-build
	@$(MAKE) --no-print-directory fuzz-short

# 10,000 generated messages for each second opinion on mail; a year of 10,000 customers whose daemon is killed 500
# times; the release build killed 300 times and in each of its writes while it sends, and 200 times while it imports and
# counts points; rates over a minute; then the long fuzzing.
long: deps
	swift build -c release --product boon
	swift build --build-tests
	BOON_LONG=1 swift test --skip-build --filter 'MIMETests|YearTests'
	BOON_LONG=1 BOON_PATH=$(CURDIR)/.build/release/boon swift test --skip-build --filter 'StoreCrash|SendingCrash|SendingRate'
	@$(MAKE) --no-print-directory fuzz

# Arbitrary bytes for everything that parses: templates, mail, addresses, reports, DNS records.
fuzz: deps
	Tests/Fuzzing/run 1000000

# The same for a minute, which `make test` does too.
fuzz-short:
	Tests/Fuzzing/run 20000

check:
	swift format lint --strict --recursive --parallel $(SOURCES)
	.ci/check-imports

format:
	swift format --in-place --recursive --parallel $(SOURCES)

bench: deps
	swift build -c release --static-swift-stdlib --product boon
	swift build -c release --static-swift-stdlib --product boon-bench
	.build/release/boon-bench
