// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.target;

import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.schema.SizeBand;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TypeName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What one database of [ScriptedTargets] is, and what goes wrong when it is asked.
public record Behaviour(
    Schema schema, long rows, Map<Step, Duration> delays, Map<Step, Trouble> troubles) {
  /// What a session does, in this order.
  public enum Step {
    OPEN,
    SNAPSHOT,
    ESTIMATE
  }

  /// What goes wrong in a step, after its delay.
  public sealed interface Trouble {
    /// The port's own failure.
    record Fails(TargetException.Kind kind, String message) implements Trouble {}

    /// The port's own failure, but only for the first so many connections.
    record FailsAtFirst(int times, TargetException.Kind kind, String message) implements Trouble {}

    /// A bug of the implementation.
    record Throws(RuntimeException bug) implements Trouble {}

    /// It never answers, and ends only by what it obeys.
    record Hangs(Obeys obeys) implements Trouble {}
  }

  /// How hard it is to stop something that hangs.
  public enum Obeys {
    CANCEL,
    CLOSE,
    INTERRUPT,
    NOTHING
  }

  public static final Behaviour FINE =
      new Behaviour(schemaOf("id", SizeBand.NORMAL), 7, Map.of(), Map.of());

  public Behaviour {
    delays = Map.copyOf(delays);
    troubles = Map.copyOf(troubles);
  }

  /// A schema of one table `public.book` with one column.
  public static Schema schemaOf(String column, SizeBand size) {
    var name = ObjectName.of("public", "book");
    var table =
        new Table(
            name,
            Table.Kind.TABLE,
            Statement.Persistence.PERMANENT,
            size,
            false,
            List.of(
                new Table.Column(
                    column, TypeName.of("int4"), true, null, Table.Column.Generation.NONE, null)),
            List.of(),
            List.of(),
            Table.Dependents.NONE);
    return new Schema(
        EngineVersion.POSTGRESQL_LATEST,
        true,
        List.of("public"),
        new TreeMap<>(),
        new TreeMap<>(Map.of(name, table)),
        new TreeMap<>(),
        new TreeMap<>());
  }

  public Behaviour with(Schema other) {
    return new Behaviour(other, rows, delays, troubles);
  }

  public Behaviour withRows(long other) {
    return new Behaviour(schema, other, delays, troubles);
  }

  public Behaviour withDelay(Step step, Duration delay) {
    var all = new TreeMap<>(delays);
    all.put(step, delay);
    return new Behaviour(schema, rows, all, troubles);
  }

  public Behaviour with(Step step, Trouble trouble) {
    var all = new TreeMap<>(troubles);
    all.put(step, trouble);
    return new Behaviour(schema, rows, delays, all);
  }
}
