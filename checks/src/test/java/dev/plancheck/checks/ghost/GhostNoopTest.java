// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.ghost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.ghost.Trial.Copied;
import dev.plancheck.checks.ghost.Trial.Outcome;
import dev.plancheck.checks.target.GhostSession;
import dev.plancheck.engine.Engine;
import dev.plancheck.engine.EngineVersion;
import dev.plancheck.engine.dialect.Dialects;
import dev.plancheck.engine.sql.ObjectName;
import dev.plancheck.engine.text.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What gh-ost's own noop adds, and when it is not run at all.
final class GhostNoopTest {
  private static final String ADD = "ALTER TABLE book ADD COLUMN note text";

  private final GhostRig rig = new GhostRig();
  private final List<NoopOrder> runs = new ArrayList<>();
  private boolean altered = true;

  @Test
  void theSuccessTellsThatItEndedWell() {
    rig.noop = new Noop.Fine();

    assertThat(rig.judge(ADD).getFirst().content()).endsWith("gh-ost's own noop ended well.");
  }

  @Test
  void whatItRefusesIsAnErrorAndWhatItDoesNotTellIsNoSuccess() {
    rig.noop = new Noop.Refused(1, "FATAL no such host");
    assertThat(rig.codes(ADD)).containsExactly("noop");
    assertThat(rig.judge(ADD).getFirst().content()).contains("exit code 1: FATAL no such host.");
    rig.noop = new Noop.Untold("It was ended");
    assertThat(rig.codes(ADD)).containsExactly("unknown");
  }

  @Test
  void itIsRunForAChangeThatNothingSpeaksAgainst() throws Exception {
    rig.flags.put("chunk-size", "500");

    read(ADD);

    assertThat(runs)
        .containsExactly(
            new NoopOrder("shop", "book", "ADD COLUMN note text", new TreeMap<>(rig.flags)));
  }

  @Test
  void itIsNotRunWhereAnythingSpeaksAgainstTheChange() throws Exception {
    rig.alike.add("_book_ghc");
    read(ADD);
    rig.alike.clear();
    read("ALTER TABLE book ADD UNIQUE KEY k (title)");
    altered = false;
    read(ADD);
    assertThat(runs).isEmpty();
  }

  @Test
  void itIsNotRunWhereItWouldChangeTheServer() throws Exception {
    rig.flags.put("switch-to-rbr", "true");

    read(ADD);

    assertThat(runs).isEmpty();
  }

  private void read(String sql) throws Exception {
    var script =
        Dialects.of(Engine.MYSQL).parse(new SourceText(sql), new EngineVersion(Engine.MYSQL, 8, 0));
    var sheet = new GhostExecutor.Sheet(script, "shop", new TreeMap<>(rig.flags), 0);
    var _ =
        GhostExecutor.read(
            new Told(), GhostExecutor.table(script).orElseThrow(), sheet, () -> false);
  }

  /// Tells what the rig holds, of a server that takes every ALTER.
  private final class Told implements GhostSession {
    @Override
    public GhostFacts facts(ObjectName table) {
      return rig.facts();
    }

    @Override
    public boolean looksAtData() {
      return true;
    }

    @Override
    public Answer<Boolean> findsRow(String select) {
      return new Answer.Told<>(true);
    }

    @Override
    public boolean triesOnCopies() {
      return true;
    }

    @Override
    public Trial tryOnCopy(TrialOrder order) {
      if (!altered) {
        return new Trial(new Outcome.Untold("It took too long"), "");
      }
      var columns = new ArrayList<>(rig.columns);
      columns.add(GhostRig.text("note", "text", true, "utf8mb4"));
      var copied = new Copied.Rows(10_000, 3, 3, 3, true, new TreeMap<>());
      return new Trial(new Outcome.Altered(null, columns, rig.keys, copied), "");
    }

    @Override
    public boolean runsGhost() {
      return true;
    }

    @Override
    public Noop noop(NoopOrder order) {
      runs.add(order);
      return new Noop.Fine();
    }
  }
}
