// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProgramTest {
  @TempDir Path folder;

  @Test
  void helpTeachesWithExamples() {
    for (var command :
        new String[] {"", "lint", "check", "demo", "serve", "explain", "rules", "users"}) {
      var args = command.isEmpty() ? new String[] {"--help"} : new String[] {command, "--help"};
      var answer = new CommandRun(folder).run(args);
      assertThat(answer.exitCode()).isZero();
      assertThat(answer.out()).contains("Usage: plancheck", "  plancheck " + command);
      assertThat(answer.err()).isEmpty();
    }
  }

  @Test
  void theVersionIsTheBuilds() {
    var answer = new CommandRun(folder).run("--version");
    assertThat(answer.out()).matches("plancheck \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\n");
  }

  @Test
  void withoutACommandTheProgramSaysWhereToBegin() {
    var answer = new CommandRun(folder).run();
    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.err())
        .isEqualTo("plancheck: no command given; 'plancheck --help' lists them\n");
  }

  @Test
  void aMistypedCommandIsUnderstood() {
    var answer = new CommandRun(folder).run("lnit", "a.sql");
    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.err())
        .isEqualTo(
            "plancheck: there is no command lnit (did you mean lint?)\nTry 'plancheck --help'.\n");
  }
}
