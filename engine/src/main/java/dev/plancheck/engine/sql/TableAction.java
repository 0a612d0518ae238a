// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.sql;

import dev.plancheck.engine.text.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One action of an ALTER TABLE (or ALTER INDEX, VIEW, SEQUENCE ... in the forms that they share
/// with it).
public sealed interface TableAction {
  Span span();

  record AddColumn(ColumnDefinition column, boolean ifNotExists, Span span)
      implements TableAction {}

  record DropColumn(String column, boolean ifExists, boolean cascade, Span span)
      implements TableAction {}

  record AlterColumnType(
      String column,
      TypeName type,
      @Nullable ObjectName collation,
      @Nullable Expression using,
      Span span)
      implements TableAction {}

  record SetNotNull(String column, Span span) implements TableAction {}

  record DropNotNull(String column, Span span) implements TableAction {}

  record SetDefault(String column, Expression expression, Span span) implements TableAction {}

  record DropDefault(String column, Span span) implements TableAction {}

  record AddIdentity(String column, boolean always, Span span) implements TableAction {}

  record DropIdentity(String column, Span span) implements TableAction {}

  /// SET EXPRESSION of a generated column (PostgreSQL 17).
  record SetExpression(String column, Expression expression, Span span) implements TableAction {}

  record DropExpression(String column, Span span) implements TableAction {}

  record AddConstraint(TableConstraint constraint, Span span) implements TableAction {}

  record DropConstraint(String constraint, boolean ifExists, boolean cascade, Span span)
      implements TableAction {}

  record ValidateConstraint(String constraint, Span span) implements TableAction {}

  /// `enforces` tells ENFORCED (PostgreSQL 18), which checks every row.
  record AlterConstraint(String constraint, boolean enforces, Span span) implements TableAction {}

  record RenameColumn(String from, String to, Span span) implements TableAction {}

  record RenameConstraint(String from, String to, Span span) implements TableAction {}

  record RenameTo(String name, Span span) implements TableAction {}

  record SetSchema(String schema, Span span) implements TableAction {}

  record OwnerTo(String role, Span span) implements TableAction {}

  record AttachPartition(ObjectName partition, boolean isDefault, Span span)
      implements TableAction {}

  record DetachPartition(ObjectName partition, boolean concurrently, Span span)
      implements TableAction {}

  record Inherit(ObjectName parent, boolean add, Span span) implements TableAction {}

  /// SET LOGGED or SET UNLOGGED.
  record SetLogged(boolean logged, Span span) implements TableAction {}

  record SetTablespace(String tablespace, Span span) implements TableAction {}

  record SetAccessMethod(String method, Span span) implements TableAction {}

  /// SET (name = value, ...) and RESET (name, ...); names in lower case.
  record SetOptions(List<String> options, Span span) implements TableAction {
    public SetOptions {
      options = List.copyOf(options);
    }
  }

  /// ENABLE or DISABLE TRIGGER; `trigger` is a name, `all` or `user`.
  record SetTrigger(String trigger, boolean enabled, Span span) implements TableAction {}

  /// MODIFY and CHANGE of MySQL: the column becomes just what is written, with the name that is
  /// written; what is not repeated is lost.
  record RedefineColumn(String column, ColumnDefinition definition, Span span)
      implements TableAction {}

  /// DROP INDEX of MySQL; the index of a primary key is called `primary`.
  record DropIndex(String index, boolean ifExists, Span span) implements TableAction {}

  record RenameIndex(String from, String to, Span span) implements TableAction {}

  /// An option of a table in MySQL, in lower-case words: `engine`, `auto_increment`, `character
  /// set`, `convert to character set`.
  record SetTableOption(String option, String value, Span span) implements TableAction {}

  /// Partitions of a table in MySQL: `action` in upper-case words (`DROP PARTITION`, `PARTITION
  /// BY`, `REMOVE PARTITIONING`), `partitions` those that are named, `all` for all of them; `other`
  /// is the table of EXCHANGE PARTITION.
  record AlterPartition(
      String action, List<String> partitions, @Nullable ObjectName other, Span span)
      implements TableAction {
    public AlterPartition {
      partitions = List.copyOf(partitions);
    }
  }

  /// How MySQL is to change the table: `clause` is ALGORITHM or LOCK, `value` in upper case.
  record Execution(String clause, String value, Span span) implements TableAction {}

  /// What takes a short lock and changes nothing that the model holds; `name` is the action in
  /// upper case words: `SET STATISTICS`, `SET STORAGE`, `REPLICA IDENTITY`, `ENABLE ROW LEVEL
  /// SECURITY`, `CLUSTER ON` ...
  record Other(String name, Span span) implements TableAction {}
}
