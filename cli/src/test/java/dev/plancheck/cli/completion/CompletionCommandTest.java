// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.completion;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plancheck.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Asks bash itself.
final class CompletionCommandTest {
  @TempDir Path folder;

  @BeforeEach
  void writeScript() throws IOException {
    var answer = new CommandRun(folder).run("completion", "bash");
    assertThat(answer.exitCode()).isZero();
    assertThat(answer.err()).isEmpty();
    Files.writeString(folder.resolve("completion.bash"), answer.out());
  }

  @Test
  void bashAcceptsTheScript() throws Exception {
    assertThat(bash("bash -n completion.bash && echo fine")).isEqualTo("fine\n");
  }

  @Test
  void theProgramIsCompletedOnceTheScriptIsSourced() throws Exception {
    assertThat(bash("source completion.bash && complete -p plancheck"))
        .isEqualTo("complete -o default -F _complete_plancheck plancheck\n");
  }

  @Test
  void commandsAreCompleted() throws Exception {
    assertThat(completed("plancheck", ""))
        .contains("check", "completion", "demo", "explain", "lint", "rules", "serve", "users");
    assertThat(completed("plancheck", "li")).containsExactly("lint");
  }

  @Test
  void flagsAndTheirValuesAreCompleted() throws Exception {
    assertThat(completed("plancheck", "check", "--tar"))
        .containsExactlyInAnyOrder("--target", "--targets-file", "--target-timeout");
    assertThat(completed("plancheck", "lint", "--format", "")).containsExactly("human", "json");
    assertThat(completed("plancheck", "lint", "--fail-on", "w")).containsExactly("warning");
    assertThat(completed("plancheck", "completion", "z")).containsExactly("zsh");
    assertThat(completed("plancheck", "explain", "ghost.name-c"))
        .containsExactlyInAnyOrder("ghost.name-cut", "ghost.name-collision");
    assertThat(completed("plancheck", "users", "gr")).containsExactly("grant");
    assertThat(completed("plancheck", "users", "grant", "--ro")).containsExactly("--role");
  }

  @Test
  void theScriptServesZshToo() {
    var bash = new CommandRun(folder).run("completion", "bash");
    var zsh = new CommandRun(folder).run("completion", "zsh");
    assertThat(zsh).isEqualTo(bash);
    assertThat(zsh.out()).contains("bashcompinit");
  }

  @Test
  void anotherShellIsRefused() {
    var answer = new CommandRun(folder).run("completion", "fish");
    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.out()).isEmpty();
    assertThat(answer.err())
        .isEqualTo("plancheck: completion: fish is not supported (expected: bash, zsh)\n");
  }

  /// What bash would offer for the last of the words.
  private String[] completed(String... words) throws Exception {
    var script =
        """
        source completion.bash
        compopt() { :; } # it refuses to work outside of a completion
        COMP_WORDS=(%s)
        COMP_CWORD=%d
        COMP_LINE="${COMP_WORDS[*]}"
        COMP_POINT=${#COMP_LINE}
        _complete_plancheck
        printf '%%s\\n' "${COMPREPLY[@]}"
        """
            .formatted("'" + String.join("' '", words) + "'", words.length - 1);
    return bash(script).lines().map(String::strip).filter(l -> !l.isEmpty()).toArray(String[]::new);
  }

  private String bash(String script) throws Exception {
    var process =
        new ProcessBuilder("bash", "--norc", "--noprofile", "-c", script)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    var out = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return out;
  }
}
