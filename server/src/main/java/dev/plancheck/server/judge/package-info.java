// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// The judge of syntax of a running server.
@NullMarked
package dev.plancheck.server.judge;

import org.jspecify.annotations.NullMarked;
