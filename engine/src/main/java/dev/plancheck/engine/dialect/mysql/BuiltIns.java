// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.mysql;

import dev.plancheck.engine.dialect.mysql.Token.Kind;
import dev.plancheck.engine.sql.ObjectName;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Whether all that a text calls is built into every server, and does nothing but compute.
///
/// A name that is built into some servers only may be a stored function on another; so may one with
/// a database before it, or with a blank before its bracket. The words of the language that may
/// stand before a bracket are those that are reserved everywhere: nobody can call a function so.
final class BuiltIns {
  private static final Set<String> COMPUTE =
      words(
          """
          ABS ACOS ADDDATE ADDTIME ASCII ASIN ATAN ATAN2 AVG BIN BIT_AND BIT_COUNT BIT_LENGTH BIT_OR
          BIT_XOR CAST CEIL CEILING CHARACTER_LENGTH CHARSET CHAR_LENGTH COALESCE COLLATION CONCAT
          CONCAT_WS CONV CONVERT CONVERT_TZ COS COT COUNT CRC32 CURDATE CURRENT_DATE CURRENT_TIME
          CURRENT_TIMESTAMP CURRENT_USER CURTIME DATABASE DATE DATEDIFF DATE_ADD DATE_FORMAT
          DATE_SUB DAY DAYNAME DAYOFMONTH DAYOFWEEK DAYOFYEAR DEFAULT DEGREES ELT EXP EXTRACT FIELD
          FIND_IN_SET FLOOR FORMAT FROM_BASE64 FROM_DAYS FROM_UNIXTIME GREATEST GROUP_CONCAT HEX
          HOUR IF IFNULL INET6_ATON INET6_NTOA INET_ATON INET_NTOA INSERT INSTR ISNULL JSON_ARRAY
          JSON_CONTAINS JSON_CONTAINS_PATH JSON_DEPTH JSON_EXTRACT JSON_INSERT JSON_KEYS JSON_LENGTH
          JSON_OBJECT JSON_QUOTE JSON_REMOVE JSON_REPLACE JSON_SEARCH JSON_SET JSON_TYPE
          JSON_UNQUOTE JSON_VALID LAST_DAY LCASE LEAST LEFT LENGTH LN LOCALTIME LOCALTIMESTAMP
          LOCATE LOG LOG10 LOG2 LOWER LPAD LTRIM MAKEDATE MAKETIME MAKE_SET MAX MD5 MICROSECOND MID
          MIN MINUTE MOD MONTH MONTHNAME NOW NULLIF OCT OCTET_LENGTH ORD PERIOD_ADD PERIOD_DIFF PI
          POSITION POW POWER QUARTER QUOTE RADIANS REPEAT REPLACE REVERSE RIGHT ROUND RPAD RTRIM
          SECOND SEC_TO_TIME SHA SHA1 SHA2 SIGN SIN SOUNDEX SPACE SQRT STD STDDEV STDDEV_POP
          STDDEV_SAMP STRCMP STR_TO_DATE SUBDATE SUBSTR SUBSTRING SUBSTRING_INDEX SUBTIME SUM TAN
          TIME TIMEDIFF TIMESTAMP TIMESTAMPADD TIMESTAMPDIFF TIME_FORMAT TIME_TO_SEC TO_BASE64
          TO_DAYS TO_SECONDS TRIM TRUNCATE UCASE UNHEX UNIX_TIMESTAMP UPPER USER UTC_DATE UTC_TIME
          UTC_TIMESTAMP VARIANCE VAR_POP VAR_SAMP WEEK WEEKDAY WEEKOFYEAR YEAR YEARWEEK
          """);

  /// Harmless, but another value each time: no condition with one can be counted before.
  private static final Set<String> DIFFER = words("RAND UUID SYSDATE LAST_INSERT_ID");

  private static final Set<String> RESERVED =
      words(
          """
          ALL AND AS BETWEEN BINARY BY CASE CHAR DEC DECIMAL DISTINCT DIV DOUBLE ELSE EXISTS FLOAT
          FROM HAVING IN INDEX INTERVAL IS JOIN KEY LIKE LIMIT MATCH NOT NUMERIC ON OR PARTITION
          REAL REGEXP RLIKE SELECT SET STRAIGHT_JOIN THEN UNION USING VALUES VARBINARY VARCHAR WHEN
          WHERE XOR
          """);

  private static final Set<String> AGGREGATES =
      words(
          """
          AVG BIT_AND BIT_OR BIT_XOR COUNT GROUP_CONCAT JSON_ARRAYAGG JSON_OBJECTAGG MAX MIN STD
          STDDEV STDDEV_POP STDDEV_SAMP SUM VARIANCE VAR_POP VAR_SAMP
          """);

  private static final Set<String> COMPARED = Set.of("=", "<", ">");

  private BuiltIns() {}

  /// The first call between two tokens of what is not known to be harmless; `same` refuses also
  /// what gives another value each time.
  static Optional<String> otherCall(Reader reader, int from, int to, boolean same) {
    for (var at = from; at + 1 < to; at++) {
      var name = reader.token(at);
      var named = name.kind() == Kind.WORD || name.kind() == Kind.QUOTED_NAME;
      if (named && reader.is(at + 1, "(") && !isHarmless(reader, at, same)) {
        return Optional.of(Literals.value(reader.text(name)));
      }
    }
    return Optional.empty();
  }

  /// Whether a function of this name is built into every server; `same` as in [#otherCall].
  static boolean isHarmless(ObjectName function, boolean same) {
    var word = function.name().toUpperCase(Locale.ROOT);
    return function.schema() == null
        && word.chars().allMatch(c -> c < 128)
        && (COMPUTE.contains(word) || RESERVED.contains(word) || (!same && DIFFER.contains(word)));
  }

  private static boolean isHarmless(Reader reader, int at, boolean same) {
    var token = reader.token(at);
    var text = reader.text(token);
    // Outside of ASCII a letter may become another one in upper case, but not for the server.
    if (token.kind() != Kind.WORD || !text.chars().allMatch(c -> c < 128)) {
      return false;
    }
    if (at > 0 && reader.is(at - 1, ".")) {
      return false;
    }
    var word = text.toUpperCase(Locale.ROOT);
    if (RESERVED.contains(word) || isWord(reader, at, word)) {
      return true;
    }
    var adjacent = token.end() == reader.token(at + 1).start();
    return adjacent && (COMPUTE.contains(word) || (!same && DIFFER.contains(word)));
  }

  /// Words that are functions elsewhere.
  private static boolean isWord(Reader reader, int at, String word) {
    if (at == 0) {
      return false;
    }
    return switch (word) {
      case "ANY", "SOME" -> COMPARED.contains(reader.text(reader.token(at - 1)));
      case "AGAINST", "OVER" -> reader.is(at - 1, ")");
      case "DATETIME" -> reader.is(at - 1, "AS");
      default -> false;
    };
  }

  /// Whether functions between two tokens make one row of many.
  static boolean aggregates(Reader reader, int from, int to) {
    for (var at = from; at + 1 < to; at++) {
      var word = reader.text(reader.token(at)).toUpperCase(Locale.ROOT);
      if (reader.is(at + 1, "(") && AGGREGATES.contains(word)) {
        return true;
      }
    }
    return false;
  }

  private static Set<String> words(String words) {
    return Stream.of(words.strip().split("\\s+")).collect(Collectors.toUnmodifiableSet());
  }
}
