// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.catalogue;

import dev.plancheck.checks.ghost.GhostCode;
import dev.plancheck.cli.terminal.Paint;
import dev.plancheck.cli.terminal.Wrapped;
import dev.plancheck.engine.Engine;
import dev.plancheck.engine.review.OwnFinding;
import dev.plancheck.engine.review.Rule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.rules.Rules;
import dev.plancheck.rules.policy.RuleOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// What stands below every page: severity, engines, options, and how to silence it.
final class Facts {
  private Facts() {}

  static List<String> of(String id, Paint paint, int columns) {
    return GhostCode.byId(id)
        .map(code -> ofGhost(code, paint, columns))
        .orElseGet(() -> ofRule(id, paint, columns));
  }

  private static List<String> ofGhost(GhostCode code, Paint paint, int columns) {
    var lines = new ArrayList<String>();
    lines.add("");
    var severity = code.status().name().toLowerCase(Locale.ROOT);
    add(lines, columns, paint, "Severity", severity + ", for MySQL and MariaDB with gh-ost");
    var silence =
        code.status() == Status.ERROR
            ? "not possible; an override of the gate, with a reason, takes it over"
            : "not possible; it does not shut the gate";
    add(lines, columns, paint, "Silence it", silence);
    return lines;
  }

  private static List<String> ofRule(String id, Paint paint, int columns) {
    var info = Rules.infos().stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
    var severity =
        info.severity().name().toLowerCase(Locale.ROOT)
            + (info.isOptIn() ? ", off unless a policy switches it on" : "");
    var engines =
        info.engines().stream().map(Engine::title).sorted().collect(Collectors.joining(", "));
    var lines = new ArrayList<String>();
    lines.add("");
    add(
        lines,
        columns,
        paint,
        "Severity",
        severity + ", for " + engines + ", since " + info.since());
    var rule = Rules.ALL.stream().filter(one -> one.info().id().equals(id)).findFirst();
    rule.map(RuleOptions::of)
        .filter(options -> !options.isEmpty())
        .ifPresent(options -> add(lines, columns, paint, "Options", text(options)));
    add(lines, columns, paint, "Silence it", rule.map(Facts::silence).orElseGet(() -> policy(id)));
    return lines;
  }

  private static String text(List<RuleOptions.Option> options) {
    return options.stream()
        .map(option -> option.name() + ": " + option.value())
        .collect(Collectors.joining(", "));
  }

  private static String silence(Rule rule) {
    return "for one statement: -- plancheck:ignore %s REASON".formatted(rule.info().id());
  }

  private static String policy(String id) {
    var least = OwnFinding.byId(id).orElseThrow().least();
    return switch (least) {
      case OFF -> "in a policy only";
      case WARNING, ERROR -> "not possible: it tells what was not checked";
    };
  }

  private static void add(List<String> lines, int columns, Paint paint, String name, String text) {
    var wrapped = new Wrapped("", columns);
    wrapped.add(name + ":", paint::strong).add(" " + text, UnaryOperator.identity());
    lines.addAll(wrapped.lines());
  }
}
