// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import static dev.plancheck.store.LegacyPlan.odd;
import static dev.plancheck.store.LegacyPlan.open;
import static dev.plancheck.store.LegacyPlan.shut;
import static dev.plancheck.store.LegacyPlan.shutNow;
import static dev.plancheck.store.LegacyRow.OK;
import static dev.plancheck.store.LegacyRow.S1;
import static dev.plancheck.store.LegacyRow.S2;
import static dev.plancheck.store.LegacyRow.advise;
import static dev.plancheck.store.LegacyRow.config;
import static dev.plancheck.store.LegacyRow.element;
import static dev.plancheck.store.LegacyRow.ghost;
import static dev.plancheck.store.LegacyRow.result;
import static dev.plancheck.store.LegacyRow.summary;

import dev.plancheck.checks.run.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Plans of an old deployment that make a consolidation go wrong, each in its own way.
final class AwkwardPlans {
  static final String ERROR = result("ERROR", "drops a column");
  private static final String EMPTY = "{}";
  private static final String REFUSED = "{\"error\": \"connection refused\"}";

  private AwkwardPlans() {}

  static List<LegacyPlan> all() {
    var plans = new ArrayList<LegacyPlan>();
    plans.addAll(ends());
    plans.addAll(ages());
    plans.addAll(generations());
    plans.addAll(specs());
    plans.addAll(OddPlans.all());
    plans.addAll(contents());
    return plans;
  }

  private static List<LegacyPlan> ends() {
    return List.of(
        open("all is well", 2, advise("a", OK), summary("a", OK)),
        open("a warning lets pass", 1, advise("a", result("WARNING", "slow"))).keeping("slow"),
        shut("an error", RunStatus.DONE, 2, advise("a", ERROR), summary("a", OK))
            .keeping("drops a column"),
        shut("only an error of gh-ost", RunStatus.DONE, 1, ghost("a", ERROR)),
        shut(
                "one of two checks failed",
                RunStatus.FAILED,
                2,
                advise("a", OK),
                summary("a", REFUSED).ended("FAILED"))
            .keeping("ok", "connection refused"),
        shut(
                "a check failed and did not say why",
                RunStatus.FAILED,
                1,
                advise("a", EMPTY).ended("FAILED"))
            .keeping("The check failed and did not say why"),
        shut(
                "a check failed after it had found an error",
                RunStatus.FAILED,
                2,
                advise(
                        "a",
                        "{\"results\": [%s], \"error\": \"lost\"}"
                            .formatted(element("ERROR", "drops a column")))
                    .ended("FAILED"))
            .keeping("drops a column", "lost"),
        shut(
                "checks that failed in many ways",
                RunStatus.FAILED,
                3,
                advise("a", REFUSED).ended("FAILED"),
                advise("b", "{\"error\": \"no route\"}").ended("FAILED"),
                advise("c", REFUSED).ended("FAILED"))
            .keeping("connection refused", "no route"),
        shutNow(
                "a check that is done, but says what went wrong",
                RunStatus.FAILED,
                1,
                advise("a", REFUSED))
            .keeping("connection refused"),
        shutNow(
            "checks that are done without a word",
            RunStatus.DONE,
            2,
            advise("a", "{\"results\": []}"),
            summary("a", EMPTY)),
        shutNow(
            "one database of two without a word",
            RunStatus.DONE,
            2,
            advise("a", OK),
            advise("b", EMPTY)),
        shut("only canceled", RunStatus.CANCELED, 1, advise("a", EMPTY).ended("CANCELED")),
        shut(
            "one of two checks canceled",
            RunStatus.CANCELED,
            2,
            advise("a", OK),
            summary("a", EMPTY).ended("CANCELED")),
        shut(
                "canceled with something found",
                RunStatus.CANCELED,
                2,
                advise("a", result("WARNING", "slow")).ended("CANCELED"))
            .keeping("slow"),
        shut(
            "canceled and failed",
            RunStatus.FAILED,
            2,
            advise("a", EMPTY).ended("CANCELED"),
            advise("b", REFUSED).ended("FAILED")),
        shut("only running", RunStatus.FAILED, 1, advise("a", EMPTY).ended("RUNNING")),
        shut(
                "an error while another check is running",
                RunStatus.FAILED,
                2,
                advise("a", ERROR),
                summary("a", EMPTY).ended("RUNNING"))
            .keeping("drops a column"),
        shut(
            "running and canceled",
            RunStatus.FAILED,
            2,
            advise("a", EMPTY).ended("RUNNING"),
            advise("b", EMPTY).ended("CANCELED")));
  }

  private static List<LegacyPlan> ages() {
    return List.of(
        open("of 29 days ago", 1, advise("a", OK).days(29)),
        shutNow("of 45 days ago", RunStatus.DONE, 1, advise("a", OK).days(45)),
        shut("an error of 45 days ago", RunStatus.DONE, 1, advise("a", ERROR).days(45))
            .keeping("drops a column"),
        shut(
                "an error of 31 days ago, another database today",
                RunStatus.DONE,
                2,
                advise("a", ERROR).days(31),
                advise("b", OK))
            .keeping("drops a column"),
        shutNow(
            "one database long ago, another today",
            RunStatus.DONE,
            2,
            advise("a", OK).days(45),
            advise("b", OK)),
        open("of tomorrow, by a clock that is wrong", 1, advise("a", OK).days(-1)));
  }

  private static List<LegacyPlan> generations() {
    return List.of(
        open("an error, then none", 1, advise("a", ERROR).days(2), advise("a", OK)),
        shut("none, then an error", RunStatus.DONE, 1, advise("a", OK).days(2), advise("a", ERROR))
            .keeping("drops a column"),
        shut(
                "an older row that was stored later",
                RunStatus.DONE,
                1,
                advise("a", ERROR).days(1),
                advise("a", OK).days(2))
            .keeping("drops a column"),
        open(
            "two at once: the second counts, which is well",
            1,
            advise("a", ERROR),
            advise("a", OK)),
        shut(
                "two at once: the second counts, which is an error",
                RunStatus.DONE,
                1,
                advise("a", OK),
                advise("a", ERROR))
            .keeping("drops a column"),
        shut(
            "well, then running",
            RunStatus.FAILED,
            1,
            advise("a", OK).days(2),
            advise("a", EMPTY).ended("RUNNING")),
        shut(
            "well, then canceled: what was well is no answer any more",
            RunStatus.CANCELED,
            1,
            advise("a", OK).days(2),
            advise("a", EMPTY).ended("CANCELED")),
        shut(
            "the old sheet was well, the new one is canceled",
            RunStatus.CANCELED,
            2,
            advise("a", OK).days(2),
            advise("a", EMPTY).with(config("a", S2, "")).ended("CANCELED")),
        shut(
                "the old sheet has an error, the new one is well",
                RunStatus.DONE,
                2,
                advise("a", ERROR).days(2),
                advise("a", OK).with(config("a", S2, "")))
            .keeping("drops a column"),
        open(
            "an old row that is odd",
            1,
            advise("a", "{\"results\": null}").days(2),
            advise("a", OK)),
        odd(
            "a new row that is odd",
            "results is of type null",
            1,
            advise("a", OK).days(2),
            advise("a", "{\"results\": null}")),
        odd(
            "an old row of nobody knows which database",
            "config has no instanceId",
            1,
            advise("a", OK).with("{\"instanceId\": \"prod\", \"sheetSha256\": \"x\"}").days(2),
            advise("a", OK)));
  }

  private static List<LegacyPlan> specs() {
    return List.of(
        shut(
                "two sheets on one database, an error by the first",
                RunStatus.DONE,
                4,
                advise("a", ERROR),
                summary("a", OK),
                advise("a", OK).with(config("a", S2, "")),
                summary("a", OK).with(config("a", S2, "")))
            .keeping("drops a column"),
        open(
            "prior backup and gh-ost, each flag on one row only",
            3,
            advise("a", OK).flags("a", "\"enablePriorBackup\": true, \"enableGhost\": true"),
            summary("a", OK),
            ghost("a", OK)
                .flags("a", "\"enableGhost\": true, \"ghostFlags\": {\"max-load\": \"x=1\"}")),
        open(
            "a flag that is false here and absent there",
            2,
            advise("a", OK).flags("a", "\"enableGhost\": false"),
            summary("a", OK)),
        open("a wanted schema", 1, advise("a", OK).flags("a", "\"enableSdl\": true")),
        open(
                "specs that the plan names",
                3,
                advise("a", OK),
                advise("b", OK),
                advise("a", OK).with(config("a", S2, "")))
            .saying(
                """
                {"specs": [
                  {"id": "first", "changeDatabaseConfig": {"sheetSha256": "%s", "type": "MIGRATE",
                    "targets": ["instances/prod/databases/a", "instances/prod/databases/b"]}},
                  {"id": "second", "changeDatabaseConfig": {"sheetSha256": "%s",
                    "targets": ["instances/prod/databases/a"], "enablePriorBackup": true}}]}
                """
                    .formatted(S1, S2)),
        open("two specs with one sheet for one database", 1, advise("a", OK))
            .saying(
                """
                {"specs": [
                  {"id": "first", "changeDatabaseConfig": {"sheetSha256": "%1$s",
                    "targets": ["instances/prod/databases/a"]}},
                  {"id": "second", "changeDatabaseConfig": {"sheetSha256": "%1$s",
                    "targets": ["instances/prod/databases/a"]}}]}
                """
                    .formatted(S1)),
        open("a database group", 2, advise("a", OK), advise("b", OK))
            .saying(
                """
                {"specs": [{"id": "fleet", "changeDatabaseConfig": {"sheetSha256": "%s",
                  "targets": ["projects/shop/databaseGroups/all"]}}]}
                """
                    .formatted(S1)),
        open("a plan whose specs cannot be read", 1, advise("a", OK))
            .saying("{\"specs\": [{\"id\": 7, \"changeDatabaseConfig\": \"x\"}]}"),
        open("a plan that says it has nothing to check", 1, advise("a", OK))
            .saying("{\"specs\": []}"),
        shut(
                "a plan that says it only exports, with an error",
                RunStatus.DONE,
                1,
                advise("a", ERROR))
            .saying("{\"specs\": [{\"id\": \"x\", \"exportDataConfig\": {}}]}"));
  }

  private static List<LegacyPlan> contents() {
    return List.of(
        open(
                "names and texts in many scripts",
                2,
                advise(
                    "大きい 🐘 \\\"q\\\" ␛ %%", result("SUCCESS", "␛0000 é 大 🐘 \\n \\\\ \\\"x\\\"")),
                advise("b", result("WARNING", "␛")))
            .keeping("␛0000 é 大 🐘 \n \\ \"x\"", "␛"),
        open("a database with slashes", 1, advise("a/databases/b", OK)),
        open(
            "names that differ in case only",
            2,
            advise("A", OK),
            advise("a", ERROR.replace("ERROR", "SUCCESS"))),
        open(
            "equal findings on many databases",
            60,
            IntStream.range(0, 60)
                .mapToObj(number -> advise("db" + (number * 7 % 60), result("WARNING", "slow")))
                .toArray(LegacyRow[]::new)),
        open(
            "a report on tables of several databases",
            1,
            summary(
                "a",
                """
                {"results": [{"status": "SUCCESS", "title": "OK", "sqlSummaryReport": {
                  "statementTypes": ["UPDATE", 5, "INSERT"], "affectedRows": "12",
                  "changedResources": {"databases": [
                    {"name": "a", "schemas": [
                      {"name": "public", "tables": [{"name": "t", "tableRows": "100"}, {"name": "u"}]}]},
                    {"name": "other", "schemas": [
                      {"name": "", "tables": [{"name": "v", "tableRows": 0}, "x"]}, null]}, 7]}}}]}
                """)),
        open(
            "a report without a number, which is not none",
            1,
            summary(
                "a",
                "{\"results\": [{\"status\": \"SUCCESS\", \"sqlSummaryReport\": {\"affectedRows\":"
                    + " 0}}]}")),
        open(
            "two reports in one row",
            3,
            summary(
                "a",
                """
                {"results": [
                  {"status": "SUCCESS", "sqlSummaryReport": {"affectedRows": 1}},
                  {"status": "WARNING", "content": "between"},
                  {"status": "SUCCESS", "sqlSummaryReport": {"affectedRows": 2}}]}
                """)),
        open(
            "positions that are and are not",
            4,
            advise(
                "a",
                """
                {"results": [
                  {"status": "WARNING", "code": 402, "sqlReviewReport":
                    {"startPosition": {"line": 3, "column": 5}, "endPosition": {"line": 3, "column": 9}}},
                  {"status": "WARNING", "code": "x", "sqlReviewReport":
                    {"startPosition": {"line": 3, "column": 5}, "endPosition": {"line": 2}}},
                  {"status": "WARNING", "code": 0, "sqlReviewReport": {"startPosition": {"line": 0}}},
                  {"status": "WARNING", "sqlReviewReport": {"startPosition": {"line": 4}}}]}
                """)));
  }

  /// Ten thousand results in one row.
  static LegacyPlan large() {
    return open(
            "ten thousand results in one row",
            10_000,
            advise(
                "a",
                IntStream.range(0, 10_000)
                    .mapToObj(number -> element("WARNING", "number " + number))
                    .collect(Collectors.joining(",", "{\"results\": [", "]}"))))
        .keeping("number 0", "number 5000", "number 9999");
  }
}
