// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.fleet;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.target.RowEstimate;
import dev.plancheck.checks.target.Snapshot;
import dev.plancheck.checks.target.TableSize;
import dev.plancheck.checks.target.TargetConnector;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.checks.target.TargetSession;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.schema.Fingerprint;
import dev.plancheck.engine.schema.Mentions;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.schema.SizeBand;
import dev.plancheck.engine.schema.SizeBorders;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.sql.Statement.Persistence;
import dev.plancheck.engine.sql.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The databases of a fleet. They answer at once and are kept nowhere: what a database is follows
/// from its number.
final class SimulatedTargets implements TargetConnector {
  private static final ObjectName BOOK = ObjectName.of("public", "book");
  private static final Schema PLAIN = schema(List.of(column("id"), column("price")), List.of());
  private static final String PLAIN_FINGERPRINT = Fingerprint.of(PLAIN);

  private final SimulatedFleet fleet;

  SimulatedTargets(SimulatedFleet fleet) {
    this.fleet = fleet;
  }

  @Override
  public TargetSession open(DatabaseName target, Limits limits) throws TargetException {
    var number = SimulatedFleet.number(target);
    return switch (fleet.kind(number)) {
      case PLAIN -> new Session(number, PLAIN, PLAIN_FINGERPRINT);
      case DRIFTED -> {
        var drifted = drifted(number);
        yield new Session(number, drifted, Fingerprint.of(drifted));
      }
      case FAILING ->
          throw new TargetException(
              TargetException.Kind.MISSING, "%s does not exist".formatted(target));
    };
  }

  /// No two databases have the same view.
  private static Schema drifted(int number) {
    return schema(
        List.of(column("id"), column("note"), column("price")),
        List.of(ObjectName.of("public", "report_%06d".formatted(number))));
  }

  private static Table.Column column(String name) {
    return new Table.Column(
        name, TypeName.of("int4"), true, null, Table.Column.Generation.NONE, null);
  }

  private static Schema schema(List<Table.Column> columns, List<ObjectName> views) {
    var book =
        new Table(
            BOOK,
            Table.Kind.TABLE,
            Persistence.PERMANENT,
            SizeBand.NORMAL,
            false,
            columns,
            List.of(),
            List.of(),
            Table.Dependents.NONE.withViews(views));
    return new Schema(
        EngineVersion.POSTGRESQL_LATEST,
        true,
        List.of("public"),
        new TreeMap<>(),
        new TreeMap<>(Map.of(BOOK, book)),
        new TreeMap<>(),
        new TreeMap<>());
  }

  /// As many rows as the database's number says.
  private record Session(int number, Schema schema, String fingerprint) implements TargetSession {
    @Override
    public EngineVersion version() {
      return schema.version();
    }

    @Override
    public Snapshot snapshot(Mentions mentions, SizeBorders borders) {
      var size = new TableSize((long) number, 100L * number);
      return new Snapshot(schema, fingerprint, new TreeMap<>(Map.of(BOOK, size)));
    }

    @Override
    public List<RowEstimate> estimate(Script script, List<ScriptStatement> statements) {
      var estimates = new ArrayList<RowEstimate>();
      for (var statement : statements) {
        var rows = new RowEstimate.TableRows(BOOK, number);
        estimates.add(new RowEstimate.Planned(statement.index(), List.of(rows), List.of()));
      }
      return estimates;
    }

    @Override
    public void cancel() {}

    @Override
    public void close() {}
  }
}
