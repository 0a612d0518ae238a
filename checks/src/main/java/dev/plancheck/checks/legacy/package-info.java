// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// The plan's one record as clients of the row-per-check model see it: virtual runs, one for each
/// database, sheet and type. Nothing but the compatible API is served from here.
@NullMarked
package dev.plancheck.checks.legacy;

import org.jspecify.annotations.NullMarked;
