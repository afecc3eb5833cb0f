import type pg from 'pg'

/**
 * Brings the database to so many appeals, set by set: nine of ten closed, words and names as people write them. The
 * journal's hashes are made up: this data is for speed, not for proof.
 */
export async function fill(pool: pg.Pool, size: number): Promise<void> {
  const { rows: [{ count }] } = await pool.query('select count(*)::int as count from appeals') as unknown as { rows: [{ count: number }] }
  if (count < size) await pool.query(statement, [size - count])
  for (const table of ['appeals', 'appeal_contents', 'appeal_events', 'appeal_readers', 'work_items', 'journal_entries']) await pool.query(`vacuum analyze ${table}`)
}

const statement = `
with taken as (
  insert into journal_series as s (organization_id, journal, year, last_n, last_hash) values ('skes', 'feedback', 2025, $1, sha256('x'))
  on conflict (organization_id, journal, year) do update set last_n = s.last_n + excluded.last_n, last_hash = excluded.last_hash returning last_n
), rows as materialized (
  select nextval(pg_get_serial_sequence('appeals', 'id')) as id, t.last_n - $1 + g as n, g,
    case when g % 10 > 0 then 'closed' when g % 20 = 0 then 'registered' else 'in_progress' end as state,
    '2025-01-09T06:00:00Z'::timestamptz + g * interval '10 seconds' as at
  from taken t, generate_series(1, $1::int) g
), a as (
  insert into appeals (id, organization_id, number, channel, kind, language, state, answer_way, received_at, registered_at, due_on, answered_on, last_seq, last_hash)
  overriding system value
  select id, 'skes', '2025-' || lpad(n::text, 7, '0'), 'site_feedback', (array['complaint', 'question', 'claim', 'application'])[1 + g % 4], case when g % 3 = 0 then 'kk' else 'ru' end,
    state, 'email', at, at, (at + interval '14 days')::date, case when state = 'closed' then (at + interval '9 days')::date end, 1, sha256('x')
  from rows
), c as (
  insert into appeal_contents (appeal_id, subject, body, applicant_group, applicant_name, applicant_address, applicant_email, applicant_phone)
  select id, (array['Начислили дважды', 'Есептегішті тексеру', 'Холодные батареи', 'Жарық жоқ', 'Скачок напряжения', 'Тариф туралы сұрақ'])[1 + g % 6],
    (array['Прошу пересчитать счёт за месяц', 'Есептегіштің көрсеткіштерін тексеруді сұраймын', 'В квартире холодно третий день'])[1 + g % 3] || ' ' || md5(g::text),
    'person', (array['Сергеев', 'Ахметов', 'Ковалёва', 'Тлеуов', 'Романова', 'Нургалиев'])[1 + g % 6] || case when g % 997 = 0 then ' Кенжебеков' else '' end || ' ' || g,
    'Петропавловск, дом ' || g, 'p' || g || '@example.kz', '+7701' || lpad((g % 9999999)::text, 7, '0')
  from rows
), e as (
  insert into appeal_events (appeal_id, seq, at, as_holder, action, data, hash)
  select id, 1, at, 'applicant', 'register', jsonb_build_object('organization', 'skes', 'channel', 'site_feedback', 'kind', 'complaint', 'language', 'ru', 'answerWay', 'email',
    'receivedAt', at, 'number', jsonb_build_object('organization', 'skes', 'journal', 'feedback', 'number', '2025-' || lpad(n::text, 7, '0')),
    'handlers', jsonb_build_array('contact_centre_head@skes'), 'readers', jsonb_build_array('contact_centre_agent@skes')), sha256('x') from rows
), r as (
  insert into appeal_readers (holder, appeal_id)
  select holder, id from rows, unnest(array['contact_centre_head@skes', 'contact_centre_agent@skes']) as holder
  union all select 'unit_head@skes/skes-billing', id from rows where g % 5 = 0
), w as (
  insert into work_items (holder, queue, appeal_id, task, due_on, since)
  select 'contact_centre_head@skes', 'triage', id, 0, (at + interval '14 days')::date, at from rows where state = 'registered'
)
insert into journal_entries (organization_id, journal, year, n, number, number_key, appeal_id, registered_at, prev_hash, hash)
select 'skes', 'feedback', 2025, n, '2025-' || lpad(n::text, 7, '0'), '2025' || n, id, at, case when n > 1 then sha256('x') end, sha256('x') from rows`
