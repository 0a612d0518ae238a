// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Rules and the review that runs them over a script.
///
/// Starting points: [dev.plancheck.engine.review.Rule] for who writes a rule,
/// [dev.plancheck.engine.review.Review] for who runs them.
@NullMarked
package dev.plancheck.engine.review;

import org.jspecify.annotations.NullMarked;
