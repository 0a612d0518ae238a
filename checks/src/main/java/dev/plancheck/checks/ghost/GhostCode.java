// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import dev.plancheck.engine.review.Status;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What GHOST_SYNC can find: each is described in `GhostCode.md`, beside this file, under its id,
/// `ghost.left-over`.
public enum GhostCode {
  // What the sheet says.
  ONE_ALTER_TABLE(Status.ERROR, "Not exactly one ALTER TABLE"),
  SYNTAX(Status.ERROR, "Syntax error"),
  SPELLING(Status.ERROR, "gh-ost cannot read this form of ALTER TABLE"),
  OTHER_DATABASE(Status.ERROR, "A table of another database"),
  EARLIER_SHEETS(Status.WARNING, "Other sheets run before"),
  RENAME_TABLE(Status.ERROR, "Renames the table"),
  CHANGE_RENAME(Status.ERROR, "Renames a column with CHANGE"),
  RENAME_COLUMN(Status.ERROR, "Renames a column: its values would be lost"),
  DROP_ADD_COLUMN(Status.ERROR, "Drops and adds the same column"),
  GENERATED_COLUMN(Status.ERROR, "Makes a generated column a plain one"),
  ADD_FOREIGN_KEY(Status.ERROR, "Adds a foreign key"),
  PARTITION(Status.ERROR, "Changes partitions that the copy does not have"),
  TABLESPACE(Status.ERROR, "Changes the table's file"),
  ALTER_FAILS(Status.ERROR, "The server would refuse the ALTER"),
  ALTER_REFUSED(Status.ERROR, "The server refuses the ALTER"),
  FLAGS(Status.ERROR, "Flags that gh-ost refuses"),
  FLAG_CLAMPED(Status.WARNING, "gh-ost would use another value"),
  // A copy on which the ALTER is tried.
  COPY_DIFFERS(Status.WARNING, "The server makes something else of the table than foretold"),
  COPY_SKIPPED(Status.WARNING, "Not tried on a copy"),
  COPY_LEFT(Status.WARNING, "A copy was left behind"),
  SCRATCH_MISSING(Status.WARNING, "No database to make the copy in"),
  SCRATCH_GRANTS(Status.WARNING, "Missing rights to make the copy"),
  NOOP(Status.ERROR, "gh-ost's own noop failed"),
  // What gh-ost would lose without a word.
  ROWS_LOST(Status.ERROR, "Rows do not arrive in the copy"),
  ROWS_LOST_UNIQUE(Status.ERROR, "A new unique key can lose rows silently"),
  ROWS_LOST_CHECK(Status.ERROR, "A new CHECK can lose rows silently"),
  ROWS_LOST_PARTITION(Status.ERROR, "New partitions can lose rows silently"),
  VALUES_LOST_NULL(Status.ERROR, "NOT NULL can change values silently"),
  VALUES_LOST_TYPE(Status.ERROR, "The new type can change values silently"),
  VALUES_LOST_CHARSET(Status.ERROR, "The new character set can change values silently"),
  VALUES_ROUNDED(Status.WARNING, "The new type rounds values"),
  ENUM_ORDER(Status.ERROR, "ENUM or SET members get other numbers"),
  NO_SUCH_ROW(Status.WARNING, "Nothing would be lost as the data is now"),
  // The server and its user.
  LOG_BIN(Status.ERROR, "No binary log"),
  BINLOG_FORMAT(Status.ERROR, "The binary log does not hold rows"),
  BINLOG_ROW_IMAGE(Status.ERROR, "The binary log does not hold whole rows"),
  BINLOG_FILTER(Status.ERROR, "gh-ost would wait for ever"),
  LOG_REPLICA_UPDATES(Status.ERROR, "The replica does not log what it applies"),
  SWITCH_TO_RBR(Status.WARNING, "gh-ost would change the server"),
  METADATA_LOCKS(Status.ERROR, "Metadata locks cannot be watched"),
  READ_ONLY(Status.ERROR, "The server is read-only"),
  REPLICA(Status.WARNING, "The server is a replica"),
  REPLICA_WRITTEN(Status.ERROR, "gh-ost would write to a replica"),
  REPLICA_BROKEN(Status.ERROR, "Replication is broken"),
  REPLICA_LAG(Status.WARNING, "The replica is behind"),
  ON_MASTER(Status.ERROR, "gh-ost may not work on a primary"),
  MARIADB(Status.WARNING, "Not every build of gh-ost understands MariaDB"),
  GRANTS(Status.ERROR, "Missing rights"),
  GRANTS_TEXT(Status.ERROR, "gh-ost would not see the rights"),
  UNKNOWN(Status.WARNING, "Could not be found out"),
  // The table.
  NO_TABLE(Status.ERROR, "No such table"),
  VIEW(Status.ERROR, "A view"),
  ENGINE(Status.WARNING, "Not an InnoDB table"),
  HISTORY(Status.ERROR, "History would be lost"),
  FOREIGN_KEY_PARENT(Status.ERROR, "Foreign keys point at the table"),
  FOREIGN_KEY_CHILD(Status.ERROR, "The table has foreign keys"),
  TRIGGER(Status.ERROR, "The table has triggers"),
  NO_UNIQUE_KEY(Status.ERROR, "No unique key"),
  NO_SHARED_KEY(Status.ERROR, "No unique key before and after"),
  NULLABLE_KEY(Status.ERROR, "The chosen key can be NULL"),
  KEY_EXPRESSION(Status.ERROR, "gh-ost sees only a part of the key"),
  KEY_GENERATED(Status.ERROR, "The chosen key has a generated column"),
  KEY_DATETIME(Status.ERROR, "DATETIME to TIMESTAMP in the chosen key"),
  NAME_CUT(Status.ERROR, "gh-ost would cut the name within a character"),
  NAME_COLLISION(Status.WARNING, "Another table would have the same copy"),
  NAME_PATTERN(Status.ERROR, "gh-ost takes the name for a pattern"),
  LEFT_OVER(Status.ERROR, "A table with a name of gh-ost's own"),
  CHANGELOG_DROPPED(Status.ERROR, "gh-ost would drop a table"),
  RUNNING(Status.ERROR, "gh-ost is at work on the table"),
  ZERO_DATE(Status.ERROR, "A default that the strict mode refuses"),
  NOT_NEEDED(Status.WARNING, "gh-ost is not needed");

  private final Status status;
  private final String title;

  GhostCode(Status status, String title) {
    this.status = status;
    this.title = title;
  }

  public static Optional<GhostCode> byId(String id) {
    return Arrays.stream(values()).filter(code -> code.id().equals(id)).findFirst();
  }

  public String id() {
    return "ghost." + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public Status status() {
    return status;
  }

  public String title() {
    return title;
  }

  /// What it means, and what to do.
  public GhostPage page() {
    return GhostPages.of(this);
  }
}
