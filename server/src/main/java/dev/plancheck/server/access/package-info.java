// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Holds every call against the table of who may make it, and tells services who calls.
@NullMarked
package dev.plancheck.server.access;

import org.jspecify.annotations.NullMarked;
