-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: The plancheck authors

-- Environments in an order of their own, database groups, releases, and which project may see which
-- sheet.

create table plancheck.environment (
  id text collate "C" primary key,
  title text not null,
  -- From the first that a change goes to, to the last; gaps mean nothing.
  position integer not null unique deferrable initially deferred,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

-- The environments that instances were given by name, in the order that was built into the program
-- until now: unknown names before known ones.
insert into plancheck.environment (id, title, position)
select name, name,
  row_number() over (
    order by coalesce(
      array_position(
        array['local', 'dev', 'development', 'test', 'qa', 'integration', 'stage', 'staging',
          'preprod', 'prod', 'production'],
        name),
      0), name collate "C")
from (select distinct environment as name from plancheck.instance where environment <> '') as used;

-- A storage that uses none gets the usual ones.
insert into plancheck.environment (id, title, position)
select id, title, position
from (values ('test', 'Test', 1), ('staging', 'Staging', 2), ('production', 'Production', 3))
  as usual (id, title, position)
where not exists (select from plancheck.environment);

-- An instance without an environment has null.
alter table plancheck.instance
  alter column environment type text collate "C",
  alter column environment drop not null;
update plancheck.instance set environment = null where environment = '';
alter table plancheck.instance
  add constraint instance_environment_exists
    foreign key (environment) references plancheck.environment;
create index instance_of_environment on plancheck.instance (environment);

create table plancheck.database_group (
  project_id text collate "C" not null references plancheck.project,
  id text collate "C" not null,
  title text not null,
  -- CEL over one database, to a bool.
  expression text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (project_id, id)
);

create table plancheck.release (
  project_id text collate "C" not null references plancheck.project,
  id text collate "C" not null,
  title text not null,
  -- ReleaseFiles
  files jsonb not null,
  created_at timestamptz not null default now(),
  primary key (project_id, id)
);

create function plancheck.refuse_change_of_release() returns trigger
  language plpgsql
  as $$
begin
  raise exception 'a release is never changed'
    using errcode = 'integrity_constraint_violation';
end
$$;

create trigger release_immutable
  before update on plancheck.release
  for each row execute function plancheck.refuse_change_of_release();

-- A sheet is kept once per text and seen by the projects that gave it.
create table plancheck.sheet_reference (
  project_id text collate "C" not null references plancheck.project,
  sha256 text not null references plancheck.sheet,
  last_put_at timestamptz not null default now(),
  primary key (project_id, sha256)
);

create index sheet_reference_of_sheet on plancheck.sheet_reference (sha256);

-- Until now every project saw every sheet: those that its plans name stay visible.
insert into plancheck.sheet_reference (project_id, sha256)
select distinct plan.project_id, sheet.sha256
from plancheck.plan,
  jsonb_path_query(plan.specs, '$.specs[*].*.sheetSha256') as named (value)
join plancheck.sheet on sheet.sha256 = named.value #>> '{}';
