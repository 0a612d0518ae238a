// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.review.page;

import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.Dialects;
import dev.plancheck.engine.review.Walkthrough;
import dev.plancheck.engine.review.page.RulePage.Block;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.schema.SizeBand;
import dev.plancheck.engine.text.SourceText;
import java.util.SortedMap;
import java.util.TreeMap;

/// The target that a page describes in a `sql schema NAME` block: its DDL, taken as what was there
/// before the script.
///
/// `size=LARGE` is the size band of all tables (NORMAL if left out), `size.TABLE=EMPTY` that of
/// one, `set.NAME=VALUE` a setting of the target.
final class PageSchema {
  private PageSchema() {}

  static Schema of(Block block, EngineVersion version) {
    var nothing =
        new Schema(
            version,
            true,
            Schema.unknown(version).searchPath(),
            settings(block),
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>());
    var script = Dialects.of(version.engine()).parse(new SourceText(block.text()), version);
    var made = Walkthrough.of(script, nothing).after();
    var tables = new TreeMap<>(made.tables());
    tables.replaceAll((name, table) ->
        table
            .withCreatedByScript(false)
            .withSize(
                SizeBand.valueOf(
                    block
                        .attribute("size." + name.name())
                        .or(() -> block.attribute("size"))
                        .orElse("NORMAL"))));
    return made.withTables(tables);
  }

  /// The settings that a block's `set.NAME=VALUE` attributes speak of.
  static SortedMap<String, String> settings(Block block) {
    var settings = new TreeMap<String, String>();
    block
        .attributes()
        .forEach((name, value) -> {
          if (name.startsWith("set.")) {
            settings.put(name.substring("set.".length()), value);
          }
        });
    return settings;
  }
}
