-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: The plancheck authors

-- Users, their roles, their tokens, and the log of all three.

create table plancheck.user (
  id text collate "C" primary key,
  title text not null,
  kind text not null check (kind in ('PERSON', 'SERVICE')),
  created_at timestamptz not null default now(),
  -- Rows stay, because logs name them: nobody gets the id of somebody else.
  deleted_at timestamptz
);

create table plancheck.user_role (
  user_id text collate "C" not null references plancheck.user,
  -- '-' for all projects.
  project_id text collate "C" not null,
  role text collate "C" not null,
  primary key (user_id, project_id, role),
  check (role <> 'ADMIN' or project_id = '-')
);

-- Never deleted: whether there ever was a token decides whether calls need one.
create table plancheck.access_token (
  id text collate "C" primary key,
  user_id text collate "C" not null references plancheck.user,
  title text not null,
  -- SHA-256 of the secret, which is kept nowhere.
  digest text collate "C" not null unique check (digest ~ '^[0-9a-f]{64}$'),
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz
);

create index access_token_of_user on plancheck.access_token (user_id, created_at);

create table plancheck.access_log (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('USER_CREATED', 'USER_DELETED', 'ROLE_GRANTED', 'ROLE_REVOKED',
    'TOKEN_CREATED', 'TOKEN_REVOKED')),
  actor text not null,
  user_id text not null,
  -- The role and its project, or the token's id.
  detail text not null,
  at timestamptz not null default clock_timestamp()
);

create function plancheck.refuse_change_of_access_log() returns trigger
  language plpgsql
  as $$
begin
  raise exception 'access_log is only ever appended to'
    using errcode = 'integrity_constraint_violation';
end
$$;

create trigger access_log_append_only
  before update or delete on plancheck.access_log
  for each row execute function plancheck.refuse_change_of_access_log();
