// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Commands that talk to a running server: where it is, who asks, and what can go wrong between.
@NullMarked
package dev.plancheck.cli.client;

import org.jspecify.annotations.NullMarked;
