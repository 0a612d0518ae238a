// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// The rules: one record and one Markdown page per rule, packages by topic.
@NullMarked
package dev.plancheck.rules;

import org.jspecify.annotations.NullMarked;
