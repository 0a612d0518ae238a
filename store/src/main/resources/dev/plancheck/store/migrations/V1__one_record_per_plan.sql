-- SPDX-License-Identifier: Apache-2.0
-- SPDX-FileCopyrightText: The plancheck authors

-- Projects, instances, databases, sheets, plans, and the one record of each plan's checks.
-- Names sort by code point (collation "C") because pages of the API do.
-- What columns of type jsonb hold is described in the protobuf files of the module api, package
-- plancheck.store; text in them and in free text columns is escaped as StoredText says.

create table plancheck.project (
  id text collate "C" primary key,
  title text not null,
  settings jsonb not null,
  -- The number that the project's next plan gets.
  next_plan_number bigint not null default 1 check (next_plan_number > 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table plancheck.instance (
  id text collate "C" primary key,
  title text not null,
  engine text not null,
  environment text not null,
  host text not null,
  port integer not null,
  username text not null,
  -- How the password is kept, never the password: ENV and FILE name where it is, SEALED is
  -- encrypted by a key that is not in this database.
  password_kind text not null check (password_kind in ('NONE', 'ENV', 'FILE', 'SEALED')),
  password_reference text not null,
  tls_mode text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table plancheck.database (
  instance_id text collate "C" not null references plancheck.instance on delete cascade,
  name text collate "C" not null,
  labels jsonb not null default '{}',
  created_at timestamptz not null default now(),
  primary key (instance_id, name)
);

create table plancheck.sheet (
  sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  -- The text in UTF-8.
  content bytea not null,
  created_at timestamptz not null default now()
);

create table plancheck.plan (
  id bigint generated always as identity primary key,
  project_id text collate "C" not null references plancheck.project,
  -- From 1 in each project.
  number bigint not null,
  title text not null,
  -- PlanSpecs
  specs jsonb not null,
  -- Counts edits from 1.
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (project_id, number)
);

-- One row per plan. Lists, badges and gates read columns and never open the JSON; progress moves
-- counters and never rewrites it.
create table plancheck.plan_check_run (
  id bigint generated always as identity primary key,
  plan_id bigint not null unique references plancheck.plan,
  -- A QUEUED row is the queue's entry: whoever makes it RUNNING has the run.
  status text not null check (status in ('QUEUED', 'RUNNING', 'DONE', 'FAILED', 'CANCELED')),
  verdict text check (verdict in ('PASS', 'WARN', 'FAIL', 'INCOMPLETE')),
  -- Counts runs that a user asked for, from 1; the fence of every write.
  attempt integer not null check (attempt > 0),
  plan_version integer not null,
  policy_hash text not null,
  rules_version text not null,
  membership_hash text not null,
  -- Targets chosen for checking; of them finished.
  target_count integer not null check (target_count >= 0),
  done_count integer not null default 0 check (done_count >= 0),
  -- Performed results by status, and results of checks that could not be made.
  success_count integer not null default 0 check (success_count >= 0),
  warning_count integer not null default 0 check (warning_count >= 0),
  error_count integer not null default 0 check (error_count >= 0),
  not_performed_count integer not null default 0 check (not_performed_count >= 0),
  -- All matched targets, from which the chosen ones were sampled.
  sampled_of integer not null check (sampled_of >= 0),
  -- Parts of the run that are still at work, of a run that is split.
  shards_left integer not null default 0 check (shards_left >= 0),
  -- The age of the run counts from here.
  oldest_result_at timestamptz,
  -- PlanCheckRunConfig
  config jsonb not null,
  -- DeduplicatedResult; null while there are no results.
  result jsonb,
  -- What stopped a FAILED run; else empty.
  error text not null default '',
  created_at timestamptz not null default now(),
  queued_at timestamptz not null default now(),
  started_at timestamptz,
  updated_at timestamptz not null default now(),
  finished_at timestamptz,
  constraint plan_check_run_verdict_when_final
    check ((verdict is null) = (status in ('QUEUED', 'RUNNING'))),
  constraint plan_check_run_finished_when_final
    check ((finished_at is null) = (status in ('QUEUED', 'RUNNING')))
);

create index plan_check_run_active on plancheck.plan_check_run (id)
  where status in ('QUEUED', 'RUNNING');

-- Tells who watches which run changed, when the change is committed; the payload is the id.
create function plancheck.tell_plan_check_run() returns trigger
  language plpgsql
  as $$
begin
  perform pg_notify('plancheck_plan_check_run', new.id::text);
  return null;
end
$$;

create trigger plan_check_run_changed
  after insert or update on plancheck.plan_check_run
  for each row execute function plancheck.tell_plan_check_run();

-- lz4 where the server was built with it: faster both ways than the default, about as small.
do $$
begin
  alter table plancheck.sheet alter column content set compression lz4;
  alter table plancheck.plan alter column specs set compression lz4;
  alter table plancheck.plan_check_run alter column config set compression lz4;
  alter table plancheck.plan_check_run alter column result set compression lz4;
exception when feature_not_supported then
  raise notice 'this server has no lz4: the default compression is used';
end
$$;

-- For analysts: one row per result, as the API lists them. Ordered by target_ordinal and
-- result_ordinal the rows of a run are in plan order.
create view plancheck.plan_check_result as
select
  run.id as run_id,
  plan.project_id,
  plan.number as plan_number,
  run.attempt,
  part.ordinal as target_ordinal,
  remark.ordinal as result_ordinal,
  part.body ->> 'target' as target,
  coalesce(scope.body ->> 'spec', '') as spec,
  coalesce(scope.body ->> 'sheetSha256', '') as sheet_sha256,
  replace(checked.body ->> 'type', 'PLAN_CHECK_TYPE_', '') as type,
  checked.body ->> 'outcome' as outcome,
  finding.body ->> 'status' as status,
  coalesce(finding.body ->> 'rule', '') as rule,
  coalesce(finding.body ->> 'title', '') as title,
  coalesce(finding.body ->> 'content', '') as content,
  (finding.body #>> '{range,startLine}')::integer as start_line,
  (finding.body #>> '{range,startColumn}')::integer as start_column,
  (finding.body #>> '{range,endLine}')::integer as end_line,
  (finding.body #>> '{range,endColumn}')::integer as end_column,
  summary.body #>> '{affected,method}' as affected_method,
  case when summary.body #>> '{affected,method}' <> 'UNKNOWN'
    then (part.body #>> '{numbers,0}')::bigint end as affected_rows,
  case when summary.body is not null
    then coalesce(summary.body #>> '{affected,note}', '') end as affected_note,
  case when summary.body is not null
    then coalesce(summary.body ->> 'fingerprint', '') end as fingerprint,
  case when summary.body is not null
    then coalesce(statements.body -> 'types', '[]') end as statement_types,
  changed.tables as changed_tables
from plancheck.plan_check_run as run
join plancheck.plan as plan on plan.id = run.plan_id
-- Taken apart once per run, however many results it has.
cross join lateral (
  select
    run.result -> 'checks' as checks,
    run.result -> 'findings' as findings,
    run.result -> 'patterns' as patterns,
    run.result -> 'scopes' as scopes,
    run.result -> 'tables' as tables,
    run.result -> 'summaries' as summaries,
    run.result -> 'statementTypes' as statement_types,
    run.result -> 'targets' as targets
  offset 0
) as held
cross join lateral jsonb_array_elements(held.targets)
  with ordinality as part (body, ordinal)
-- An index of 0 is left out of the JSON; ordinals begin with 1.
join lateral jsonb_array_elements(held.scopes)
  with ordinality as scope (body, ordinal)
  on scope.ordinal = coalesce((part.body ->> 'scope')::bigint, 0) + 1
join lateral jsonb_array_elements(held.patterns)
  with ordinality as pattern (body, ordinal)
  on pattern.ordinal = coalesce((part.body ->> 'pattern')::bigint, 0) + 1
cross join lateral jsonb_array_elements_text(pattern.body -> 'findings')
  with ordinality as remark (finding, ordinal)
join lateral jsonb_array_elements(held.findings)
  with ordinality as finding (body, ordinal)
  on finding.ordinal = remark.finding::bigint + 1
join lateral jsonb_array_elements(held.checks)
  with ordinality as checked (body, ordinal)
  on checked.ordinal = coalesce((finding.body ->> 'check')::bigint, 0) + 1
left join lateral jsonb_array_elements(held.summaries)
  with ordinality as summary (body, ordinal)
  on coalesce((checked.body ->> 'summary')::boolean, false)
  and summary.ordinal = coalesce((part.body ->> 'summary')::bigint, 0) + 1
left join lateral jsonb_array_elements(held.statement_types)
  with ordinality as statements (body, ordinal)
  on summary.body is not null
  and statements.ordinal = coalesce((summary.body ->> 'statementTypes')::bigint, 0) + 1
left join lateral (
  -- The numbers of table n, from 0: rows, bytes and affected rows at 3n + 1, 3n + 2, 3n + 3.
  select coalesce(
    jsonb_agg(
      jsonb_build_object(
        'table', coalesce(shape.body ->> 'table', ''),
        'rows', case when (shape.body ->> 'rowsKnown')::boolean
          then (part.body -> 'numbers' ->> (3 * reference.ordinal - 2)::integer)::bigint end,
        'bytes', case when (shape.body ->> 'bytesKnown')::boolean
          then (part.body -> 'numbers' ->> (3 * reference.ordinal - 1)::integer)::bigint end,
        'affectedMethod', shape.body #>> '{affected,method}',
        'affectedRows', case when shape.body #>> '{affected,method}' <> 'UNKNOWN'
          then (part.body -> 'numbers' ->> (3 * reference.ordinal)::integer)::bigint end,
        'affectedNote', coalesce(shape.body #>> '{affected,note}', ''))
      order by reference.ordinal),
    '[]') as tables
  from jsonb_array_elements_text(summary.body -> 'tables')
    with ordinality as reference (index, ordinal)
  join lateral jsonb_array_elements(held.tables)
    with ordinality as shape (body, ordinal)
    on shape.ordinal = reference.index::bigint + 1
) as changed on summary.body is not null;
