// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Changing users' PostgreSQL databases: the only package that writes to them.
///
/// Starting point: [dev.plancheck.targets.postgresql.change.PostgresqlChanger]. It uses the client
/// that checks use, [dev.plancheck.targets.postgresql.wire.ServerConnection], and not the JDBC
/// driver: so host, TLS, password and the session's settings are to the change what they were to
/// the check, a text is sent as it was written (the driver rewrites some), the server takes one
/// command of it at most, and a result that nobody reads is not kept in memory. The one method of
/// it that carries out a text of others, `run`, is called from here only; a law of the architecture
/// sees to that.
@NullMarked
package dev.plancheck.targets.postgresql.change;

import org.jspecify.annotations.NullMarked;
