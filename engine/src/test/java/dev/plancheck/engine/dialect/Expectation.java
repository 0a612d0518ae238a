// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A statement of a file with its expected [Shape], empty if none is given.
public record Expectation(String file, String text, ScriptStatement statement, String shape) {
  /// What the file beside the class holds.
  public static String text(Class<?> beside, String name) {
    try (var stream = beside.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalArgumentException("resource: " + name + " (expected: beside this class)");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Of all statements of a file. A comment that begins with `mark` says what the statements behind
  /// it are lowered to, up to the next such comment.
  public static List<Expectation> of(String file, Script script, String mark) {
    var expectations = new ArrayList<Expectation>();
    for (var statement : script.statements()) {
      var text = script.source().slice(statement.span());
      expectations.add(new Expectation(file, text, statement, shape(script, statement, mark)));
    }
    return expectations;
  }

  private static String shape(Script script, ScriptStatement statement, String mark) {
    var shape = "";
    for (var comment : script.comments()) {
      if (comment.span().start() > statement.span().start()) {
        break;
      }
      if (comment.text().startsWith(mark)) {
        shape = comment.text().substring(mark.length()).strip();
      }
    }
    return shape;
  }

  @Override
  public String toString() {
    return file + ": " + text.strip().lines().findFirst().orElse("");
  }
}
