// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.fleet;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Instance;
import dev.plancheck.checks.plan.PlanName;
import dev.plancheck.checks.plan.Project;
import dev.plancheck.checks.plan.Spec;
import dev.plancheck.engine.Engine;
import dev.plancheck.store.Storage;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// So many databases of ten instances, in turns; a database's number tells what it is. With
/// `unique` every one of them differs from all others, and so does what is found there.
record SimulatedFleet(int targets, boolean unique) {
  static final int INSTANCES = 10;

  /// Two findings for all, and one more where there is a column `note`.
  static final String SCRIPT =
      """
      SET lock_timeout = '2s';
      CREATE INDEX book_price ON book (price);
      ALTER TABLE book DROP COLUMN IF EXISTS note CASCADE;
      UPDATE book SET price = price * 2 WHERE id = 1;
      """;

  private static final int FAILING_OF = 1000;
  private static final int DRIFTED_OF = 100;

  /// What a database is like.
  enum Kind {
    PLAIN,
    /// Has a column and a view that others have not.
    DRIFTED,
    /// Is not there.
    FAILING
  }

  Kind kind(int number) {
    if (number % FAILING_OF == FAILING_OF - 1) {
      return Kind.FAILING;
    }
    return unique || number % DRIFTED_OF == DRIFTED_OF / 2 ? Kind.DRIFTED : Kind.PLAIN;
  }

  int count(Kind wanted) {
    return (int) IntStream.range(0, targets).filter(number -> kind(number).equals(wanted)).count();
  }

  static DatabaseName name(int number) {
    return new DatabaseName("host_%d".formatted(number % INSTANCES), "shop_%06d".formatted(number));
  }

  static int number(DatabaseName name) {
    return Integer.parseInt(name.database().substring("shop_".length()));
  }

  /// Stores the instances, the databases and a plan over all of them.
  PlanName store(Storage storage) {
    var names = IntStream.range(0, targets).mapToObj(SimulatedFleet::name).toList();
    storage.projects().create(new Project("fleet", "Fleet", Project.Settings.DEFAULT));
    for (var index = 0; index < INSTANCES; index++) {
      var instance = instance("host_" + index, index < INSTANCES / 2 ? "test" : "production");
      storage.instances().create(instance);
      storage
          .databases()
          .sync(
              instance.id(),
              names.stream()
                  .filter(name -> name.instance().equals(instance.id()))
                  .map(DatabaseName::database)
                  .collect(Collectors.toSet()));
    }
    var sheet = storage.sheets().put(SCRIPT).sha256();
    var spec = Spec.ChangeDatabase.migrate("one", sheet, names);
    return storage.plans().create("fleet", "A large plan", List.of(spec), "fleet").name();
  }

  private static Instance instance(String id, String environment) {
    return new Instance(
        id,
        id,
        Engine.POSTGRESQL,
        environment,
        "127.0.0.1",
        1,
        "nobody",
        new Instance.Secret.Env("NOT_SET"),
        Instance.TlsMode.DISABLE);
  }
}
