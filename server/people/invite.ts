import { parseArgs } from 'node:util'
import { checkEmail } from '../../regulation/identifiers.ts'
import { roles, type Role } from '../../regulation/vocabulary.ts'
import { readConfig } from '../config.ts'
import { now } from '../platform/clock.ts'
import { openDatabase } from '../platform/database.ts'
import { migrate } from '../platform/migrate.ts'
import type { DB } from '../schema.ts'
import { createPerson, readablePassword } from './create-person.ts'
import type { Group } from './group.ts'
import { hashPassword } from './passwords.ts'
import { GroupFault, readGroup, syncGroup } from './read-group.ts'

/**
 * Gives a person a role in one's own database and, if they are new to staff, prints their first password:
 * `npm run invite -- --email a@b.kz --name "Имя" --role it_admin --organization ske [--unit …]`
 */
const { values } = parseArgs({
  options: { email: { type: 'string' }, name: { type: 'string' }, role: { type: 'string' }, organization: { type: 'string' }, unit: { type: 'string' } },
})
const read = readConfig(process.env)
if (!read.ok) fail(read.faults.map((fault) => `${fault.name} is ${fault.given}. ${fault.remedy}`))
const { databaseUrl, groupFile } = read.config
if (!databaseUrl) fail(['Give DATABASE_URL: the embedded database has the demo group\'s people.'])
const group = readGroupOrFail(groupFile)
const faults = faultsOf(values, group)
if (faults.length > 0) fail(faults)

// It may be run before the first start.
await migrate(databaseUrl)
const password = readablePassword()
const { db } = openDatabase<DB>(databaseUrl, { pool: 2 })
await syncGroup(db, group)
const email = values.email!.trim().toLowerCase()
const created = await createPerson(db, {
  email, name: values.name!.trim(), passwordHash: await hashPassword(password),
  assignment: { role: values.role as Role, organization: values.organization!, unit: values.unit },
}, now())
await db.destroy()
console.log({
  created: `${email} may sign in with: ${password}`,
  became_staff: `${email} was known as a consumer and may now sign in as staff with: ${password}`,
  role_added: `${email} has the role from today, with the password they have.`,
  unchanged: `${email} has this role already; nothing was changed.`,
}[created])

function faultsOf({ email: address, name, role, organization, unit }: typeof values, { organizations, units }: Group): string[] {
  const offered = roles.filter((one) => one !== 'consumer') as readonly string[]
  const inUnit = role === 'unit_head' || role === 'executor'
  return [
    ...(address && checkEmail(address).ok ? [] : ['--email is not an e-mail address']),
    ...(name?.trim() ? [] : ['--name is missing']),
    ...(role && offered.includes(role) ? [] : [`--role is one of ${offered.join(', ')}`]),
    ...(organization && organizations.has(organization) ? [] : [`--organization is one of ${[...organizations.keys()].join(', ')}`]),
    ...(inUnit && !unit ? [`--unit is needed for ${role}`] : []),
    ...(unit && units.get(unit)?.organization !== organization
      ? [`--unit is one of ${[...units.values()].filter((one) => one.organization === organization).map(({ id }) => id).join(', ')}`] : []),
  ]
}

function readGroupOrFail(file: string): Group {
  try {
    return readGroup(file)
  } catch (error) {
    if (error instanceof GroupFault) fail([error.message])
    throw error
  }
}

function fail(lines: readonly string[]): never {
  console.error(lines.join('\n'))
  process.exit(1)
}
