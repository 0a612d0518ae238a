// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql.online;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.Instance;
import dev.plancheck.checks.plan.Instance.Secret;
import dev.plancheck.checks.plan.Instance.TlsMode;
import dev.plancheck.checks.target.TargetConnector.Limits;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.engine.Engine;
import dev.plancheck.engine.dialect.Dialects;
import dev.plancheck.engine.online.Algorithm;
import dev.plancheck.engine.online.Form;
import dev.plancheck.engine.online.Lock;
import dev.plancheck.engine.online.Work;
import dev.plancheck.engine.schema.Mentions;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.schema.SizeBorders;
import dev.plancheck.engine.text.SourceText;
import dev.plancheck.targets.mysql.MysqlConnector;
import dev.plancheck.targets.mysql.servers.MysqlServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// Finds out what one server does for a form: asks for the cheapest way first, on empty tables,
/// until it agrees. Whether it rebuilt the table is told by the numbers that InnoDB gives to
/// tables.
///
/// Neither what a server says of itself nor its numbers tell the whole: MariaDB 10.11 agrees to
/// INSTANT for a few forms and rebuilds all the same, which counts as the copy that it is; MySQL 8
/// gives a partition that it empties a new number, which is no copy.
final class Attempts implements AutoCloseable {
  private static final List<Lock> LOCKS = List.of(Lock.NONE, Lock.SHARED, Lock.EXCLUSIVE);

  private final Connection connection;
  private final Engine engine;
  private final String database;
  private final String version;

  /// The connection is closed with this.
  Attempts(Connection connection, Engine engine, String database) throws SQLException {
    this.connection = connection;
    this.engine = engine;
    this.database = database;
    this.version = value("SELECT VERSION()").replaceFirst("-.*", "");
    execute("SET sql_mode = 'STRICT_TRANS_TABLES'");
  }

  /// As `8.0.15`.
  String version() {
    return version;
  }

  private Map<String, String> settings(Form form) throws SQLException {
    var settings = new TreeMap<String, String>();
    for (var name : List.of("sql_mode", "foreign_key_checks", "explicit_defaults_for_timestamp")) {
      settings.put(name, value("SELECT @@" + name));
    }
    settings.putAll(form.settings());
    return settings;
  }

  /// Empty if the server refuses the form however it is asked.
  Optional<Work> work(Form form) throws SQLException {
    makeTables(form);
    for (var algorithm : Algorithm.values()) {
      for (var lock : LOCKS) {
        if (isWorthTrying(algorithm, lock)) {
          var before = numbers();
          if (isDone(form, algorithm, lock)) {
            var rebuilt = algorithm == Algorithm.COPY || !before.equals(numbers());
            return Optional.of(
                rebuilt && algorithm == Algorithm.INSTANT && engine == Engine.MARIADB
                    ? new Work(Algorithm.COPY, true, Lock.SHARED)
                    : new Work(algorithm, rebuilt, lock));
          }
        }
      }
    }
    return Optional.empty();
  }

  /// MySQL takes no LOCK beside INSTANT, and has neither NOCOPY nor, in 5.7, INSTANT.
  private boolean isWorthTrying(Algorithm algorithm, Lock lock) {
    return switch (algorithm) {
      case INSTANT -> lock == Lock.NONE && !version.startsWith("5.");
      case NOCOPY -> engine == Engine.MARIADB && lock != Lock.EXCLUSIVE;
      case INPLACE -> true;
      case COPY -> lock != Lock.EXCLUSIVE;
    };
  }

  private boolean isDone(Form form, Algorithm algorithm, Lock lock) throws SQLException {
    var clauses = new ArrayList<String>();
    clauses.add("ALGORITHM=" + algorithm);
    if (algorithm != Algorithm.INSTANT) {
      clauses.add("LOCK=" + lock);
    }
    var usual = new TreeMap<String, String>();
    for (var setting : form.settings().entrySet()) {
      usual.put(setting.getKey(), value("SELECT @@" + setting.getKey()));
      set(setting.getKey(), setting.getValue());
    }
    try {
      execute(form.statement(String.join(", ", clauses)));
      return true;
    } catch (SQLException e) {
      return false;
    } finally {
      for (var setting : usual.entrySet()) {
        set(setting.getKey(), setting.getValue());
      }
    }
  }

  /// What the product reads of the database, with the settings of the session in which forms are
  /// tried.
  Schema snapshot(MysqlServers server, Form form) throws SQLException, TargetException {
    var instance =
        new Instance(
            "forms",
            "",
            server.engine(),
            "",
            server.host(),
            server.port(),
            server.user(),
            new Secret.None(),
            TlsMode.PREFER);
    var connector = new MysqlConnector(_ -> Optional.of(instance), _ -> server.password());
    var limits = new Limits(Duration.ofSeconds(20), Duration.ofSeconds(10), Duration.ofSeconds(1));
    try (var session = connector.open(new DatabaseName("forms", database), limits)) {
      var text = new SourceText(form.statement(""));
      var script = Dialects.of(engine).parse(text, session.version());
      var read = session.snapshot(Mentions.of(script), SizeBorders.DEFAULT).schema();
      var settings = new TreeMap<>(read.settings());
      settings.putAll(settings(form));
      return read.withSettings(settings);
    }
  }

  /// Empty ones, as the form needs them.
  void makeTables(Form form) throws SQLException {
    execute("SET foreign_key_checks = 0");
    execute("DROP TABLE IF EXISTS parcel, parcel_renamed, customer, stamp");
    execute("SET foreign_key_checks = 1");
    for (var statement : form.tables()) {
      execute(statement);
    }
  }

  /// The numbers of the table and its tablespace, of each partition if it has some.
  private String numbers() throws SQLException {
    var tables =
        engine == Engine.MYSQL && !version.startsWith("5.") ? "innodb_tables" : "innodb_sys_tables";
    return value(
        "SELECT GROUP_CONCAT(CONCAT(table_id, '/', space) ORDER BY name) FROM information_schema.%s WHERE name LIKE '%s/parcel%%'"
            .formatted(tables, database));
  }

  private void set(String name, String value) throws SQLException {
    execute("SET %s = %s".formatted(name, value.matches("\\d+") ? value : "'" + value + "'"));
  }

  private void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String value(String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return Objects.requireNonNullElse(rows.getString(1), "none");
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
