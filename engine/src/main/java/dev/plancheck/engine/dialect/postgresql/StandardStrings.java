// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import dev.plancheck.engine.text.Span;
import java.util.Set;
import java.util.regex.Pattern;

/// Whether a backslash in a plain string means itself (`standard_conforming_strings`, on unless the
/// script says otherwise), from statement to statement: where the next one ends depends on it.
final class StandardStrings {
  enum Mode {
    ON,
    OFF,
    UNKNOWN
  }

  private static final String NAME = "standard_conforming_strings";
  private static final Pattern MENTION = Pattern.compile(NAME, Pattern.CASE_INSENSITIVE);

  /// Statements that only speak of it, or set it for others.
  private static final Set<String> HARMLESS =
      Set.of("alter", "comment", "copy", "create", "drop", "show");

  private static final Set<String> ON =
      Set.of("on", "true", "tru", "tr", "t", "yes", "ye", "y", "1");
  private static final Set<String> OFF =
      Set.of("off", "of", "false", "fals", "fal", "fa", "f", "no", "n", "0");

  private final String script;
  private final boolean mentioned;
  private Mode mode = Mode.ON;
  private boolean changed;
  private boolean local;

  private StandardStrings(String script) {
    this.script = script;
    this.mentioned = MENTION.matcher(script).find();
  }

  static StandardStrings of(String script) {
    return new StandardStrings(script);
  }

  Mode mode() {
    return mode;
  }

  /// Tells what a statement does to it.
  void after(Span statement) {
    if (!mentioned) {
      return;
    }
    var scanner = new Scanner(script, statement.start(), statement.end());
    do {
      scanner.next();
    } while (scanner.kind() == Scanner.Kind.COMMENT);
    var first = Names.lower(script.substring(scanner.start(), scanner.end()));
    switch (first) {
      case "set" -> set(new Tokens(script, statement));
      case "reset", "discard" -> reset(new Tokens(script, statement));
      case "rollback", "abort" -> mode = changed ? Mode.UNKNOWN : mode;
      case "commit", "end" -> mode = local ? Mode.UNKNOWN : mode;
      default -> {
        if (!HARMLESS.contains(first)
            && MENTION.matcher(script).region(statement.start(), statement.end()).find()) {
          become(Mode.UNKNOWN);
        }
      }
    }
  }

  private void set(Tokens tokens) {
    tokens.skip();
    var isLocal = tokens.take("LOCAL");
    if (!isLocal) {
      tokens.take("SESSION");
    }
    if (!NAME.equals(tokens.name())) {
      return;
    }
    local |= isLocal;
    if (!tokens.symbol('=') && !tokens.take("TO")) {
      become(Mode.UNKNOWN);
      return;
    }
    become(tokens.atEnd() ? Mode.UNKNOWN : mode(tokens.text()));
  }

  private static Mode mode(String written) {
    var value = Names.lower(written.startsWith("'") ? Literals.value(written) : written);
    if (ON.contains(value) || value.equals("default")) {
      return Mode.ON;
    }
    return OFF.contains(value) ? Mode.OFF : Mode.UNKNOWN;
  }

  /// Back to what the script began with.
  private void reset(Tokens tokens) {
    tokens.skip();
    if (tokens.take("ALL") || NAME.equals(tokens.name())) {
      become(Mode.ON);
    }
  }

  private void become(Mode wanted) {
    changed |= wanted != mode;
    mode = wanted;
  }
}
