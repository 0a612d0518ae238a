// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.users;

import com.google.gson.JsonObject;
import dev.plancheck.cli.client.ServerException;
import dev.plancheck.cli.client.ServerOptions;
import dev.plancheck.cli.terminal.Cells;
import dev.plancheck.cli.terminal.CommandException;
import dev.plancheck.cli.terminal.Output;
import dev.plancheck.cli.terminal.Terminal;
import dev.plancheck.cli.users.UserCalls.WantedRole;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `plancheck users`: users of a server, their roles and their tokens. A token is the only thing
/// that goes to standard output when one is made, so that scripts can take it.
@Command(
    name = "users",
    description = "Shows and changes who may call a server.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  plancheck users add ann --admin        the first user: prints a token, and from now on",
      "                                         every call needs one",
      "  export PLANCHECK_TOKEN=pc_...          who calls, of every command that asks a server",
      "  plancheck users add bob --role DEVELOPER --project shop --title 'Bob Miller'",
      "  plancheck users add build --service --role RELEASER --project shop --days 90",
      "  plancheck users grant bob --role DBA --project -",
      "                                         in all projects, also in those to come",
      "",
      "Roles: VIEWER reads; DEVELOPER also writes plans and runs checks; RELEASER reads, runs"
          + " checks",
      "and rolls out; DBA does all that and overrides gates; PROJECT_OWNER may do everything in a",
      "project, and gives roles in it; ADMIN may do everything everywhere. Any other name, such as",
      "SECURITY, reads, and decides the approval steps that ask for it.",
      "",
      "Exit codes: 2 wrong usage, or refused by the server, 3 the server cannot be reached."
    })
public final class UsersCommand implements Runnable {
  private final Terminal terminal;

  public UsersCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    throw CommandException.usage("users: no command given; 'plancheck users --help' lists them");
  }

  @Command(
      name = "add",
      description = "Creates a user, gives them roles, and prints a token for them.",
      mixinStandardHelpOptions = true)
  void add(@Mixin ServerOptions server, @Mixin NewUser user, @Mixin TokenOptions token) {
    var roles = user.roles();
    var days = token.days();
    call(
        server,
        users -> {
          users.create(user.name, user.title, user.service);
          say("users/%s was created.".formatted(user.name));
          for (var role : roles) {
            users.grant(user.name, role);
            say("%s in projects/%s was granted.".formatted(role.role(), role.project()));
          }
          if (!user.withoutToken) {
            show(users, user.name, token.title, days);
          }
        });
  }

  @Command(
      name = "list",
      description = "Lists users with their roles.",
      mixinStandardHelpOptions = true)
  void list(
      @Mixin ServerOptions server,
      @Option(
              names = "--project",
              paramLabel = "PROJECT",
              description = "only those who have a role there")
          @Nullable String project) {
    call(server, users -> print(users.list(project).stream().map(UsersCommand::line).toList()));
  }

  @Command(name = "grant", description = "Gives a role.", mixinStandardHelpOptions = true)
  void grant(
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "NAME") String name,
      @Mixin RoleOptions role) {
    var wanted = role.role();
    call(server, users -> users.grant(name, wanted));
  }

  @Command(name = "revoke", description = "Takes a role.", mixinStandardHelpOptions = true)
  void revoke(
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "NAME") String name,
      @Mixin RoleOptions role) {
    var wanted = role.role();
    call(server, users -> users.revoke(name, wanted));
  }

  @Command(
      name = "token",
      description = "Makes another token of a user and prints it.",
      mixinStandardHelpOptions = true)
  void token(
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "NAME") String name,
      @Mixin TokenOptions token) {
    var days = token.days();
    call(server, users -> show(users, name, token.title, days));
  }

  @Command(
      name = "tokens",
      description = "Lists a user's tokens, the newest first.",
      mixinStandardHelpOptions = true)
  void tokens(@Mixin ServerOptions server, @Parameters(paramLabel = "NAME") String name) {
    call(server, users -> print(users.tokens(name).stream().map(UsersCommand::tokenLine).toList()));
  }

  @Command(
      name = "revoke-token",
      description = "Makes a token useless from the next call on.",
      mixinStandardHelpOptions = true)
  void revokeToken(
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "NAME") String name,
      @Parameters(paramLabel = "ID", description = "as `users tokens` shows it") String id) {
    call(server, users -> users.revokeToken(name, id));
  }

  @Command(
      name = "delete",
      description = "Takes all roles and tokens of a user for good.",
      mixinStandardHelpOptions = true)
  void delete(@Mixin ServerOptions server, @Parameters(paramLabel = "NAME") String name) {
    call(server, users -> users.delete(name));
  }

  @Command(
      name = "whoami",
      description = "Shows whom the server takes this caller for.",
      mixinStandardHelpOptions = true)
  void whoami(@Mixin ServerOptions server) {
    call(
        server,
        users -> {
          var caller = users.caller();
          print(List.of(text(caller, "user") + "  " + roles(caller)));
        });
  }

  private void show(UserCalls users, String name, String title, int days) {
    try {
      print(List.of(users.token(name, title, days)));
    } catch (ServerException e) {
      say("users/%s has no new token.".formatted(name));
      throw e;
    }
    say("It is shown only now. Commands take it from PLANCHECK_TOKEN.");
  }

  private void call(ServerOptions options, Consumer<UserCalls> calls) {
    try (var server = options.open(terminal)) {
      calls.accept(new UserCalls(server));
    }
  }

  private static String line(JsonObject user) {
    return "%s  %s  %s%s"
        .formatted(
            text(user, "name"),
            text(user, "kind"),
            roles(user),
            text(user, "title").isEmpty() ? "" : "  " + text(user, "title"));
  }

  private static String roles(JsonObject of) {
    var roles =
        of.getAsJsonArray("roles").asList().stream()
            .map(role -> role.getAsJsonObject())
            .map(role -> "%s in %s".formatted(text(role, "role"), text(role, "project")))
            .collect(Collectors.joining(", "));
    return roles.isEmpty() ? "(no roles)" : roles;
  }

  private static String tokenLine(JsonObject token) {
    var name = text(token, "name");
    var state =
        token.has("revokeTime")
            ? "revoked " + text(token, "revokeTime")
            : token.has("expireTime") ? "until " + text(token, "expireTime") : "does not expire";
    var used = token.has("lastUseTime") ? "used " + text(token, "lastUseTime") : "never used";
    return "%s  %s, %s  %s"
        .formatted(name.substring(name.lastIndexOf('/') + 1), state, used, text(token, "title"))
        .strip();
  }

  private static String text(JsonObject object, String field) {
    return object.has(field) ? object.get(field).getAsString() : "";
  }

  private void print(List<String> lines) {
    new Output(terminal, null)
        .write(out -> {
          for (var line : lines) {
            out.write(Cells.printable(line));
            out.write('\n');
          }
        });
  }

  private void say(String text) {
    new PrintStream(terminal.err().bytes(), true, StandardCharsets.UTF_8).println(text);
  }

  /// Who is added.
  static final class NewUser {
    @Parameters(paramLabel = "NAME", description = "lower-case letters, digits and hyphens")
    private String name = "";

    @Option(names = "--title", paramLabel = "TEXT", description = "who that is, for people")
    private String title = "";

    @Option(names = "--service", description = "a program, such as a build")
    private boolean service;

    @Option(names = "--admin", description = "the same as --role ADMIN")
    private boolean admin;

    @Option(names = "--role", paramLabel = "ROLE", description = "a role; more by repeating it")
    private List<String> roleNames = List.of();

    @Option(
        names = "--project",
        paramLabel = "PROJECT",
        description = "where the roles count; - for all projects")
    private @Nullable String project;

    @Option(names = "--no-token", description = "makes no token")
    private boolean withoutToken;

    private List<WantedRole> roles() {
      var roles =
          roleNames.stream()
              .map(role -> WantedRole.of(role, role.equals("ADMIN") ? null : project))
              .collect(Collectors.toList());
      if (admin) {
        roles.add(WantedRole.of("ADMIN", null));
      }
      return roles;
    }
  }

  /// A role in a project.
  static final class RoleOptions {
    @Option(names = "--role", paramLabel = "ROLE", required = true, description = "such as DBA")
    private String roleName = "";

    @Option(
        names = "--project",
        paramLabel = "PROJECT",
        description = "where it counts; - for all projects")
    private @Nullable String project;

    private WantedRole role() {
      return WantedRole.of(roleName, project);
    }
  }

  /// What a token is for, and how long.
  static final class TokenOptions {
    @Option(names = "--token-title", paramLabel = "TEXT", description = "what the token is for")
    private String title = "";

    @Option(
        names = "--days",
        paramLabel = "N",
        description = "how long the token is good (default: until it is revoked)")
    private int days;

    private int days() {
      if (days < 0 || days > 3_650) {
        throw CommandException.usage("--days: %d (expected: 1 to 3650)".formatted(days));
      }
      return days;
    }
  }
}
