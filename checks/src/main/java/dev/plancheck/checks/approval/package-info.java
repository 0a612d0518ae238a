// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Who has to approve a plan, and whether they have: facts of its checks lead by the project's
/// rules to a risk, the risk to an ordered list of roles, and their decisions are bound to what was
/// seen.
///
/// Begin with [dev.plancheck.checks.approval.ApprovalService]; how facts become a risk is
/// [dev.plancheck.checks.approval.Assessor].
@NullMarked
package dev.plancheck.checks.approval;

import org.jspecify.annotations.NullMarked;
