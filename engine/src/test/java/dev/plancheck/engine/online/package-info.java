// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// What servers were measured to do, and the forms that they were measured with, which other
/// modules try on servers of their own.
@NullMarked
package dev.plancheck.engine.online;

import org.jspecify.annotations.NullMarked;
