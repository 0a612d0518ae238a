// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors
package dev.plancheck.store.codec;

import dev.plancheck.checks.run.Result;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A result as the stored form holds it: `keptFrom` is when the attempt began that found it, and
/// null when that is the attempt that the whole form is of.
public record DatedResult(Result result, @Nullable Instant keptFrom) {}
