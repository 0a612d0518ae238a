// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Rules about statements that a server cannot run at all.
@NullMarked
package dev.plancheck.rules.statement;

import org.jspecify.annotations.NullMarked;
