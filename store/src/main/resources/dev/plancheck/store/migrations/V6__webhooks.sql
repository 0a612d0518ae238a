-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: The plancheck authors

-- Where notices of projects go, and each one's way there. A delivery is stored in the transaction of
-- what it tells, so that nothing that happened is left untold.

create table plancheck.webhook (
  project_id text collate "C" not null references plancheck.project,
  id text collate "C" not null,
  title text not null,
  url text not null,
  events text[] not null,
  enabled boolean not null,
  -- Encrypted by a key that is not in this database.
  sealed_secret text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (project_id, id)
);

create table plancheck.webhook_delivery (
  number bigint generated always as identity primary key,
  -- What the receiver tells repetitions by.
  id text not null unique,
  project_id text collate "C" not null,
  webhook_id text collate "C" not null,
  event text not null,
  -- Exactly what is sent.
  body text not null,
  state text not null default 'PENDING' check (state in ('PENDING', 'DELIVERED', 'FAILED')),
  attempts integer not null default 0 check (attempts >= 0),
  -- The last answer's HTTP status, 0 for none; what was wrong with it, else empty.
  status integer not null default 0,
  error text not null default '',
  next_at timestamptz default clock_timestamp(),
  created_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz,
  foreign key (project_id, webhook_id) references plancheck.webhook on delete cascade,
  check ((state = 'PENDING') = (next_at is not null)),
  check ((state = 'PENDING') = (ended_at is null))
);

create index webhook_delivery_due on plancheck.webhook_delivery (next_at) where state = 'PENDING';
create index webhook_delivery_of_webhook
  on plancheck.webhook_delivery (project_id, webhook_id, number);
