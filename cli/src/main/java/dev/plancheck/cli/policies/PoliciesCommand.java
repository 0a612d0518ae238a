// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.policies;

import static dev.plancheck.cli.policies.PolicyCalls.text;

import com.google.gson.JsonObject;
import dev.plancheck.cli.client.ServerOptions;
import dev.plancheck.cli.review.PolicyFile;
import dev.plancheck.cli.terminal.Cells;
import dev.plancheck.cli.terminal.CommandException;
import dev.plancheck.cli.terminal.Output;
import dev.plancheck.cli.terminal.Terminal;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `plancheck policies`: which review policies a server has, and what they govern. Only what is
/// asked for goes to standard output, so that the text of a policy can be sent to a file.
@Command(
    name = "policies",
    description = "Shows and changes the review policies of a server.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  plancheck policies set strict.yaml --environment production",
      "                                         judges databases in production, of every project",
      "  plancheck policies set shop.yaml --project shop --environment production",
      "  plancheck policies set all.yaml        judges whatever no other policy governs",
      "  plancheck policies list                what governs what",
      "  plancheck policies show production > strict.yaml",
      "  plancheck policies delete production",
      "",
      "A database is governed by the most specific policy there is: of its project and"
          + " environment,",
      "of its project, of its environment, of everything; else by the server's own, which is the",
      "file of `plancheck serve --policy` or every rule as it usually is. Policies are not put",
      "together: whatever the governing one does not mention is as it usually is.",
      "",
      "Whoever changes a policy makes the checks of every plan stale that it governs: they must"
          + " run",
      "again before such a plan may go. `docs/policy.md` says what a file may hold.",
      "",
      "Exit codes: 2 wrong usage, or refused by the server, 3 the server cannot be reached."
    })
public final class PoliciesCommand implements Runnable {
  private static final int SHOWN_OF_HASH = 12;

  private final Terminal terminal;

  public PoliciesCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    throw CommandException.usage(
        "policies: no command given; 'plancheck policies --help' lists them");
  }

  @Command(
      name = "list",
      description = "Lists policies: name, what it governs, the begin of its hash, title.",
      mixinStandardHelpOptions = true)
  void list(@Mixin ServerOptions server) {
    call(
        server,
        policies -> {
          var lines = new StringBuilder();
          policies.list().forEach(policy -> lines.append(line(policy)).append('\n'));
          print(lines.toString());
        });
  }

  @Command(
      name = "show",
      description = "Prints the text of a policy.",
      mixinStandardHelpOptions = true)
  void show(
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "ID", description = "as `policies list` shows it") String id) {
    call(
        server,
        policies -> {
          var policy = policies.get(id);
          say("%s, changed by %s".formatted(line(policy), text(policy, "updater")));
          print(text(policy, "text"));
        });
  }

  @Command(
      name = "set",
      description = "Makes a file the policy of a scope, whether it has one or not.",
      mixinStandardHelpOptions = true)
  void set(
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "FILE", description = "a policy in YAML or JSON") String file,
      @Mixin Scope scope,
      @Option(
              names = "--id",
              paramLabel = "ID",
              description = "the name of a new policy (default: made of its scope)")
          @Nullable String id,
      @Option(names = "--title", paramLabel = "TEXT", description = "what it is for, for people")
          @Nullable String title) {
    var text = PolicyFile.read(terminal, file).text();
    call(
        server,
        policies -> {
          var current = policies.of(scope).orElse(null);
          if (current == null) {
            var created = policies.create(id == null ? scope.usualId() : id, scope, title, text);
            say(line(created) + " was created.");
          } else {
            requireName(current, id);
            say(line(policies.change(current, title, text)) + " was changed.");
          }
        });
  }

  private static void requireName(JsonObject current, @Nullable String id) {
    if (id != null && !text(current, "name").equals("reviewPolicies/" + id)) {
      throw CommandException.usage(
          "--id: %s (expected: %s, which governs this scope, or no --id)"
              .formatted(id, text(current, "name")));
    }
  }

  @Command(
      name = "delete",
      description = "Deletes a policy; the next less specific one governs in its place.",
      mixinStandardHelpOptions = true)
  void delete(
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "ID", description = "as `policies list` shows it") String id) {
    call(
        server,
        policies -> {
          policies.delete(id);
          say("reviewPolicies/%s was deleted.".formatted(id));
        });
  }

  private void call(ServerOptions options, Consumer<PolicyCalls> calls) {
    try (var server = options.open(terminal)) {
      calls.accept(new PolicyCalls(server));
    }
  }

  private static String line(JsonObject policy) {
    var name = text(policy, "name");
    var hash = text(policy, "hash");
    var line =
        "%s  %s  %s  %s"
            .formatted(
                name.substring(name.lastIndexOf('/') + 1),
                scope(policy),
                hash.substring(0, Math.min(SHOWN_OF_HASH, hash.length())),
                text(policy, "title"));
    return Cells.printable(line.strip());
  }

  private static String scope(JsonObject policy) {
    var scope = "%s %s".formatted(text(policy, "project"), text(policy, "environment")).strip();
    return scope.isEmpty() ? "everything" : scope;
  }

  private void print(String text) {
    new Output(terminal, null).write(out -> out.write(text));
  }

  private void say(String text) {
    new PrintStream(terminal.err().bytes(), true, StandardCharsets.UTF_8).println(text);
  }
}
