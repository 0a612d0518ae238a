// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// The server: rooms, gRPC services, REST by transcoding, progress streams.
@NullMarked
package dev.plancheck.server;

import org.jspecify.annotations.NullMarked;
