// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Every finding is described, and the table that is made of the descriptions is up to date:
/// `-Dsnapshots.fix=true` (`make snapshots`) rewrites it.
final class GhostPagesTest {
  private static final Path DOCS = Path.of("../docs/ghost.md");
  private static final String HEAD =
      """
      | finding | status | what it means, and what to do |
      |---|---|---|
      """;

  @Test
  void describesEveryFindingInItsOrderAndNothingElse() {
    assertThat(GhostPages.sections().keySet())
        .as("sections of GhostCode.md, which every value of GhostCode needs")
        .containsExactlyElementsOf(Arrays.stream(GhostCode.values()).map(GhostCode::id).toList());
  }

  @Test
  void theTableOfTheDocumentationHasTheSameTexts() throws IOException {
    var text = Files.readString(DOCS);
    var from = text.indexOf(HEAD);
    assertThat(from).as("head of the table of findings in %s", DOCS).isNotNegative();
    var length = HEAD.length() + rows(text.substring(from + HEAD.length()));
    var wanted = text.substring(0, from) + table() + text.substring(from + length);
    if (Boolean.getBoolean("snapshots.fix")) {
      Files.writeString(DOCS, wanted);
    }
    assertThat(DOCS).as("`make snapshots` rewrites it").hasContent(wanted);
  }

  @Test
  void aTextFitsIntoARowOfTheTable() {
    assertThat(GhostPages.sections().values())
        .allSatisfy(page ->
            assertThat(page.meaning() + page.remedy())
                .as("no bar, and no list, code or heading of several lines")
                .doesNotContain("|", "\n"));
  }

  private static String table() {
    return HEAD
        + Arrays.stream(GhostCode.values())
            .map(code ->
                "| `%s` | %s | %s %s |\n"
                    .formatted(
                        code.id(), code.status(), code.page().meaning(), code.page().remedy()))
            .collect(Collectors.joining());
  }

  /// The length of the lines that begin with a bar.
  private static int rows(String text) {
    return text.lines()
        .takeWhile(line -> line.startsWith("|"))
        .mapToInt(line -> line.length() + 1)
        .sum();
  }
}
