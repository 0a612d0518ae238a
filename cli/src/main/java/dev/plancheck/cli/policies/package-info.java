// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// `plancheck policies`: the review policies of a server.
@NullMarked
package dev.plancheck.cli.policies;

import org.jspecify.annotations.NullMarked;
