// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store;

import static dev.plancheck.store.LegacyPlan.odd;
import static dev.plancheck.store.LegacyRow.OK;
import static dev.plancheck.store.LegacyRow.advise;
import static dev.plancheck.store.LegacyRow.element;
import static dev.plancheck.store.LegacyRow.result;
import static dev.plancheck.store.LegacyRow.summary;

import java.util.ArrayList;
import java.util.List;

/// Rows of an old deployment whose JSON is not what it should be.
final class OddPlans {
  private static final String ERROR = AwkwardPlans.ERROR;

  private OddPlans() {}

  static List<LegacyPlan> all() {
    var plans = new ArrayList<>(oddConfigs());
    plans.addAll(oddResults());
    return plans;
  }

  private static List<LegacyPlan> oddConfigs() {
    return List.of(
        odd(
            "a type that nobody knows",
            "type is bb.plan-check.database.connect",
            0,
            advise("a", OK).ofType("bb.plan-check.database.connect")),
        odd(
            "a type that nobody knows, beside others",
            "type is bb.plan-check.pony",
            1,
            advise("a", OK),
            advise("a", OK).ofType("bb.plan-check.pony")),
        odd(
            "no database",
            "config has no instanceId",
            0,
            advise("a", OK).with("{\"instanceId\": \"prod\", \"sheetSha256\": \"x\"}")),
        odd(
            "no instance",
            "config has no instanceId",
            0,
            advise("a", OK).with("{\"databaseName\": \"a\", \"sheetSha256\": \"x\"}")),
        odd("an empty name", "config has no instanceId", 0, advise("", OK)),
        odd(
            "a name that is a number",
            "config has no instanceId",
            0,
            advise("a", OK).with("{\"instanceId\": 5, \"databaseName\": \"a\"}")),
        odd(
            "an instance with a slash",
            "config has no instanceId",
            0,
            advise("a", OK)
                .with(
                    "{\"instanceId\": \"p/q\", \"databaseName\": \"a\", \"sheetSha256\": \"x\"}")),
        odd(
            "no sheet",
            "config has no sheetSha256",
            0,
            advise("a", OK).with("{\"instanceId\": \"prod\", \"databaseName\": \"a\"}")),
        odd("a config that is a list", "config is not an object", 0, advise("a", OK).with("[]")),
        odd(
            "a flag in words",
            "config has a flag",
            1,
            advise("a", OK).flags("a", "\"enableGhost\": \"yes\"")),
        odd(
            "a flag that is null",
            "config has a flag",
            1,
            advise("a", OK).flags("a", "\"enablePriorBackup\": null")),
        odd(
            "flags of gh-ost in a list",
            "config has ghostFlags",
            1,
            advise("a", OK).flags("a", "\"ghostFlags\": [\"x\"]")),
        odd(
            "a flag of gh-ost that is a number",
            "config has ghostFlags",
            1,
            advise("a", OK).flags("a", "\"ghostFlags\": {\"max-load\": 1}")));
  }

  private static List<LegacyPlan> oddResults() {
    return List.of(
        odd(
            "results that are null",
            "results is of type null",
            1,
            advise("a", "{\"results\": null}")),
        odd(
            "results that are an object",
            "results is of type object",
            1,
            advise("a", "{\"results\": %s}".formatted(element("SUCCESS", "ok")))),
        odd(
                "results that are an object with an error",
                "results is of type object",
                1,
                advise("a", "{\"results\": %s}".formatted(element("ERROR", "x"))))
            .shutBefore(),
        odd("a result that is a list", "result is not an object", 1, advise("a", "[]")),
        odd(
            "a word among results",
            "results[1] is of type string",
            1,
            advise("a", "{\"results\": [%s, \"x\"]}".formatted(element("SUCCESS", "ok")))),
        odd(
            "null among results",
            "results[0] is of type null",
            1,
            advise("a", "{\"results\": [null]}")),
        odd(
            "a list among results",
            "results[0] is of type array",
            1,
            advise("a", "{\"results\": [[%s]]}".formatted(element("SUCCESS", "ok")))),
        odd(
            "a result without a status",
            "results[0] has no status",
            1,
            advise("a", "{\"results\": [{\"title\": \"t\"}]}")),
        odd(
            "a status that nobody knows",
            "results[0] has no status",
            1,
            advise("a", result("FATAL", "x"))),
        odd(
            "a title that is a number",
            "results[0] has a title",
            1,
            advise("a", "{\"results\": [{\"status\": \"SUCCESS\", \"title\": 5}]}")),
        odd(
            "a report that is a word",
            "results[0] has a report",
            1,
            summary(
                "a", "{\"results\": [{\"status\": \"SUCCESS\", \"sqlSummaryReport\": \"x\"}]}")),
        odd(
                "an error that is an object",
                "result has an error",
                1,
                advise("a", "{\"error\": {}}").ended("FAILED"))
            .shutBefore(),
        odd(
                "one database of two is odd, the other has an error",
                "results is of type null",
                2,
                advise("a", "{\"results\": null}"),
                advise("b", ERROR))
            .shutBefore()
            .keeping("drops a column"),
        odd(
                "two rows that are odd",
                "results is of type null",
                2,
                advise("a", "{\"results\": null}"),
                advise("b", "{\"results\": 5}"))
            .quarantining("results is of type number"));
  }
}
