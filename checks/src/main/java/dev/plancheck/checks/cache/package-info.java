// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// What is remembered to be spared the work of finding it out again, within bounds.
@NullMarked
package dev.plancheck.checks.cache;

import org.jspecify.annotations.NullMarked;
