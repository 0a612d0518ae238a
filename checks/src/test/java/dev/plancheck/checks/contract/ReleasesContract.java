// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.ApiException.Code;
import dev.plancheck.checks.plan.Release;
import dev.plancheck.checks.plan.ReleaseName;
import dev.plancheck.checks.plan.ReleaseVersion;
import dev.plancheck.checks.plan.Releases;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [Releases] does.
public abstract class ReleasesContract extends StorageContract {
  private static final ReleaseName NAME = new ReleaseName("shop", "r1");
  private static final List<Release.File> FILES =
      List.of(
          new Release.File(
              "migrations/1 é \0.sql", new ReleaseVersion("1"), Samples.SHEET.sha256()),
          new Release.File("2.sql", new ReleaseVersion("2.10"), Samples.SHEET.sha256()));

  @BeforeEach
  void createProjects() {
    ports().projects().create(Samples.project("shop"));
    ports().projects().create(Samples.project("shop-2"));
  }

  @Test
  void keepsTheFilesInTheirOrder() {
    var created = releases().create(NAME, "First é \0", FILES);

    assertThat(created.name()).isEqualTo(NAME);
    assertThat(created.title()).isEqualTo("First é \0");
    assertThat(created.files()).isEqualTo(FILES);
    assertThat(releases().get(NAME)).contains(created);
    assertThat(releases().get(new ReleaseName("shop-2", "r1"))).isEmpty();
  }

  @Test
  void isNeverReplaced() {
    var created = releases().create(NAME, "", FILES);

    assertRefused(Code.ALREADY_EXISTS, () -> releases().create(NAME, "Other", FILES.subList(0, 1)));
    assertThat(releases().get(NAME)).contains(created);
    assertRefused(
        Code.NOT_FOUND, () -> releases().create(new ReleaseName("none", "r1"), "", FILES));
  }

  @Test
  void listsAProjectsReleasesByIdInPages() {
    for (var id : List.of("b", "a", "C")) {
      releases().create(new ReleaseName("shop", id), "", FILES);
    }
    releases().create(new ReleaseName("shop-2", "d"), "", FILES);

    assertThat(ids(releases().list("shop", 2, ""))).containsExactly("C", "a");
    assertThat(ids(releases().list("shop", 2, "a"))).containsExactly("b");
    assertThat(releases().list("none", 2, "")).isEmpty();
  }

  private Releases releases() {
    return ports().releases();
  }

  private static List<String> ids(List<Release> releases) {
    return releases.stream().map(release -> release.name().id()).toList();
  }
}
