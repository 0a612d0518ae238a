// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.Expectation;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.text.SourceText;
import java.util.List;

/// SQL files beside these tests. A line `-- # Shape` says what the statements behind it are lowered
/// to, up to the next such line.
final class Resource {
  private static final String MARK = " # ";

  private Resource() {}

  static String text(String name) {
    return Expectation.text(Resource.class, name);
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
    return Expectation.of(name, script(engine, text(name)), MARK);
  }
}
