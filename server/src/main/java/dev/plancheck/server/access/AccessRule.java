// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.access;

import com.google.protobuf.Message;
import dev.plancheck.checks.ApiException;
import dev.plancheck.checks.access.Caller;
import dev.plancheck.checks.access.Grant;
import dev.plancheck.checks.access.Permission;
import dev.plancheck.checks.access.Role;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Who may make a call. Fields are named by their path in the request: `plan.name`.
sealed interface AccessRule {
  /// Whoever is known.
  record Known() implements AccessRule {}

  /// Who has the permission in the project whose name `field` begins with.
  record InProject(Permission permission, String field) implements AccessRule {}

  /// An ADMIN.
  record InWorkspace() implements AccessRule {}

  /// The user whose name `field` begins with, and ADMINs.
  record Own(String field) implements AccessRule {}

  /// Throws [ApiException] PERMISSION_DENIED with what is missing, and who grants it.
  default void require(Caller caller, Message request) {
    switch (this) {
      case Known _ -> {}
      case InProject(var permission, var field) ->
          Denial.unless(caller, permission, id(text(request, field), "projects"));
      case InWorkspace _ -> Denial.unlessAdmin(caller);
      case Own(var field) -> {
        if (!id(text(request, field), "users").equals(caller.user())) {
          Denial.unlessAdmin(caller);
        }
      }
    }
  }

  private static String text(Message request, String field) {
    var message = request;
    var parts = field.split("\\.", -1);
    for (var part : parts) {
      var value = message.getField(message.getDescriptorForType().findFieldByName(part));
      if (value instanceof String text) {
        return text;
      }
      message = (Message) value;
    }
    throw new IllegalStateException("%s is no text of %s".formatted(field, request.getClass()));
  }

  /// The empty text for a name of another form, which nobody has a role in by name; the constraints
  /// refuse it then.
  private static String id(String name, String collection) {
    var parts = name.split("/", -1);
    return parts.length > 1 && parts[0].equals(collection) ? parts[1] : "";
  }

  /// Refusals in words.
  final class Denial {
    private static final Pattern ID = Pattern.compile("[a-z]([a-z0-9-]{0,61}[a-z0-9])?");

    private Denial() {}

    private static void unless(Caller caller, Permission permission, String project) {
      if (caller.may(permission, project)) {
        return;
      }
      var roles = Role.with(permission);
      var where = where(project);
      throw denied(
          "%s may not %s %s (expected: one of the roles %s there). An ADMIN or a PROJECT_OWNER of it grants them: plancheck users grant %s --role %s%s"
              .formatted(
                  caller.name(),
                  permission.words(),
                  where,
                  roles.stream().map(Role::name).collect(Collectors.joining(", ")),
                  caller.user(),
                  roles.getFirst(),
                  project.equals(Grant.EVERYWHERE) ? "" : " --project " + project(project)));
    }

    private static void unlessAdmin(Caller caller) {
      if (!caller.isAdmin()) {
        throw denied(
            "%s may not do this (expected: the role ADMIN). An ADMIN grants it: plancheck users grant %s --role ADMIN"
                .formatted(caller.name(), caller.user()));
      }
    }

    /// Nothing of a request that was not checked yet is repeated.
    private static String where(String project) {
      return project.equals(Grant.EVERYWHERE) ? "all projects" : "projects/" + project(project);
    }

    private static String project(String id) {
      return ID.matcher(id).matches() ? id : "PROJECT";
    }

    private static ApiException denied(String message) {
      return new ApiException(ApiException.Code.PERMISSION_DENIED, message);
    }
  }
}
