// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.rollout;

import dev.plancheck.checks.plan.DatabaseName;
import dev.plancheck.checks.plan.PlanName;
import java.time.Instant;

/// A line of the log of what was done to a database; `outcome` is the state that the task came to,
/// and `words` what is to be said of it. `sheet` is a SHA-256, `task` the name that the database
/// remembers it by.
public record DatabaseChange(
    long id,
    DatabaseName database,
    PlanName plan,
    int planVersion,
    String spec,
    String sheet,
    String task,
    TaskState outcome,
    String words,
    String actor,
    Instant at) {}
