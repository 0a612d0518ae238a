// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// PostgreSQL: our own splitter, pgCodeKeeper's generated lexer and parser, and the lowering of its
/// tree to statements.
///
/// Nothing of the parser leaves this package. The way of a text: [Scanner] finds tokens, [Splitter]
/// finds statements, [ParseText] prepares one of them for the grammar, [Grammar] parses it and
/// [Lowering] turns the tree into a [dev.plancheck.engine.sql.Statement].
@NullMarked
package dev.plancheck.engine.dialect.postgresql;

import org.jspecify.annotations.NullMarked;
