// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Rules about how things are called. All of them are off unless a policy switches them on.
@NullMarked
package dev.plancheck.rules.naming;

import org.jspecify.annotations.NullMarked;
