// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// The texts of policies: which rules run, how severe they are, with which options. Begin with
/// [dev.plancheck.rules.policy.PolicyReader].
@NullMarked
package dev.plancheck.rules.policy;

import org.jspecify.annotations.NullMarked;
