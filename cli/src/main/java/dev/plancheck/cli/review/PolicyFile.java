// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.review;

import dev.plancheck.cli.input.ScriptFile;
import dev.plancheck.cli.input.ScriptReader;
import dev.plancheck.cli.terminal.CommandException;
import dev.plancheck.cli.terminal.Terminal;
import dev.plancheck.engine.review.PolicyReading;
import dev.plancheck.engine.review.PolicyTerms;
import dev.plancheck.rules.Rules;
import dev.plancheck.rules.policy.PolicyReader;
import java.util.List;
import java.util.stream.Collectors;

/// A policy from a file: its text, and what the text comes to.
public record PolicyFile(String text, PolicyTerms terms) {
  /// Throws [CommandException] that names every problem of the file.
  public static PolicyFile read(Terminal terminal, String path) {
    var file = ScriptReader.readFile(terminal, path);
    var text = file.source().text();
    return switch (PolicyReader.read(text, Rules.ALL)) {
      case PolicyReading.Read(var terms) -> new PolicyFile(text, terms);
      case PolicyReading.Refused(var problems) -> throw refused(file, problems);
    };
  }

  private static CommandException refused(ScriptFile file, List<PolicyReading.Problem> problems) {
    return CommandException.usage(
        problems.stream()
            .map(problem -> "%s:%s".formatted(file.path(), problem))
            .collect(Collectors.joining("\n")));
  }
}
