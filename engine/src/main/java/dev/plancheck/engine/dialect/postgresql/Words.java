// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect.postgresql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;

/// The keywords of a form, for commands and actions that are known by them.
final class Words {
  private Words() {}

  /// The leading keywords that stand directly under a node, in upper case: `FORCE ROW LEVEL
  /// SECURITY`.
  static String of(ParseTree node) {
    return String.join(" ", list(node));
  }

  static List<String> list(ParseTree node) {
    var words = new ArrayList<String>();
    for (var at = 0; at < node.getChildCount(); at++) {
      if (!(node.getChild(at) instanceof TerminalNode word)
          || !Character.isLetter(word.getText().charAt(0))) {
        break;
      }
      words.add(word.getText().toUpperCase(Locale.ROOT));
    }
    return words;
  }
}
