// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.cli.input;

import dev.plancheck.engine.text.SourceText;

/// A script that was read; `path` is how the user named it, `<stdin>` for standard input.
public record ScriptFile(String path, SourceText source) {}
