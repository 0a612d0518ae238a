// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.online;

import dev.plancheck.engine.Engine;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.sql.ObjectKind;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import dev.plancheck.engine.sql.TableConstraint;
import dev.plancheck.engine.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What MySQL or MariaDB does to alter a table. It says nothing of whether the rows let it: NULLs
/// and duplicates fail a change that is said to be INPLACE here.
public sealed interface OnlineDdl {
  /// Of each action why it costs what it costs, in order.
  List<Reason> reasons();

  /// What was assumed, and what to beware of, in sentences for people.
  List<String> notes();

  /// `refused` is null, or says which clause the server refuses the statement for; `work` is what
  /// it would do without that clause.
  record Known(Work work, List<Reason> reasons, List<String> notes, @Nullable String refused)
      implements OnlineDdl {
    public Known {
      reasons = List.copyOf(reasons);
      notes = List.copyOf(notes);
    }
  }

  /// Some reason has no work: it says what would have to be known.
  record Unknown(List<Reason> reasons, List<String> notes) implements OnlineDdl {
    public Unknown {
      reasons = List.copyOf(reasons);
      notes = List.copyOf(notes);
    }
  }

  /// What one action needs, were it alone: `what` is a part of a sentence, `the type of weight goes
  /// from int to bigint`. Without `work` it is not known, because of what `what` says.
  record Reason(Span span, String what, @Nullable Work work) {}

  /// Empty for what does not alter a table, and for other engines. The settings of `before` must be
  /// those of the session: `foreign_key_checks` and `sql_mode` decide, and `version` (`8.0.15`),
  /// without which the newest release of the series is assumed. `before` is the schema before the
  /// statement; of a table that is not in it, or not wholly known, only what the definition does
  /// not decide is known.
  static Optional<OnlineDdl> of(ScriptStatement statement, Schema before) {
    if (before.version().engine() == Engine.POSTGRESQL) {
      return Optional.empty();
    }
    return switch (statement.statement()) {
      case Statement.AlterTable alter when alter.kind() == ObjectKind.TABLE ->
          Optional.of(Verdict.of(alter, statement.span(), before));
      case Statement.CreateIndex create ->
          Optional.of(Verdict.of(alter(create, statement.span()), statement.span(), before));
      case Statement.RenameTables renamed -> Optional.of(renamed(renamed, statement, before));
      case Statement _ -> Optional.empty();
    };
  }

  private static Statement.AlterTable alter(Statement.CreateIndex create, Span span) {
    var columns =
        create.parts().stream().map(Statement.IndexPart::column).filter(Objects::nonNull).toList();
    var constraint =
        create.unique()
            ? new TableConstraint.Unique(create.name(), columns, null, span)
            : new TableConstraint.Index(create.name(), create.method(), create.parts(), span);
    return new Statement.AlterTable(
        ObjectKind.TABLE,
        create.table(),
        false,
        false,
        List.of(new TableAction.AddConstraint(constraint, span)));
  }

  /// RENAME TABLE is never more than what ALTER TABLE does for a new name.
  private static OnlineDdl renamed(
      Statement.RenameTables renamed, ScriptStatement statement, Schema before) {
    var actions = new ArrayList<TableAction>();
    for (var one : renamed.tables()) {
      actions.add(new TableAction.RenameTo(one.to().name(), statement.span()));
    }
    var first = renamed.tables().getFirst().from();
    return Verdict.of(
        new Statement.AlterTable(ObjectKind.TABLE, first, false, false, actions),
        statement.span(),
        before);
  }
}
