// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The plancheck authors

/// The services of API v1 as plain gRPC services: they translate, ask `checks` and its ports, and
/// decide nothing.
@NullMarked
package dev.plancheck.server.grpc;

import org.jspecify.annotations.NullMarked;
