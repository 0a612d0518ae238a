// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.Expectation;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.text.SourceText;
import java.util.List;

/// SQL files beside these tests. A line `--# Shape` says what the statements behind it are lowered
/// to, up to the next such line.
final class Resource {
  private static final String MARK = "# ";

  private Resource() {}

  static String text(String name) {
    return Expectation.text(Resource.class, name);
  }

  static Script script(String text) {
    return new PostgresqlDialect().parse(new SourceText(text), EngineVersion.POSTGRESQL_LATEST);
  }

  static List<Expectation> expectations(String name) {
    return Expectation.of(name, script(text(name)), MARK);
  }
}
