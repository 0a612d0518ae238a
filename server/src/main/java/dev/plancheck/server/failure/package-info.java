// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Everything that can go wrong with a call, as google.rpc.Status.
@NullMarked
package dev.plancheck.server.failure;

import org.jspecify.annotations.NullMarked;
