// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.users;

import com.google.gson.JsonObject;
import dev.plancheck.cli.client.ServerClient;
import dev.plancheck.cli.terminal.CommandException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The calls about users that commands are made of.
final class UserCalls {
  private static final String EVERYWHERE = "-";
  private static final Pattern ID = Pattern.compile("[a-z]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern TOKEN_ID = Pattern.compile("[0-9a-f]{16}");

  /// A role that a command gives or takes; ADMIN belongs to no project.
  record WantedRole(String role, String project) {
    static WantedRole of(String role, @Nullable String project) {
      if (project != null && !project.equals(EVERYWHERE)) {
        return new WantedRole(role, id("--project", project));
      }
      if (project == null && !role.equals("ADMIN")) {
        throw CommandException.usage(
            "--project: not given (expected: the project in which the role %s counts, or - for all)"
                .formatted(role));
      }
      return new WantedRole(role, EVERYWHERE);
    }

    private JsonObject json() {
      var body = new JsonObject();
      body.addProperty("project", "projects/" + project);
      body.addProperty("role", role);
      return body;
    }
  }

  private final ServerClient server;

  UserCalls(ServerClient server) {
    this.server = server;
  }

  void create(String user, String title, boolean isService) {
    var body = new JsonObject();
    body.addProperty("title", title);
    body.addProperty("kind", isService ? "SERVICE" : "PERSON");
    server.post("/v1/users?userId=" + id("NAME", user), body);
  }

  void grant(String user, WantedRole role) {
    server.post(path(user) + ":grantRole", role.json());
  }

  void revoke(String user, WantedRole role) {
    server.post(path(user) + ":revokeRole", role.json());
  }

  /// Returns the secret of a new token. A token of 0 days does not expire.
  String token(String user, String title, int days) {
    var body = new JsonObject();
    body.addProperty("title", title);
    if (days > 0) {
      body.addProperty(
          "expireTime",
          Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(days, ChronoUnit.DAYS).toString());
    }
    return server.post(path(user) + "/tokens", body).get("secret").getAsString();
  }

  List<JsonObject> tokens(String user) {
    return list(server.get(path(user) + "/tokens?pageSize=1000"), "tokens");
  }

  void revokeToken(String user, String id) {
    if (!TOKEN_ID.matcher(id).matches()) {
      throw CommandException.usage(
          "ID: not that of a token (expected: 16 characters, as `plancheck users tokens %s` shows)"
              .formatted(user));
    }
    server.post("%s/tokens/%s:revoke".formatted(path(user), id), new JsonObject());
  }

  void delete(String user) {
    server.delete(path(user));
  }

  /// All of them, page by page.
  List<JsonObject> list(@Nullable String project) {
    var found = new ArrayList<JsonObject>();
    var of = project == null ? "" : "&project=projects/" + id("--project", project);
    var token = "";
    do {
      var page = server.get("/v1/users?pageSize=1000&pageToken=" + token + of);
      found.addAll(list(page, "users"));
      token = page.get("nextPageToken").getAsString();
    } while (!token.isEmpty());
    return found;
  }

  JsonObject caller() {
    return server.get("/v1/caller");
  }

  private static String path(String user) {
    return "/v1/users/" + id("NAME", user);
  }

  private static List<JsonObject> list(JsonObject answer, String field) {
    return answer.getAsJsonArray(field).asList().stream()
        .map(element -> element.getAsJsonObject())
        .toList();
  }

  private static String id(String what, String text) {
    if (!ID.matcher(text).matches()) {
      throw CommandException.usage(
          "%s: %s (expected: lower-case letters, digits and hyphens, a letter first, at most 63 characters)"
              .formatted(what, text));
    }
    return text;
  }
}
