// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.approval;

/// What somebody has read and says to it. `digest` is that of the [Approval].
public record ApprovalRequest(int planVersion, int attempt, String digest, String comment) {}
