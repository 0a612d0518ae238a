// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.ApiException.Code;
import dev.plancheck.checks.contract.Samples;
import dev.plancheck.checks.memory.Memory;
import dev.plancheck.checks.plan.Database;
import dev.plancheck.checks.plan.DatabaseGroup;
import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.GroupName;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class GroupServiceTest {
  private static final GroupName NAME = new GroupName("shop", "group");

  private final Memory memory = new Memory(InstantSource.system());
  private final GroupService service = new GroupService(memory.groups(), memory.databases());

  @BeforeEach
  void createDatabases() {
    memory.projects().create(Samples.project("shop"));
    for (var instance : List.of("early", "late")) {
      memory.instances().create(Samples.instance(instance, "test"));
      var names = new TreeSet<String>();
      for (var number = 0; number < 1_500; number++) {
        names.add("tenant_%04d".formatted(number));
      }
      memory.databases().sync(instance, names);
    }
  }

  @Test
  void listsWhoMatchesPageByPage() {
    create("resource.database_name.endsWith('7')");

    var all = new ArrayList<Database>();
    var page = service.matched(NAME, 70, null);
    while (!page.isEmpty()) {
      all.addAll(page);
      page = service.matched(NAME, 70, page.getLast().name());
    }

    assertThat(all).hasSize(300).doesNotHaveDuplicates();
    assertThat(all)
        .extracting(database -> database.name().toString())
        .isSorted()
        .startsWith("instances/early/databases/tenant_0007");
  }

  @Test
  void aDatabaseThatJoinsOrIsRelabelledBelongsAtOnce() {
    create("'tier' in resource.labels && resource.labels.tier == 'gold'");
    assertThat(service.matched(NAME, 10, null)).isEmpty();
    var gold = new DatabaseName("late", "tenant_0042");

    memory.databases().label(gold, new TreeMap<>(Map.of("tier", "gold")));

    assertThat(service.matched(NAME, 10, null)).extracting(Database::name).containsExactly(gold);
  }

  @Test
  void aDatabaseThatCannotBeDecidedIsNotLeftOut() {
    create("resource.labels.tier == 'gold'");

    assertRefused(
        Code.FAILED_PRECONDITION,
        null,
        "projects/shop/databaseGroups/group cannot be decided for"
            + " instances/early/databases/tenant_0000: key 'tier' is not present in map (expected:",
        () -> service.matched(NAME, 10, null));
  }

  @Test
  void anExpressionIsCheckedWhenItIsSaved() {
    assertRefused(
        Code.INVALID_ARGUMENT,
        "group.expression",
        "group.expression: line 1, column 25: found no matching overload",
        () -> create("resource.environment_id == 1"));
    assertThat(memory.groups().get(NAME)).isEmpty();

    create("true");
    assertRefused(
        Code.INVALID_ARGUMENT,
        "group.expression",
        "line 1, column 1",
        () -> service.update(new DatabaseGroup(NAME, "", "1")));
    assertThat(memory.groups().get(NAME)).contains(new DatabaseGroup(NAME, "", "true"));
  }

  @Test
  void aGroupThatIsGoneOrWasWrittenByAnotherVersionSaysSo() {
    assertRefused(Code.FAILED_PRECONDITION, null, "does not exist", () -> service.compiled(NAME));
    memory.groups().create(new DatabaseGroup(NAME, "", "tomorrow()"));
    assertRefused(
        Code.FAILED_PRECONDITION,
        null,
        "has an expression that is not taken any more: line 1, column 9",
        () -> service.compiled(NAME));
  }

  private void create(String expression) {
    service.create(new DatabaseGroup(NAME, "", expression));
  }

  private static void assertRefused(
      Code code, @Nullable String field, String words, Runnable call) {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(call::run)
        .withMessageContaining(words)
        .satisfies(refusal -> {
          assertThat(refusal.code()).isEqualTo(code);
          assertThat(refusal.field().orElse(null)).isEqualTo(field);
        });
  }
}
