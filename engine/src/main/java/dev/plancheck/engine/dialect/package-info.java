// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// From text to a [dev.plancheck.engine.dialect.Script], one package per engine below this one.
@NullMarked
package dev.plancheck.engine.dialect;

import org.jspecify.annotations.NullMarked;
