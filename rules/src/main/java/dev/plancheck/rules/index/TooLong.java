// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules.index;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.engine.review.ScriptContext;
import dev.plancheck.engine.review.ScriptContext.Step;
import dev.plancheck.engine.review.ScriptRule;
import dev.plancheck.engine.review.Status;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.schema.SchemaWalk;
import dev.plancheck.engine.schema.Table;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.rules.SqlMode;
import dev.plancheck.rules.index.KeyBytes.Size;
import dev.plancheck.rules.index.MadeIndex.Kind;
import java.util.Set;

/// Spec, tests and user documentation: `TooLong.md`, beside this file.
public record TooLong() implements ScriptRule {
  private static final RuleInfo INFO =
      new RuleInfo(
          "index.too-long",
          "Index longer than the server can make",
          Status.ERROR,
          RuleInfo.MYSQL_FAMILY,
          "0.1");

  /// Of all columns together, and of one in tables that keep long values elsewhere.
  private static final int MOST = 3072;

  private static final int MOST_OF_OLD_ROWS = 767;
  private static final Set<String> OLD_ROWS = Set.of("compact", "redundant");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public void check(Script script, ScriptContext context) {
    for (var step : context.steps()) {
      var made = MadeIndex.of(step.statement().statement(), step.statement().span());
      if (!made.isEmpty()) {
        var after = SchemaWalk.apply(step.schema(), step.statement().statement());
        made.forEach(index -> check(index, script, step, after, context));
      }
    }
  }

  private static void check(
      MadeIndex index, Script script, Step step, Schema after, ScriptContext context) {
    var table = after.table(index.table()).orElse(null);
    if (table == null || (!after.isComplete(table) && !isMade(step))) {
      context.undecided(index.at());
      return;
    }
    if (!option(table, after, "engine", "default_storage_engine", "innodb").equals("innodb")) {
      return;
    }
    var text = script.source().slice(index.at());
    var all = Size.NONE;
    var longest = Size.NONE;
    for (var name : index.columns()) {
      var column = table.column(name).orElse(null);
      var size = column == null ? Size.NONE : KeyBytes.of(column, table, after, text);
      all = all.plus(size);
      longest = size.most() > longest.most() ? size : longest;
    }
    new Found(index, script.version().engine(), step, context)
        .tell(all, longest, limit(table, after));
  }

  private static boolean isMade(Step step) {
    return step.statement().statement() instanceof Statement.CreateTable;
  }

  private static int limit(Table table, Schema schema) {
    var format = option(table, schema, "row_format", "innodb_default_row_format", "dynamic");
    return OLD_ROWS.contains(format) ? MOST_OF_OLD_ROWS : MOST;
  }

  private static String option(
      Table table, Schema schema, String option, String setting, String usual) {
    var own = table.options().get(option);
    return own == null || own.equals("default")
        ? schema.settings().getOrDefault(setting, usual).toLowerCase(java.util.Locale.ROOT)
        : own.toLowerCase(java.util.Locale.ROOT);
  }

  /// What the servers were seen to do, by the first limit that is passed.
  private record Found(MadeIndex index, Engine engine, Step step, ScriptContext context) {
    void tell(Size all, Size longest, int limit) {
      var mariadb = engine == Engine.MARIADB;
      if (mariadb && index.kind() == Kind.UNIQUE && limit == MOST) {
        return; // It makes a hidden hash of what is too long.
      }
      if (longest.least() > limit) {
        part(longest.least(), limit);
      } else if (all.least() > MOST) {
        refused("its columns take %,d bytes together".formatted(all.least()), MOST);
      } else if (longest.most() > limit || all.most() > MOST) {
        context.undecided(index.at());
      }
    }

    private void part(int bytes, int limit) {
      var what = "one of its columns takes %,d bytes".formatted(bytes);
      var isCut =
          index.kind() == Kind.PLAIN
              && (engine == Engine.MARIADB
                  ? limit == MOST
                  : SqlMode.of(step.session()) == SqlMode.LAX);
      if (isCut) {
        context.report(
            index.at(),
            Status.WARNING,
            "The index holds only the first %,d bytes, and the server says so in a note that nobody reads (%s): it can neither sort by the column nor answer from the index alone. Write the length that is meant, as in (title(100)), or a shorter type."
                .formatted(limit, what));
      } else {
        refused(what, limit);
      }
    }

    private void refused(String what, int limit) {
      context.report(
          index.at(),
          "The server refuses the statement: an index takes at most %,d bytes%s, and %s. Take a part of a column, as in (title(100)), or a shorter type."
              .formatted(limit, limit == MOST ? "" : " of a column in rows of this format", what));
    }
  }
}
