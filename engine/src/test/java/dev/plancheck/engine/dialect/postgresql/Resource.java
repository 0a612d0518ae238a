// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.text.SourceText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// SQL files beside these tests. A line `--# Shape` says what the statements behind it are lowered
/// to, up to the next such line.
final class Resource {
  /// A statement of a file with its expected [Shape], empty if none is given.
  record Expectation(String file, String text, ScriptStatement statement, String shape) {
    @Override
    public String toString() {
      return file + ": " + text.strip().lines().findFirst().orElse("");
    }
  }

  private static final String MARK = "# ";

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

  static Script script(String text) {
    return new PostgresqlDialect().parse(new SourceText(text), EngineVersion.POSTGRESQL_LATEST);
  }

  static List<Expectation> expectations(String name) {
    var script = script(text(name));
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
