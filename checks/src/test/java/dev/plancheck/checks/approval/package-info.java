// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Tests of approvals; [dev.plancheck.checks.approval.ApprovalRig] is a plan with everything around
/// it.
@NullMarked
package dev.plancheck.checks.approval;

import org.jspecify.annotations.NullMarked;
