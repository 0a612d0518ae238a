// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.server.mapping;

import dev.plancheck.checks.plan.Environment;

/// Between environments and their messages.
public final class EnvironmentMapping {
  private EnvironmentMapping() {}

  public static Environment fromProto(String id, dev.plancheck.api.v1.Environment message) {
    return new Environment(id, Text.check("environment.title", message.getTitle()));
  }

  public static dev.plancheck.api.v1.Environment toProto(Environment environment) {
    return dev.plancheck.api.v1.Environment.newBuilder()
        .setName(Environment.name(environment.id()))
        .setTitle(environment.title())
        .build();
  }
}
