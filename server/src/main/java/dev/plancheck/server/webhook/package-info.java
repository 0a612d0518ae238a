// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Sends notices to receivers over HTTP, signed, and to no address that the server must not touch.
@NullMarked
package dev.plancheck.server.webhook;

import org.jspecify.annotations.NullMarked;
