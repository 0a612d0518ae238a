// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.gate;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the server's gate said of a plan, as far as it is shown.
///
/// `verdict` is null where there is no run that ended. `checked` of `matched` databases were
/// checked.
record GateReport(
    String plan,
    String state,
    String purpose,
    int planVersion,
    int attempt,
    @Nullable String verdict,
    int checked,
    int matched,
    List<Reason> reasons,
    @Nullable TakenOver override) {
  record Reason(String kind, String message, boolean overridable) {}

  /// Who opened the gate in spite of the reasons, and why.
  record TakenOver(String actor, String reason) {}

  /// What others end, sooner or later: checks, and people who decide.
  private static final Set<String> AWAITED = Set.of("QUEUED", "RUNNING", "NOT_APPROVED");

  GateReport {
    reasons = List.copyOf(reasons);
  }

  static GateReport of(String plan, JsonObject answer) {
    var verdict = text(answer, "verdict");
    return new GateReport(
        plan,
        text(answer, "state"),
        text(answer, "purpose"),
        number(answer, "planVersion"),
        number(answer, "attempt"),
        verdict.isEmpty() || verdict.equals("VERDICT_UNSPECIFIED") ? null : verdict,
        number(answer, "targetCount"),
        number(answer, "matchedCount"),
        answer.getAsJsonArray("reasons").asList().stream().map(GateReport::reason).toList(),
        override(answer.get("override")));
  }

  private static Reason reason(JsonElement element) {
    var reason = element.getAsJsonObject();
    return new Reason(
        text(reason, "kind"), text(reason, "message"), reason.get("overridable").getAsBoolean());
  }

  private static @Nullable TakenOver override(@Nullable JsonElement element) {
    if (element == null || !element.isJsonObject()) {
      return null;
    }
    var override = element.getAsJsonObject();
    return new TakenOver(text(override, "actor"), text(override, "reason"));
  }

  private static String text(JsonObject object, String name) {
    var value = object.get(name);
    return value == null || value.isJsonNull() ? "" : value.getAsString();
  }

  private static int number(JsonObject object, String name) {
    var value = object.get(name);
    return value == null || value.isJsonNull() ? 0 : value.getAsInt();
  }

  boolean isOpen() {
    return state.equals("OPEN") || state.equals("OVERRIDDEN");
  }

  /// Whether it may open without anybody's looking at this answer.
  boolean mayOpen() {
    return !isOpen() && reasons.stream().allMatch(reason -> AWAITED.contains(reason.kind()));
  }
}
