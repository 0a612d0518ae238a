// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.text.SourceText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// SQL files beside these tests. A line `-- # Shape` says what the statements behind it are lowered
/// to, up to the next such line.
final class Resource {
  /// A statement of a file with its expected [Shape].
  record Expectation(String file, String text, ScriptStatement statement, String shape) {
    @Override
    public String toString() {
      return file + ": " + text.strip().lines().findFirst().orElse("");
    }
  }

  private static final String MARK = " # ";

  private Resource() {}

  static String text(String name) {
    try (var stream = Resource.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalArgumentException("resource: " + name + " (expected: beside this class)");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Script script(Engine engine, String text) {
    return script(EngineVersion.usual(engine), text);
  }

  static Script script(EngineVersion version, String text) {
    return new MysqlDialect(version.engine()).parse(new SourceText(text), version);
  }

  static Script mysql(String text) {
    return script(Engine.MYSQL, text);
  }

  static Script mariadb(String text) {
    return script(Engine.MARIADB, text);
  }

  /// The first statement, read as MySQL.
  static Statement first(String text) {
    return mysql(text).statements().getFirst().statement();
  }

  static List<Expectation> expectations(Engine engine, String name) {
    var script = script(engine, text(name));
    var expectations = new ArrayList<Expectation>();
    for (var statement : script.statements()) {
      var text = script.source().slice(statement.span());
      expectations.add(new Expectation(name, text, statement, shape(script, statement)));
    }
    return expectations;
  }

  private static String shape(Script script, ScriptStatement statement) {
    var shape = "";
    for (var comment : script.comments()) {
      if (comment.span().start() > statement.span().start()) {
        break;
      }
      if (comment.text().startsWith(MARK)) {
        shape = comment.text().substring(MARK.length()).strip();
      }
    }
    return shape;
  }
}
