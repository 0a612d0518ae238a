// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Places in a text: offsets for the machine, lines and columns for people.
@NullMarked
package dev.plancheck.engine.text;

import org.jspecify.annotations.NullMarked;
