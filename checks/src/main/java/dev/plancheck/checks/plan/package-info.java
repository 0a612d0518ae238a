// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Projects, instances, databases, sheets and plans, with the ports that keep them.
@NullMarked
package dev.plancheck.checks.plan;

import org.jspecify.annotations.NullMarked;
