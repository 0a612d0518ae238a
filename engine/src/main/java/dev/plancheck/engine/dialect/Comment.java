// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.engine.dialect;

import dev.plancheck.engine.text.Span;

/// A comment with its delimiters at its place in the script; `text` is what stands between the
/// delimiters.
public record Comment(Span span, String text) {}
