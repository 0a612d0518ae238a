// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import dev.plancheck.engine.dialect.mysql.Token.Kind;
import dev.plancheck.engine.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Statements that are told by their first words, because no grammar knows them, or takes them for
/// something else.
final class Unparsed {
  private static final Set<String> STAGES =
      Set.of("START", "FLUSH", "BLOCK_DDL", "BLOCK_COMMIT", "END");
  private static final Set<String> DATABASE = Set.of("DATABASE", "SCHEMA");
  private static final Set<String> SLAVES = Set.of("SLAVES", "REPLICAS");

  private Unparsed() {}

  static Optional<Statement> read(String script, List<Token> tokens, boolean mariadb) {
    var edits = new Edits(script, tokens);
    return mariadb ? mariadb(edits) : mysql(edits);
  }

  private static Optional<Statement> mysql(Edits edits) {
    return edits.at(0, "ALTER", "INSTANCE", "ROTATE") && edits.at(edits.size() - 2, "MASTER", "KEY")
        ? utility("ALTER INSTANCE")
        : Optional.empty();
  }

  private static Optional<Statement> mariadb(Edits edits) {
    var size = edits.size();
    if (edits.at(0, "DELETE", "HISTORY", "FROM")) {
      return notAnalysed("which versions of rows DELETE HISTORY deletes is not looked into");
    }
    if (edits.at(0, "CREATE", "OR", "REPLACE") && edits.atAny(3, DATABASE)) {
      return notAnalysed(
          "it drops the database with all tables, if there is one, and makes a new one");
    }
    if (edits.at(0, "EXECUTE", "IMMEDIATE")) {
      return notAnalysed("what a prepared statement does is not looked into");
    }
    if (edits.at(0, "BEGIN", "NOT", "ATOMIC")) {
      return notAnalysed("a block outside of a routine is not understood");
    }
    if (edits.at(0, "ANALYZE", "UPDATE")
        || edits.at(0, "ANALYZE", "DELETE")
        || edits.at(0, "ANALYZE", "INSERT")
        || edits.at(0, "ANALYZE", "REPLACE")
        || edits.at(0, "ANALYZE", "FORMAT")
        || edits.at(0, "ANALYZE", "SELECT")
        || edits.at(0, "ANALYZE", "WITH")) {
      return notAnalysed("ANALYZE executes the statement behind it, which is not looked into");
    }
    if (size == 3 && edits.at(0, "BACKUP", "STAGE") && edits.atAny(2, STAGES)) {
      return utility("BACKUP STAGE");
    }
    if ((size == 2 && edits.at(0, "BACKUP", "UNLOCK"))
        || (size > 2 && edits.at(0, "BACKUP", "LOCK") && edits.pastObject(2) == size)) {
      return utility("BACKUP LOCK");
    }
    if (size == 3 && edits.at(1, "SONAME") && edits.is(2, Kind.STRING)) {
      return edits.at(0, "INSTALL")
          ? utility("INSTALL SONAME")
          : edits.at(0, "UNINSTALL") ? utility("UNINSTALL SONAME") : Optional.empty();
    }
    return size == 5 && edits.at(0, "SHUTDOWN", "WAIT", "FOR", "ALL") && edits.atAny(4, SLAVES)
        ? utility("SHUTDOWN")
        : Optional.empty();
  }

  private static Optional<Statement> utility(String command) {
    return Optional.of(new Statement.Utility(command, null, null));
  }

  private static Optional<Statement> notAnalysed(String reason) {
    return Optional.of(new Statement.NotAnalysed(reason));
  }
}
