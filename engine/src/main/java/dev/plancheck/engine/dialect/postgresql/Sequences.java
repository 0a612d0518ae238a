// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import dev.plancheck.engine.sql.ObjectKind;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Alter_sequence_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Create_sequence_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Sequence_bodyContext;

/// Sequences.
final class Sequences {
  private Sequences() {}

  static Statement create(Origin origin, Create_sequence_statementContext sequence) {
    var temporary = sequence.TEMPORARY() != null || sequence.TEMP() != null;
    return new Statement.CreateSequence(
        Names.object(origin, sequence.name),
        sequence.if_not_exists() != null,
        Tables.persistence(temporary, sequence.UNLOGGED() != null));
  }

  static Statement alter(Origin origin, Alter_sequence_statementContext sequence) {
    return new Statement.AlterTable(
        ObjectKind.SEQUENCE,
        Names.object(origin, sequence.name),
        sequence.if_exists() != null,
        false,
        actions(origin, sequence));
  }

  private static List<TableAction> actions(
      Origin origin, Alter_sequence_statementContext sequence) {
    if (sequence.rename_to() != null) {
      var name = Names.of(origin, sequence.rename_to().name);
      return List.of(new TableAction.RenameTo(name, origin.span(sequence.rename_to())));
    }
    if (sequence.set_schema() != null) {
      var schema = Names.of(origin, sequence.set_schema().identifier());
      return List.of(new TableAction.SetSchema(schema, origin.span(sequence.set_schema())));
    }
    if (sequence.set_logged() != null) {
      var logged = sequence.set_logged().LOGGED() != null;
      return List.of(new TableAction.SetLogged(logged, origin.span(sequence.set_logged())));
    }
    var actions = new ArrayList<TableAction>();
    for (var child : sequence.children) {
      if (child instanceof Sequence_bodyContext body) {
        actions.add(new TableAction.Other(Words.of(body), origin.span(body)));
      } else if (child instanceof TerminalNode word
          && word.getSymbol().getType() == SQLParser.RESTART) {
        var span = origin.span(word.getSymbol());
        actions.add(new TableAction.Other("RESTART", span));
      }
    }
    return actions;
  }
}
