// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.ApiException.Code;
import dev.plancheck.checks.contract.Samples;
import dev.plancheck.checks.memory.Memory;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ReleaseServiceTest {
  private static final ReleaseName NAME = new ReleaseName("shop", "r1");

  private final Memory memory = new Memory(InstantSource.system());
  private final ReleaseService service = new ReleaseService(memory.releases(), memory.sheets());
  private final String sheet = Sheet.of("SELECT 1").sha256();

  @BeforeEach
  void createSheet() {
    memory.projects().create(Samples.project("shop"));
    memory.projects().create(Samples.project("other"));
    memory.sheets().put("shop", "SELECT 1");
  }

  @Test
  void takesFilesWhoseVersionsAscend() {
    var files =
        List.of(file("a", "1"), file("b", "1.0.1"), file("c", "1.10"), file("d", "20261122"));

    assertThat(service.create(NAME, "", files).files()).isEqualTo(files);
  }

  @Test
  void refusesVersionsThatDoNotAscend() {
    assertRefused(
        "files[1].version",
        "version: 1.9 behind 1.10 (expected: ascending, each once)",
        file("a", "1.10"),
        file("b", "1.9"));
    assertRefused("files[1].version", "version: 1.0 behind 1", file("a", "1"), file("b", "1.0"));
  }

  @Test
  void refusesNoFilesAndAPathTwice() {
    assertRefused("files", "files: 0 (expected: 1 to 1,000)");
    assertRefused(
        "files[1].path",
        "path: 'a' (expected: unique in the release)",
        file("a", "1"),
        file("a", "2"));
  }

  @Test
  void refusesASheetThatTheProjectDoesNotSee() {
    var others = memory.sheets().put("other", "SELECT 2").sha256();

    assertRefused(
        "files[1].sheet",
        "sheet: %s does not exist in projects/shop".formatted(others),
        file("a", "1"),
        new Release.File("b", new ReleaseVersion("2"), others));
  }

  @Test
  void aVersionIsNumbersWithDots() {
    for (var wrong :
        List.of("", "1.", ".1", "1..2", "v1", "1-2", "-1", "1.2.3.4.5.6.7.8.9.10.11")) {
      assertThatIllegalArgumentException()
          .as(wrong)
          .isThrownBy(() -> new ReleaseVersion(wrong))
          .withMessageContaining("numbers with dots");
    }
  }

  private Release.File file(String path, String version) {
    return new Release.File(path, new ReleaseVersion(version), sheet);
  }

  private void assertRefused(String field, String message, Release.File... files) {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> service.create(NAME, "", List.of(files)))
        .withMessageContaining(message)
        .satisfies(refusal -> {
          assertThat(refusal.code()).isEqualTo(Code.INVALID_ARGUMENT);
          assertThat(refusal.field()).contains(field);
        });
    assertThat(memory.releases().get(NAME)).isEmpty();
  }
}
