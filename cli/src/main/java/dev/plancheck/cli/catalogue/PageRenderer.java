// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.catalogue;

import dev.plancheck.cli.terminal.Paint;
import dev.plancheck.cli.terminal.Wrapped;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.Document;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;

/// A page of Markdown as lines for a terminal: text wrapped, SQL indented and never wrapped.
final class PageRenderer {
  private final Paint paint;
  private final int columns;
  private final List<String> lines = new ArrayList<>();

  private PageRenderer(Paint paint, int columns) {
    this.paint = paint;
    this.columns = columns;
  }

  static List<String> render(String markdown, Paint paint, int columns) {
    var renderer = new PageRenderer(paint, columns);
    renderer.blocks(Parser.builder().build().parse(markdown), "");
    return renderer.lines;
  }

  private void blocks(Node parent, String indent) {
    for (var node = parent.getFirstChild(); node != null; node = node.getNext()) {
      if (node.getPrevious() != null && !(node instanceof ListItem)) {
        lines.add("");
      }
      block(node, indent);
    }
  }

  private void block(Node node, String indent) {
    switch (node) {
      case Heading _ -> text(node, paint::strong, indent);
      case Paragraph _ -> text(node, UnaryOperator.identity(), indent);
      case FencedCodeBlock code -> code(code.getLiteral(), indent);
      case IndentedCodeBlock code -> code(code.getLiteral(), indent);
      case BulletList _ -> blocks(node, indent);
      case OrderedList _ -> blocks(node, indent);
      case ListItem item -> item(item, indent);
      case BlockQuote _ -> blocks(node, indent + "| ");
      case ThematicBreak _ -> lines.add(indent + "-".repeat(20));
      case HtmlBlock _ -> {}
      case Document _ -> blocks(node, indent);
      default -> text(node, UnaryOperator.identity(), indent);
    }
  }

  private void code(String literal, String indent) {
    literal.lines().forEach(line -> lines.add(indent + "    " + paint.code(line)));
  }

  /// The first line of an item carries its mark, the others stand below its text.
  private void item(ListItem item, String indent) {
    var mark = mark(item);
    var first = lines.size();
    blocks(item, indent + " ".repeat(mark.length()));
    if (lines.size() > first) {
      var text = lines.get(first).substring(Math.min(lines.get(first).length(), indent.length()));
      lines.set(first, indent + mark + text.stripLeading());
    }
  }

  private static String mark(ListItem item) {
    if (!(item.getParent() instanceof OrderedList list)) {
      return "* ";
    }
    var number = list.getMarkerStartNumber() == null ? 1 : list.getMarkerStartNumber();
    for (var before = item.getPrevious(); before != null; before = before.getPrevious()) {
      number++;
    }
    return number + ". ";
  }

  private void text(Node parent, UnaryOperator<String> style, String indent) {
    var wrapped = new Wrapped(indent, columns);
    add(parent, style, wrapped);
    lines.addAll(wrapped.lines());
  }

  private void add(Node parent, UnaryOperator<String> style, Wrapped wrapped) {
    for (var node = parent.getFirstChild(); node != null; node = node.getNext()) {
      switch (node) {
        case Text text -> wrapped.add(text.getLiteral(), style);
        case Code code -> wrapped.add(quoted(code.getLiteral()), paint::code);
        case StrongEmphasis _ -> add(node, paint::strong, wrapped);
        case SoftLineBreak _ -> wrapped.add(" ", style);
        case HardLineBreak _ -> wrapped.breakLine();
        case Link link -> {
          add(node, style, wrapped);
          if (link.getDestination().startsWith("http")) {
            wrapped.add(" (" + link.getDestination() + ")", paint::faint);
          }
        }
        default -> add(node, style, wrapped);
      }
    }
  }

  /// Without colours the backticks stay, so that code is still told from text.
  private String quoted(String code) {
    return paint.on() ? code : "`" + code + "`";
  }
}
