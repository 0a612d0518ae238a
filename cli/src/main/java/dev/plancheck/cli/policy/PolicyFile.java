// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.policy;

import dev.plancheck.checks.target.SizeBorders;
import dev.plancheck.engine.review.Policy;

/// A policy as a file gives it: what rules do, and from which size on a table counts as large.
public record PolicyFile(Policy policy, SizeBorders borders) {}
