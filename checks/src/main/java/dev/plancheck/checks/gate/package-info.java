// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
/// May it go? One function answers, for approval, rollout, API and command line alike; nothing that
/// is missing, unfinished, stale or unknown ever opens the gate. Start at
/// [dev.plancheck.checks.gate.Gate].
@NullMarked
package dev.plancheck.checks.gate;

import org.jspecify.annotations.NullMarked;
