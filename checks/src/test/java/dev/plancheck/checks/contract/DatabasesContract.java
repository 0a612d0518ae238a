// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.ApiException.Code;
import dev.plancheck.checks.plan.Database;
import dev.plancheck.checks.plan.DatabaseName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [dev.plancheck.checks.plan.Databases] does.
public abstract class DatabasesContract extends StorageContract {
  @BeforeEach
  void createInstances() {
    ports().instances().create(Samples.instance("pg", "production"));
    ports().instances().create(Samples.instance("other", "test"));
  }

  @Test
  void syncMakesTheListExactlyWhatWasFound() {
    ports().databases().sync("pg", Set.of("a", "b"));
    ports().databases().sync("other", Set.of("a"));

    assertThat(ports().databases().sync("pg", Set.of("b", "ü/ 😀", "B")))
        .containsExactly(database("B"), database("b"), database("ü/ 😀"));
    assertThat(ports().databases().list("pg", 10, null))
        .containsExactly(database("B"), database("b"), database("ü/ 😀"));
    assertThat(ports().databases().list("other", 10, null))
        .extracting(Database::name)
        .containsExactly(new DatabaseName("other", "a"));
  }

  @Test
  void syncKeepsTheLabelsOfWhatStays() {
    ports().databases().sync("pg", Set.of("a", "b"));
    var labels = new TreeMap<>(Map.of("tenant", "é 1", "tier", ""));
    ports().databases().label(new DatabaseName("pg", "a"), labels);

    ports().databases().sync("pg", Set.of("a", "c"));

    assertThat(ports().databases().get(new DatabaseName("pg", "a")))
        .contains(new Database(new DatabaseName("pg", "a"), "production", labels));
    assertThat(ports().databases().get(new DatabaseName("pg", "c"))).contains(database("c"));
    assertThat(ports().databases().get(new DatabaseName("pg", "b"))).isEmpty();
  }

  @Test
  void syncWithNothingFoundForgetsAll() {
    ports().databases().sync("pg", Set.of("a"));

    assertThat(ports().databases().sync("pg", Set.of())).isEmpty();
    assertThat(ports().databases().list("pg", 10, null)).isEmpty();
  }

  @Test
  void refusesAnUnknownInstance() {
    assertRefused(Code.NOT_FOUND, () -> ports().databases().sync("none", Set.of("a")));
  }

  @Test
  void replacesLabels() {
    var name = new DatabaseName("pg", "a");
    ports().databases().sync("pg", Set.of("a"));
    ports().databases().label(name, new TreeMap<>(Map.of("a", "1", "b", "2")));

    var labelled = ports().databases().label(name, new TreeMap<>(Map.of("b", "3")));

    assertThat(labelled)
        .isEqualTo(new Database(name, "production", new TreeMap<>(Map.of("b", "3"))));
    assertThat(ports().databases().get(name)).contains(labelled);
    assertRefused(
        Code.NOT_FOUND,
        () -> ports().databases().label(new DatabaseName("pg", "none"), new TreeMap<>()));
  }

  @Test
  void getsMany() {
    ports().databases().sync("pg", Set.of("a", "b"));
    var a = new DatabaseName("pg", "a");

    assertThat(ports().databases().getAll(List.of(a, new DatabaseName("pg", "none"), a)))
        .isEqualTo(Map.of(a, database("a")));
    assertThat(ports().databases().getAll(List.of())).isEmpty();
  }

  @Test
  void listsInPagesOverAllInstances() {
    ports().databases().sync("pg", Set.of("a", "b"));
    ports().databases().sync("other", Set.of("z"));

    assertThat(ports().databases().list(null, 2, null))
        .extracting(database -> database.name().toString())
        .containsExactly("instances/other/databases/z", "instances/pg/databases/a");
    assertThat(ports().databases().list(null, 2, new DatabaseName("pg", "a")))
        .extracting(database -> database.name().toString())
        .containsExactly("instances/pg/databases/b");
    assertThat(ports().databases().list("pg", 1, null))
        .extracting(database -> database.name().toString())
        .containsExactly("instances/pg/databases/a");
  }

  @Test
  void readsAllAtOnceInOrder() {
    ports().databases().sync("pg", Set.of("b", "a"));
    ports().databases().sync("other", Set.of("z"));
    var b = ports().databases().label(new DatabaseName("pg", "b"), new TreeMap<>(Map.of("x", "y")));

    var all = new ArrayList<Database>();
    ports().databases().readAll(all::add);

    assertThat(all)
        .extracting(found -> found.name().toString())
        .containsExactly(
            "instances/other/databases/z", "instances/pg/databases/a", "instances/pg/databases/b");
    assertThat(all).contains(database("a"), b);
  }

  private static Database database(String name) {
    return new Database(new DatabaseName("pg", name), "production", new TreeMap<>());
  }
}
