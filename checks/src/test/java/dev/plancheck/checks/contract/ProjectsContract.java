// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.ApiException.Code;
import dev.plancheck.checks.plan.Project;
import org.junit.jupiter.api.Test;

/// What every [dev.plancheck.checks.plan.Projects] does.
public abstract class ProjectsContract extends StorageContract {
  @Test
  void keepsWhatWasCreated() {
    var shop = Samples.project("shop");

    assertThat(ports().projects().create(shop)).isEqualTo(shop);
    assertThat(ports().projects().get("shop")).contains(shop);
    assertThat(ports().projects().get("other")).isEmpty();
  }

  @Test
  void refusesAnIdThatIsTaken() {
    ports().projects().create(Samples.project("shop"));

    assertRefused(Code.ALREADY_EXISTS, () -> ports().projects().create(Samples.project("shop")));
  }

  @Test
  void replacesTitleAndSettings() {
    ports().projects().create(Samples.project("shop"));
    var changed = new Project("shop", "é \"new\"", Project.Settings.DEFAULT);

    assertThat(ports().projects().update(changed)).isEqualTo(changed);
    assertThat(ports().projects().get("shop")).contains(changed);
  }

  @Test
  void refusesToUpdateWhatDoesNotExist() {
    assertRefused(Code.NOT_FOUND, () -> ports().projects().update(Samples.project("shop")));
    assertThat(ports().projects().get("shop")).isEmpty();
  }

  @Test
  void listsByIdInPages() {
    for (var id : new String[] {"c", "a-b", "B", "a", "ab"}) {
      ports().projects().create(Samples.project(id));
    }

    assertThat(ports().projects().list(10, ""))
        .extracting(Project::id)
        .containsExactly("B", "a", "a-b", "ab", "c");
    assertThat(ports().projects().list(2, "a"))
        .extracting(Project::id)
        .containsExactly("a-b", "ab");
    assertThat(ports().projects().list(2, "c")).isEmpty();
  }
}
