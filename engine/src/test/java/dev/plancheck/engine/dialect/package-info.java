// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// What tests of all dialects share.
@NullMarked
package dev.plancheck.engine.dialect;

import org.jspecify.annotations.NullMarked;
