// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.online;

import dev.plancheck.engine.schema.CharacterSets;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.text.Span;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Options, partitions, and what is about the table as a whole.
final class OptionActions {
  private static final Set<String> REBUILDING =
      Set.of("row_format", "key_block_size", "page_compressed", "page_compression_level");

  private static final Set<String> UNKNOWN =
      Set.of("encryption", "encrypted", "encryption_key_id", "engine_attribute");

  private final Server server;
  private final TableFacts facts;
  private final Needs needs;

  OptionActions(Server server, TableFacts facts, Needs needs) {
    this.server = server;
    this.facts = facts;
    this.needs = needs;
  }

  void option(TableAction.SetTableOption action, @Nullable Table before, @Nullable Table after) {
    var option = action.option();
    var what = "option %s is set".formatted(option);
    if (option.equals("engine")) {
      engine(action);
    } else if (option.startsWith("convert to ")) {
      convert(action, before, after);
    } else if (REBUILDING.contains(option)) {
      needs.add(Operation.REBUILD, action.span(), what);
    } else if (option.equals("tablespace")) {
      needs.add(
          server.isMysql() ? Operation.REBUILD : Operation.TABLE_PROPERTY, action.span(), what);
    } else if (UNKNOWN.contains(option)) {
      needs.missing(action.span(), what + ", and what it is now is not known");
    } else if (!facts.isInnodb() && (option.equals("character set") || option.equals("collate"))) {
      needs.add(Operation.COPY, action.span(), what);
    } else {
      needs.add(Operation.TABLE_PROPERTY, action.span(), what);
    }
  }

  private void engine(TableAction.SetTableOption action) {
    var wanted = action.value().toLowerCase(Locale.ROOT);
    if (wanted.equals(facts.engine()) && facts.isInnodb()) {
      needs.add(Operation.REBUILD, action.span(), "the table is rebuilt in the engine it has");
    } else {
      needs.add(
          Operation.COPY,
          action.span(),
          "the engine goes from %s to %s".formatted(facts.engine(), wanted));
    }
  }

  /// Texts that have the character set and the collation already are let be.
  private void convert(
      TableAction.SetTableOption action, @Nullable Table before, @Nullable Table after) {
    if (!facts.complete() || before == null || after == null) {
      needs.missing(
          action.span(), "whether a text has another character set or collation is not known");
      return;
    }
    var texts = new Texts(server);
    for (var column : before.columns()) {
      var changed = after.column(column.name()).orElse(column);
      if (CharacterSets.hasOne(column.type().name()) && texts.differ(column, changed)) {
        needs.add(
            Operation.COPY,
            action.span(),
            "%s is converted, and all texts that need it".formatted(column.name()));
        return;
      }
    }
    needs.add(Operation.TABLE_PROPERTY, action.span(), "no text has to be converted");
  }

  void partition(TableAction.AlterPartition partition) {
    var what = partition.action();
    switch (what) {
      case "PARTITION BY", "REMOVE PARTITIONING" ->
          needs.add(Operation.COPY, partition.span(), what + " moves all rows");
      case "ADD PARTITION" -> needs.add(Operation.ADD_PARTITION, partition.span(), what);
      case "DROP PARTITION" -> needs.add(Operation.DROP_PARTITION, partition.span(), what);
      case "TRUNCATE PARTITION" -> needs.add(Operation.TRUNCATE_PARTITION, partition.span(), what);
      case "ANALYZE PARTITION", "CHECK PARTITION" ->
          needs.add(Operation.TABLE_PROPERTY, partition.span(), what + " changes nothing");
      case "ADD PARTITIONS",
          "COALESCE PARTITION",
          "REORGANIZE PARTITION",
          "REBUILD PARTITION",
          "OPTIMIZE PARTITION",
          "REPAIR PARTITION",
          "EXCHANGE PARTITION" ->
          needs.add(Operation.CHANGE_PARTITIONS, partition.span(), what + " moves rows");
      default -> needs.missing(partition.span(), "what %s does is not known".formatted(what));
    }
  }

  /// `words` begin with what is done, and may go on with what follows it.
  void other(String words, Span span) {
    var first = words.split("[ ,]", 2)[0];
    switch (first) {
      case "FORCE" -> needs.add(Operation.REBUILD, span, "FORCE rebuilds the table");
      case "ORDER" -> needs.add(Operation.COPY, span, "the rows are put into another order");
      case "ENABLE", "DISABLE" -> needs.add(Operation.FOR_A_MOMENT, span, words);
      default -> alterOther(words, span);
    }
  }

  private void alterOther(String words, Span span) {
    switch (words) {
      case "ALTER INDEX", "ALTER KEY" ->
          needs.add(Operation.INDEX_VISIBILITY, span, "whether an index is used changes");
      case "ALTER COLUMN SET VISIBILITY" ->
          needs.add(Operation.COLUMN_PROPERTY, span, "whether a column is seen changes");
      default -> needs.missing(span, "what %s does is not known".formatted(words));
    }
  }
}
