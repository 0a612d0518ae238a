// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.completion;

import dev.plancheck.cli.terminal.CommandException;
import dev.plancheck.cli.terminal.ExitCode;
import dev.plancheck.cli.terminal.Output;
import dev.plancheck.cli.terminal.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `plancheck completion`: prints the script that makes a shell complete commands and flags, made
/// from the commands themselves. It is one script for both shells, which tells them apart itself.
@Command(
    name = "completion",
    description = "Prints a script that completes commands and flags in bash or zsh.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  source <(plancheck completion bash)         in ~/.bashrc",
      "  source <(plancheck completion zsh)          in ~/.zshrc",
      "  plancheck completion bash > /etc/bash_completion.d/plancheck",
      "                                              for everybody on this machine"
    })
public final class CompletionCommand implements Callable<Integer> {
  private static final List<String> SHELLS = List.of("bash", "zsh");

  private final Terminal terminal;

  @Parameters(
      paramLabel = "SHELL",
      description = "bash or zsh",
      completionCandidates = Shells.class)
  private String shell = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  public CompletionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /// What completes the command that completes.
  static final class Shells implements Iterable<String> {
    @Override
    public java.util.Iterator<String> iterator() {
      return SHELLS.iterator();
    }
  }

  @Override
  public Integer call() {
    if (!SHELLS.contains(shell)) {
      throw CommandException.usage(
          "completion: %s is not supported (expected: %s)"
              .formatted(shell, String.join(", ", SHELLS)));
    }
    var root = spec.root();
    var script = AutoComplete.bash(root.name(), root.commandLine());
    new Output(terminal, null).write(out -> out.write(script));
    return ExitCode.OK;
  }
}
