// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.policies;

import com.google.gson.JsonObject;
import dev.plancheck.cli.client.ServerClient;
import dev.plancheck.cli.terminal.CommandException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The calls about review policies that commands are made of.
final class PolicyCalls {
  private static final String COLLECTION = "/v1/reviewPolicies";
  private static final Pattern ID = Pattern.compile("[a-z]([a-z0-9-]{0,61}[a-z0-9])?");

  private final ServerClient server;

  PolicyCalls(ServerClient server) {
    this.server = server;
  }

  /// All of them, page by page.
  List<JsonObject> list() {
    var found = new ArrayList<JsonObject>();
    var token = "";
    do {
      var page = server.get("%s?pageToken=%s".formatted(COLLECTION, token));
      page.getAsJsonArray("reviewPolicies").forEach(one -> found.add(one.getAsJsonObject()));
      token = text(page, "nextPageToken");
    } while (!token.isEmpty());
    return found;
  }

  JsonObject get(String id) {
    return server.get(path(id));
  }

  Optional<JsonObject> of(Scope scope) {
    return list().stream().filter(scope::isOf).findFirst();
  }

  JsonObject create(String id, Scope scope, @Nullable String title, String text) {
    var body = new JsonObject();
    body.addProperty("title", title == null ? "" : title);
    body.addProperty("project", scope.project());
    body.addProperty("environment", scope.environment());
    body.addProperty("text", text);
    return server.post("%s?reviewPolicyId=%s".formatted(COLLECTION, id("--id", id)), body);
  }

  /// Changes `current` and no later one. Without a title the policy keeps its own.
  JsonObject change(JsonObject current, @Nullable String title, String text) {
    var body = new JsonObject();
    body.addProperty("etag", text(current, "etag"));
    body.addProperty("text", text);
    if (title != null) {
      body.addProperty("title", title);
    }
    return server.patch(
        "/v1/%s?updateMask=%s"
            .formatted(text(current, "name"), title == null ? "text" : "text,title"),
        body);
  }

  void delete(String id) {
    server.delete(path(id));
  }

  private static String path(String id) {
    return "%s/%s".formatted(COLLECTION, id("ID", id));
  }

  static String text(JsonObject object, String field) {
    return object.has(field) ? object.get(field).getAsString() : "";
  }

  static String id(String what, String text) {
    if (!ID.matcher(text).matches()) {
      throw CommandException.usage(
          "%s: %s (expected: lower-case letters, digits and hyphens, a letter first, at most 63 characters)"
              .formatted(what, text));
    }
    return text;
  }
}
