// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.review.page;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.Dialects;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.review.Finding;
import dev.plancheck.engine.review.Level;
import dev.plancheck.engine.review.Policy;
import dev.plancheck.engine.review.Review;
import dev.plancheck.engine.review.Rule;
import dev.plancheck.engine.review.page.RulePage.Block;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.text.SourceText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Holds a rule's page to its word.
///
/// In a `sql` block a line that ends with `-- error: ID` or `-- warning: ID` (several joined by
/// commas) must be reported so, at that line; a line without must not be. Only the page's own rule
/// is on, with the findings of the review itself. Attributes of a block: `engine=mysql`,
/// `version=13`, `schema=NAME` (a block `sql schema NAME` above, see [PageSchema]; without it
/// nothing is known of the target), `set.NAME=VALUE` (a setting of the target), `rules=ID,ID` (more
/// rules to switch on), `judge=refuses` or `judge=accepts` (what a server says to a statement that
/// the grammar rejects). A `finding` block behind a `sql` block shows its findings as people see
/// them.
public final class PageRunner {
  private static final Pattern EXPECTED =
      Pattern.compile(
          "--\\s*((?:error|warning):\\s*[\\w.-]+(?:,\\s*(?:error|warning):\\s*[\\w.-]+)*)$");

  private final List<? extends Rule> rules;

  public PageRunner(List<? extends Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  /// What is wrong with the page, in sentences that begin with a line; empty if nothing is.
  public List<String> problems(RulePage page) {
    var problems = new ArrayList<String>();
    var blocks = page.blocks();
    for (var at = 0; at < blocks.size(); at++) {
      var block = blocks.get(at);
      if (block.isReviewed()) {
        var findings = findings(page, block);
        compare(block, findings, problems);
        var next = at + 1 < blocks.size() ? blocks.get(at + 1) : null;
        if (next != null
            && next.language().equals("finding")
            && !next.lines().equals(shown(findings))) {
          problems.add(
              "line %d: the findings above are shown otherwise; `make snapshots` rewrites this"
                  .formatted(next.line()));
        }
      }
    }
    return problems;
  }

  /// The page with its `finding` blocks rewritten.
  public String withSnapshots(RulePage page) {
    var lines = new ArrayList<>(page.text().lines().toList());
    var blocks = page.blocks();
    for (var at = blocks.size() - 1; at > 0; at--) {
      var block = blocks.get(at);
      if (block.language().equals("finding") && blocks.get(at - 1).isReviewed()) {
        var from = block.line() - 1;
        lines.subList(from, from + block.lines().size()).clear();
        lines.addAll(from, shown(findings(page, blocks.get(at - 1))));
      }
    }
    return String.join("\n", lines) + "\n";
  }

  /// The findings of one block on the target that it names.
  public List<Finding> findings(RulePage page, Block block) {
    return findings(page, block, target(page, block));
  }

  /// The findings of one block when nothing is known of any target.
  public List<Finding> findingsWithoutTarget(RulePage page, Block block) {
    return findings(page, block, Schema.unknown(version(block)));
  }

  /// The findings of one block on each target that the page describes.
  public List<List<Finding>> findingsOnEveryTarget(RulePage page, Block block) {
    var all = new ArrayList<List<Finding>>();
    for (var schema : page.blocks()) {
      if (schema.isSchema()) {
        all.add(findings(page, block, PageSchema.of(schema, version(block))));
      }
    }
    return all;
  }

  /// What a block's comments demand: `2 error index.create-without-concurrently`.
  public Set<String> expected(Block block) {
    var expected = new TreeSet<String>();
    for (var line = 0; line < block.lines().size(); line++) {
      var comment = EXPECTED.matcher(block.lines().get(line).stripTrailing());
      if (comment.find()) {
        for (var one : comment.group(1).split(",\\s*", -1)) {
          expected.add("%d %s".formatted(line + 1, one.replaceFirst(":\\s*", " ")));
        }
      }
    }
    return expected;
  }

  private void compare(Block block, List<Finding> findings, List<String> problems) {
    var expected = expected(block);
    var found = new TreeMap<String, String>();
    for (var finding : findings) {
      found.put(
          "%d %s %s"
              .formatted(
                  line(finding), finding.status().name().toLowerCase(Locale.ROOT), finding.rule()),
          finding.content());
    }
    for (var missing : expected) {
      if (!found.containsKey(missing)) {
        problems.add(sentence(block, missing, "is not reported"));
      }
    }
    found.forEach((key, content) -> {
      if (!expected.contains(key)) {
        problems.add(sentence(block, key, "is reported: " + content));
      }
    });
  }

  private static String sentence(Block block, String key, String what) {
    var parts = key.split(" ", 2);
    return "line %d: %s %s"
        .formatted(block.line() + Integer.parseInt(parts[0]) - 1, parts[1], what);
  }

  private static int line(Finding finding) {
    return finding.range() == null ? 1 : finding.range().start().line();
  }

  private static List<String> shown(List<Finding> findings) {
    var lines = new ArrayList<String>();
    for (var finding : findings) {
      lines.add(
          "%s at %s: %s"
              .formatted(
                  finding.status().name().toLowerCase(Locale.ROOT),
                  finding.range() == null ? "1:1" : finding.range().start(),
                  finding.title()));
      finding.content().lines().map(line -> "  " + line).forEach(lines::add);
    }
    return lines;
  }

  private List<Finding> findings(RulePage page, Block block, Schema target) {
    var on = new TreeSet<>(Set.of(page.title()));
    block.attribute("rules").ifPresent(ids -> on.addAll(Arrays.asList(ids.split(",", -1))));
    var policy = Policy.of(rules);
    for (var rule : rules) {
      var level = on.contains(rule.info().id()) ? Level.of(rule.info().severity()) : Level.OFF;
      policy = policy.withLevel(rule.info().id(), level);
    }
    var version = version(block);
    var script = Dialects.of(version.engine()).parse(new SourceText(block.text()), version);
    return new Review(policy)
        .run(judged(script, block.attributes().get("judge")), target)
        .findings();
  }

  private static Script judged(Script script, @Nullable String verdict) {
    return verdict == null
        ? script
        : script.withStatements(script.statements().stream().map(s -> judged(s, verdict)).toList());
  }

  private static ScriptStatement judged(ScriptStatement statement, String verdict) {
    if (!(statement.statement() instanceof Statement.Rejected(var message, var at))) {
      return statement;
    }
    return statement.withStatement(
        switch (verdict) {
          case "refuses" -> new Statement.Invalid(message, at, "PostgreSQL");
          case "accepts" -> new Statement.NotAnalysed("plancheck's grammar does not know it");
          default -> throw new IllegalArgumentException("judge=" + verdict);
        });
  }

  private static Schema target(RulePage page, Block block) {
    var version = version(block);
    var name = block.attribute("schema");
    if (name.isEmpty()) {
      return Schema.unknown(version).withSettings(PageSchema.settings(block));
    }
    Map<String, Block> schemas = new HashMap<>();
    page.blocks().stream()
        .filter(Block::isSchema)
        .forEach(schema -> schemas.put(schema.words().get(1), schema));
    var described = schemas.get(name.get());
    if (described == null) {
      throw new IllegalArgumentException(
          "line %d: schema=%s (expected: one of %s)"
              .formatted(
                  block.line(),
                  name.get(),
                  schemas.keySet().stream().sorted().collect(Collectors.joining(", "))));
    }
    var schema = PageSchema.of(described, version);
    var settings = new TreeMap<>(schema.settings());
    settings.putAll(PageSchema.settings(block));
    return schema.withSettings(settings);
  }

  /// `engine=mysql version=5.7`; without a version the usual one of the engine.
  private static EngineVersion version(Block block) {
    var engine =
        block
            .attribute("engine")
            .map(id -> Engine.byId(id).orElseThrow())
            .orElse(Engine.POSTGRESQL);
    var version = block.attribute("version");
    if (version.isEmpty()) {
      return EngineVersion.usual(engine);
    }
    var numbers = version.get().split("\\.", 2);
    var minor = numbers.length > 1 ? Integer.parseInt(numbers[1]) : 0;
    return new EngineVersion(engine, Integer.parseInt(numbers[0]), minor);
  }
}
