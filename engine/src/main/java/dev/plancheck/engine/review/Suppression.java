// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.review;

import dev.plancheck.engine.dialect.Comment;
import dev.plancheck.engine.dialect.Script;
import dev.plancheck.engine.dialect.ScriptStatement;
import dev.plancheck.engine.text.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `plancheck:ignore` and `plancheck:ignore-file` in a comment: which rules, where, and why.
///
/// It speaks of a whole file, or of one statement: the one it stands in, or that ends before it on
/// its line, else the next. `statement` is then that statement's index, and -1 for a file.
record Suppression(List<String> rules, int statement, Span at) {
  private static final Pattern DIRECTIVE =
      Pattern.compile("plancheck:(\\S*)\\s*(.*)", Pattern.DOTALL);
  private static final Pattern RULE = Pattern.compile("[a-z0-9_-]+(\\.[a-z0-9_-]+)+");
  private static final Pattern RULES = Pattern.compile("(\\S+?)\\s*(,\\s*(?=" + RULE + ")|\\s+|$)");

  Suppression {
    rules = List.copyOf(rules);
  }

  /// What a comment says: a suppression, a complaint about one, or neither.
  record Parsed(@Nullable Suppression suppression, @Nullable String complaint, Span at) {}

  static List<Parsed> in(Script script) {
    var parsed = new ArrayList<Parsed>();
    for (var comment : script.comments()) {
      var directive = DIRECTIVE.matcher(comment.text().strip());
      if (directive.matches()) {
        parsed.add(parse(script, comment, directive.group(1), directive.group(2)));
      }
    }
    return parsed;
  }

  private static Parsed parse(Script script, Comment comment, String word, String rest) {
    var at = comment.span();
    if (!word.equals("ignore") && !word.equals("ignore-file")) {
      return complaint(
          at,
          "plancheck:%s is not known; write `plancheck:ignore` or `plancheck:ignore-file`"
              .formatted(word));
    }
    var rules = new ArrayList<String>();
    var reason = rest.substring(readRules(rest, rules));
    if (rules.isEmpty()) {
      return complaint(at, "no rule is named; write `plancheck:%s RULE REASON`".formatted(word));
    }
    if (reason.isBlank()) {
      var all = String.join(", ", rules);
      return complaint(
          at,
          "no reason is given; write `plancheck:%s %s` and why that is right here"
              .formatted(word, all));
    }
    var statement = word.equals("ignore") ? statementOf(script, at) : -1;
    return word.equals("ignore") && statement < 0
        ? complaint(at, "no statement follows")
        : new Parsed(new Suppression(rules, statement, at), null, at);
  }

  private static Parsed complaint(Span at, String complaint) {
    return new Parsed(null, complaint, at);
  }

  /// Reads `a.b, c.d` and returns where the reason begins.
  private static int readRules(String text, List<String> rules) {
    var matcher = RULES.matcher(text);
    var end = 0;
    var more = true;
    while (more && matcher.region(end, text.length()).lookingAt()) {
      rules.add(matcher.group(1).replaceFirst(",$", ""));
      end = matcher.end();
      more = matcher.group(2).startsWith(",");
    }
    return end;
  }

  /// The index of the statement that a comment speaks of, or -1.
  private static int statementOf(Script script, Span comment) {
    var statements = script.statements();
    var next = firstBehind(statements, comment.start());
    if (next > 0) {
      var last = statements.get(next - 1).span();
      var follows =
          next < statements.size()
              && lineOf(script, statements.get(next).span().start())
                  == lineOf(script, comment.start());
      var ends = lineOf(script, Math.max(last.start(), last.end() - 1));
      if (last.contains(comment.start()) || (ends == lineOf(script, comment.start()) && !follows)) {
        return next - 1;
      }
    }
    return next < statements.size() ? next : -1;
  }

  /// The index of the first statement that begins behind an offset.
  private static int firstBehind(List<ScriptStatement> statements, int offset) {
    var low = 0;
    var high = statements.size();
    while (low < high) {
      var middle = (low + high) >>> 1;
      if (statements.get(middle).span().start() <= offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static int lineOf(Script script, int offset) {
    return script.source().position(offset).line();
  }
}
