// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.Dialects;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.review.Walkthrough;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.schema.SizeBand;
import dev.plancheck.engine.text.SourceText;
import java.util.Map;
import java.util.TreeMap;

/// Scripts and targets for tests, both from SQL.
public final class Reviewed {
  private Reviewed() {}

  public static EngineVersion postgresql(int major) {
    return new EngineVersion(Engine.POSTGRESQL, major);
  }

  public static Script script(String sql, EngineVersion version) {
    return Dialects.of(version.engine()).parse(new SourceText(sql), version);
  }

  /// A target on which the DDL once ran and whose tables have filled since.
  public static Schema target(String ddl, EngineVersion version, Map<String, String> settings) {
    var nothing =
        new Schema(
            version,
            true,
            Schema.unknown(version).searchPath(),
            new TreeMap<>(settings),
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>());
    var made = Walkthrough.of(script(ddl, version), nothing).after();
    var tables = new TreeMap<>(made.tables());
    tables.replaceAll((_, table) -> table.withCreatedByScript(false).withSize(SizeBand.NORMAL));
    return made.withTables(tables);
  }
}
