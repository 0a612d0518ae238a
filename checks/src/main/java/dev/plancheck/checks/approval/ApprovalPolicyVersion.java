// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.approval;

import java.time.Instant;

/// A policy as it was written down. `actor` wrote it, `at` the storage's time.
public record ApprovalPolicyVersion(
    long id, String project, ApprovalPolicy policy, String actor, Instant at) {}
