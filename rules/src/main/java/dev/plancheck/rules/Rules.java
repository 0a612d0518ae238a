// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.rules;

import dev.plancheck.engine.review.OwnFinding;
import dev.plancheck.engine.review.Policy;
import dev.plancheck.engine.review.Rule;
import dev.plancheck.engine.review.RuleInfo;
import dev.plancheck.rules.column.AddConstrainedDomain;
import dev.plancheck.rules.column.AddIdentity;
import dev.plancheck.rules.column.AddSerial;
import dev.plancheck.rules.column.AddStoredGenerated;
import dev.plancheck.rules.column.AddVolatileDefault;
import dev.plancheck.rules.column.DropColumn;
import dev.plancheck.rules.column.IncompleteRedefinition;
import dev.plancheck.rules.column.RenameColumn;
import dev.plancheck.rules.column.RewritingTypeChange;
import dev.plancheck.rules.column.SetNotNull;
import dev.plancheck.rules.constraint.CheckWithoutNotValid;
import dev.plancheck.rules.constraint.ForeignKeyWithoutIndex;
import dev.plancheck.rules.constraint.ForeignKeyWithoutNotValid;
import dev.plancheck.rules.constraint.IgnoredByServer;
import dev.plancheck.rules.constraint.PrimaryKeyWithoutUsingIndex;
import dev.plancheck.rules.constraint.UniqueWithoutUsingIndex;
import dev.plancheck.rules.data.DeleteWithoutWhere;
import dev.plancheck.rules.data.UpdateWithoutWhere;
import dev.plancheck.rules.database.UseStatement;
import dev.plancheck.rules.index.CreateWithoutConcurrently;
import dev.plancheck.rules.index.DropWithoutConcurrently;
import dev.plancheck.rules.lock.MissingTimeout;
import dev.plancheck.rules.lock.WriteBlockingAlter;
import dev.plancheck.rules.object.Existing;
import dev.plancheck.rules.object.Missing;
import dev.plancheck.rules.table.DropPartition;
import dev.plancheck.rules.table.DropTable;
import dev.plancheck.rules.table.MissingPrimaryKey;
import dev.plancheck.rules.table.RenameTable;
import dev.plancheck.rules.table.TruncateTable;
import dev.plancheck.rules.transaction.BackfillWithDdl;
import dev.plancheck.rules.transaction.ImplicitCommit;
import dev.plancheck.rules.transaction.RefusedStatement;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The catalogue: all rules with their usual options, sorted by id, and their pages.
public final class Rules {
  /// Every rule, sorted by id.
  public static final List<Rule> ALL =
      List.of(
          new AddConstrainedDomain(),
          new AddIdentity(),
          new AddSerial(),
          new AddStoredGenerated(),
          new AddVolatileDefault(),
          new DropColumn(),
          new IncompleteRedefinition(),
          new RenameColumn(),
          new RewritingTypeChange(),
          new SetNotNull(),
          new CheckWithoutNotValid(),
          new ForeignKeyWithoutIndex(),
          new ForeignKeyWithoutNotValid(),
          new IgnoredByServer(),
          new PrimaryKeyWithoutUsingIndex(),
          new UniqueWithoutUsingIndex(),
          new DeleteWithoutWhere(),
          new UpdateWithoutWhere(),
          new UseStatement(),
          new CreateWithoutConcurrently(),
          new DropWithoutConcurrently(),
          new MissingTimeout(60),
          new WriteBlockingAlter(),
          new Existing(),
          new Missing(),
          new DropPartition(),
          new DropTable(),
          new MissingPrimaryKey(),
          new RenameTable(),
          new TruncateTable(),
          new BackfillWithDdl(),
          new ImplicitCommit(),
          new RefusedStatement(false));

  /// Changes whenever a rule may find something else than before: results of another version are
  /// stale.
  public static final String VERSION = "0.1.0";

  private Rules() {}

  /// Every rule at its own severity.
  public static Policy defaultPolicy() {
    return Policy.of(ALL);
  }

  /// The cards of everything that a finding can be of, rules and the review's own, sorted by id.
  public static List<RuleInfo> infos() {
    return Stream.concat(
            ALL.stream().map(Rule::info), Stream.of(OwnFinding.values()).map(OwnFinding::info))
        .sorted(Comparator.comparing(RuleInfo::id))
        .toList();
  }

  /// The Markdown page of a rule or of a finding of the review itself; empty for an unknown id.
  public static Optional<String> page(String id) {
    return infos().stream().filter(info -> info.id().equals(id)).findFirst().map(Pages::text);
  }
}
