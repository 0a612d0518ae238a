// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.ApiException.Code;
import dev.plancheck.checks.plan.DatabaseGroup;
import dev.plancheck.checks.plan.DatabaseGroups;
import dev.plancheck.checks.plan.GroupName;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [DatabaseGroups] does.
public abstract class GroupsContract extends StorageContract {
  @BeforeEach
  void createProjects() {
    ports().projects().create(Samples.project("shop"));
    ports().projects().create(Samples.project("shop-2"));
  }

  @Test
  void keepsWhatItIsGiven() {
    var group =
        new DatabaseGroup(new GroupName("shop", "eu"), "Title é \0", "\"x\" == 'é' ||\n true");

    assertThat(groups().create(group)).isEqualTo(group);
    assertThat(groups().get(group.name())).contains(group);
    assertThat(groups().get(new GroupName("shop-2", "eu"))).isEmpty();
  }

  @Test
  void refusesWhatIsTakenAndProjectsThatDoNotExist() {
    groups().create(group("shop", "eu", "true"));

    assertRefused(Code.ALREADY_EXISTS, () -> groups().create(group("shop", "eu", "false")));
    assertRefused(Code.NOT_FOUND, () -> groups().create(group("none", "eu", "true")));
    assertThat(groups().get(new GroupName("shop", "eu"))).contains(group("shop", "eu", "true"));
    assertThat(groups().create(group("shop-2", "eu", "false")))
        .isEqualTo(group("shop-2", "eu", "false"));
  }

  @Test
  void listsAProjectsGroupsByIdInPages() {
    for (var id : List.of("b", "a", "C")) {
      groups().create(group("shop", id, "true"));
    }
    groups().create(group("shop-2", "d", "true"));

    assertThat(ids(groups().list("shop", 2, ""))).containsExactly("C", "a");
    assertThat(ids(groups().list("shop", 2, "a"))).containsExactly("b");
    assertThat(groups().list("none", 2, "")).isEmpty();
  }

  @Test
  void changesTitleAndExpression() {
    groups().create(group("shop", "eu", "true"));
    var changed = new DatabaseGroup(new GroupName("shop", "eu"), "Other", "false");

    assertThat(groups().update(changed)).isEqualTo(changed);
    assertThat(groups().get(changed.name())).contains(changed);
    assertRefused(Code.NOT_FOUND, () -> groups().update(group("shop", "none", "true")));
  }

  @Test
  void isForgottenOnce() {
    groups().create(group("shop", "eu", "true"));

    assertThat(groups().delete(new GroupName("shop", "eu"))).isTrue();
    assertThat(groups().get(new GroupName("shop", "eu"))).isEmpty();
    assertThat(groups().delete(new GroupName("shop", "eu"))).isFalse();
  }

  private DatabaseGroups groups() {
    return ports().groups();
  }

  private static List<String> ids(List<DatabaseGroup> groups) {
    return groups.stream().map(group -> group.name().id()).toList();
  }

  private static DatabaseGroup group(String project, String id, String expression) {
    return new DatabaseGroup(new GroupName(project, id), "Group " + id, expression);
  }
}
