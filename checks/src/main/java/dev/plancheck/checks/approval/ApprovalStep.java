// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.approval;

import org.jspecify.annotations.Nullable;

/// One of the roles that have to approve, and who did for it; null as long as nobody has.
public record ApprovalStep(String role, @Nullable ApprovalDecision decision) {}
