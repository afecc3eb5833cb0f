import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Kysely } from 'kysely'
import type { Role } from '../../regulation/vocabulary.ts'
import type { Config } from '../config.ts'
import { now } from '../platform/clock.ts'
import type { DB } from '../schema.ts'
import { createPerson, readablePassword } from './create-person.ts'
import { hashPassword } from './passwords.ts'

export type DemoSignIn = {
  readonly role: Role
  readonly organization: string
  readonly unit?: string | undefined
  readonly email: string
  readonly password: string
  readonly name: string
}

type Place = readonly [role: Role, organization: string, name: string, login: string, unit?: string]

/** The people of the demo group: everybody whose step some appeal may need. */
const places: readonly Place[] = [
  ['contact_centre_head', 'skes', 'Ахметова Гүлнара Серікқызы', 'gulnara'],
  ['contact_centre_agent', 'skes', 'Ким Виктория Олеговна', 'viktoria'],
  ['executive', 'skes', 'Жұмабаев Ерлан Қайратұлы', 'yerlan'],
  ['controller', 'skes', 'Петренко Ольга Викторовна', 'olga'],
  ['quality_lead', 'skes', 'Нұрланова Айгүл Болатқызы', 'aigul'],
  ['registrar', 'skes', 'Соколова Марина Андреевна', 'marina'],
  ['front_desk', 'skes', 'Сәрсенова Динара Маратқызы', 'dinara', 'skes-service'],
  ['front_desk', 'skes', 'Лебедева Ирина Николаевна', 'irina', 'skes-retail'],
  ['district_head', 'skes', 'Құсайынов Ербол Сәкенұлы', 'yerbol', 'skes-kyzylzhar'],
  ['unit_head', 'skes', 'Мұқанов Асхат Төлегенұлы', 'askhat', 'skes-billing'],
  ['executor', 'skes', 'Иванова Наталья Сергеевна', 'natalya', 'skes-billing'],
  ['executor', 'skes', 'Омаров Данияр Ержанұлы', 'daniyar', 'skes-billing'],
  ['unit_head', 'skes', 'Шевченко Сергей Павлович', 'sergey', 'skes-metering'],
  ['executor', 'skes', 'Тлеубаев Руслан Маратович', 'ruslan', 'skes-metering'],
  ['executor', 'skes', 'Бекова Жанна Аскаровна', 'zhanna', 'skes-metering'],
  ['unit_head', 'skes', 'Қасымова Ләззат Ержанқызы', 'lazzat', 'skes-debt'],
  ['executor', 'skes', 'Ли Андрей Валерьевич', 'andrey', 'skes-debt'],
  ['lawyer', 'ske', 'Сүлейменова Мадина Ерболқызы', 'madina'],
  ['registrar', 'ske', 'Гончар Елена Игоревна', 'elena'],
  ['executive', 'ske', 'Абдрахманов Нұрлан Серікұлы', 'nurlan'],
  ['it_admin', 'ske', 'Волков Дмитрий Алексеевич', 'dmitry'],
  ['public_relations', 'ske', 'Есенова Камила Тимурқызы', 'kamila'],
  ['controller', 'ske', 'Павлова Инна Борисовна', 'inna'],
  ['unit_head', 'ske', 'Жүнісов Талғат Маратұлы', 'talgat', 'ske-technical'],
  ['executor', 'ske', 'Смирнов Олег Игоревич', 'oleg', 'ske-technical'],
  ['executive', 'skrec', 'Байжанов Марат Сапарұлы', 'marat'],
  ['registrar', 'skrec', 'Кузнецова Анна Петровна', 'anna'],
  ['quality_lead', 'skrec', 'Оразбаева Сәуле Қанатқызы', 'saule'],
  ['unit_head', 'skrec', 'Дьяченко Игорь Николаевич', 'igor', 'skrec-consumers'],
  ['executor', 'skrec', 'Рахимова Әсел Бауыржанқызы', 'asel', 'skrec-consumers'],
  ['controller', 'skrec', 'Әбенова Дана Ерланқызы', 'dana'],
  ['front_desk', 'skrec', 'Захарова Юлия Сергеевна', 'yulia', 'skrec-service'],
  ['district_head', 'skrec', 'Темиров Бауыржан Әділұлы', 'baurzhan', 'skrec-yesil'],
  ['executive', 'pts', 'Сейітов Қанат Болатұлы', 'kanat'],
  ['registrar', 'pts', 'Фёдорова Светлана Юрьевна', 'svetlana'],
  ['controller', 'pts', 'Гусева Вера Ивановна', 'vera'],
  ['unit_head', 'pts', 'Ибраев Тимур Асқарұлы', 'timur', 'pts-consumers'],
  ['executor', 'pts', 'Мельник Татьяна Борисовна', 'tatyana', 'pts-consumers'],
]

/**
 * Fills the demo group in; its sign-ins are kept in `DATA_DIR/demo-sign-ins.json`, one password for all. A later
 * start adds only whom it does not find, and spends no time on hashing when everybody is there.
 */
export async function fillDemoPeople(db: Kysely<DB>, { dataDir }: Pick<Config, 'dataDir'>): Promise<DemoSignIn[]> {
  const file = join(dataDir, 'demo-sign-ins.json')
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as DemoSignIn[])[0]?.password : undefined
  const password = kept ?? readablePassword()
  const signIns = places.map(([role, organization, name, login, unit]): DemoSignIn => ({
    role, organization, ...(unit && { unit }), email: emailOf(login), password, name,
  }))
  const emails = signIns.map(({ email }) => email)
  const known = new Set((await db.selectFrom('people').select('email').where('email', 'in', emails).execute()).map(({ email }) => email))
  if (kept && known.size === emails.length) return signIns

  const passwordHash = await hashPassword(password)
  for (const { email, name, role, organization, unit } of signIns.filter((one) => !known.has(one.email))) {
    await createPerson(db, { email, name, passwordHash, assignment: { role, organization, unit } }, now())
  }
  // Who was filled in by an earlier start, whose file was lost, gets the password that is now told.
  if (!kept) await db.updateTable('people').set({ password_hash: passwordHash }).where('email', 'in', emails).execute()
  writeFileSync(file, `${JSON.stringify(signIns, null, 2)}\n`, { mode: 0o600 })
  return signIns
}

const emailOf = (login: string): string => `${login}@demo.jauap.kz`

/** One line a role, for whoever has just started it. */
export function printDemoSignIns(signIns: readonly DemoSignIn[]): void {
  const shown = signIns.filter((one, i) => signIns.findIndex((other) => other.role === one.role && other.organization === one.organization) === i)
  const width = Math.max(...shown.map((one) => one.role.length + one.organization.length + 1))
  console.log(`\nDemo sign-ins for /desk (password of all: ${signIns[0]?.password})`)
  for (const one of shown) console.log(`  ${`${one.role}@${one.organization}`.padEnd(width)}  ${one.email}`)
  console.log('A consumer signs in at /ru/sign-in with any e-mail: the code is in /dev/mailbox.\n')
}
