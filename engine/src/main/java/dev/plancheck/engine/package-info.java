// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// What plancheck knows about SQL, as pure values: no JDBC, no protobuf, no HTTP, no clock, no
/// threads.
///
/// Starting points: [dev.plancheck.engine.dialect.Dialect] turns text into a script of
/// [dev.plancheck.engine.sql.Statement]s, [dev.plancheck.engine.schema.Schema] is what a target
/// looks like, and [dev.plancheck.engine.review.Review] runs rules over both.
@NullMarked
package dev.plancheck.engine;

import org.jspecify.annotations.NullMarked;
