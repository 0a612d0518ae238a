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
-- result_ordinal the rows of a run are in plan order. See DeduplicatedResult for the stored form: a
-- reference is the number of an entry, or 0, which the JSON leaves out, for the next entry that
-- nothing referred to before; hence the counts of zeros so far.
create view plancheck.plan_check_result as
select
  run.id as run_id,
  plan.project_id,
  plan.number as plan_number,
  run.attempt,
  expanded.*
from plancheck.plan_check_run as run
join plancheck.plan as plan on plan.id = run.plan_id
cross join lateral (
  with checked as (
    select
      ordinal,
      replace(body ->> 'type', 'PLAN_CHECK_TYPE_', '') as type,
      body ->> 'outcome' as outcome,
      coalesce((body ->> 'summary')::boolean, false) as is_summary
    from jsonb_array_elements(run.result -> 'checks') with ordinality as entry (body, ordinal)
  ),
  finding as (
    select
      ordinal,
      body,
      case when body ? 'check' then (body ->> 'check')::bigint
        else count(*) filter (where not body ? 'check') over (order by ordinal)
      end as checked
    from jsonb_array_elements(run.result -> 'findings') with ordinality as entry (body, ordinal)
  ),
  statements as (
    select ordinal, coalesce(body -> 'types', '[]') as types
    from jsonb_array_elements(run.result -> 'statementTypes')
      with ordinality as entry (body, ordinal)
  ),
  shape as (
    select ordinal, body
    from jsonb_array_elements(run.result -> 'tables') with ordinality as entry (body, ordinal)
  ),
  summary as (
    select
      ordinal,
      body,
      case when body ? 'statementTypes' then (body ->> 'statementTypes')::bigint
        else count(*) filter (where not body ? 'statementTypes') over (order by ordinal)
      end as statements
    from jsonb_array_elements(run.result -> 'summaries') with ordinality as entry (body, ordinal)
  ),
  summary_table as (
    select
      summary.ordinal as summary,
      reference.ordinal as position,
      case when reference.text = '0'
        then count(*) filter (where reference.text = '0')
          over (order by summary.ordinal, reference.ordinal)
        else reference.text::bigint
      end as shape
    from summary
    cross join lateral jsonb_array_elements_text(summary.body -> 'tables')
      with ordinality as reference (text, ordinal)
  ),
  part as (
    select
      ordinal,
      body,
      case when body ? 'pattern' then (body ->> 'pattern')::bigint
        else count(*) filter (where not body ? 'pattern') over (order by ordinal)
      end as pattern,
      case
        when not body ? 'numbers' then null
        when body ? 'summary' then (body ->> 'summary')::bigint
        else count(*) filter (where body ? 'numbers' and not body ? 'summary')
          over (order by ordinal)
      end as summary,
      count(body ->> 'spec') over (order by ordinal) as spec,
      count(body ->> 'sheetSha256') over (order by ordinal) as sheet
    from jsonb_array_elements(run.result -> 'targets') with ordinality as entry (body, ordinal)
  ),
  pattern_finding as (
    select
      part.pattern,
      reference.ordinal as position,
      case when reference.text = '0'
        then count(*) filter (where reference.text = '0')
          over (order by part.ordinal, reference.ordinal)
        else reference.text::bigint
      end as finding
    from part
    cross join lateral jsonb_array_elements_text(part.body -> 'findings')
      with ordinality as reference (text, ordinal)
  ),
  spec as (
    select spec as number, body ->> 'spec' as text from part where body ? 'spec'
  ),
  sheet as (
    select sheet as number, body ->> 'sheetSha256' as text from part where body ? 'sheetSha256'
  ),
  -- The numbers of the n-th table of a summary, from 1, are at 3n - 2, 3n - 1 and 3n.
  changed as (
    select
      part.ordinal,
      jsonb_agg(
        jsonb_build_object(
          'table', coalesce(shape.body ->> 'table', ''),
          'rows', case when (shape.body ->> 'rowsKnown')::boolean
            then (part.body -> 'numbers' ->> (3 * summary_table.position - 2)::integer)::bigint
            end,
          'bytes', case when (shape.body ->> 'bytesKnown')::boolean
            then (part.body -> 'numbers' ->> (3 * summary_table.position - 1)::integer)::bigint
            end,
          'affectedMethod', shape.body #>> '{affected,method}',
          'affectedRows', case when shape.body #>> '{affected,method}' <> 'UNKNOWN'
            then (part.body -> 'numbers' ->> (3 * summary_table.position)::integer)::bigint end,
          'affectedNote', coalesce(shape.body #>> '{affected,note}', ''))
        order by summary_table.position) as tables
    from part
    join summary_table on summary_table.summary = part.summary
    join shape on shape.ordinal = summary_table.shape
    group by part.ordinal
  )
  select
    part.ordinal as target_ordinal,
    pattern_finding.position as result_ordinal,
    part.body ->> 'target' as target,
    coalesce(spec.text, '') as spec,
    coalesce(sheet.text, '') as sheet_sha256,
    checked.type,
    checked.outcome,
    finding.body ->> 'status' as status,
    coalesce(finding.body ->> 'rule', '') as rule,
    coalesce(finding.body ->> 'title', '') as title,
    coalesce(finding.body ->> 'content', '') as content,
    (finding.body #>> '{range,startLine}')::integer as start_line,
    (finding.body #>> '{range,startColumn}')::integer as start_column,
    (finding.body #>> '{range,endLine}')::integer as end_line,
    (finding.body #>> '{range,endColumn}')::integer as end_column,
    -- Null but for the result of a summary report.
    summary.body #>> '{affected,method}' as affected_method,
    case when summary.body #>> '{affected,method}' <> 'UNKNOWN'
      then (part.body #>> '{numbers,0}')::bigint end as affected_rows,
    case when summary.body is not null
      then coalesce(summary.body #>> '{affected,note}', '') end as affected_note,
    case when summary.body is not null
      then coalesce(summary.body ->> 'fingerprint', '') end as fingerprint,
    statements.types as statement_types,
    case when summary.body is not null
      then coalesce(changed.tables, '[]') end as changed_tables
  from part
  join pattern_finding on pattern_finding.pattern = part.pattern
  join finding on finding.ordinal = pattern_finding.finding
  join checked on checked.ordinal = finding.checked
  left join spec on spec.number = part.spec
  left join sheet on sheet.number = part.sheet
  left join summary on checked.is_summary and summary.ordinal = part.summary
  left join statements on statements.ordinal = summary.statements
  left join changed on checked.is_summary and changed.ordinal = part.ordinal
) as expanded;
