// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// What this server counts, for `/metrics`: ports wrapped in ports, so that nothing in `checks`
/// knows of it.
@NullMarked
package dev.plancheck.server.metric;

import org.jspecify.annotations.NullMarked;
