import { sql, type Kysely } from 'kysely'
import type { DB } from '../schema.ts'

/**
 * A town of so many accounts, made set by set: houses of thirty-six flats, who lives there, what they take, their meters and
 * the readings of every month from `from` on. For the demonstration and for measuring; people and streets are made of
 * lists. One meter in twelve is not read in a month, a flat in ten has two registers.
 */
export async function fillTown(db: Kysely<DB>, { accounts, from, months, sentBy, flats = 36 }: {
  readonly accounts: number; readonly from: Temporal.PlainDate; readonly months: number; readonly sentBy: string; readonly flats?: number
}): Promise<void> {
  const houses = Math.ceil(accounts / flats)
  await sql`
    insert into buildings (address, district, common_heat_meter)
    select 'г. Петропавловск, ' || (${streets}::text[])[1 + n % cardinality(${streets}::text[])] || ', ' || 1 + n / cardinality(${streets}::text[]) * 2, 'г. Петропавловск', n % 3 = 0
    from generate_series(0, ${houses}::int - 1) n`.execute(db)
  await sql`
    insert into premises (building_id, flat, area, stove)
    select b.id, n::text, (300000 + (b.id * 7919 + n * 104729) % 500000 / 1000 * 1000), b.id % 4 = 0
    from buildings b cross join generate_series(1, ${flats}::int) n order by b.id, n limit ${accounts}`.execute(db)
  await sql`
    insert into accounts (number, premises_id, holder_name, opened_on)
    select (1000000 + p.id)::text, p.id, (${surnames}::text[])[1 + (p.id * 31 % cardinality(${surnames}::text[]))] || ' ' || (${firsts}::text[])[1 + (p.id * 17 % cardinality(${firsts}::text[]))], ${from.subtract({ years: 2 })}
    from premises p order by p.id`.execute(db)
  await sql`
    insert into account_terms (account_id, from_day, residents, benefit, basis, made_at)
    select id, ${from.subtract({ years: 2 })}, 1 + id * 13 % 5, id % 11 = 0, 'Договор', now() from accounts order by id`.execute(db)
  await sql`
    insert into account_services (account_id, service, plan, from_day)
    select a.id, s.service::service, case when s.service <> 'electricity' then 'flat' when a.id % 10 = 0 then 'zones' when a.id % 10 = 1 then 'flat' else 'tiers' end, ${from.subtract({ years: 2 })}
    from accounts a cross join (values ('electricity', 1), ('heating', 2), ('hot_water', 3), ('cold_water', 4), ('sewage', 5), ('waste', 6)) s(service, place) order by a.id, s.place`.execute(db)
  await sql`
    insert into meters (account_id, service, serial, digits, registers, seals, verified_on, next_verification_on, installed_on)
    select a.id, s.service::service, s.letter || lpad(a.id::text, 8, '0'), s.digits, case when s.service = 'electricity' and a.id % 10 = 0 then 2 else 1 end, 'П-' || a.id,
      ${from.subtract({ years: 2 })}, (${from}::date + (1500 + a.id * 37 % 2500) * interval '1 day')::date, ${from.subtract({ years: 2 })}
    from accounts a cross join (values ('electricity', 'E', 6, 1), ('hot_water', 'H', 5, 2), ('cold_water', 'C', 5, 3)) s(service, letter, digits, place)
    where s.service <> 'cold_water' or a.id % 5 <> 0 order by a.id, s.place`.execute(db)
  await sql`
    insert into meters (building_id, service, serial, digits, installed_on)
    select b.id, 'electricity', 'D' || lpad(b.id::text, 8, '0'), 8, ${from.subtract({ years: 2 })} from buildings b order by b.id`.execute(db)
  // Month 0 is the reading that the first month is counted from.
  await sql`
    insert into readings (meter_id, taken_on, value, night, source, sent_by, sent_at, accepted_at)
    select m.id, d.day, 10000 * (m.id % 3000 + n * usual + n * n % 7 * usual / 20), case when m.registers = 2 then 10000 * (m.id % 900 + n * usual / 3) end,
      case when n = 0 then 'office' when m.building_id is not null then 'automatic' else 'consumer' end, ${sentBy}, d.day + interval '6 hours', d.day + interval '6 hours'
    from meters m cross join lateral (select case when m.building_id is not null then ${flats}::int * 185 when m.service = 'electricity' then 90 + m.id * 29 % 160 else 2 + m.id * 7 % 6 end as usual) u
    cross join generate_series(0, ${months}::int) n
    cross join lateral (select (${from}::date + (n - 1) * interval '1 month' + (19 + m.id % 7) * interval '1 day')::date as day) d
    where n = 0 or m.building_id is not null or (m.id * 31 + n * 7) % 12 <> 0
    order by n, m.id`.execute(db)
}

const streets = ['ул. Жамбыла', 'ул. Абая', 'ул. Мира', 'ул. Ауэзова', 'ул. Букетова', 'ул. Интернациональная', 'ул. Пушкина', 'ул. Нурсултана Назарбаева', 'ул. Жабаева', 'ул. Партизанская', 'ул. Горького', 'ул. Парковая']
const surnames = ['Сергеев', 'Ахметов', 'Ким', 'Иванова', 'Нұрланов', 'Петренко', 'Сәрсенова', 'Кузнецов', 'Омаров', 'Шмидт', 'Жұмабаева', 'Соколов', 'Оспанов', 'Волкова', 'Бекенов', 'Морозов', 'Қасымова', 'Лебедев', 'Тлеубаев', 'Гончар', 'Ибраев', 'Фёдорова', 'Сүлейменов']
const firsts = ['Пётр', 'Айгүл', 'Виктор', 'Марина', 'Ерлан', 'Олег', 'Динара', 'Анна', 'Данияр', 'Ольга', 'Гүлнара', 'Игорь', 'Асхат', 'Татьяна', 'Бауыржан', 'Нина', 'Ләззат']
