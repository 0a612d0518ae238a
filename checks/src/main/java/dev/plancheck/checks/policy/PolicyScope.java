// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.policy;

import org.jspecify.annotations.Nullable;

/// The databases that a policy governs: those of a project's plans, those of an environment, of
/// both, or all. Null is any.
public record PolicyScope(@Nullable String project, @Nullable String environment) {
  public static final PolicyScope EVERYTHING = new PolicyScope(null, null);

  /// An environment that is the empty text is that of databases without one, for which no scope
  /// with an environment is.
  boolean covers(String ofProject, String ofEnvironment) {
    return (project == null || project.equals(ofProject))
        && (environment == null || environment.equals(ofEnvironment));
  }

  /// Of two scopes that cover a database the higher one governs it: a project's word on an
  /// environment, then its word on all of them, then an environment's.
  int precedence() {
    return (project == null ? 0 : 2) + (environment == null ? 0 : 1);
  }

  /// For people: `environment production of project shop`.
  public String words() {
    if (project == null) {
      return environment == null ? "everything" : "environment " + environment;
    }
    return environment == null
        ? "project " + project
        : "environment %s of project %s".formatted(environment, project);
  }
}
