// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.review.Rule;
import dev.plancheck.engine.review.RuleInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The list of rules is whole, and the files made from it are up to date: `-Dsnapshots.fix=true`
/// (`make snapshots`) rewrites them.
final class CatalogueTest {
  private static final Path SOURCES = Path.of("src/main/java/dev/plancheck/rules");
  private static final Path GOLDEN = Path.of("rules.txt");
  private static final Path GHOST = Path.of("../docs/ghost.md");
  private static final Path INDEX = Path.of("../docs/rules/index.md");

  @Test
  void theListIsSortedAndHasNoIdTwice() {
    var ids = Rules.ALL.stream().map(rule -> rule.info().id()).toList();

    assertThat(ids).isSorted().doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(25);
    assertThat(Rules.infos()).extracting(RuleInfo::id).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void everyRecordThatIsARuleIsInTheList() throws IOException {
    try (var files = Files.walk(SOURCES)) {
      var records =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(
                  file -> text(file).matches("(?s).*\\)\\s*implements (Statement|Script)Rule.*"))
              .map(file -> file.getFileName().toString().replace(".java", ""))
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(Rules.ALL)
          .extracting(rule -> rule.getClass().getSimpleName())
          .containsExactlyInAnyOrderElementsOf(records);
    }
  }

  @Test
  void anIdIsThePackageAndTheClass() {
    for (var rule : Rules.ALL) {
      var topic = rule.getClass().getPackageName().replaceFirst(".*\\.", "");
      var name = rule.getClass().getSimpleName().replaceAll("(?<!^)(?=[A-Z])", "-");
      assertThat(rule.info().id()).isEqualTo(topic + "." + name.toLowerCase(Locale.ROOT));
    }
  }

  @Test
  void everyRuleOfOurOwnHasAPageAndNothingElseHas() throws IOException {
    assertThat(Rules.infos()).allSatisfy(info -> assertThat(Rules.page(info.id())).isPresent());
    assertThat(Rules.page("no.such")).isEmpty();
    try (var files = Files.walk(SOURCES)) {
      var pages = files.filter(file -> file.toString().endsWith(".md")).count();
      assertThat(pages).isEqualTo(Rules.infos().size());
    }
  }

  @Test
  void whatIsLeftOutForGhostIsWrittenDown() {
    var told = new TreeSet<String>();
    Pattern.compile("`(lock\\.[a-z-]+)`")
        .matcher(text(GHOST))
        .results()
        .forEach(found -> told.add(found.group(1)));
    assertThat(Rules.ALL.stream().filter(Rule::isAboutDirectAlter))
        .extracting(rule -> rule.info().id())
        .containsExactlyElementsOf(told);
  }

  @Test
  void everyOptionIsDescribed() {
    for (var rule : Rules.ALL) {
      for (var option : rule.getClass().getRecordComponents()) {
        assertThat(Rules.page(rule.info().id()).orElseThrow())
            .contains("## Options")
            .contains("* `%s`:".formatted(named(option)));
      }
    }
  }

  @Test
  void equalRulesAreEqual() {
    assertThat(Rules.defaultPolicy().hash()).isEqualTo(Rules.defaultPolicy().hash());
    assertThat(Rules.defaultPolicy().entries()).hasSameSizeAs(Rules.ALL);
  }

  /// Ids and severities are stored in customers' policies: a change here is a decision.
  @Test
  void idsAndSeveritiesAreThoseOfTheGoldenFile() throws IOException {
    var lines = Rules.infos().stream().map(i -> "%s %s".formatted(i.id(), severity(i))).toList();
    isUpToDate(GOLDEN, String.join("\n", lines) + "\n");
  }

  @Test
  void theIndexOfPagesIsUpToDate() throws IOException {
    var rows =
        Rules.infos().stream()
            .map(info ->
                "| [%s](../../rules/src/main/java/dev/plancheck/rules/%s) | %s | %s | %s | %s |"
                    .formatted(
                        info.id(),
                        Pages.path(info.id()),
                        severity(info),
                        info.title(),
                        engines(info),
                        options(info.id())))
            .toList();
    isUpToDate(
        INDEX,
        """
        # Rules

        Made by `make snapshots` from the rules themselves. `plancheck explain RULE` shows a page.

        A rule that is off runs when a policy names it.

        | rule | severity | finds | for | options |
        |---|---|---|---|---|
        %s
        """
            .formatted(String.join("\n", rows)));
  }

  private static String severity(RuleInfo info) {
    return info.severity() + (info.isOptIn() ? ", off" : "");
  }

  private static String engines(RuleInfo info) {
    return info.engines().equals(RuleInfo.ALL_ENGINES)
        ? "all"
        : info.engines().stream().sorted().map(Engine::title).collect(Collectors.joining(", "));
  }

  private static String options(String id) {
    List<Rule> rules = Rules.ALL;
    return rules.stream()
        .filter(rule -> rule.info().id().equals(id))
        .flatMap(rule -> Arrays.stream(rule.getClass().getRecordComponents()))
        .map(option -> "`" + named(option) + "`")
        .collect(Collectors.joining(", "));
  }

  /// As a policy file spells it.
  private static String named(RecordComponent option) {
    return option.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private static void isUpToDate(Path file, String wanted) throws IOException {
    if (Boolean.getBoolean("snapshots.fix")) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, wanted);
    }
    assertThat(file).as("`make snapshots` rewrites it").hasContent(wanted);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
