// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// `plancheck users`: who may call a server, asked of that server.
@NullMarked
package dev.plancheck.cli.users;

import org.jspecify.annotations.NullMarked;
