// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql.ghost;

import static dev.plancheck.targets.mysql.ghost.ServerQuestions.text;

import dev.plancheck.checks.ghost.Answer;
import dev.plancheck.checks.ghost.GhostFacts;
import dev.plancheck.checks.target.GhostSession;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.engine.Engine;
import dev.plancheck.engine.sql.ObjectName;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/// Reads the facts over an open connection, question by question.
public final class MysqlGhost implements GhostSession {
  private final Asker asker;
  private final Engine engine;
  private final boolean data;
  private final Function<SQLException, TargetException> failed;

  /// `failed` says what it means that the connection broke; `data` is whether the instance lets us
  /// look at its data.
  public MysqlGhost(
      Asker asker, Engine engine, boolean data, Function<SQLException, TargetException> failed) {
    this.asker = asker;
    this.engine = engine;
    this.data = data;
    this.failed = failed;
  }

  @Override
  public boolean looksAtData() {
    return data;
  }

  @Override
  public Answer<Boolean> findsRow(String select) throws TargetException {
    if (!data) {
      throw new IllegalStateException("the instance does not let anybody look at its data");
    }
    try {
      return new Refusable(asker).first(List.of(select), "", rows -> !rows.isEmpty());
    } catch (SQLException e) {
      throw failed.apply(e);
    }
  }

  @Override
  public GhostFacts facts(ObjectName table) throws TargetException {
    try {
      return read(table);
    } catch (SQLException e) {
      throw failed.apply(e);
    }
  }

  private GhostFacts read(ObjectName table) throws SQLException {
    var refusable = new Refusable(asker);
    var session =
        refusable
            .ask("SELECT VERSION() AS version, DATABASE() AS own, CURRENT_USER() AS account")
            .getFirst();
    var user = user(text(session, "account"));
    var own = text(session, "own");
    var server = new ServerQuestions(refusable, engine, user).read(text(session, "version"), own);
    var written = table.schema();
    var database = written == null || written.isEmpty() ? own : written;
    var ignoresCase = !server.variables().getOrDefault("lower_case_table_names", "0").equals("0");
    var questions = new TableQuestions(refusable, database, table.name());
    return new GhostFacts(
        server,
        new GrantQuestions(refusable, engine).read(user),
        refusable.all("what it knows of the table", _ -> questions.read(ignoresCase)));
  }

  /// `app@%` as GRANT names it; a name may hold an `@` itself.
  public static String user(String account) {
    var at = account.lastIndexOf('@');
    return at < 0
        ? Sql.name(account)
        : Sql.name(account.substring(0, at)) + "@" + Sql.name(account.substring(at + 1));
  }
}
