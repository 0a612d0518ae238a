// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// The users' databases, one package per engine. Nothing here knows our own storage.
@NullMarked
package dev.plancheck.targets;

import org.jspecify.annotations.NullMarked;
