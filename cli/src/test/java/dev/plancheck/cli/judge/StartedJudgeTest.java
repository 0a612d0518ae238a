// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.judge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.checks.advise.SyntaxJudge.Judgement;
import dev.plancheck.cli.terminal.Progress;
import dev.plancheck.cli.terminal.Terminal;
import dev.plancheck.embedded.ClusterException;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class StartedJudgeTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Progress progress =
      new Progress(
          new Terminal(
              InputStream.nullInputStream(),
              new Terminal.Stream(err, false, 80),
              new Terminal.Stream(err, false, 80),
              Map.of(),
              Path.of("")));

  @Test
  void aJudgeThatCannotStartIsToldOnceAndNotTriedAgain() {
    var starts = new AtomicInteger();
    try (var judge =
        new StartedJudge(
            () -> {
              starts.incrementAndGet();
              throw new ClusterException("the disk is full");
            },
            progress)) {
      assertThat(judge.judge("selec")).isEqualTo(new Judgement.Unavailable("the disk is full"));
      assertThat(judge.judge("selec")).isEqualTo(new Judgement.Unavailable("the disk is full"));
    }
    assertThat(starts).hasValue(1);
    assertThat(err.toString(UTF_8))
        .isEqualTo(
            "plancheck: the judge of syntax could not be started, so syntax errors are"
                + " not confirmed, and some are not found: the disk is full\n");
  }

  @Test
  void aJudgeThatNobodyAsksIsNotStarted() {
    new StartedJudge(
            () -> {
              throw new AssertionError("started");
            },
            progress)
        .close();
    assertThat(err.toString(UTF_8)).isEmpty();
  }
}
