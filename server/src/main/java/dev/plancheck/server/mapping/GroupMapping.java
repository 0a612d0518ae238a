// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.mapping;

import dev.plancheck.checks.plan.DatabaseGroup;
import dev.plancheck.checks.plan.GroupName;

/// Between database groups and their messages.
public final class GroupMapping {
  private GroupMapping() {}

  public static DatabaseGroup fromProto(
      GroupName name, dev.plancheck.api.v1.DatabaseGroup message) {
    return new DatabaseGroup(
        name,
        Text.check("group.title", message.getTitle()),
        Text.check("group.expression", message.getExpression()));
  }

  public static dev.plancheck.api.v1.DatabaseGroup toProto(DatabaseGroup group) {
    return dev.plancheck.api.v1.DatabaseGroup.newBuilder()
        .setName(group.name().toString())
        .setTitle(group.title())
        .setExpression(group.expression())
        .build();
  }
}
