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
import dev.plancheck.rules.column.AddWithoutDefault;
import dev.plancheck.rules.column.ApproximateNumber;
import dev.plancheck.rules.column.BecomesNotNull;
import dev.plancheck.rules.column.ChangedValues;
import dev.plancheck.rules.column.DamagingInstant;
import dev.plancheck.rules.column.DropColumn;
import dev.plancheck.rules.column.EnumType;
import dev.plancheck.rules.column.IncompleteRedefinition;
import dev.plancheck.rules.column.LossyCharacterSet;
import dev.plancheck.rules.column.LossyTypeChange;
import dev.plancheck.rules.column.RenameColumn;
import dev.plancheck.rules.column.RewritingTypeChange;
import dev.plancheck.rules.column.SetNotNull;
import dev.plancheck.rules.column.ThreeByteUtf8;
import dev.plancheck.rules.column.TimestampType;
import dev.plancheck.rules.column.ZeroDate;
import dev.plancheck.rules.constraint.AddedCascade;
import dev.plancheck.rules.constraint.CheckWithoutNotValid;
import dev.plancheck.rules.constraint.ForeignKey;
import dev.plancheck.rules.constraint.ForeignKeyWithoutIndex;
import dev.plancheck.rules.constraint.ForeignKeyWithoutNotValid;
import dev.plancheck.rules.constraint.IgnoredByServer;
import dev.plancheck.rules.constraint.PrimaryKeyWithoutUsingIndex;
import dev.plancheck.rules.constraint.UncheckedForeignKey;
import dev.plancheck.rules.constraint.UncheckedRows;
import dev.plancheck.rules.constraint.UniqueWithoutUsingIndex;
import dev.plancheck.rules.data.AssignmentWithAnd;
import dev.plancheck.rules.data.DeleteWithoutWhere;
import dev.plancheck.rules.data.FileImport;
import dev.plancheck.rules.data.IgnoredErrors;
import dev.plancheck.rules.data.InsertWithoutColumns;
import dev.plancheck.rules.data.KeyUpdate;
import dev.plancheck.rules.data.PerDatabaseValue;
import dev.plancheck.rules.data.SeveralUniqueKeys;
import dev.plancheck.rules.data.UnorderedLimit;
import dev.plancheck.rules.data.UpdateWithoutWhere;
import dev.plancheck.rules.database.NamedDatabase;
import dev.plancheck.rules.database.UseStatement;
import dev.plancheck.rules.index.CreateWithoutConcurrently;
import dev.plancheck.rules.index.DropAtOnce;
import dev.plancheck.rules.index.DropWithoutConcurrently;
import dev.plancheck.rules.index.NeededByForeignKey;
import dev.plancheck.rules.index.Redundant;
import dev.plancheck.rules.index.TooLong;
import dev.plancheck.rules.index.TooMany;
import dev.plancheck.rules.lock.ExplicitLock;
import dev.plancheck.rules.lock.LockingRead;
import dev.plancheck.rules.lock.LostInstant;
import dev.plancheck.rules.lock.MissingTimeout;
import dev.plancheck.rules.lock.MissingWaitLimit;
import dev.plancheck.rules.lock.RebuildingAlter;
import dev.plancheck.rules.lock.RefusedClause;
import dev.plancheck.rules.lock.RepeatedRebuild;
import dev.plancheck.rules.lock.WriteBlockingAlter;
import dev.plancheck.rules.naming.Pattern;
import dev.plancheck.rules.naming.ReservedWord;
import dev.plancheck.rules.object.Existing;
import dev.plancheck.rules.object.HiddenDifference;
import dev.plancheck.rules.object.Missing;
import dev.plancheck.rules.object.StoredCode;
import dev.plancheck.rules.privilege.BroadGrant;
import dev.plancheck.rules.privilege.NamedDefiner;
import dev.plancheck.rules.privilege.WrittenPassword;
import dev.plancheck.rules.server.Administration;
import dev.plancheck.rules.server.GlobalSetting;
import dev.plancheck.rules.session.BinaryLogOff;
import dev.plancheck.rules.session.LaxSqlMode;
import dev.plancheck.rules.statement.UnknownToVersion;
import dev.plancheck.rules.table.DefaultCharacterSet;
import dev.plancheck.rules.table.DiscardTablespace;
import dev.plancheck.rules.table.DropPartition;
import dev.plancheck.rules.table.DropTable;
import dev.plancheck.rules.table.LossyConversion;
import dev.plancheck.rules.table.MissingComment;
import dev.plancheck.rules.table.MissingPrimaryKey;
import dev.plancheck.rules.table.OtherEngine;
import dev.plancheck.rules.table.RenameTable;
import dev.plancheck.rules.table.RequiredColumns;
import dev.plancheck.rules.table.SetAutoIncrement;
import dev.plancheck.rules.table.TruncateTable;
import dev.plancheck.rules.transaction.BackfillWithDdl;
import dev.plancheck.rules.transaction.ImplicitCommit;
import dev.plancheck.rules.transaction.LeftOpen;
import dev.plancheck.rules.transaction.RefusedStatement;
import dev.plancheck.rules.transaction.SeveralChanges;
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
          new AddWithoutDefault(),
          new ApproximateNumber(),
          new BecomesNotNull(),
          new ChangedValues(),
          new DamagingInstant(),
          new DropColumn(),
          new EnumType(),
          new IncompleteRedefinition(),
          new LossyCharacterSet(),
          new LossyTypeChange(),
          new RenameColumn(),
          new RewritingTypeChange(),
          new SetNotNull(),
          new ThreeByteUtf8(),
          new TimestampType(),
          new ZeroDate(),
          new AddedCascade(),
          new CheckWithoutNotValid(),
          new ForeignKey(),
          new ForeignKeyWithoutIndex(),
          new ForeignKeyWithoutNotValid(),
          new IgnoredByServer(),
          new PrimaryKeyWithoutUsingIndex(),
          new UncheckedForeignKey(),
          new UncheckedRows(),
          new UniqueWithoutUsingIndex(),
          new AssignmentWithAnd(),
          new DeleteWithoutWhere(),
          new FileImport(),
          new IgnoredErrors(),
          new InsertWithoutColumns(),
          new KeyUpdate(),
          new PerDatabaseValue(),
          new SeveralUniqueKeys(),
          new UnorderedLimit(),
          new UpdateWithoutWhere(),
          new NamedDatabase(),
          new UseStatement(),
          new CreateWithoutConcurrently(),
          new DropAtOnce(),
          new DropWithoutConcurrently(),
          new NeededByForeignKey(),
          new Redundant(),
          new TooLong(),
          new TooMany(8),
          new ExplicitLock(),
          new LockingRead(),
          new LostInstant(),
          new MissingTimeout(60),
          new MissingWaitLimit(60),
          new RebuildingAlter(),
          new RefusedClause(),
          new RepeatedRebuild(),
          new WriteBlockingAlter(),
          new Pattern(
              "[a-z][a-z0-9_]*",
              "[a-z][a-z0-9_]*",
              "[a-z][a-z0-9_]*",
              "[a-z][a-z0-9_]*",
              "[a-z][a-z0-9_]*"),
          new ReservedWord(),
          new Existing(),
          new HiddenDifference(),
          new Missing(),
          new StoredCode(false),
          new BroadGrant(),
          new NamedDefiner(),
          new WrittenPassword(),
          new Administration(),
          new GlobalSetting(),
          new BinaryLogOff(),
          new LaxSqlMode(),
          new UnknownToVersion(),
          new DefaultCharacterSet(),
          new DiscardTablespace(),
          new DropPartition(),
          new DropTable(),
          new LossyConversion(),
          new MissingComment(true),
          new MissingPrimaryKey(),
          new OtherEngine("innodb"),
          new RenameTable(),
          new RequiredColumns("id"),
          new SetAutoIncrement(),
          new TruncateTable(),
          new BackfillWithDdl(),
          new ImplicitCommit(),
          new LeftOpen(),
          new RefusedStatement(false),
          new SeveralChanges());

  /// Changes whenever a rule may find something else than before: results of another version are
  /// stale.
  public static final String VERSION = "0.1.0";

  private Rules() {}

  /// Every rule at its usual level.
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
