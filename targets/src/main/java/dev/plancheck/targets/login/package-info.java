// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// What all engines need to get in: where a server is, and the password. Knows no engine.
@NullMarked
package dev.plancheck.targets.login;

import org.jspecify.annotations.NullMarked;
