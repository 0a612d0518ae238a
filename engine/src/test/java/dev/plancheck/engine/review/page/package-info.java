// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Runs the pages of rules: a page is specification, test and documentation in one.
///
/// Starting point: [dev.plancheck.engine.review.page.PageRunner], which says what a page may hold.
@NullMarked
package dev.plancheck.engine.review.page;

import org.jspecify.annotations.NullMarked;
