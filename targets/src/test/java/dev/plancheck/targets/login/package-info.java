// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// How targets are named and what their limits are called.
@NullMarked
package dev.plancheck.targets.login;

import org.jspecify.annotations.NullMarked;
