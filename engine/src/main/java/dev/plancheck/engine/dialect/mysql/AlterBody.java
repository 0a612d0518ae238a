// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.NotLowered;
import dev.plancheck.engine.dialect.mysql.Token.Kind;
import java.util.Locale;
import java.util.Set;

/// What stands behind the table's name in an ALTER TABLE, to be run on another table of the same
/// shape. It is cut at the name's place among the tokens, and refused if any word of it could reach
/// further than into that table.
public sealed interface AlterBody {
  /// `takesClauses` is whether `ALGORITHM=INSTANT, ` may be put before the text.
  record Cut(String text, boolean takesClauses) implements AlterBody {}

  /// `reason` is a clause for people: it names a word of the statement, nothing else of it.
  record Refused(String reason) implements AlterBody {}

  /// Words that name another table, a file, another engine, or what other sessions see. One that is
  /// meant as the name of a column is refused, too, unless it is quoted.
  Set<String> FAR =
      Set.of(
          "CONNECTION",
          "DIRECTORY",
          "DISCARD",
          "ENCRYPTED",
          "ENCRYPTION",
          "ENCRYPTION_KEY_ID",
          "EXCHANGE",
          "FOREIGN",
          "IMPORT",
          "INTO",
          "LASTVAL",
          "NEXT",
          "NEXTVAL",
          "REFERENCES",
          "SECONDARY_ENGINE",
          "SECONDARY_LOAD",
          "SECONDARY_UNLOAD",
          "SELECT",
          "SETVAL",
          "TABLESPACE",
          "UNION",
          "VERSIONING");

  /// `statement` is one statement without its semicolon.
  static AlterBody of(String statement, EngineVersion version) {
    var read = MysqlDialect.reader(statement, version);
    if (read.isEmpty()) {
      return new Refused("it is not one statement that is understood");
    }
    var reader = read.get();
    if (RowQuestion.hasVersionedComment(reader)) {
      return new Refused("it has a comment that some servers run and others do not");
    }
    try {
      return cut(reader);
    } catch (NotLowered e) {
      return new Refused("it has " + e.reason());
    }
  }

  private static AlterBody cut(Reader reader) {
    reader.expect("ALTER", "TABLE");
    var _ = reader.object();
    AlterTables.skipWait(reader);
    var from = reader.index();
    if (reader.atEnd()) {
      return new Refused("it changes nothing");
    }
    for (var at = from; at < reader.size(); at++) {
      var far = far(reader, at);
      if (!far.isEmpty()) {
        return new Refused("it says " + far);
      }
    }
    for (var mark : reader.marks()) {
      if (mark.kind() == Mark.Kind.CALL && !BuiltIns.isHarmless(Tables.call(reader, mark), false)) {
        return new Refused("it calls %s()".formatted(Tables.call(reader, mark)));
      }
    }
    var end = reader.token(reader.size() - 1).end();
    return new Cut(
        reader.script().substring(reader.token(from).start(), end),
        !AlterOptions.partitions(reader));
  }

  /// The word that reaches too far; empty if there is none at this place.
  private static String far(Reader reader, int at) {
    var token = reader.token(at);
    var text = reader.text(token);
    if (token.kind() == Kind.VARIABLE || token.kind() == Kind.DELIMITER) {
      return text;
    }
    if (token.kind() != Kind.WORD) {
      return "";
    }
    var word = text.toUpperCase(Locale.ROOT);
    return FAR.contains(word) || (word.equals("ENGINE") && !isInnodb(reader, at + 1)) ? word : "";
  }

  private static boolean isInnodb(Reader reader, int behind) {
    var at = behind < reader.size() && reader.is(behind, "=") ? behind + 1 : behind;
    return at < reader.size()
        && Literals.value(reader.text(reader.token(at))).equalsIgnoreCase("innodb");
  }
}
