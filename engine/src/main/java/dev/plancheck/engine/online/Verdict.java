// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.online;

import dev.plancheck.engine.online.OnlineDdl.Reason;
import dev.plancheck.engine.schema.Schema;
import dev.plancheck.engine.sql.Statement;
import dev.plancheck.engine.text.Span;
import java.util.ArrayList;
import java.util.List;

/// From an ALTER TABLE to its [OnlineDdl]: classifies, combines, and says what was assumed.
final class Verdict {
  private Verdict() {}

  static OnlineDdl of(Statement.AlterTable alter, Span span, Schema before) {
    var server = Server.of(before);
    var facts = TableFacts.of(before, before.table(alter.table()));
    var needs = new Actions(server, before, facts, alter).needs();
    var matrix = Matrix.instance();
    if (matrix.work(Operation.COPY, server).isEmpty()) {
      var why = "what %s does is not known to plancheck".formatted(server);
      return new OnlineDdl.Unknown(List.of(new Reason(span, why, null)), List.of());
    }
    var notes = assumptions(server, facts, alter);
    var combination = new Combination(matrix, server, facts, needs);
    var reasons = combination.reasons();
    if (reasons.stream().anyMatch(reason -> reason.work() == null)) {
      return new OnlineDdl.Unknown(reasons, notes);
    }
    var work = combination.work();
    combination.obstacle().ifPresent(why -> notes.add(why.formatted(alter.table())));
    if (work.algorithm() == Algorithm.INSTANT
        && combination.putsRowsOff()
        && server.isMysql()
        && server.isAtLeast(8, 0, 29)
        && !server.isAtLeast(8, 0, 32)) {
      notes.add(
          "%s can damage tables whose columns were added or dropped with ALGORITHM=INSTANT, mended in 8.0.32: write ALGORITHM=INPLACE."
              .formatted(server));
    }
    return Clauses.of(server, needs, reasons, notes, work);
  }

  private static List<String> assumptions(
      Server server, TableFacts facts, Statement.AlterTable alter) {
    var notes = new ArrayList<String>();
    if (server.assumed()) {
      notes.add("The newest release of %s is assumed.".formatted(server));
    }
    if (!facts.complete()) {
      notes.add(
          "%s is not known: it is taken for a table of InnoDB without virtual columns and without fulltext and spatial indexes."
              .formatted(alter.table()));
    }
    return notes;
  }
}
