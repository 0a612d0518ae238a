// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect;

import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.sql.TableAction;
import java.util.stream.Collectors;

/// What a statement was lowered to, in a few words: `AlterTable TABLE AddColumn, DropColumn`.
public final class Shape {
  private Shape() {}

  public static String of(Statement statement) {
    var name = statement.getClass().getSimpleName();
    return switch (statement) {
      case Statement.AlterTable alter ->
          "%s %s %s"
              .formatted(
                  name,
                  alter.kind().sql(),
                  alter.actions().stream().map(Shape::of).collect(Collectors.joining(", ")));
      case Statement.Drop drop -> name + " " + drop.kind().sql();
      case Statement.Rename rename -> name + " " + rename.kind().sql();
      case Statement.Utility utility -> name + " " + utility.command();
      case Statement.Transaction transaction -> name + " " + transaction.kind();
      default -> name;
    };
  }

  private static String of(TableAction action) {
    return action instanceof TableAction.Other(var name, _)
        ? name
        : action.getClass().getSimpleName();
  }
}
