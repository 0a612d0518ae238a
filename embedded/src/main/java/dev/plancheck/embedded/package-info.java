// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Embedded PostgreSQL: a private server from bundled binaries, for metadata, demo tenants, the
/// judge of syntax and tests.
@NullMarked
package dev.plancheck.embedded;

import org.jspecify.annotations.NullMarked;
