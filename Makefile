# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: The plancheck authors

.PHONY: list build test verify format snapshots schema new-rule

list:      ## these verbs
	@grep -E '^[a-z-]+: +##' Makefile | sed 's/: *##/ -/'
build:     ## compile and package, without tests and analysis
	mvn -q -Dquick -DskipTests package
test:      ## all tests
	mvn test
verify:    ## all tests, analysis, unused dependencies
	mvn verify
format:    ## rewrite every Java file as google-java-format writes it
	mvn -q -pl house test -Dtest=FormatTest -Dformat.fix=true
snapshots: ## rewrite rules.txt, the rule index, the findings shown in pages, the table of ghost.md, the golden answers of commands
	mvn -q -pl engine,rules test -Dsnapshots.fix=true
	mvn -q -pl checks -am test -Dsnapshots.fix=true -Dtest=GhostPagesTest -Dsurefire.failIfNoSpecifiedTests=false
	mvn -q -pl cli -am test -Dsnapshots.fix=true -Dtest='LintCommandTest,CheckCommandTest,MigrateCommandTest' -Dsurefire.failIfNoSpecifiedTests=false
schema:    ## rewrite schema.sql, which is what a fresh installation has, from the migrations
	mvn -q -pl store -am test -Dsnapshots.fix=true -Dtest=SchemaTest -Dsurefire.failIfNoSpecifiedTests=false
new-rule:  ## the files of a new rule: make new-rule TOPIC=index NAME=create-twice
	bin/new-rule "$(TOPIC)" "$(NAME)"
