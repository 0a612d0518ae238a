// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Following runs until they end, for streams and events alike.
@NullMarked
package dev.plancheck.server.watch;

import org.jspecify.annotations.NullMarked;
