// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// What plancheck decides: planning, running and reading checks. Ports lead to storage and targets;
/// nothing here knows SQL of our own tables, protobuf or HTTP.
///
/// Starting points: [dev.plancheck.checks.planner.CheckPlanner],
/// [dev.plancheck.checks.run.CheckRunner], [dev.plancheck.checks.advise.ScriptReview].
@NullMarked
package dev.plancheck.checks;

import org.jspecify.annotations.NullMarked;
