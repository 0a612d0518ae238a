// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// A small client of PostgreSQL's frontend/backend protocol 3.0 (PostgreSQL manual, part "Frontend/
/// Backend Protocol"): text in, text out, several statements in one message.
///
/// Starting point: [dev.plancheck.targets.postgresql.wire.ServerConnection]. It exists because a
/// run opens one short connection to each of many databases: it keeps the keys of a login for the
/// next connection of the same role, which no driver does, and sends whole messages at once. TLS
/// and the checks of certificates are those of the JDBC driver; the errors too.
@NullMarked
package dev.plancheck.targets.postgresql.wire;

import org.jspecify.annotations.NullMarked;
