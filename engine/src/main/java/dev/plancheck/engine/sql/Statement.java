// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.sql;

import dev.plancheck.engine.text.Span;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One statement of a script, lowered from a dialect's parse tree to what rules, the walk-through
/// and the summary need. Anything not understood is a [NotAnalysed], counted and shown, never
/// passed in silence.
public sealed interface Statement {
  enum Persistence {
    PERMANENT,
    TEMPORARY,
    UNLOGGED
  }

  /// `partitionOf` is the parent whose partition this table becomes; `partitioned` tells PARTITION
  /// BY. `options` are those of MySQL in lower-case words, as in [TableAction.SetTableOption].
  record CreateTable(
      ObjectName table,
      boolean ifNotExists,
      Persistence persistence,
      List<ColumnDefinition> columns,
      List<TableConstraint> constraints,
      List<ObjectName> inherits,
      List<Like> like,
      @Nullable ObjectName partitionOf,
      boolean partitioned,
      Map<String, String> options)
      implements Statement {
    public CreateTable {
      columns = List.copyOf(columns);
      constraints = List.copyOf(constraints);
      inherits = List.copyOf(inherits);
      like = List.copyOf(like);
      options = Map.copyOf(options);
    }

    /// A table without options.
    public CreateTable(
        ObjectName table,
        boolean ifNotExists,
        Persistence persistence,
        List<ColumnDefinition> columns,
        List<TableConstraint> constraints,
        List<ObjectName> inherits,
        List<Like> like,
        @Nullable ObjectName partitionOf,
        boolean partitioned) {
      this(
          table,
          ifNotExists,
          persistence,
          columns,
          constraints,
          inherits,
          like,
          partitionOf,
          partitioned,
          Map.of());
    }
  }

  /// LIKE in a CREATE TABLE. `including` is what is copied beyond names, types and NOT NULL, in
  /// upper case and with ALL spelled out: `DEFAULTS`, `CONSTRAINTS`, `INDEXES`, `IDENTITY`,
  /// `GENERATED`.
  record Like(ObjectName table, List<String> including) {
    public Like {
      including = List.copyOf(including);
    }
  }

  /// CREATE TABLE AS and SELECT INTO.
  record CreateTableAs(
      ObjectName table, boolean ifNotExists, Persistence persistence, boolean withData, Query query)
      implements Statement {}

  /// `kind` says which ALTER it was: TABLE, FOREIGN_TABLE, INDEX, VIEW, MATERIALIZED_VIEW or
  /// SEQUENCE.
  record AlterTable(
      ObjectKind kind, ObjectName table, boolean ifExists, boolean only, List<TableAction> actions)
      implements Statement {
    public AlterTable {
      actions = List.copyOf(actions);
    }
  }

  /// `name` is null when the server chooses it; `parts` are columns or expressions in order.
  record CreateIndex(
      @Nullable String name,
      ObjectName table,
      boolean unique,
      boolean concurrently,
      boolean ifNotExists,
      boolean only,
      String method,
      List<IndexPart> parts,
      List<String> included,
      @Nullable Expression where)
      implements Statement {
    public CreateIndex {
      parts = List.copyOf(parts);
      included = List.copyOf(included);
    }
  }

  /// One key of an index: a column, or an expression when `column` is null.
  record IndexPart(@Nullable String column, Expression expression) {}

  /// `on` is the table of a trigger, rule or policy, else null. Functions carry their name without
  /// arguments.
  record Drop(
      ObjectKind kind,
      List<ObjectName> names,
      @Nullable ObjectName on,
      boolean ifExists,
      boolean concurrently,
      boolean cascade)
      implements Statement {
    public Drop {
      names = List.copyOf(names);
    }
  }

  /// ALTER ... RENAME TO of anything but the relations that [AlterTable] covers.
  record Rename(ObjectKind kind, ObjectName object, @Nullable ObjectName on, String to)
      implements Statement {}

  /// RENAME TABLE of MySQL, one after the other; a table may move to another database.
  record RenameTables(List<RenamedTable> tables) implements Statement {
    public RenameTables {
      tables = List.copyOf(tables);
    }
  }

  record RenamedTable(ObjectName from, ObjectName to) {}

  /// `kind` is INDEX, TABLE, SCHEMA, DATABASE or SYSTEM; `name` is null where none is written.
  record Reindex(ObjectKind kind, @Nullable ObjectName name, boolean concurrently)
      implements Statement {}

  record Truncate(List<ObjectName> tables, boolean cascade, boolean restartIdentity)
      implements Statement {
    public Truncate {
      tables = List.copyOf(tables);
    }
  }

  record CreateView(
      ObjectName view,
      boolean orReplace,
      boolean materialized,
      boolean ifNotExists,
      boolean withData,
      Query query)
      implements Statement {}

  record RefreshMaterializedView(ObjectName view, boolean concurrently, boolean withData)
      implements Statement {}

  record CreateDomain(
      ObjectName domain, TypeName base, boolean notNull, boolean checked, boolean hasDefault)
      implements Statement {}

  /// `validates` is true for ADD CONSTRAINT without NOT VALID, VALIDATE CONSTRAINT and SET NOT
  /// NULL: these read every table that uses the domain. `action` is in upper case words: `ADD
  /// CONSTRAINT`.
  record AlterDomain(ObjectName domain, String action, boolean validates) implements Statement {}

  /// `labels` are an enum's; empty for other types.
  record CreateType(ObjectName type, boolean isEnum, List<String> labels) implements Statement {
    public CreateType {
      labels = List.copyOf(labels);
    }
  }

  /// ALTER TYPE ... ADD VALUE.
  record AddEnumValue(ObjectName type, String label) implements Statement {}

  record CreateSchema(String schema, boolean ifNotExists, List<Statement> elements)
      implements Statement {
    public CreateSchema {
      elements = List.copyOf(elements);
    }
  }

  record CreateSequence(ObjectName sequence, boolean ifNotExists, Persistence persistence)
      implements Statement {}

  record CreateTrigger(String trigger, ObjectName table) implements Statement {}

  record Cluster(@Nullable ObjectName table) implements Statement {}

  /// `full` rewrites; `tables` is empty for the whole database.
  record Vacuum(List<ObjectName> tables, boolean full) implements Statement {
    public Vacuum {
      tables = List.copyOf(tables);
    }
  }

  record LockTable(List<ObjectName> tables, String mode) implements Statement {
    public LockTable {
      tables = List.copyOf(tables);
    }
  }

  /// `rows` counts the rows of VALUES and is 0 for a query or DEFAULT VALUES. `onConflict` also
  /// tells ON DUPLICATE KEY UPDATE, IGNORE and REPLACE.
  record Insert(ObjectName table, List<String> columns, int rows, boolean onConflict, Query query)
      implements Statement {
    public Insert {
      columns = List.copyOf(columns);
    }
  }

  /// `where` is null if every row is meant; in MySQL the condition of a join, or a LIMIT, without
  /// WHERE stands in its place. A statement that writes to several tables has the others in
  /// `query.writes`.
  record Update(ObjectName table, List<String> columns, @Nullable Expression where, Query query)
      implements Statement {
    public Update {
      columns = List.copyOf(columns);
    }
  }

  /// As [Update].
  record Delete(ObjectName table, @Nullable Expression where, Query query) implements Statement {}

  record Merge(ObjectName table, Query query) implements Statement {}

  /// SELECT, VALUES and TABLE; `locks` tells FOR UPDATE and its kin.
  record Select(boolean locks, Query query) implements Statement {}

  /// COPY, and LOAD DATA of MySQL; `table` is null for COPY (query) TO. Data behind `FROM STDIN`
  /// belongs to it and is not parsed.
  record Copy(@Nullable ObjectName table, boolean from, Query query) implements Statement {}

  /// `savepoint` is the name behind SAVEPOINT, RELEASE and ROLLBACK TO, else null; `chain` tells
  /// AND CHAIN, which begins a new transaction at once.
  record Transaction(Kind kind, @Nullable String savepoint, boolean chain) implements Statement {
    public Transaction(Kind kind) {
      this(kind, null, false);
    }

    public enum Kind {
      BEGIN,
      COMMIT,
      ROLLBACK,
      SAVEPOINT,
      RELEASE,
      ROLLBACK_TO,
      /// PREPARE TRANSACTION, COMMIT PREPARED, ROLLBACK PREPARED.
      TWO_PHASE,
      /// SET TRANSACTION, SET SESSION CHARACTERISTICS, SET CONSTRAINTS.
      SET
    }
  }

  /// SET and RESET of a session variable; `name` in lower case (`all` for RESET ALL), `values`
  /// without quotes and empty for DEFAULT and RESET.
  record SetVariable(String name, boolean local, List<String> values) implements Statement {
    public SetVariable {
      values = List.copyOf(values);
    }
  }

  /// The beginning of the name of a variable that is set for the whole server (SET GLOBAL, SET
  /// PERSIST of MySQL).
  String GLOBAL = "global ";

  /// Several variables set at once (MySQL), in order.
  record SetVariables(List<SetVariable> variables) implements Statement {
    public SetVariables {
      variables = List.copyOf(variables);
    }
  }

  /// USE: names without a database mean one in this database from here on (MySQL).
  record Use(String database) implements Statement {}

  /// SET ROLE and SET SESSION AUTHORIZATION; `role` is null for NONE, DEFAULT and RESET.
  record SetRole(@Nullable String role, boolean local, boolean sessionAuthorization)
      implements Statement {}

  record Explain(boolean analyze, Statement statement) implements Statement {}

  /// An understood statement that no rule needs details of; `command` in upper case words: `COMMENT
  /// ON`, `GRANT`, `ANALYZE`, `CREATE FUNCTION`, `ALTER TYPE RENAME VALUE`. `object` is what it is
  /// about, where that is one thing with a name; for a column, constraint, trigger, rule or policy
  /// it is the table that this belongs to.
  record Utility(String command, @Nullable ObjectKind kind, @Nullable ObjectName object)
      implements Statement {}

  /// Valid as far as is known, but not understood; `reason` is a sentence for people without a full
  /// stop.
  record NotAnalysed(String reason) implements Statement {}

  /// The grammar rejects it at `at` (absolute in the script). Whether that is a syntax error only a
  /// judge can say, because the grammar also rejects some valid statements.
  record Rejected(String message, Span at) implements Statement {}

  /// A syntax error, confirmed by a database server; `judge` names it: `PostgreSQL 18.6`.
  record Invalid(String message, Span at, String judge) implements Statement {}
}
