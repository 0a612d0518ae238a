// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// One port for gRPC, REST, progress streams, documents, health and numbers. All of Armeria is
/// here: services elsewhere are plain gRPC services.
@NullMarked
package dev.plancheck.server.http;

import org.jspecify.annotations.NullMarked;
