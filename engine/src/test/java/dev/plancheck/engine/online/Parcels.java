// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.online;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.Dialects;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.review.Walkthrough;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.text.SourceText;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Schemas and verdicts for one server: `version` is all of its number, as `8.0.15`, or just its
/// series, of which the newest release is then assumed.
public record Parcels(Engine engine, String version, Map<String, String> settings) {
  public Parcels(Engine engine, String version) {
    this(engine, version, Map.of());
  }

  Parcels with(Map<String, String> more) {
    return new Parcels(engine, version, more);
  }

  private EngineVersion series() {
    var parts = version.split("\\.", -1);
    return new EngineVersion(engine, Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
  }

  private Script script(String sql) {
    return Dialects.of(engine).parse(new SourceText(sql), series());
  }

  Schema unknown() {
    var all = new TreeMap<>(settings);
    if (version.split("\\.", -1).length == 3) {
      all.put("version", engine == Engine.MARIADB ? version + "-MariaDB" : version + "-log");
    }
    return Schema.unknown(series()).withSettings(all);
  }

  /// A target in which the statements ran long ago.
  public Schema made(List<String> statements) {
    var nothing = unknown();
    var known =
        new Schema(
            nothing.version(),
            true,
            nothing.searchPath(),
            nothing.settings(),
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>());
    var made = Walkthrough.of(script(String.join(";\n", statements)), known).after();
    var tables = new TreeMap<>(made.tables());
    tables.replaceAll((_, table) -> table.withCreatedByScript(false));
    return made.withTables(tables);
  }

  public OnlineDdl verdict(Schema before, String sql) {
    return OnlineDdl.of(script(sql).statements().getFirst(), before).orElseThrow();
  }
}
