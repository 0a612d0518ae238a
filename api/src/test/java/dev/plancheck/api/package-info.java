// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Laws that every message and method of the API obeys.
@NullMarked
package dev.plancheck.api;

import org.jspecify.annotations.NullMarked;
