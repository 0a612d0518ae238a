// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.checks.target;

import org.jspecify.annotations.Nullable;

/// The server's own estimates, partitions included: rows (null if it never counted) and bytes with
/// indexes (null if not readable).
public record TableSize(@Nullable Long rows, @Nullable Long bytes) {}
