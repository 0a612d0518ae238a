// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql.noop;

import dev.plancheck.checks.ghost.Noop;
import dev.plancheck.checks.ghost.NoopOrder;
import dev.plancheck.checks.target.GhostSession;
import dev.plancheck.checks.target.TargetException;
import dev.plancheck.targets.mysql.ghost.Asker;
import dev.plancheck.targets.mysql.ghost.ForwardingGhost;
import java.sql.SQLException;
import java.util.function.Function;

/// Does what another session does, and runs gh-ost where it is asked to.
public final class GhostWithNoop extends ForwardingGhost {
  private final NoopRun run;
  private final Asker asker;
  private final Function<SQLException, TargetException> failed;

  /// `asker` asks over the session's own connection; `failed` says what it means that it broke.
  public GhostWithNoop(
      GhostSession other,
      NoopRun run,
      Asker asker,
      Function<SQLException, TargetException> failed) {
    super(other);
    this.run = run;
    this.asker = asker;
    this.failed = failed;
  }

  @Override
  public boolean runsGhost() {
    return true;
  }

  @Override
  public Noop noop(NoopOrder order) throws TargetException {
    try {
      var cipher = asker.ask("SHOW SESSION STATUS LIKE 'Ssl_cipher'");
      var encrypted = cipher.stream().anyMatch(row -> !String.valueOf(row.get("Value")).isEmpty());
      var said = run.of(order, encrypted);
      if (run.isCanceled()) {
        throw failed.apply(new SQLException("canceled", "70100"));
      }
      return said;
    } catch (SQLException e) {
      throw failed.apply(e);
    }
  }
}
