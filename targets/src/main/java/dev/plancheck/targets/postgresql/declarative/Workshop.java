// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.postgresql.declarative;

import dev.plancheck.checks.declarative.Difference;
import dev.plancheck.checks.target.TargetConnector.Limits;
import dev.plancheck.engine.Engine;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.Dialects;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.text.SourceText;
import dev.plancheck.targets.postgresql.declarative.CodeKeeper.Model;
import dev.plancheck.targets.postgresql.declarative.CodeKeeper.NotUnderstoodException;
import dev.plancheck.targets.postgresql.declarative.ScratchServer.Access;
import dev.plancheck.targets.postgresql.declarative.Witness.Extension;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Builds schemas in scratch databases, each dropped at the end, and tries there what was computed.
final class Workshop {
  /// What the library begins each of its scripts with, since it writes every name with its schema.
  private static final String SEARCH_PATH = "SET search_path = pg_catalog;\n\n";

  private final Access access;
  private final Cut cut;

  Workshop(Access access, Cut cut) {
    this.access = access;
    this.cut = cut;
  }

  /// A wanted schema that was built.
  record Built(Model model, Witness witness) {}

  /// Tells what leads from a copy of the existing schema to the wanted one.
  interface Library {
    String script(Model copy) throws IOException, InterruptedException, NotUnderstoodException;
  }

  /// The schema of an empty database.
  Model nothing() throws SQLException, IOException, InterruptedException, NotUnderstoodException {
    try (var scratch = Scratch.create(access);
        var _ = cut.onCut(scratch::abort)) {
      return read(scratch).model();
    }
  }

  /// Throws a refusal for what is wrong with the sheet.
  Built wanted(Script sheet)
      throws SQLException, IOException, InterruptedException, NotUnderstoodException, Refusal {
    try (var scratch = Scratch.create(access);
        var _ = cut.onCut(scratch::abort)) {
      try (var connection = scratch.connectToBuild()) {
        Building.wanted(connection, sheet);
      }
      var read = read(scratch);
      return new Built(read.model(), read.witness());
    }
  }

  /// The difference, after it made the wanted schema of a copy of the existing one. `creation` is
  /// what the existing one is made by. Throws a refusal where that does not work.
  Difference rehearsed(Schema existing, String creation, Built wanted, Library library)
      throws SQLException, IOException, InterruptedException, NotUnderstoodException, Refusal {
    try (var scratch = Scratch.create(access);
        var _ = cut.onCut(scratch::abort)) {
      var copy = copy(scratch, existing, creation);
      var sql = sql(library.script(copy), missing(existing, wanted));
      if (!sql.isEmpty()) {
        apply(scratch, sql);
      }
      var left = read(scratch).witness().differingExactly(wanted.witness());
      if (!left.isEmpty()) {
        throw Refusal.because(
            "the computed statements do not lead to the wanted schema; these would still differ: %s"
                .formatted(left));
      }
      return new Difference.Computed(sql);
    }
  }

  private Model copy(Scratch scratch, Schema existing, String creation)
      throws SQLException, IOException, InterruptedException, NotUnderstoodException, Refusal {
    List<String> missing;
    try (var connection = scratch.connectToBuild()) {
      missing = Building.extensions(connection, existing.witness().extensions());
      Building.whole(connection, creation);
    } catch (SQLException e) {
      if (!Building.isOfText(e)) {
        throw e;
      }
      throw Refusal.because(
          "the existing schema cannot be built on the server on which differences are computed: %s"
              .formatted(Building.words(e)));
    }
    var copy = read(scratch);
    var lost = existing.witness().differing(copy.witness());
    if (!lost.isEmpty()) {
      throw Refusal.because(
          "the database has what the comparison does not understand: %s%s"
              .formatted(lost, extensions(missing)));
    }
    return copy.model();
  }

  private static String extensions(List<String> missing) {
    return missing.isEmpty()
        ? ""
        : " (extensions that are not to be had here: %s)".formatted(String.join(", ", missing));
  }

  private void apply(Scratch scratch, String sql) throws SQLException, Refusal {
    try (var connection = scratch.connectToBuild()) {
      Building.whole(connection, sql);
    } catch (SQLException e) {
      if (!Building.isOfText(e)) {
        throw e;
      }
      throw Refusal.because(
          "the computed statements fail where they were tried, in one transaction: %s"
              .formatted(Building.words(e)));
    }
  }

  private Schema read(Scratch scratch)
      throws SQLException, IOException, InterruptedException, NotUnderstoodException {
    cut.check();
    var connection = scratch.connect();
    var version = connection.getMetaData().getDatabaseMajorVersion();
    return Schema.read(connection, version, Limits.DEFAULT, cut);
  }

  /// Those of the wanted schema that the existing one lacks. Others stay as they are.
  private static List<Extension> missing(Schema existing, Built wanted) {
    var there = existing.witness().extensions().stream().map(Extension::name).toList();
    return wanted.witness().extensions().stream()
        .filter(extension -> !there.contains(extension.name()))
        .toList();
  }

  /// The statements alone: the library's comments hold names, and a reader would take what stands
  /// in a name for what we say.
  private static String sql(String script, List<Extension> extensions) {
    var statements = new ArrayList<String>();
    for (var extension : extensions) {
      statements.add(
          "CREATE EXTENSION %s SCHEMA %s"
              .formatted(Building.quoted(extension.name()), Building.quoted(extension.schema())));
    }
    var parsed =
        Dialects.of(Engine.POSTGRESQL)
            .parse(new SourceText(script), new EngineVersion(Engine.POSTGRESQL, 18));
    parsed.statements().stream()
        .filter(statement -> !(statement.statement() instanceof Statement.SetVariable))
        .map(statement -> parsed.source().slice(statement.span()))
        .forEach(statements::add);
    return statements.isEmpty()
        ? ""
        : SEARCH_PATH + statements.stream().collect(Collectors.joining(";\n\n", "", ";\n"));
  }
}
