// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.targets.mysql.noop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plancheck.checks.ghost.Noop;
import dev.plancheck.checks.ghost.NoopOrder;
import dev.plancheck.checks.plan.Instance.TlsMode;
import dev.plancheck.targets.login.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class NoopRunTest {
  private static final String SECRET = "pa\"ss 'w\\ord";

  @TempDir private Path folder;

  @Test
  void handsTheChangeOverWithoutTheSecretAmongTheArguments() throws IOException {
    var program =
        program(
            """
            printf '%s\n' "$@" > "$(dirname "$0")/arguments"
            printf '%s/%s' "$PLANCHECK_GHOST_USER" "$PLANCHECK_GHOST_PASSWORD" > "$(dirname "$0")/login"
            for argument; do case $argument in --conf=*) cat "${argument#--conf=}" > "$(dirname "$0")/conf";; esac; done
            env | cut -d= -f1 | sort | tr '\n' ' ' > "$(dirname "$0")/environment"
            """);

    var said = run(program, TlsMode.REQUIRE, Duration.ofSeconds(20)).of(order(), true);

    assertThat(said).isEqualTo(new Noop.Fine());
    assertThat(Files.readAllLines(folder.resolve("arguments")))
        .contains(
            "--host=db1",
            "--port=3307",
            "--database=shop",
            "--table=book",
            "--alter=ADD note text; DROP TABLE x",
            "--ssl",
            "--ssl-allow-insecure",
            "--allow-on-master=true",
            "--chunk-size=500")
        .noneMatch(argument -> argument.contains("pa\"ss") || argument.contains("execute"))
        .noneMatch(argument -> argument.contains("attempt-instant-ddl"));
    assertThat(folder.resolve("login")).hasContent("app/" + SECRET);
    assertThat(Files.readString(folder.resolve("conf")))
        .contains("user = \"${PLANCHECK_GHOST_USER}\"")
        .doesNotContain(SECRET);
    assertThat(Files.readString(folder.resolve("environment")))
        .contains("HOME")
        .doesNotContain("PLANCHECK_ALL_SERVERS");
  }

  @Test
  void tellsTheLastFailureWithoutTimeAndSecret() throws IOException {
    var program =
        program(
            """
            echo "2026-11-22 10:00:00 INFO starting gh-ost"
            echo "2026-11-22 10:00:01 FATAL no key, and $PLANCHECK_GHOST_PASSWORD" >&2
            echo "Done"
            exit 1
            """);

    var said = run(program, TlsMode.DISABLE, Duration.ofSeconds(20)).of(order(), false);

    assertThat(said).isEqualTo(new Noop.Refused(1, "FATAL no key, and ***"));
  }

  @Test
  void endsAProgramThatDoesNotEndWithAllThatItStarted() throws Exception {
    var program =
        program(
            """
            sleep 600 & echo $! > "$(dirname "$0")/child"
            wait
            """);

    var said = run(program, TlsMode.DISABLE, Duration.ofSeconds(2)).of(order(), false);

    assertThat(said)
        .isInstanceOfSatisfying(
            Noop.Untold.class,
            untold ->
                assertThat(untold.reason())
                    .contains("did not end within 2 s", "_gho and _ghc, may be left"));
    assertThat(isGone(Long.parseLong(Files.readString(folder.resolve("child")).strip()))).isTrue();
  }

  @Test
  void endsAtOnceWhenItIsCanceled() throws Exception {
    var run =
        run(
            program("touch \"$(dirname \"$0\")/begun\"; sleep 600"),
            TlsMode.DISABLE,
            Duration.ofMinutes(5));
    var canceling =
        Thread.ofVirtual()
            .start(() -> {
              while (!Files.exists(folder.resolve("begun"))) {
                Thread.onSpinWait();
              }
              run.cancel();
            });

    assertThat(run.of(order(), false)).isInstanceOf(Noop.Untold.class);
    assertThat(run.isCanceled()).isTrue();
    canceling.join();
  }

  @Test
  void keepsOnlyTheEndOfEndlessWords() throws IOException {
    var program =
        program("yes 'INFO copying' | head -c 50000000; echo; echo 'ERROR the end'; exit 3");

    assertThat(run(program, TlsMode.DISABLE, Duration.ofSeconds(20)).of(order(), false))
        .isEqualTo(new Noop.Refused(3, "ERROR the end"));
  }

  @Test
  void aProgramThatCannotBeRunIsNoAnswer() throws IOException {
    var broken = Files.writeString(folder.resolve("broken"), "#!/no/such/shell\n");
    assertThat(broken.toFile().setExecutable(true)).isTrue();

    var run = run(new GhostProgram(broken), TlsMode.DISABLE, Duration.ofSeconds(5));
    assertThat(run.of(order(), false)).isInstanceOf(Noop.Untold.class);
  }

  @Test
  void onlyAProgramByItsWholePathIsTaken() throws IOException {
    assertThat(GhostProgram.of(Map.of())).isEmpty();
    var program = program("exit 0");
    assertThat(GhostProgram.of(Map.of(GhostProgram.VARIABLE, program.path().toString())))
        .contains(program);
    for (var text : new String[] {"gh-ost", folder.toString(), folder.resolve("none").toString()}) {
      assertThatThrownBy(() -> GhostProgram.of(Map.of(GhostProgram.VARIABLE, text)))
          .hasMessage(
              "PLANCHECK_GHOST_BINARY: %s (expected: the absolute path of a program)", text);
    }
  }

  private static boolean isGone(long pid) throws InterruptedException {
    for (var time = 0; time < 100; time++) {
      if (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty()) {
        return true;
      }
      Thread.sleep(50);
    }
    return false;
  }

  private GhostProgram program(String script) throws IOException {
    var path = Files.writeString(folder.resolve("gh-ost"), "#!/bin/sh\n" + script);
    assertThat(path.toFile().setExecutable(true)).isTrue();
    return new GhostProgram(path);
  }

  private static NoopRun run(GhostProgram program, TlsMode tls, Duration atMost) {
    return new NoopRun(program, new Endpoint("db1", 3307, "app", tls, ""), SECRET, atMost);
  }

  private static NoopOrder order() {
    return new NoopOrder(
        "shop",
        "book",
        "ADD note text; DROP TABLE x",
        new TreeMap<>(Map.of("chunk-size", "500", "attempt-instant-ddl", "true")));
  }
}
