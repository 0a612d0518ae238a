// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.approval;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.expression.Expression;
import dev.plancheck.checks.expression.Expressions;
import dev.plancheck.checks.expression.Expressions.Compiled;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// A policy that is fit to be asked. `used` are the variables that its rules name: what targets
/// differ in beside them makes no difference.
record CompiledPolicy(ApprovalPolicy policy, List<Rule> rules, SortedSet<String> used) {
  static final int MOST_RULES = 100;
  static final int MOST_ROLES = 10;
  private static final int LONGEST_TITLE = 200;
  private static final Pattern ROLE = Pattern.compile("[A-Z][A-Z0-9_]{0,62}");
  private static final Expressions EXPRESSIONS = new Expressions(Facts.KINDS);

  record Rule(RiskRule rule, Expression condition) {}

  CompiledPolicy {
    rules = List.copyOf(rules);
  }

  /// Throws [ApiException] INVALID_ARGUMENT with the field: for a condition with line and column.
  static CompiledPolicy of(ApprovalPolicy policy) {
    if (policy.rules().size() > MOST_RULES) {
      throw ApiException.invalid(
          "policy.rules",
          "rules: %d (expected: at most %d)".formatted(policy.rules().size(), MOST_RULES));
    }
    var rules = new ArrayList<Rule>();
    var used = new TreeSet<String>();
    for (var index = 0; index < policy.rules().size(); index++) {
      var rule = policy.rules().get(index);
      var field = "policy.rules[%d]".formatted(index);
      checkTitle(field, rule.title(), 1);
      var condition = compile(field, rule.condition());
      rules.add(new Rule(rule, condition));
      used.addAll(condition.variables());
    }
    for (var risk : Risk.values()) {
      check(risk, policy.template(risk));
    }
    return new CompiledPolicy(policy, rules, used);
  }

  private static Expression compile(String field, String condition) {
    return switch (EXPRESSIONS.compile(condition)) {
      case Compiled.Ready(var expression) -> expression;
      case Compiled.Refused refused ->
          throw ApiException.invalid(
              field + ".condition",
              "%s.condition: %s (expected: a bool over %s)"
                  .formatted(field, refused.words(), String.join(", ", Facts.KINDS.keySet())));
    };
  }

  private static void check(Risk risk, ApprovalTemplate template) {
    var field = "policy." + risk.name().toLowerCase(java.util.Locale.ROOT);
    checkTitle(field, template.title(), 0);
    if (template.roles().size() > MOST_ROLES) {
      throw ApiException.invalid(
          field + ".roles",
          "roles: %d (expected: at most %d)".formatted(template.roles().size(), MOST_ROLES));
    }
    for (var index = 0; index < template.roles().size(); index++) {
      if (!ROLE.matcher(template.roles().get(index)).matches()) {
        var role = "%s.roles[%d]".formatted(field, index);
        throw ApiException.invalid(
            role,
            "%s: %s (expected: capital letters, digits and underscores, as DBA)"
                .formatted(role, template.roles().get(index)));
      }
    }
  }

  private static void checkTitle(String field, String title, int shortest) {
    if (title.strip().length() < shortest || title.length() > LONGEST_TITLE) {
      throw ApiException.invalid(
          field + ".title",
          "%s.title: %d characters (expected: %d to %d)"
              .formatted(field, title.strip().length(), shortest, LONGEST_TITLE));
    }
  }
}
