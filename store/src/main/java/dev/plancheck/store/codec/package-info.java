// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// Domain records to the stored messages and back, as protobuf JSON: the only place of this room
/// that knows protobuf.
///
/// Starting point: [dev.plancheck.store.codec.ResultCodec].
@NullMarked
package dev.plancheck.store.codec;

import org.jspecify.annotations.NullMarked;
